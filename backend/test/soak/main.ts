import { check } from './checker/check.js';
import { planFaults } from './fault-plan.js';
import { parseOptions, USAGE } from './options.js';
import { detailsOf, summaryOf } from './report.js';
import { soak } from './soak.js';

/** What `npm run soak` does once everything is there. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let options;
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.plan) {
    for (const { atMs, kind, target, forMs } of planFaults(options)) {
      console.log(
        `${(atMs / 1000).toFixed(1).padStart(7)} s  ${kind.padEnd(16)} ${target.toFixed(2)}  ${forMs} ms`,
      );
    }
    return 0;
  }
  console.log(`seed ${options.seed}, ${options.durationMs / 60_000} minutes`);
  const record = await soak(options, (line) => console.log(line));
  const violations = check(record);
  if (violations.length > 0) console.log(detailsOf(record, violations));
  console.log(`\n${summaryOf(record, violations, options.seed)}`);
  return violations.length === 0 ? 0 : 1;
}

// Only what hangs could still keep this process.
process.exit(await main(process.argv.slice(2)));
