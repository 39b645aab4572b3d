/** A conversation: a tree of messages of which one branch is shown. */
export interface Chat {
  readonly id: string;
  readonly title: string;
  /** The model that was asked last, or chosen since. */
  readonly modelId: string | null;
  /** What every model is told before the conversation. */
  readonly systemPrompt: string | null;
  /** How much chance is in the replies; `null`: as each model has it. Models that do not take it are not told. */
  readonly temperature: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Stands at the top of the list. */
  readonly pinned: boolean;
  /** A reply has ended in it since its user looked at it. */
  readonly unread: boolean;
  /** Is out of the list; a search finds it still. */
  readonly archived: boolean;
  /** Another model's reply that stands beside the active one until one of the two is chosen. */
  readonly companionMessageId: string | null;
}

/** Which chats a list has. */
export const CHAT_FILTERS = ['ALL', 'UNARCHIVED', 'PINNED', 'ARCHIVED'] as const;
export type ChatFilter = (typeof CHAT_FILTERS)[number];

/** How long a deleted chat can be restored, in seconds. */
export const RESTORABLE_SECONDS = 600;

/** What somebody sets for one chat. */
export type ChatSettings = Pick<Chat, 'modelId' | 'systemPrompt' | 'temperature'>;

/** Longest title kept, in UTF-16 code units. */
export const MAX_TITLE_LENGTH = 120;

/** Removes what PostgreSQL cannot hold (NUL) or UTF-8 cannot say (lone surrogates). */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** A title out of the first prompt: its first line that says something, cut at a word near 60 characters. */
export function titleFromPrompt(prompt: string): string {
  const line = prompt.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return shortened(line);
}

/** A title out of what a model answered when it was asked for one; `undefined` where that is none. */
export function titleFromModel(answer: string): string | undefined {
  const line = answer.split('\n').find((candidate) => /[\p{L}\p{N}]/u.test(candidate)) ?? '';
  const bare = storable(line)
    .replaceAll(/[*`]+|^\s*(?:[#>]+|[-–])\s/g, '')
    .trim()
    .replace(/^(?:title|titel)\s*:\s*/i, '')
    .replaceAll(/^["'“”„«»‘’「『]+|["'“”«»‘’」』.。]+$/gu, '');
  return shortened(bare) || undefined;
}

function shortened(line: string): string {
  const words = line.trim().replaceAll(/\s+/g, ' ');
  if (words.length <= 60) return words;
  const cut = words.slice(0, 60);
  return `${(cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut).toWellFormed()}…`;
}

/** The title of a chat that begins as this one did: the same with a number, from 2 on. */
export function forkedTitle(title: string): string {
  const [, name = title, number = '1'] = /^(.*) \((\d{1,4})\)$/s.exec(title) ?? [];
  const mark = ` (${Number(number) + 1})`;
  return `${name.slice(0, MAX_TITLE_LENGTH - mark.length).toWellFormed()}${mark}`;
}
