import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** Reads the file that the environment variable `variable` names, as `parseYamlList` does. */
export function readYamlList<Schema extends z.ZodType>(
  variable: string,
  path: string,
  schema: Schema,
): z.infer<Schema> {
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${variable} cannot be read: ${path}`, { cause: error });
  }
  return parseYamlList(source, path, schema);
}

/** The list in a YAML text that somebody wrote. Throws an Error that names every problem with its line. */
export function parseYamlList<Schema extends z.ZodType>(
  source: string,
  fileName: string,
  schema: Schema,
): z.infer<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw problems(
      fileName,
      document.errors.map(
        ({ message, linePos }) => `line ${linePos?.[0].line ?? 1}: ${message.split('\n', 1)[0]}`,
      ),
    );
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw problems(
    fileName,
    parsed.error.issues.map(({ path, message }) => {
      const [entry, ...fields] = path;
      const place = entry === undefined ? 'the file' : [`entry ${Number(entry) + 1}`, ...fields].join(', ');
      return `line ${lineOf(document, path, lines)}: ${place}: ${message}`;
    }),
  );
}

/** The line of the value at `path`, or of the nearest thing around it that the file has. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function problems(fileName: string, found: readonly string[]): Error {
  return new Error(
    `${fileName} has ${found.length} problem(s):\n${found.map((one) => `  - ${one}`).join('\n')}`,
  );
}

/** For `superRefine`: each entry has an id of its own. */
export function refuseRepeatedIds(
  entries: readonly { readonly id: string }[],
  context: z.core.$RefinementCtx,
): void {
  entries.forEach(({ id }, index) => {
    if (entries.findIndex((other) => other.id === id) === index) return;
    context.addIssue({ code: 'custom', path: [index, 'id'], message: `is listed twice: ${id}` });
  });
}
