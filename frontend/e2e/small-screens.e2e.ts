import { saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

const WIDE = [
  `A word of ${'very'.repeat(60)}long letters and https://example.com/${'path/'.repeat(40)}`,
  '| one | two | three | four | five | six | seven | eight | nine | ten |',
  '|---|---|---|---|---|---|---|---|---|---|',
  `| ${Array.from({ length: 10 }, (_, cell) => `a long cell number ${cell}`).join(' | ')} |`,
  '',
  '```ts',
  `const line = '${'wide '.repeat(60)}';`,
  '```',
].join('\n');

for (const width of [320, 390]) {
  test.describe(`${width} pixels`, () => {
    test.use({ viewport: { width, height: 700 }, hasTouch: true, isMobile: true });

    test('are wide enough: everything fits, and everything can be touched', async ({ chat, site }) => {
      site.answerWith(saying(WIDE));
      await chat.open();
      await chat.expectToFit();
      await chat.ask(
        `A question with a title of more words than there is room for: ${'unbreakable'.repeat(30)}`,
      );
      await expect(chat.reply.getByRole('group', { name: 'Code, TypeScript' })).toBeVisible();
      await chat.expectToFit();
      await expect(chat.composer).toBeInViewport({ ratio: 1 });

      for (const button of [
        chat.sendButton,
        chat.modelButton,
        chat.reply.getByRole('button', { name: 'Regenerate' }),
      ]) {
        const box = await button.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
      await chat.modelButton.tap();
      await expect(chat.picker).toBeInViewport({ ratio: 1 });
      await chat.expectToFit();
    });
  });
}
