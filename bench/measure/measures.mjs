/** What is measured. Each goes over all systems in turn, so that what else the machine does meets all of them. */
import { setTimeout as delay } from 'node:timers/promises';
import { percentile, sorted } from '../load/percentile.mjs';
import { STARTS_PER_SECOND } from '../options.mjs';
import { watch } from './watch.mjs';

/** Between two loads, so that one system's clearing up is not counted as another's work. */
const REST_MS = 300;
/** How much of a reply's time the starts of a load are spread over: all of its replies are under way for a while. */
const STARTING = 0.6;
/** Where a system counts as overloaded. */
const MAX_P99_MS = 250;
const RATE_STREAMS = 100;
const RATE_SECONDS = 4;
/** What wakes a system that has rested while others were measured. */
const WAKING = { streams: 100, rate: 20, tokens: 40 };
const FIRST_RATE = 40;
const RATE_STEP = 1.5;

let runs = 0;

/** Gives one system one job and returns what the client and `/proc` say of it. */
async function measured({ client, provider, settings }, system, job) {
  const { running, protocol } = system;
  const stop = watch(running.parts);
  const result = await client.run({ ...job, run: `run${++runs}`, protocol, url: running.url, provider });
  const usage = stop();
  if (usage.crashed.length > 0) {
    console.error(`${system.name}: its ${usage.crashed} ended by itself and is started again`);
    await running.stop();
    system.running = await system.start(settings);
  }
  await delay(REST_MS);
  return { ...result, ...usage };
}

/** As many replies as fast as they are begun. */
function burstJob({ streams, ...load }) {
  return { type: 'load', streams, rampMs: (streams / STARTS_PER_SECOND) * 1000, load };
}

/** Replies that run side by side, and do not begin all at once. */
function loadJob(load) {
  const job = burstJob(load);
  return { ...job, rampMs: Math.max(job.rampMs, (load.tokens / load.rate) * 1000 * STARTING) };
}

function summary({ latencies, settled, firstTokens, fromStart, ...rest }) {
  const times = sorted(latencies);
  const late = sorted(settled);
  const first = sorted(firstTokens);
  return {
    ...rest,
    latency: { p50: percentile(times, 0.5), p99: percentile(times, 0.99), max: times.at(-1) },
    settled: { p50: percentile(late, 0.5), p99: percentile(late, 0.99) },
    firstToken: { p50: percentile(first, 0.5), p99: percentile(first, 0.99) },
    fromStart: { p50: percentile(sorted(fromStart), 0.5) },
  };
}

function note(bed, { key }, measure, result) {
  const of = (bed.results[key] ??= {});
  (of[measure] ??= []).push(result);
}

function say(measure, { name }, { tokens, lost, repeated, garbled, failed, failures, restarts, latency }) {
  const added = latency ? `, added p50 ${latency.p50?.toFixed(1)} p99 ${latency.p99?.toFixed(1)} ms` : '';
  const bad =
    lost + repeated + garbled + failed + restarts > 0
      ? `, lost ${lost} repeated ${repeated} garbled ${garbled} restarted ${restarts} failed ${failed} ${failures}`
      : '';
  console.error(`${measure}: ${name}: ${tokens} tokens${added}${bad}`);
}

/**
 * Cold code and unopened connections are not what is compared, nor is V8 while it compiles most: servers run for weeks.
 */
export async function warmUp(bed) {
  const { loads, headline, warmUps } = bed.options;
  const job = loadJob(loads.find(({ streams }) => streams === headline));
  for (let round = 0; round < warmUps; round++) {
    for (const system of bed.systems) await measured(bed, system, job);
  }
}

async function load(bed) {
  const { systems, options } = bed;
  for (const one of options.loads) {
    for (let round = 0; round < options.rounds; round++) {
      for (const system of rotated(systems, round)) {
        await measured(bed, system, loadJob(WAKING));
        const result = { ...one, ...summary(await measured(bed, system, loadJob(one))) };
        note(bed, system, 'load', result);
        say(`${one.streams} × ${one.rate}/s × ${one.tokens}`, system, result);
      }
    }
  }
}

async function burst(bed) {
  for (const system of bed.systems) {
    const result = summary(await measured(bed, system, burstJob(bed.options.burst)));
    note(bed, system, 'burst', result);
    say('burst', system, result);
  }
}

