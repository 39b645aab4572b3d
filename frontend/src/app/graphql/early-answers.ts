import type { Document, Variables } from './graphql-client';

/** What `begin.js` has asked the server for before there was a script to wait for it. */
interface EarlyAnswer {
  readonly operationName: string;
  readonly variables: object;
  readonly response: Promise<Response>;
  /** By `performance.now()`. */
  readonly at: number;
}

/** Milliseconds; an older answer may have been overtaken, and is asked for again. */
const FRESH_MS = 10_000;

const OPERATION_NAME = /^\s*query (\w+)/;

const page = globalThis as { rivuletAsked?: EarlyAnswer[] };

/** The answer to what was asked for already, once. `null`: nothing was, or nothing good came of it, and it is to be asked. */
export async function takeEarly<T, V extends Variables>(
  document: Document<T, V>,
  variables: V,
): Promise<T | null> {
  const early = take(OPERATION_NAME.exec(document.toString())?.[1], variables);
  if (!early) return null;
  try {
    const { data, errors } = (await (await early.response).json()) as { data?: T; errors?: unknown };
    return errors ? null : (data ?? null);
  } catch {
    // Whoever asks again is told why.
    return null;
  }
}

function take(operationName: string | undefined, variables: object): EarlyAnswer | undefined {
  const asked = page.rivuletAsked ?? [];
  const index = asked.findIndex(
    (early) =>
      early.operationName === operationName && JSON.stringify(early.variables) === JSON.stringify(variables),
  );
  const [early] = index < 0 ? [] : asked.splice(index, 1);
  return early && performance.now() - early.at < FRESH_MS ? early : undefined;
}
