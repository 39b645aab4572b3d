import { wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { Dictation, saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

const paragraphs = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `Paragraph ${from + index} of the reply.\n\n`);

const CODE = '```ts\nconst river: string = "Lena";\n```\n\n';
const FORMULA = '\\[\n\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\n\\]\n\n';

test.describe('the reader', () => {
  test('is kept at the end, is let go by the first scroll up, and comes back by a button', async ({
    chat,
    site,
  }) => {
    const dictation = new Dictation().say(...paragraphs(1, 40));
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('A long one');
    const scroller = chat.page.locator('app-message-list > .scroller');
    const fromEnd = () =>
      scroller.evaluate(
        ({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight,
      );
    const toEnd = chat.page.getByRole('button', { name: /^To the end/ });
    const paragraph = (n: number) => chat.reply.getByText(`Paragraph ${n} of the reply.`);
    await expect(paragraph(39)).toBeInViewport();
    await expect.poll(fromEnd).toBeLessThan(2);
    await expect(toEnd).toBeHidden();

    // As little as a finger on a trackpad moves.
    await paragraph(39).hover();
    await chat.page.mouse.wheel(0, -12);
    await expect(toEnd).toBeVisible();
    const place = () => paragraph(39).evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const before = await place();
    dictation.say(...paragraphs(40, 50), CODE, FORMULA);
    await expect(chat.reply.locator('.hljs-keyword')).toBeAttached();
    await expect(chat.reply.locator('.katex-html')).toBeAttached();
    dictation.say('last words').end();
    await chat.finished();
    expect(await place()).toBe(before);

    await toEnd.click();
    await expect(toEnd).toBeHidden();
    await expect.poll(fromEnd).toBeLessThan(2);

    // By keys as well.
    await scroller.focus();
    await chat.page.keyboard.press('PageUp');
    await expect(toEnd).toBeVisible();
    await chat.page.keyboard.press('End');
    await expect(toEnd).toBeHidden();
  });

  test('stays where they read while earlier messages come in above', async ({ chat, site }) => {
    const reader = await site.userNamed('Patient Reader');
    site.answerWith(saying(...wordsOf(`${CODE}And words.\n\n- one\n- two\n`)));
    let chatId: string | undefined;
    for (let question = 1; question <= 60; question += 1) {
      const { id, chat: started } = await reader.start(`Question ${question}.`, 'openai/astra-6', { chatId });
      await reader.allEvents(id);
      chatId = started.id;
    }
    await chat.signInAs(reader);
    await chat.open(`/chat/${chatId}`);
    await expect(chat.messages).toHaveCount(50);
    const asked = (n: number) => chat.messages.getByText(`Question ${n}.`, { exact: true });
    await expect(chat.reply.getByText('And words.')).toBeInViewport();

    const answer = Promise.withResolvers<void>();
    await chat.page.route('**/graphql', async (route) => {
      await answer.promise;
      await route.continue();
    });
    await asked(37).scrollIntoViewIfNeeded();
    await asked(37).evaluate((element) => element.scrollIntoView({ block: 'center' }));
    const place = () => asked(37).evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await expect(asked(37)).toBeInViewport();
    const before = await place();
    answer.resolve();
    await expect(chat.messages).toHaveCount(100);
    await expect(asked(37)).toBeInViewport();
    expect(Math.abs((await place()) - before), 'pixels that the text has moved').toBeLessThan(2);
  });
});

test('thoughts are open while the model thinks, and fold when it answers', async ({ chat, site }) => {
  const dictation = new Dictation().think('First I ', 'think.');
  site.answerWith(dictation.scenario);
  await chat.open();
  await chat.send('Think first');
  const thoughts = chat.reply.getByText('First I think.');
  await expect(thoughts).toBeVisible();
  dictation.say('The answer.');
  await expect(chat.replyText).toHaveText('The answer.');
  await expect(thoughts).toBeHidden();
  const fold = chat.reply.getByText('Thoughts', { exact: true });
  await fold.focus();
  await chat.page.keyboard.press('Enter');
  await expect(thoughts).toBeVisible();
  dictation.say(' More of it.').end();
  await chat.finished();
  await expect(thoughts).toBeVisible();
});
