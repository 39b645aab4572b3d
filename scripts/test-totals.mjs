/** What a runner's file of results counts as. A test that was skipped has not passed. */
import { readFileSync } from 'node:fs';

const READERS = {
  jest: (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
  playwright: ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }),
};

/** The totals of one step that ended with `code`; every failure counts at least once. */
export function totalsOf({ runner, results }, code) {
  if (!runner) return { passed: 0, failed: code === 0 ? 0 : 1, note: code === 0 ? 'ok' : 'failed' };
  let report;
  try {
    report = JSON.parse(readFileSync(results, 'utf8'));
  } catch (error) {
    return { passed: 0, failed: 1, note: `failed: no results (${error.message})` };
  }
  const { passed, failed, skipped } = READERS[runner](report);
  const note = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  if (passed + failed + skipped === 0) return { passed, failed: 1, note: 'failed: no test ran' };
  if (failed + skipped === 0 && code !== 0) return { passed, failed: 1, note: `${note}, exit code ${code}` };
  return { passed, failed: failed + skipped, note };
}
