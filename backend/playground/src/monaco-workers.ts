/** The editor checks documents and variables in workers of this origin. */
export function installWorkers(): void {
  Object.assign(globalThis, {
    MonacoEnvironment: {
      getWorker: (_id: string, label: string): Worker => new Worker(new URL(fileFor(label), import.meta.url)),
    },
  });
}

function fileFor(label: string): string {
  switch (label) {
    case 'json':
      return WORKER_FILES.json;
    case 'graphql':
      return WORKER_FILES.graphql;
    default:
      return WORKER_FILES.editor;
  }
}
