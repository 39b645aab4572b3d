import { expect } from '@jest/globals';
import { eventually } from '../../faults/waiting.js';
import { heldBytes, metric, openHandles } from '../../support/process-figures.js';
import type { RivuletProcess } from '../../support/rivulet-process.js';

const MEGABYTE = 1024 * 1024;
/** Far below what any of the attacks would leave if what it sends, or a part of each request, were kept. */
const MAX_GROWTH_BYTES = 8 * MEGABYTE;
/** Connections that a client keeps for its next request, and those of the database's pool. */
const SPARE_HANDLES = 12;

/**
 * Attacks the process twice, and expects that the second time leaves nothing behind: the first one builds what is built
 * once. The process answers afterwards, and has neither ended nor been restarted. It needs `COLLECTABLE`.
 */
export async function expectUnharmed(process: RivuletProcess, attack: () => Promise<void>): Promise<void> {
  const handles = await openHandles(process.pid);
  await attack();
  const memory = await heldBytes(process);
  await attack();
  await eventually(
    'no handle is left',
    async () => (await openHandles(process.pid)) <= handles + SPARE_HANDLES,
  );
  await eventually(
    'no stream is open',
    async () => (await metric(process.url, 'rivulet_open_streams')) === 0,
  );
  // What ended a moment ago may be on its way out.
  await eventually(
    `no more than ${MAX_GROWTH_BYTES} bytes are left`,
    async () => (await heldBytes(process)) < memory + MAX_GROWTH_BYTES,
  );
  expect(await answerOf(process)).toEqual({ data: { __typename: 'Query' } });
  expect(process.isRunning()).toBe(true);
}

async function answerOf({ url }: RivuletProcess): Promise<unknown> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  return answer.json();
}
