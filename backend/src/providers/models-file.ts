import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { FREE_PLAN, type ListedModel } from './built-in-models.js';

const text = z.string('must be a text').trim().min(1, 'must not be empty');

const listedModel = z.strictObject({
  id: text.regex(/^[a-z][a-z0-9-]*\/\S+$/, 'must be provider/model, as in openai/gpt-5.4-mini'),
  name: text,
  contextWindow: z.int('must be a whole number of tokens').positive('must be more than 0').optional(),
  plans: z.array(text, 'must be a list of plan ids').default([FREE_PLAN]),
});

const modelsFile = z
  .array(listedModel, 'must be a list of models: `- id: …` and `name: …` for each')
  .min(1, 'must list at least one model')
  .superRefine((models, context) => {
    models.forEach(({ id }, index) => {
      if (models.findIndex((other) => other.id === id) === index) return;
      context.addIssue({ code: 'custom', path: [index, 'id'], message: `is listed twice: ${id}` });
    });
  });

/**
 * Reads a model catalog: a YAML list of `id` (provider/model), `name`, and where wanted `contextWindow` (tokens)
 * and `plans` (ids; left out: the free plan). Throws an Error that names every problem with its line.
 */
export function parseModelsFile(source: string, fileName: string): ListedModel[] {
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
  const parsed = modelsFile.safeParse(document.toJS());
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
