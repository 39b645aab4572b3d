import type { ChatPage } from './chat-page.js';
import type { Site } from './site.js';

/** Opens the page for a new user with one chat, whose messages, a question and a reply in turns, say `contents`. */
export async function openWithChat(
  chat: ChatPage,
  site: Site,
  { userName, title, contents }: { userName: string; title: string; contents: readonly string[] },
): Promise<void> {
  const user = await site.userNamed(userName);
  const messages = contents.map((content, index) => ({
    role: index % 2 === 0 ? 'USER' : 'ASSISTANT',
    content,
    ...(index > 0 && { parent: index - 1 }),
  }));
  await user.data('mutation ($input: ImportChatInput!) { importChat(input: $input) { created } }', {
    input: { sourceId: title, title, messages },
  });
  await chat.signInAs(user);
  await chat.open();
}
