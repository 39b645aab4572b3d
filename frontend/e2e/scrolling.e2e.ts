import type { Locator } from '@playwright/test';
import { wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { longReply } from '../src/app/markdown/testing/sample-documents.js';
import type { ChatPage } from './support/chat-page.js';
import { Dictation, saying } from './support/dictation.js';
import { openWithChat } from './support/imported-chat.js';
import { expect, test } from './support/test.js';

const paragraphs = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `Paragraph ${from + index} of the reply.\n\n`);

const CODE = '```ts\nconst river: string = "Lena";\n```\n\n';
const FORMULA = '\\[\n\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\n\\]\n\n';

/** As the standard has it; TypeScript knows nothing of it yet. */
interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources?: readonly { readonly node: Node | null }[];
}

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

  test('sees nothing jump when a chat opens', async ({ chat, site }) => {
    const reader = await site.userNamed('Calm Reader');
    site.answerWith(saying(...paragraphs(1, 40)));
    const { id, chat: started } = await reader.start('Tell me a lot', 'openai/astra-6');
    await reader.allEvents(id);
    await chat.signInAs(reader);
    await chat.page.addInitScript(() => {
      const jumps: unknown[] = [];
      Object.assign(globalThis, { jumps });
      const note = ({ sources = [], value }: LayoutShift): void => {
        const articles = sources.filter(({ node }) => node instanceof Element && node.closest('article'));
        if (articles.length > 0) jumps.push(value);
      };
      new PerformanceObserver((shifts) => (shifts.getEntries() as LayoutShift[]).forEach(note)).observe({
        type: 'layout-shift',
      });
    });
    await chat.open(`/chat/${started.id}`);
    await expect(chat.reply.getByText('Paragraph 39 of the reply.')).toBeInViewport();
    await expect(chat.reply.getByText('Paragraph 1 of the reply.')).toBeAttached();
    expect(await chat.page.evaluate('jumps')).toEqual([]);
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

test.describe('whoever goes to a message that a search found', () => {
  const QUESTIONS = 80;
  /** Pixels: just below the bar. */
  const BEGINNING = 64;

  /** A chat of which less than a third is loaded at once. */
  test.beforeEach(async ({ chat, site }) => {
    const asked = (n: number): string => (n === QUESTIONS ? 'Where is the last pearl?' : `Question ${n}.`);
    const found = new Map([
      [6, 'The early pearl.\n\n'],
      [66, 'The late pearl.\n\n'],
    ]);
    const replied = (n: number): string => `${found.get(n) ?? ''}${longReply(n === QUESTIONS ? 8000 : 2500)}`;
    const contents = Array.from({ length: QUESTIONS }, (_, index) => [asked(index + 1), replied(index + 1)]);
    await openWithChat(chat, site, {
      userName: 'Curious Reader',
      title: 'Jewels',
      contents: contents.flat(),
    });
  });

  const goTo = async (chat: ChatPage, words: string): Promise<Locator> => {
    await chat.sidebar.getByRole('searchbox', { name: 'Search chats' }).fill(words);
    await expect(chat.sidebar.locator('mark')).toHaveText(words.split(' '));
    await chat.sidebar.getByRole('link').click();
    const message = chat.messages.filter({ hasText: words });
    await expect(message).toBeFocused();
    return message;
  };
  /** Pixels from the top of the window, after what has just changed is on the page. */
  const placeOf = (message: Locator): Promise<number> =>
    message.evaluate(async (element) => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return element.getBoundingClientRect().top;
    });
  const expectAt = async (message: Locator, top: number): Promise<void> =>
    expect.poll(() => placeOf(message), { message: 'pixels from the top' }).toBeCloseTo(top, -1);

  test('is there, and stays there while all around it comes in', async ({ chat }) => {
    const late = await goTo(chat, 'late pearl');
    await expect(chat.messages).toHaveCount(50);
    await expectAt(late, BEGINNING);

    // The chat is on the page now, and this is far above all that is loaded of it.
    const early = await goTo(chat, 'early pearl');
    await expect(chat.messages).toHaveCount(2 * QUESTIONS);
    await expectAt(early, BEGINNING);
  });

  test('is there as well when a long reply comes after it, of which the end comes first', async ({
    chat,
  }) => {
    const last = await goTo(chat, 'last pearl');
    await expect(chat.reply.locator('.to-come')).toHaveCount(0);
    await expectAt(last, BEGINNING);
  });

  test('is not called back there after going on while it was being read', async ({ chat }) => {
    await chat.chatLink('Jewels').click();
    await expect(chat.messages).toHaveCount(50);
    await chat.sidebar.getByRole('searchbox', { name: 'Search chats' }).fill('early pearl');
    await expect(chat.sidebar.locator('mark')).toHaveText(['early', 'pearl']);
    const answer = Promise.withResolvers<void>();
    await chat.page.route('**/graphql', async (route) => {
      await answer.promise;
      await route.continue();
    });
    await chat.sidebar.getByRole('link').click();
    await expect(chat.page).toHaveURL(/message=/);
    await chat.page.goBack();
    await expect(chat.page).not.toHaveURL(/message=/);
    answer.resolve();
    await expect(chat.messages).toHaveCount(150);
    await expect(chat.composer).toBeFocused();
    await expect(chat.reply.getByRole('button', { name: 'Copy message' })).toBeInViewport();
  });

  test('goes on from there, and comes back by the same link', async ({ chat }) => {
    const late = await goTo(chat, 'late pearl');
    await expect(chat.messages).toHaveCount(50);
    await expectAt(late, BEGINNING);
    await late.hover();
    await chat.page.mouse.wheel(0, -100);
    await expectAt(late, BEGINNING + 100);
    // The place to write takes room from what is read, and moves nothing of it.
    await chat.composer.fill('One\ntwo\nthree\nfour');
    await expectAt(late, BEGINNING + 100);

    await goTo(chat, 'late pearl');
    await expectAt(late, BEGINNING);
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
