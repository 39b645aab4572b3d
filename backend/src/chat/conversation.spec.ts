import { describe, expect, it } from '@jest/globals';
import { conversationOf } from './conversation.js';
import type { Message } from './message.js';

function branch(...turns: [Message['role'], string][]): Message[] {
  return turns.map(([role, content]) => ({ role, content }) as Message);
}

describe(conversationOf.name, () => {
  it('tells the branch in the words of the providers', () => {
    expect(conversationOf(branch(['USER', 'a'], ['ASSISTANT', 'b'], ['USER', 'c']))).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ]);
  });

  it('leaves out replies that say nothing and joins the prompts around them', () => {
    expect(conversationOf(branch(['USER', 'a'], ['ASSISTANT', ' '], ['USER', 'c']))).toEqual([
      { role: 'user', content: 'a\n\nc' },
    ]);
  });
});
