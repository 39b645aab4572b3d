import { STARTS_PER_SECOND } from '../options.mjs';
import { SYSTEMS } from '../systems/systems.mjs';
import { cpuOf, growth, loadFigures, once } from './figures.mjs';
import { targetsOf } from './targets.mjs';

/** All tables of a run, as Markdown. */
export function reportOf(record) {
  const { began, mode, machine } = record;
  return [
    `## Benchmark of ${began.slice(0, 16).replace('T', ' ')} UTC (${mode})`,
    `${machine.cpus}, ${machine.memoryGiB} GiB, Node ${machine.node}; load average ${machine.loadAverageBefore.toFixed(1)} before, ${machine.loadAverageAfter.toFixed(1)} after.`,
    ...record.options.loads.map((load) => loadTable(record, load)),
    burstTable(record),
    firstTokenTable(record),
    cutTable(record),
    slowTable(record),
    rateTable(record),
    targetTable(record),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function loadTable({ results }, { streams, rate, tokens }) {
  const limit = loadFigures(results, 'limit', streams);
  const rows = rowsOf(results, (key) => {
    const figures = loadFigures(results, key, streams);
    if (!figures) return undefined;
    const { cpu, cpuAll, p50, p99, settledP50, settledP99, firstToken, firstTokenP99, bad } = figures;
    return [
      ...cpuCells({ cpu, cpuAll }),
      limit ? `${shown(cpuAll / limit.cpuAll, 2)}×` : '–',
      `${shown(p50, 1)} / ${shown(p99, 1)}`,
      `${shown(settledP50, 1)} / ${shown(settledP99, 1)}`,
      `${shown(firstToken, 0)} / ${shown(firstTokenP99, 0)}`,
      streams >= 100 ? shown(figures.apiMegabytesPerThousand, 0) : '–',
      bad.join(' / '),
    ];
  });
  return table(
    `### ${streams} stream(s) × ${rate} tokens/s × ${tokens} tokens`,
    [
      ...CPU_HEADS,
      'against the limit',
      'added latency p50 / p99, ms',
      '… of tokens sent once all had begun',
      'first token p50 / p99, ms',
      'API MB per 1000 streams',
      'lost / repeated / garbled / restarted / failed',
    ],
    rows,
  );
}

const CPU_HEADS = ['CPU-s per million tokens', 'API', 'worker', 'Redis', 'PostgreSQL'];

function cpuCells({ cpu, cpuAll }) {
  return [cpuAll, ...['api', 'worker', 'redis', 'postgres'].map((part) => cpu[part])].map((one) =>
    shown(one, 0),
  );
}

function burstTable({ results, options }) {
  const rows = rowsOf(results, (key) => {
    const burst = once(results, key, 'burst');
    if (!burst) return undefined;
    const { firstToken, latency, settled } = burst;
    const times = [firstToken, latency, settled].map(({ p50, p99 }) => `${shown(p50, 1)} / ${shown(p99, 1)}`);
    return [...cpuCells(cpuOf([burst])), ...times];
  });
  return table(
    `### ${options.burst.streams} replies, ${STARTS_PER_SECOND} begun in a second`,
    [
      ...CPU_HEADS,
      'first token p50 / p99, ms',
      'added latency p50 / p99, ms',
      '… of tokens sent once all had begun',
    ],
    rows,
  );
}

function firstTokenTable({ results }) {
  const rows = rowsOf(results, (key) => {
    const first = once(results, key, 'first-token');
    const pause = once(results, key, 'pause');
    const hit = once(results, key, 'cache-hit');
    return (
      first && [
        shown(first.firstToken.p50, 1),
        shown(first.firstToken.p99, 1),
        shown(pause?.firstToken.p50, 1),
        shown(hit?.fromStart.p50, 1),
        perReply(first),
      ]
    );
  });
  return table(
    '### First token over the provider’s, one stream on an idle system',
    [
      'p50, ms',
      'p99, ms',
      'after a pause p50, ms',
      'from the response cache p50, ms',
      'CPU-ms per reply of 3 tokens',
    ],
    rows,
  );
}

/** What one short reply costs from its start to its end, whatever its length. */
function perReply({ parts, replies }) {
  const parted = Object.entries(parts).map(
    ([name, { cpu }]) => `${name} ${shown((cpu / replies) * 1000, 1)}`,
  );
  return parted.join(', ');
}

function cutTable({ results }) {
  const rows = rowsOf(results, (key) => {
    const cut = once(results, key, 'cut');
    if (!cut) return undefined;
    const { streams, caughtUp, catchUp, lost, repeated, failed } = cut;
    const whole = caughtUp === streams;
    return [
      `${lost}`,
      `${repeated}`,
      `${failed}`,
      whole
        ? `${shown(catchUp.p50, 1)} / ${shown(catchUp.p99, 1)}`
        : `never, ${streams - caughtUp} of ${streams}`,
      inWords(cut),
    ];
  });
  const { streams, tokens, awayMs } = firstOf(results, 'cut') ?? {};
  return table(
    `### ${streams} readers cut in mid-reply, back after ${awayMs} ms (${tokens} tokens came in the end)`,
    ['lost', 'repeated', 'failed', 'caught up p50 / p99, ms', 'in words'],
    rows,
  );
}

function inWords({ lost, repeated, failed }) {
  if (failed > 0) return 'some replies did not end for their readers';
  if (lost > 0 && repeated > 0) return 'loses what came meanwhile and repeats';
  if (lost > 0) return 'what came meanwhile is lost: there is no cursor and no memory';
  if (repeated > 0) return 'tells all again from the start; the reader must drop what it had';
  return 'goes on where it was';
}

function slowTable({ results }) {
  const rows = rowsOf(results, (key) => {
    const slow = once(results, key, 'slow-reader');
    if (!slow) return undefined;
    const { api, worker, redis } = slow.parts;
    return [...[api, worker, redis].map((part) => shown(growth(part), 1)), afterSlow(slow)];
  });
  return table(
    '### A reader that stops reading a quick, long reply: highest memory over before, MB',
    ['API', 'worker', 'Redis', 'after reading on'],
    rows,
  );
}

function afterSlow({ crashed, lost, repeated, garbled, failed }) {
  if (crashed.length > 0) return `its ${crashed} process crashed`;
  return lost + repeated + garbled + failed === 0 ? 'every byte' : 'not whole';
}

function rateTable({ results }) {
  const rows = rowsOf(results, (key) => {
    const rate = once(results, key, 'rate');
    return rate && [shown(rate.tokensPerSecond, 0)];
  });
  return table('### Largest token rate, 100 streams, before loss or p99 over 250 ms', ['tokens/s'], rows);
}

function targetTable(record) {
  const { options, mode } = record;
  const targets = targetsOf(record);
  if (targets.every(({ verdict }) => verdict === 'not measured')) return undefined;
  const lines = targets.map(({ title, value, must, aim, sign, verdict }) => [
    title,
    `${sign} ${must}`,
    `${sign} ${aim}`,
    shown(value, 2),
    verdict,
  ]);
  const hint =
    mode === 'full' && options.headline === 500
      ? ''
      : `\n\nThe targets are meant for 500 streams × 20 tokens/s × 160 tokens; this run had ${options.headline} streams, so the verdicts are a hint.`;
  return `### Targets${hint}\n\n${markdown(['measure', 'must', 'aim', 'measured', 'verdict'], lines)}`;
}

function firstOf(results, measure) {
  return Object.keys(results)
    .map((key) => once(results, key, measure))
    .find(Boolean);
}

function rowsOf(results, cellsOf) {
  return Object.keys(results).flatMap((key) => {
    const cells = cellsOf(key);
    return cells ? [[SYSTEMS[key].name, ...cells]] : [];
  });
}

function table(title, heads, rows) {
  return rows.length > 0 ? `${title}\n\n${markdown(['system', ...heads], rows)}` : undefined;
}

function markdown(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown(value, digits) {
  return value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);
}
