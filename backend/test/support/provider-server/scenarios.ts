import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ScriptedReply } from './scripted-reply.js';

/** What the server does with one request. */
export type Scenario = (reply: ScriptedReply) => Promise<void> | void;

const MEGABYTE = 1024 * 1024;

/** “You said: …”, one word an event; the same prompt always gets the same reply. */
export const echo: Scenario = async (reply) => {
  await reply.start();
  await reply.text(...wordsOf(`You said: ${reply.request.prompt}`));
  await reply.end();
};

/** Begins a reply, and leaves the rest to `then`. */
function begin(then: Scenario): Scenario {
  return async (reply) => {
    await reply.start();
    await reply.text('The beginning', ' of a reply');
    await then(reply);
  };
}

/** Never answers again; ends when the client leaves. */
const stall: Scenario = (reply) => reply.request.leftByClient;

const refuse =
  (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Scenario =>
  (reply) =>
    reply.refuse({ status, code, message: `The test server says ${code}.` }, headers);

/** Repeats `bytes` until the client has had enough. */
const forever =
  (bytes: string | Uint8Array): Scenario =>
  async (reply) => {
    while (!reply.left.aborted) {
      await reply.raw(bytes);
      // Writes that a fast reader takes at once would let nothing else of this process run.
      await nextTurn();
    }
  };

/** Faults by the name of the model that one asks for. Any other model gets `echo`. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  /** Thinks aloud first. */
  reasoning: async (reply) => {
    await reply.start();
    await reply.reasoning('First I ', 'think.');
    await reply.text(...wordsOf(`You said: ${reply.request.prompt}`));
    await reply.end();
  },
  /** A long reply: as many words as the prompt's first number says, 1000 without one. */
  long: async (reply) => {
    await reply.start();
    const count = Number(/\d+/.exec(reply.request.prompt)?.[0] ?? 1000);
    for (let word = 1; word <= count; word += 1) await reply.text(`word${word} `);
    await reply.end();
  },
  'ends-by-length': begin((reply) => reply.end('length')),
  'fault-truncate': begin((reply) => reply.close()),
  'fault-cut': begin((reply) => reply.cut()),
  'fault-stall': begin(stall),
  'fault-silent': stall,
  'fault-head-only': async (reply) => {
    reply.head();
    await stall(reply);
  },
  'fault-overload-midway': begin((reply) => reply.overload()),
  'fault-filter': begin((reply) => reply.end('filtered')),
  'fault-decline': begin((reply) => reply.decline()),
  'fault-empty': async (reply) => {
    await reply.start();
    await reply.end();
  },
  'fault-no-body': (reply) => {
    reply.head();
    reply.close();
  },
  'fault-garbage': begin(async (reply) => {
    await reply.raw('event: content_block_delta\ndata: {"type": "content_block_delta", oh no\n\n');
    await stall(reply);
  }),
  'fault-html': async (reply) => {
    reply.head({ 'content-type': 'text/html' });
    await reply.raw('<!doctype html><title>Sign in to the network</title>');
    reply.close();
  },
  'fault-endless-line': begin(async (reply) => {
    await reply.raw('event: content_block_delta\ndata: ');
    await forever('x'.repeat(MEGABYTE))(reply);
  }),
  /** One token of 100 MB, in one event. */
  'fault-huge-token': begin(async (reply) => {
    const [before = '', after = ''] = reply.format.text('CONTENT').split('CONTENT');
    await reply.raw(before);
    for (let megabyte = 0; megabyte < 100; megabyte += 1) await reply.raw('x'.repeat(MEGABYTE));
    await reply.raw(after);
    await reply.end();
  }),
  'fault-gzip-bomb': async (reply) => {
    reply.head({ 'content-encoding': 'gzip' });
    // A thousand times smaller than what it unpacks to, and without an end to the line.
    await forever(gzipSync(Buffer.alloc(16 * MEGABYTE, 'x')))(reply);
  },
  'fault-400': refuse(400, 'invalid_request_error'),
  'fault-401': refuse(401, 'authentication_error'),
  'fault-404': refuse(404, 'not_found_error'),
  'fault-429': refuse(429, 'rate_limit_error'),
  'fault-429-wait-2s': refuse(429, 'rate_limit_error', { 'retry-after': '2' }),
  'fault-429-wait-60s': refuse(429, 'rate_limit_error', { 'retry-after': '60' }),
  'fault-500': refuse(500, 'api_error'),
  'fault-529': refuse(529, 'overloaded_error'),
};

/** Words with the space before them. */
export function wordsOf(text: string): string[] {
  return text.match(/\s*\S+/gu) ?? [];
}
