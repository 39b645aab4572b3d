/** Pages that are loaded when somebody goes there bring their own documents, so that nobody else waits for them. */
const LAZY_FOLDERS = ['sign-in', 'settings', 'admin'];

const CLIENT = {
  preset: 'client',
  presetConfig: { fragmentMasking: false },
  config: {
    useTypeImports: true,
    enumsAsTypes: true,
    // As trees they are several times as long, and every page would build them all.
    documentMode: 'string',
    strictScalars: true,
    scalars: { DateTime: 'string', ID: 'string' },
  },
};

/** Types and documents for every operation beside the code that uses it. */
export default {
  schema: 'schema.graphql',
  generates: {
    'frontend/src/app/graphql/generated/': {
      ...CLIENT,
      documents: [
        'frontend/src/app/**/*.graphql',
        ...LAZY_FOLDERS.map((folder) => `!frontend/src/app/${folder}/*.graphql`),
      ],
    },
    ...Object.fromEntries(
      LAZY_FOLDERS.map((folder) => [
        `frontend/src/app/${folder}/generated/`,
        { ...CLIENT, documents: `frontend/src/app/${folder}/*.graphql` },
      ]),
    ),
  },
};