/** Nobody is always first. */
function rotated(systems, by) {
  const at = by % systems.length;
  return [...systems.slice(at), ...systems.slice(0, at)];
}

async function firstToken(bed) {
  for (const system of bed.systems) {
    const job = {
      type: 'oneByOne',
      count: bed.options.firstTokens,
      pauseMs: 50,
      load: { rate: 100, tokens: 3 },
    };
    const result = summary(await measured(bed, system, job));
    note(bed, system, 'first-token', { ...result, replies: bed.options.firstTokens });
    say('first token, idle', system, result);
  }
}

/** As one person alone asks: whatever a server lets go of meanwhile has to be fetched again. */
async function pause(bed) {
  const { replies, pauseMs } = bed.options.pause;
  for (const system of bed.systems) {
    if (system.key !== 'rivulet') continue;
    const job = { type: 'oneByOne', count: replies + 1, pauseMs, load: { rate: 100, tokens: 3 } };
    const all = await measured(bed, system, job);
    // Before the first one there was none.
    const { firstToken } = summary({ ...all, firstTokens: all.firstTokens.slice(1) });
    note(bed, system, 'pause', { firstToken, pauseMs });
    console.error(`first token after ${pauseMs / 1000} s: ${firstToken.p50.toFixed(1)} ms`);
  }
}

async function cacheHit(bed) {
  for (const system of bed.systems) {
    if (system.key !== 'rivulet') continue;
    const job = {
      type: 'oneByOne',
      samePrompt: true,
      pauseMs: 50,
      load: { rate: 100, tokens: 3, cache: 'USE' },
    };
    // The first one fills the cache.
    const all = await measured(bed, system, { ...job, count: bed.options.firstTokens + 1 });
    // What the provider sent long ago says nothing of the latency.
    const { fromStart, providerCalls, parts } = summary({ ...all, fromStart: all.fromStart.slice(1) });
    note(bed, system, 'cache-hit', { fromStart, providerCalls, parts });
    console.error(`cache hit: ${fromStart.p50.toFixed(1)} ms, ${providerCalls} call(s) of the provider`);
  }
}

async function cut(bed) {
  const { streams, awayMs, ...load } = bed.options.cut;
  for (const system of bed.systems) {
    const job = { ...burstJob({ streams, ...load }), type: 'cut', awayMs };
    // The way back is cold until somebody has gone it.
    await measured(bed, system, job);
    const { catchUp, ...rest } = await measured(bed, system, job);
    const times = sorted(catchUp);
    const result = {
      ...rest,
      streams,
      ...{ awayMs, caughtUp: times.length },
      catchUp: { p50: percentile(times, 0.5), p99: percentile(times, 0.99) },
    };
    note(bed, system, 'cut', result);
    say('cut', system, result);
  }
}

async function slowReader(bed) {
  const { tokens, length, pauseMs } = bed.options.slow;
  for (const system of bed.systems) {
    const job = { type: 'slow', load: { tokens, length, rate: 2000 } };
    // Once with a reader that does read: what the heap grows by for that is not the slow reader's doing.
    await measured(bed, system, { ...job, pauseMs: 0 });
    const result = await measured(bed, system, { ...job, pauseMs });
    note(bed, system, 'slow-reader', result);
    say('slow reader', system, result);
  }
}

/** Steps up until a system loses tokens or is too late, on its own each time. */
async function rate(bed) {
  for (const system of bed.systems) {
    let best = 0;
    for (let perStream = FIRST_RATE; ; perStream *= RATE_STEP) {
      const load = { streams: RATE_STREAMS, rate: perStream, tokens: Math.round(perStream * RATE_SECONDS) };
      const result = summary(await measured(bed, system, burstJob(load)));
      say(`${RATE_STREAMS} × ${Math.round(perStream)}/s`, system, result);
      const bad = result.lost + result.garbled + result.failed;
      if (bad > 0 || !(result.latency.p99 <= MAX_P99_MS)) break;
      best = RATE_STREAMS * perStream;
    }
    note(bed, system, 'rate', { tokensPerSecond: best });
  }
}

export const MEASURES = {
  load,
  burst,
  'first-token': firstToken,
  pause,
  'cache-hit': cacheHit,
  cut,
  'slow-reader': slowReader,
  rate,
};
