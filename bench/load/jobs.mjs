/** What the load client can be asked to do. Each job answers with what it measured. */
import { setTimeout as delay } from 'node:timers/promises';
import { now } from './clock.mjs';
import { sendJson } from './http.mjs';
import { Reader } from './reader.mjs';
import { promptFor, TOKEN_LENGTH } from './token-text.mjs';

const MAX_IDENTITIES = 20;
/** A reply that has not ended so long after its last token was due is given up, and what is missing counts as lost. */
const PATIENCE_MS = 15_000;

/** Who is signed in, by the system's address: signing in is not what is measured. */
const signedIn = new Map();

async function session(job, streams) {
  const protocol = await import(`../protocols/${job.protocol}.mjs`);
  const count = Math.min(streams, MAX_IDENTITIES);
  const identities = signedIn.get(job.url) ?? [];
  signedIn.set(job.url, identities);
  while (identities.length < count) identities.push(await protocol.prepare(job.url));
  const readerOf = (stream) => new Reader({ length: TOKEN_LENGTH, ...job.load, run: job.run, stream });
  const open = async (reader) => {
    const identity = identities[reader.load.stream % count];
    const prompt = promptFor({ ...reader.load, ...(job.samePrompt && { stream: 0 }) });
    try {
      await protocol.open(reader, { url: job.url, identity, prompt });
    } catch (error) {
      reader.fail(error);
    }
  };
  return {
    protocol,
    readerOf,
    open,
    records: async () => (await sendJson(`${job.provider}/records/${job.run}`, { method: 'GET' })).answer,
  };
}

/** Many streams at once, their starts spread over `rampMs`. */
export async function load(job) {
  const { streams, rampMs } = job;
  const { readerOf, open, records } = await session(job, streams);
  const readers = Array.from({ length: streams }, (_, stream) => readerOf(stream));
  await Promise.all(
    readers.map(async (reader, stream) => {
      await delay((stream * rampMs) / streams);
      await open(reader);
      await patiently(reader);
    }),
  );
  return { ...tally(readers), ...timesOf(readers, await records()) };
}

/** One stream after the other, on an idle system. */
export async function oneByOne(job) {
  const { readerOf, open, records } = await session(job, job.count);
  const readers = [];
  for (let stream = 0; stream < job.count; stream++) {
    const reader = readerOf(job.samePrompt ? 0 : stream);
    readers.push(reader);
    await open(reader);
    await patiently(reader);
    await delay(job.pauseMs);
  }
  return { ...tally(readers), ...timesOf(readers, await records()) };
}

/** Many streams; each is cut after a third of its tokens, stays away for `awayMs` and comes back. */
export async function cut(job) {
  const { protocol, readerOf, open, records } = await session(job, job.streams);
  const readers = Array.from({ length: job.streams }, (_, stream) => readerOf(stream));
  await Promise.all(
    readers.map(async (reader, stream) => {
      await delay((stream * job.rampMs) / job.streams);
      await open(reader);
      await reader.until(Math.floor(reader.load.tokens / 3));
      const { request } = reader;
      reader.request = undefined;
      request?.destroy();
      await delay(job.awayMs);
      reader.cameBackAt = now();
      reader.forgetRest();
      try {
        await protocol.resume(reader);
      } catch (error) {
        reader.fail(error);
      }
      await patiently(reader);
    }),
  );
  const told = await records();
  return { ...tally(readers), catchUp: readers.map((reader) => catchUpOf(reader, told[reader.load.stream])) };
}

/** One quick and long reply whose reader takes the first token, stops reading for `pauseMs`, and reads on. */
export async function slow(job) {
  const { readerOf, open } = await session(job, 1);
  const reader = readerOf(0);
  await open(reader);
  await reader.until(1);
  reader.response?.pause();
  await delay(job.pauseMs);
  reader.response?.resume();
  await patiently(reader);
  return tally([reader]);
}

async function patiently(reader) {
  const { tokens, rate } = reader.load;
  const limit = new AbortController();
  const late = delay((tokens / rate) * 1000 + PATIENCE_MS, 'late', { signal: limit.signal }).catch(
    () => 'ended',
  );
  if ((await Promise.race([reader.ended, late])) === 'late') {
    reader.fail('it did not end in time');
    reader.request?.destroy();
  }
  limit.abort();
}

function tally(readers) {
  const sum = (field) => readers.reduce((total, reader) => total + reader[field], 0);
  const failures = readers.flatMap(({ failure }) => failure ?? []);
  return {
    tokens: readers.reduce(
      (total, { receivedAt }) => total + receivedAt.filter((at) => at !== undefined).length,
      0,
    ),
    lost: sum('lost'),
    repeated: sum('repeated'),
    garbled: sum('garbled'),
    restarts: sum('restarts'),
    failed: failures.length,
    failures: [...new Set(failures)].slice(0, 3),
  };
}

/** What the system added: to each token since the provider sent it, and to the first since the reply was asked for. */
function timesOf(readers, records) {
  const latencies = [];
  const firstTokens = [];
  const fromStart = [];
  const settled = [];
  // All have begun by then: what starting costs the others is over.
  const begun = Math.max(...readers.map(({ receivedAt: [first] }) => first ?? 0));
  for (const reader of readers) {
    const [first] = reader.receivedAt;
    if (first !== undefined) fromStart.push(first - reader.startedAt);
    const record = records[reader.load.stream];
    if (!record) continue;
    reader.receivedAt.forEach((at, index) => {
      const sentAt = record.emittedAt[index];
      latencies.push(at - sentAt);
      if (sentAt > begun) settled.push(at - sentAt);
    });
    if (first !== undefined)
      firstTokens.push(first - reader.startedAt - (record.emittedAt[0] - record.askedAt));
  }
  return {
    latencies: Float64Array.from(latencies),
    settled: Float64Array.from(settled),
    firstTokens,
    fromStart,
    providerCalls: callsOf(records),
  };
}

function callsOf(records) {
  return Object.values(records).reduce((total, { calls }) => total + calls, 0);
}

/** Until everything was there that had left the provider when the reader came back; undefined: it never was. */
function catchUpOf({ receivedAt, cameBackAt }, record) {
  const sent = record?.emittedAt.filter((at) => at <= cameBackAt).length ?? 0;
  const at = receivedAt[sent - 1];
  return at === undefined ? undefined : Math.max(0, at - cameBackAt);
}
