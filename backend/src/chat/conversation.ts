import type { ConversationMessage } from '../providers/provider-adapter.js';
import type { Message } from './message.js';

/** Prefilling an answer is not for every model; this every model understands. */
const GO_ON =
  'Your last message was cut off before its end. Go on exactly where it stopped, with the very next character, ' +
  'be it a space, a line break or the rest of a word. Repeat nothing, and say nothing about the interruption.';

/**
 * The branch as a model is to see it: messages that say something, roles taking turns. Two neighbours of one role
 * (a failed reply stood between them) become one message, since some vendors refuse anything else.
 */
export function conversationOf(branch: readonly Pick<Message, 'role' | 'content'>[]): ConversationMessage[] {
  const conversation: ConversationMessage[] = [];
  for (const { role, content } of branch) {
    if (content.trim() === '') continue;
    const speaker = role === 'USER' ? 'user' : 'assistant';
    const previous = conversation.at(-1);
    if (previous?.role === speaker) {
      conversation[conversation.length - 1] = { role: speaker, content: `${previous.content}\n\n${content}` };
    } else {
      conversation.push({ role: speaker, content });
    }
  }
  // A branch may begin with a reply only if its prompt said nothing; no vendor takes that.
  return conversation[0]?.role === 'assistant' ? conversation.slice(1) : conversation;
}

/** The conversation that makes a model go on with its answer to it, of which `kept` is there. */
export function continuedConversation(
  conversation: readonly ConversationMessage[],
  kept: string,
): ConversationMessage[] {
  return [...conversation, { role: 'assistant', content: kept }, { role: 'user', content: GO_ON }];
}
