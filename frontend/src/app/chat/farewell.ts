import { counted } from '../browser/counted';
import { inNumber } from '../languages/in-number';
import type { ChatMessage } from './message';

/** What is said to who listens when a reply has ended. */
export function farewell({ status, content }: ChatMessage): string {
  const words = content.split(/\s+/).filter(Boolean).length;
  const written = counted(words);
  if (status === 'COMPLETE')
    return inNumber(words, {
      one: $localize`Reply finished, ${written}:count: word`,
      other: $localize`Reply finished, ${written}:count: words`,
    });
  return inNumber(words, {
    one: $localize`Reply cut short, ${written}:count: word`,
    other: $localize`Reply cut short, ${written}:count: words`,
  });
}
