import { Injectable } from '@nestjs/common';
import type { Viewer } from '../accounts/viewer.js';
import { MAX_PAGE_SIZE } from '../paging/page.js';
import type { Attachment } from './attachment.js';
import { ChatRepository, type WholeChat, type WholeMessage } from './chat-repository.js';
import { found } from './chat.service.js';

/** What begins a file of exported chats, so that whoever reads one knows what it is. */
const FORMAT = 'rivulet-chats';
const VERSION = 1;

/** A viewer's chats as files: all of them, or one, complete with every branch. */
@Injectable()
export class ChatExport {
  constructor(private readonly chats: ChatRepository) {}

  async find(viewer: Viewer, chatId: string): Promise<WholeChat> {
    return found('chat', await this.chats.whole(viewer.id, chatId));
  }

  /** JSON, a piece a chat: no more than one of them is held in memory. */
  all(viewer: Viewer): AsyncIterable<string> {
    return jsonOf(this.#wholeChats(viewer));
  }

  async *#wholeChats({ id }: Viewer): AsyncGenerator<WholeChat> {
    let after: string | undefined;
    do {
      const { items, hasNextPage } = await this.chats.list(id, { first: MAX_PAGE_SIZE, after });
      for (const { id: chatId } of items) {
        const chat = await this.chats.whole(id, chatId);
        // Deleted since.
        if (chat) yield chat;
      }
      after = hasNextPage ? items.at(-1)?.id : undefined;
    } while (after !== undefined);
  }
}

/** The file of these chats in pieces. */
export async function* jsonOf(chats: AsyncIterable<WholeChat> | Iterable<WholeChat>): AsyncGenerator<string> {
  yield `{"format":"${FORMAT}","version":${VERSION},"chats":[`;
  let between = '\n';
  for await (const chat of chats) {
    yield between + JSON.stringify(exported(chat));
    between = ',\n';
  }
  yield '\n]}\n';
}

/** The active branch as a text for people. */
export function markdownOf(chat: WholeChat): string {
  const byId = new Map(chat.messages.map((message) => [message.id, message]));
  const branch: WholeMessage[] = [];
  let next = chat.activeMessageId;
  while (next !== null) {
    const message = byId.get(next);
    if (!message) break;
    branch.unshift(message);
    next = message.parentId;
  }
  const sections = branch.map(
    ({ role, modelId, content, attachments }) =>
      `## ${role === 'USER' ? 'You' : (modelId ?? 'Model')}\n\n${attachedLine(attachments)}${content.trim()}\n`,
  );
  return [`# ${chat.title}\n`, ...sections].join('\n');
}

/** Files stay where they are: their names say what is missing. */
function attachedLine(attachments: readonly Attachment[]): string {
  const names = attachments.map(({ name }) => `\`${name.replaceAll('`', '')}\``);
  return names.length === 0 ? '' : `Attached: ${names.join(', ')}\n\n`;
}

/** Field by field: what a row gains some day is not in the file before somebody decides so. */
function exported(chat: WholeChat): object {
  const { id, title, modelId, systemPrompt, temperature, createdAt, updatedAt } = chat;
  const { pinned, archived, activeMessageId, messages } = chat;
  return {
    ...{ id, title, modelId, systemPrompt, temperature, createdAt, updatedAt },
    ...{ pinned, archived, activeMessageId },
    messages: messages.map((message) => ({
      ...{ id: message.id, parentId: message.parentId, role: message.role, status: message.status },
      ...{ modelId: message.modelId, createdAt: message.createdAt, fromCache: message.fromCache },
      ...{ inputTokens: message.inputTokens, outputTokens: message.outputTokens },
      ...{ errorCode: message.errorCode, reasoning: message.reasoning, content: message.content },
      ...(message.attachments.length > 0 && {
        attachments: message.attachments.map(({ name, mediaType, size }) => ({ name, mediaType, size })),
      }),
    })),
  };
}
