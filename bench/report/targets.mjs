import { growth, loadFigures, once } from './figures.mjs';

/** `must` and `aim` bound the value from above, unless `atLeast`. A value that is not there was not measured. */
export function targetsOf({ results, options }) {
  const streams = options.headline;
  const at = (system, count = streams) => loadFigures(results, system, count);
  const [ours, limit, sse, ai] = ['rivulet', 'limit', 'graphql-sse', 'ai-sdk'].map((system) => at(system));
  const cut = once(results, 'rivulet', 'cut');
  const slow = once(results, 'rivulet', 'slow-reader');
  const rates = (system) => once(results, system, 'rate')?.tokensPerSecond;
  const first = (system) => once(results, system, 'first-token')?.firstToken.p50;
  const cpu = (than, other, must, aim) => [
    target(`CPU per million tokens, against ${than}`, ratio(ours?.cpuAll, other?.cpuAll), must, aim),
    target('… the same without our PostgreSQL', ratio(ours?.cpuWithoutPostgres, other?.cpuAll), must, aim),
  ];
  return [
    ...cpu('the limit', limit, 1.1, 0.85),
    ...cpu('graphql-sse', sse, 0.75, 0.5),
    ...cpu('the AI SDK', ai, 0.5, 0.35),
    target("API process' CPU, against graphql-sse's", ratio(ours?.cpu.api, sse?.cpu.api), 0.6, 0.45),
    target("Redis' CPU, against the limit's", ratio(ours?.cpu.redis, limit?.cpu.redis), 0.6, 0.3),
    target(`added latency p99, ${streams} streams, against the limit`, ratio(ours?.p99, limit?.p99), 1.5, 1),
    target('… of tokens sent once all had begun', ratio(ours?.settledP99, limit?.settledP99), 1.5, 1),
    target(
      'added latency p99, 1000 streams, against the limit',
      ratio(at('rivulet', 1000)?.p99, at('limit', 1000)?.p99),
      2,
      1.5,
    ),
    target(
      `added latency p50, ${streams} streams, over the limit's, ms`,
      difference(ours?.p50, limit?.p50),
      6,
      2,
    ),
    target(
      'first token, one stream, against the limit with a BullMQ hop',
      ratio(first('rivulet'), first('limit-bullmq')),
      2,
      1.3,
    ),
    target(
      'cache hit, mutation to first token, p50, ms',
      once(results, 'rivulet', 'cache-hit')?.fromStart.p50,
      10,
      5,
    ),
    target(
      'largest token rate, against the limit',
      ratio(rates('rivulet'), rates('limit')),
      1,
      1.25,
      'atLeast',
    ),
    target(
      'largest token rate, against graphql-sse',
      ratio(rates('rivulet'), rates('graphql-sse')),
      1.3,
      1.7,
      'atLeast',
    ),
    target(`API memory per 1000 streams (from ${streams}), MB`, ours?.apiMegabytesPerThousand, 120, 60),
    target('cut and come back: lost', cut?.lost, 0, 0),
    target('cut and come back: repeated', cut?.repeated, 0, 0),
    target('cut and come back: catch-up p99, ms', cut?.catchUp.p99, 20, 10),
    target('slow reader of a 5 MB reply: API memory, MB', growth(slow?.parts.api), 2, 2),
  ];
}

function target(title, value, must, aim, bound = 'atMost') {
  const holds = (limit) => (bound === 'atLeast' ? value >= limit : value <= limit);
  const verdict =
    value === undefined ? 'not measured' : holds(aim) ? 'met, aim too' : holds(must) ? 'met' : 'NOT MET';
  return { title, value, must, aim, sign: bound === 'atLeast' ? '≥' : '≤', verdict };
}

function ratio(value, other) {
  return value === undefined || !other ? undefined : value / other;
}

function difference(value, other) {
  return value === undefined || other === undefined ? undefined : value - other;
}
