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

const page = globalThis as { rivuletAsked?: EarlyAnswer[] };

/** `fetch` that takes the answer to what was asked for already, once; a question that came to nothing is asked again. */
export const fetchOrTake: typeof fetch = async (input, init) => {
  const early = take(init?.body);
  if (!early) return fetch(input, init);
  return early.response.catch(() => fetch(input, init));
};

function take(body: unknown): EarlyAnswer | undefined {
  const asked = page.rivuletAsked ?? [];
  if (asked.length === 0 || typeof body !== 'string') return undefined;
  const { operationName, variables } = JSON.parse(body) as EarlyAnswer;
  const index = asked.findIndex(
    (early) =>
      early.operationName === operationName && JSON.stringify(early.variables) === JSON.stringify(variables),
  );
  const [early] = index < 0 ? [] : asked.splice(index, 1);
  return early && performance.now() - early.at < FRESH_MS ? early : undefined;
}
