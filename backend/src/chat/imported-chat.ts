import { AppError } from '../errors/app-error.js';
import { MAX_TITLE_LENGTH, storable } from './chat.js';
import { checkedSystemPrompt } from './checked-settings.js';
import type { MessageRole } from './message.js';

/** A chat from elsewhere, as somebody hands it in. */
export interface ImportRequest {
  readonly sourceId: string;
  readonly title: string;
  readonly createdAt?: Date | null;
  readonly updatedAt?: Date | null;
  readonly pinned?: boolean | null;
  readonly archived?: boolean | null;
  readonly systemPrompt?: string | null;
  readonly temperature?: number | null;
  /** Place in `messages` of the last one of the branch to show; left out: the last of all. */
  readonly activeMessage?: number | null;
  readonly messages: readonly ImportedMessage[];
}

export interface ImportedMessage {
  /** Place in the list of the message that this one comes after; `null` or left out: the chat begins here. */
  readonly parent?: number | null;
  readonly role: MessageRole;
  readonly content: string;
  readonly reasoning?: string | null;
  readonly model?: string | null;
  readonly createdAt?: Date | null;
}

/** The same, checked: whole, with times that rise along each branch, and nothing that cannot be kept. */
export interface ImportedChat {
  readonly sourceId: string;
  readonly title: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly pinned: boolean;
  readonly archived: boolean;
  readonly systemPrompt: string | null;
  readonly temperature: number | null;
  readonly activeMessage: number;
  readonly messages: readonly CheckedMessage[];
}

export interface CheckedMessage {
  readonly parent: number | null;
  readonly role: MessageRole;
  readonly content: string;
  readonly reasoning: string | null;
  readonly modelId: string | null;
  readonly createdAt: Date;
}

/** Most messages of a chat that is imported; the size of a request bounds what they say. */
export const MAX_IMPORTED_MESSAGES = 5_000;
const MAX_NAME_LENGTH = 200;

/** The chat as it can be kept. Throws VALIDATION_FAILED, saying which message is wrong and why. */
export function checkedImport(request: ImportRequest, now: Date): ImportedChat {
  const { messages } = request;
  if (messages.length === 0) refuse('The chat has no messages.');
  if (messages.length > MAX_IMPORTED_MESSAGES) {
    refuse(`The chat has ${messages.length} messages; ${MAX_IMPORTED_MESSAGES} can be imported.`);
  }
  const sourceId = storable(request.sourceId);
  if (sourceId === '' || sourceId.length > MAX_NAME_LENGTH) {
    refuse(`sourceId has 1 to ${MAX_NAME_LENGTH} characters.`);
  }
  const createdAt = past(request.createdAt, now) ?? past(messages[0]?.createdAt, now) ?? now;
  const checked: CheckedMessage[] = [];
  /** By parent, the newest of its versions so far. */
  const versions = new Map<number | null, CheckedMessage>();
  for (const [place, message] of messages.entries()) {
    const parent = message.parent ?? null;
    const before = parent === null ? undefined : checked[parent];
    if (parent !== null && !before)
      refuse(`Message ${place} comes after message ${parent}, which is not before it.`);
    const next = checkedMessage(message, later(createdAt, before, versions.get(parent)), now);
    versions.set(parent, next);
    checked.push(next);
  }
  const activeMessage = request.activeMessage ?? messages.length - 1;
  if (!(activeMessage >= 0 && activeMessage < messages.length))
    refuse('activeMessage is no message of the chat.');
  const last = new Date(Math.max(...checked.map((message) => message.createdAt.getTime())));
  return {
    ...{ sourceId, createdAt, activeMessage, messages: checked },
    title: storable(request.title).trim().slice(0, MAX_TITLE_LENGTH).toWellFormed() || 'Imported chat',
    updatedAt: past(request.updatedAt, now) ?? past(last, now) ?? now,
    pinned: request.pinned ?? false,
    archived: request.archived ?? false,
    systemPrompt: checkedSystemPrompt(request.systemPrompt ?? null),
    temperature: checkedTemperature(request.temperature ?? null),
  };
}

/** @param earliest when it can have been said, in milliseconds since 1970. */
function checkedMessage(
  { parent, role, content, reasoning, model, createdAt }: ImportedMessage,
  earliest: number,
  now: Date,
): CheckedMessage {
  const said = past(createdAt, now)?.getTime() ?? earliest;
  return {
    ...{ role, parent: parent ?? null, content: storable(content) },
    reasoning: reasoning ? storable(reasoning) : null,
    modelId: role === 'ASSISTANT' && model ? storable(model).slice(0, MAX_NAME_LENGTH).toWellFormed() : null,
    createdAt: new Date(Math.max(said, earliest)),
  };
}

/** A millisecond later: what answers stands after what it answers, whatever clocks said, and versions in order. */
function later(begun: Date, ...before: readonly (CheckedMessage | undefined)[]): number {
  return Math.max(begun.getTime(), ...before.map((one) => (one ? one.createdAt.getTime() + 1 : 0)));
}

/** A time that can have been; undefined for others. */
function past(time: Date | null | undefined, now: Date): Date | undefined {
  if (!time || Number.isNaN(time.getTime()) || time.getTime() < 0) return undefined;
  return time > now ? now : time;
}

function refuse(why: string): never {
  throw new AppError('VALIDATION_FAILED', why);
}

/** Whether a model takes it is asked when one is; no model takes another one. */
function checkedTemperature(temperature: number | null): number | null {
  if (temperature !== null && !(temperature >= 0 && temperature <= 2)) refuse('temperature is from 0 to 2.');
  return temperature;
}
