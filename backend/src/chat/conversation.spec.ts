import { describe, expect, it } from '@jest/globals';
import type { Attachment } from './attachment.js';
import { conversationOf } from './conversation.js';
import type { Message } from './message.js';
import type { BranchMessage } from './session-repository.js';

function branch(...turns: [Message['role'], string, ...Attachment[]][]): BranchMessage[] {
  return turns.map(([role, content, ...attachments]) => ({ role, content, attachments }));
}

describe(conversationOf.name, () => {
  it('tells the branch in the words of the providers', () => {
    expect(conversationOf(branch(['USER', 'a'], ['ASSISTANT', 'b'], ['USER', 'c']))).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ]);
  });

  it('has files go along with their messages, also where these are joined', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }] as [Attachment, Attachment];
    expect(conversationOf(branch(['USER', 'a', a], ['ASSISTANT', ''], ['USER', 'b', b]))).toEqual([
      { role: 'user', content: 'a\n\nb', attachments: [a, b] },
    ]);
    expect(conversationOf(branch(['USER', 'a'], ['ASSISTANT', 'b'], ['USER', 'c', a]))).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c', attachments: [a] },
    ]);
  });

  it('leaves out replies that say nothing and joins the prompts around them', () => {
    expect(conversationOf(branch(['USER', 'a'], ['ASSISTANT', ' '], ['USER', 'c']))).toEqual([
      { role: 'user', content: 'a\n\nc' },
    ]);
  });
});
