import type { RunRecord } from '../run-record.js';
import { checkAgreement } from './agreement-checks.js';
import { checkCalls } from './call-checks.js';
import { checkReaders } from './reader-checks.js';
import { checkRun } from './run-checks.js';
import { checkSaved } from './saved-checks.js';
import { casesOf } from './sessions.js';
import type { Violation } from './violation.js';

/** Every promise that was broken in this run; none where all is well. */
export function check(record: RunRecord): Violation[] {
  return [
    ...casesOf(record).flatMap((one) => [...checkReaders(one), ...checkAgreement(one), ...checkSaved(one)]),
    ...checkCalls(record),
    ...checkRun(record),
  ];
}
