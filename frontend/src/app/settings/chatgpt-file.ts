import type { ImportChatInput, ImportedMessageInput } from './generated/graphql';

/** A conversation of ChatGPT's export, as far as it is read: a tree of nodes, most of them with a message. */
export interface ChatGptChat {
  readonly id?: string;
  readonly conversation_id?: string;
  readonly title?: string | null;
  /** Seconds since 1970, as all times here. */
  readonly create_time?: number | null;
  readonly update_time?: number | null;
  readonly is_archived?: boolean | null;
  readonly current_node?: string | null;
  readonly mapping: Readonly<Record<string, ChatGptNode>>;
}

interface ChatGptNode {
  readonly id: string;
  readonly parent?: string | null;
  readonly children?: readonly string[];
  readonly message?: {
    readonly author?: { readonly role?: string };
    readonly create_time?: number | null;
    readonly content?: { readonly content_type?: string; readonly parts?: readonly unknown[] };
    readonly metadata?: {
      readonly model_slug?: string;
      readonly is_visually_hidden_from_conversation?: boolean;
    } | null;
  } | null;
}

/** Whether it has what makes it one. */
export function isChatGptChat(chat: unknown): chat is ChatGptChat {
  const mapping = (chat as { mapping?: unknown } | null)?.mapping;
  return typeof mapping === 'object' && mapping !== null;
}

/**
 * What people and the model said to each other, with every branch. What stands between (system messages, tools, hidden
 * ones) is left out, and what came after it comes after the last thing said before.
 */
export function chatGptChat(chat: ChatGptChat): ImportChatInput {
  const messages: ImportedMessageInput[] = [];
  /** By node, the place of the last thing said up to it. */
  const places = new Map<string, number | null>();
  const roots = Object.values(chat.mapping).filter(({ parent }) => !parent || !chat.mapping[parent]);
  const waiting = roots.map((node) => ({ node, parent: null as number | null })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node } = next;
    // A node that is reached twice would lead round for ever.
    if (places.has(node.id)) continue;
    const said = saidIn(node);
    const place = said ? messages.push({ ...said, parent: next.parent }) - 1 : next.parent;
    places.set(node.id, place);
    const children = (node.children ?? [])
      .map((id) => chat.mapping[id])
      .filter((child) => child !== undefined);
    waiting.push(...children.map((child) => ({ node: child, parent: place })).reverse());
  }
  return {
    sourceId: chat.conversation_id ?? chat.id ?? `chatgpt ${chat.create_time} ${chat.title}`.slice(0, 200),
    title: chat.title ?? '',
    createdAt: timeOf(chat.create_time),
    updatedAt: timeOf(chat.update_time),
    archived: chat.is_archived ?? null,
    activeMessage: (chat.current_node ? places.get(chat.current_node) : null) ?? null,
    messages,
  };
}

function saidIn({ message }: ChatGptNode): ImportedMessageInput | null {
  const role = message?.author?.role;
  if (!message || (role !== 'user' && role !== 'assistant')) return null;
  if (message.metadata?.is_visually_hidden_from_conversation) return null;
  // Pictures and files are not in the export's text.
  const parts = message.content?.parts?.filter((part) => typeof part === 'string') ?? [];
  const content = parts.join('\n\n').trim();
  if (content === '') return null;
  return {
    role: role === 'user' ? 'USER' : 'ASSISTANT',
    content,
    model: message.metadata?.model_slug ?? null,
    createdAt: timeOf(message.create_time),
  };
}

function timeOf(seconds: number | null | undefined): string | null {
  if (typeof seconds !== 'number' || !(seconds > 0 && seconds < 8.64e12)) return null;
  return new Date(seconds * 1000).toISOString();
}
