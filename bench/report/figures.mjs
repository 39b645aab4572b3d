/** What the tables and the targets are made of, from the results of one run. */
const MILLION = 1e6;
const MB = 1e6;

/** A system's figures at one number of streams, over all rounds; undefined where that was not measured. */
export function loadFigures(results, system, streams) {
  const rounds = results[system]?.load?.filter((round) => round.streams === streams) ?? [];
  if (rounds.length === 0) return undefined;
  const total = (field) => rounds.reduce((sum, round) => sum + round[field], 0);
  return {
    ...cpuOf(rounds),
    p50: median(rounds.map(({ latency }) => latency.p50)),
    p99: median(rounds.map(({ latency }) => latency.p99)),
    settledP50: median(rounds.map(({ settled }) => settled.p50)),
    settledP99: median(rounds.map(({ settled }) => settled.p99)),
    firstToken: median(rounds.map(({ firstToken }) => firstToken.p50)),
    firstTokenP99: median(rounds.map(({ firstToken }) => firstToken.p99)),
    apiMegabytesPerThousand: apiMegabytes(rounds, streams),
    bad: ['lost', 'repeated', 'garbled', 'restarts', 'failed'].map((field) => total(field)),
  };
}

/** CPU seconds per million tokens, by process and all together. */
export function cpuOf(rounds) {
  const tokens = rounds.reduce((sum, round) => sum + round.tokens, 0);
  const cpu = Object.fromEntries(
    Object.keys(rounds[0].parts).map((part) => [
      part,
      (rounds.reduce((sum, { parts }) => sum + (parts[part]?.cpu ?? 0), 0) / tokens) * MILLION,
    ]),
  );
  const cpuAll = Object.values(cpu).reduce((sum, one) => sum + one, 0);
  return { cpu, cpuAll, cpuWithoutPostgres: cpuAll - (cpu.postgres ?? 0) };
}

/** From the idle, warm process to its highest, per 1 000 streams; meaningless below some hundred. */
function apiMegabytes(rounds, streams) {
  const idle = rounds[0].parts.api?.rssBefore;
  const highest = Math.max(...rounds.map(({ parts }) => parts.api?.rssPeak));
  return ((highest - idle) / MB / streams) * 1000;
}

/** The one result of a measure that is taken once. */
export function once(results, system, measure) {
  return results[system]?.[measure]?.[0];
}

export function growth(part) {
  return part && (part.rssPeak - part.rssBefore) / MB;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
