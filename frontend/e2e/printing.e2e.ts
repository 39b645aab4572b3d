import { openWithChat } from './support/imported-chat.js';
import { expect, test } from './support/test.js';

test.describe('on paper', () => {
  test.use({ colorScheme: 'dark' });

  test('a chat is there from its title to its last word, in ink, and nothing else', async ({
    chat,
    site,
  }) => {
    const code = `\`\`\`ts\nconst river = '${'long '.repeat(60)}';\n\`\`\``;
    const contents = Array.from({ length: 12 }, (_, index) =>
      index === 3 ? `Look:\n\n${code}` : `Message ${index}.\n\n`.repeat(8),
    );
    await openWithChat(chat, site, { userName: 'Printer', title: 'Rivers', contents });
    await chat.chatLink('Rivers').click();
    await expect(chat.messages).toHaveCount(12);
    await expect(chat.page.getByText('Message 0.').first()).toBeAttached();

    await chat.page.emulateMedia({ media: 'print' });
    for (const shown of [
      chat.page.getByRole('heading', { name: 'Rivers' }),
      chat.messages.first().getByRole('heading'),
    ])
      await expect(shown).toBeVisible();
    for (const left of [chat.composer, chat.sidebar, chat.modelButton]) await expect(left).toBeHidden();
    // Nothing is behind a scroll bar: all of it is in the document.
    const clipped = await chat.page.evaluate(() =>
      Array.from(document.querySelectorAll('app-chat-page *'))
        .filter(
          ({ clientHeight, scrollHeight, clientWidth, scrollWidth }) =>
            clientHeight > 1 && (scrollHeight > clientHeight + 1 || scrollWidth > clientWidth + 1),
        )
        .map(({ tagName, className }) => `${tagName} ${String(className)}`),
    );
    expect(clipped).toEqual([]);
    const last = chat.messages.last();
    const { bottom, height } = await last.evaluate((element) => ({
      bottom: element.getBoundingClientRect().bottom + scrollY,
      height: document.documentElement.scrollHeight,
    }));
    expect(bottom).toBeLessThanOrEqual(height);
    await expect(last).toHaveCSS('color', 'rgb(27, 31, 29)');
  });
});
