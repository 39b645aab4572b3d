import { parseArgs } from 'node:util';

export const USAGE = `npm run bench -- [options]
  --quick              everything small, in about a minute
  --only LIST          systems, as in rivulet,limit
  --measure LIST       of load,burst,first-token,pause,cache-hit,cut,slow-reader,rate
  --streams LIST       stream counts of "load" instead of the usual ones
  --rate N --tokens N  tokens per second and per reply of "load"
  --rounds N           how often "load" is repeated, the systems taking turns
  --profile FOLDER     write CPU profiles of Rivulet's processes there
  --no-build           measure dist/ as it is`;

/** The most that any measure begins. */
export const STARTS_PER_SECOND = 250;

const FULL = {
  loads: [1, 100, 500, 1000].map((streams) => ({ streams, rate: 20, tokens: 160 })),
  rounds: 3,
  headline: 500,
  warmUps: 6,
  burst: { streams: 500, rate: 20, tokens: 160 },
  firstTokens: 100,
  // Longer than pools keep an idle connection by default.
  pause: { replies: 10, pauseMs: 12_000 },
  cut: { streams: 100, rate: 20, tokens: 160, awayMs: 1000 },
  slow: { tokens: 5000, length: 1000, pauseMs: 8000 },
  measures: ['load', 'burst', 'first-token', 'pause', 'cache-hit', 'cut', 'slow-reader', 'rate'],
};
const QUICK = {
  loads: [{ streams: 50, rate: 20, tokens: 40 }],
  rounds: 1,
  headline: 50,
  warmUps: 1,
  burst: { streams: 50, rate: 20, tokens: 40 },
  firstTokens: 8,
  pause: { replies: 2, pauseMs: 12_000 },
  cut: { streams: 20, rate: 20, tokens: 40, awayMs: 300 },
  slow: { tokens: 2000, length: 1000, pauseMs: 1500 },
  measures: ['load', 'burst', 'first-token', 'cache-hit', 'cut'],
};

/** What to measure, and of which systems. */
export function parseOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      measure: { type: 'string' },
      streams: { type: 'string' },
      rate: { type: 'string' },
      tokens: { type: 'string' },
      rounds: { type: 'string' },
      profile: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const plan = values.quick ? QUICK : FULL;
  const [first] = plan.loads;
  const rate = Number(values.rate ?? first.rate);
  const tokens = Number(values.tokens ?? first.tokens);
  const streamCounts = values.streams?.split(',').map(Number) ?? plan.loads.map(({ streams }) => streams);
  return {
    ...plan,
    loads: streamCounts.map((streams) => ({ streams, rate, tokens })),
    headline: streamCounts.includes(plan.headline) ? plan.headline : streamCounts.at(-1),
    rounds: Number(values.rounds ?? plan.rounds),
    measures: values.measure?.split(',') ?? plan.measures,
    only: values.only?.split(','),
    profile: values.profile,
    build: !values['no-build'],
    mode: values.quick ? 'quick' : 'full',
  };
}
