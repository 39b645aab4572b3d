import { difference } from './excerpt.js';
import { segmentsOf, shownText, toldEnd, type Segment } from './reading.js';
import type { Case } from './sessions.js';
import type { Violation } from './violation.js';

/** All readers of a session are told the same: in the end, and at every number on the way. */
export function checkAgreement({ session }: Case): Violation[] {
  const told = session.readers.filter((trace) => toldEnd(trace) !== undefined);
  const disagreement = (detail: string): Violation => ({
    ...{ name: 'readers-disagree', sessionId: session.id, detail },
  });
  const [first, ...others] = told;
  if (!first) return [];
  return others.flatMap((other, index) => [
    ...(toldEnd(other) === toldEnd(first)
      ? []
      : [disagreement(`told readers ${toldEnd(first)} and ${toldEnd(other)}`)]),
    ...(shownText(other) === shownText(first)
      ? []
      : [disagreement(`reader ${index + 1}: ${difference(shownText(other), shownText(first))}`)]),
    ...segmentsOf(first).flatMap((one) =>
      segmentsOf(other)
        .filter(({ attempt }) => attempt === one.attempt)
        .flatMap((two) => numbersOf(one, two).map(disagreement)),
    ),
  ]);
}

/** After the same number of the same attempt, both have the same text. */
function numbersOf(one: Segment, two: Segment): string[] {
  const sequence = [...one.lengths.keys()].find((number) => {
    const [mine, theirs] = [one.lengths.get(number), two.lengths.get(number)];
    return theirs !== undefined && one.text.slice(0, mine) !== two.text.slice(0, theirs);
  });
  if (sequence === undefined) return [];
  return [`at ${sequence}, ${one.lengths.get(sequence)} and ${two.lengths.get(sequence)} characters`];
}
