import type { ConversationMessage } from '../providers/provider-adapter.js';
import type { Attachment } from './attachment.js';
import type { BranchMessage } from './session-repository.js';

/** Prefilling an answer is not for every model; this every model understands. */
const GO_ON =
  'Your last message was cut off before its end. Go on exactly where it stopped, with the very next character, ' +
  'be it a space, a line break or the rest of a word. Repeat nothing, and say nothing about the interruption.';

/** A message of a conversation whose files are yet to be read. */
export interface Turn extends Omit<ConversationMessage, 'attachments'> {
  readonly attachments?: readonly Attachment[];
}

/**
 * The branch as a model is to see it: messages that say something, roles taking turns. Two neighbours of one role
 * (a failed reply stood between them) become one message, since some vendors refuse anything else.
 */
export function conversationOf(branch: readonly BranchMessage[]): Turn[] {
  const conversation: Turn[] = [];
  for (const { role, content, attachments } of branch) {
    if (content.trim() === '') continue;
    const speaker = role === 'USER' ? 'user' : 'assistant';
    const previous = conversation.at(-1);
    if (previous?.role === speaker) {
      conversation[conversation.length - 1] = {
        ...{ role: speaker, content: `${previous.content}\n\n${content}` },
        ...bringing([...(previous.attachments ?? []), ...attachments]),
      };
    } else {
      conversation.push({ role: speaker, content, ...bringing(attachments) });
    }
  }
  // A branch may begin with a reply only if its prompt said nothing; no vendor takes that.
  return conversation[0]?.role === 'assistant' ? conversation.slice(1) : conversation;
}

/** The conversation that makes a model go on with its answer to it, of which `kept` is there. */
export function continuedConversation(conversation: readonly Turn[], kept: string): Turn[] {
  return [...conversation, { role: 'assistant', content: kept }, { role: 'user', content: GO_ON }];
}

function bringing(attachments: readonly Attachment[]): Pick<Turn, 'attachments'> {
  return attachments.length > 0 ? { attachments } : {};
}
