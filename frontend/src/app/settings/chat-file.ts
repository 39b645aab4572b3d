import { counted } from '../browser/counted';
import { chatGptChat, isChatGptChat } from './chatgpt-file';
import type { ImportChatInput } from './generated/graphql';

/** A file that cannot be imported at all. The message is for whoever chose it. */
export class UnreadableFile extends Error {}

/** A chat of a file: as the server takes it, or why it cannot be read. */
export type FileChat =
  | { readonly type: 'chat'; readonly title: string; readonly input: ImportChatInput }
  | { readonly type: 'unreadable'; readonly title: string; readonly why: string };

/** Most chats of one file. */
const MAX_CHATS = 20_000;

/** The chats of an export of ours, or of ChatGPT's `conversations.json`. Throws UnreadableFile. */
export function chatsOf(text: string): readonly FileChat[] {
  const chats = listOf(parsed(text));
  if (chats.length > MAX_CHATS)
    throw new UnreadableFile($localize`The file has more than ${counted(MAX_CHATS)}:most: chats.`);
  return chats.map((chat, index) => {
    const title = titleOf(chat) ?? $localize`Chat ${index + 1}:number:`;
    try {
      const input = isChatGptChat(chat) ? chatGptChat(chat) : ownChat(chat as OwnChat);
      return { type: 'chat', title, input };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return { type: 'unreadable', title, why: $localize`It is not in a form that can be read.` };
    }
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UnreadableFile($localize`This is not a JSON file.`);
  }
}

function listOf(content: unknown): readonly unknown[] {
  if (Array.isArray(content) && content.length > 0 && content.every(isChatGptChat)) return content;
  const file = content as { format?: unknown; chats?: unknown } | null;
  if (file?.format === 'rivulet-chats' && Array.isArray(file.chats)) return file.chats;
  throw new UnreadableFile(
    $localize`This is neither an export of Rivulet nor a conversations.json of ChatGPT.`,
  );
}

function titleOf(chat: unknown): string | null {
  const title = (chat as { title?: unknown } | null)?.title;
  return typeof title === 'string' && title.trim() !== '' ? title : null;
}

interface OwnChat {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly pinned: boolean;
  readonly archived: boolean;
  /** These two are in no file of before there were any. */
  readonly systemPrompt?: string | null;
  readonly temperature?: number | null;
  readonly activeMessageId: string | null;
  readonly messages: readonly {
    readonly id: string;
    readonly parentId: string | null;
    readonly role: 'USER' | 'ASSISTANT';
    readonly content: string;
    readonly reasoning: string | null;
    readonly modelId: string | null;
    readonly createdAt: string;
  }[];
}

/** Whatever is wrong in it, the server says so. */
function ownChat(chat: OwnChat): ImportChatInput {
  const { id, title, createdAt, updatedAt, pinned, archived, activeMessageId } = chat;
  const { systemPrompt = null, temperature = null } = chat;
  const places = new Map(chat.messages.map((message, place) => [message.id, place]));
  return {
    ...{ sourceId: id, title, createdAt, updatedAt, pinned, archived, systemPrompt, temperature },
    activeMessage: (activeMessageId === null ? null : places.get(activeMessageId)) ?? null,
    messages: chat.messages.map((message) => ({
      ...{ role: message.role, content: message.content, reasoning: message.reasoning },
      ...{ model: message.modelId, createdAt: message.createdAt },
      // What is not in the file is before nothing.
      parent: message.parentId === null ? null : (places.get(message.parentId) ?? -1),
    })),
  };
}
