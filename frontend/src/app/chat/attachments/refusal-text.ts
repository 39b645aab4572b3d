import { counted } from '../../browser/counted';
import { MAX_ATTACHMENTS, MAX_IMAGE_SIZE, MAX_TEXT_SIZE, sizeText } from './attachment';
import type { Refusal, RefusedName } from './refused-file';

/** Why files were not taken, one sentence a reason. */
export function refusalSentences(refused: readonly RefusedName[]): string[] {
  return Array.from(
    Map.groupBy(refused, ({ why }) => why),
    ([why, [first = { name: '' }, ...others]]) =>
      others.length === 0 ? sentenceOfOne(why, first.name) : sentenceOfMore(why, first.name, others.length),
  );
}

function sentenceOfOne(why: Refusal, name: string): string {
  switch (why) {
    case 'kind':
      return $localize`${name}:file: is neither an image nor text.`;
    case 'image-size':
      return $localize`${name}:file: is larger than ${sizeText(MAX_IMAGE_SIZE)}:size:, and could not be made smaller.`;
    case 'text-size':
      return $localize`${name}:file: is longer than ${sizeText(MAX_TEXT_SIZE)}:size: of text.`;
    case 'empty':
      return $localize`${name}:file: is empty.`;
    case 'unreadable':
      return $localize`${name}:file: cannot be read.`;
    case 'count':
      return $localize`${name}:file: was left out: a message takes up to ${MAX_ATTACHMENTS}:most: files.`;
    case 'forgotten':
      return $localize`${name}:file: was not sent for a day and is gone. Attach it again.`;
    default:
      return why satisfies never;
  }
}

function sentenceOfMore(why: Refusal, name: string, others: number): string {
  const more = counted(others);
  switch (why) {
    case 'kind':
      return $localize`${name}:file: and ${more}:count: more are neither images nor text.`;
    case 'image-size':
      return $localize`${name}:file: and ${more}:count: more are larger than ${sizeText(MAX_IMAGE_SIZE)}:size:, and could not be made smaller.`;
    case 'text-size':
      return $localize`${name}:file: and ${more}:count: more are longer than ${sizeText(MAX_TEXT_SIZE)}:size: of text.`;
    case 'empty':
      return $localize`${name}:file: and ${more}:count: more are empty.`;
    case 'unreadable':
      return $localize`${name}:file: and ${more}:count: more cannot be read.`;
    case 'count':
      return $localize`${name}:file: and ${more}:count: more were left out: a message takes up to ${MAX_ATTACHMENTS}:most: files.`;
    case 'forgotten':
      return $localize`${name}:file: and ${more}:count: more were not sent for a day and are gone. Attach them again.`;
    default:
      return why satisfies never;
  }
}
