import { setTimeout as delay } from 'node:timers/promises';
import { longReply } from '../src/app/markdown/testing/sample-documents.js';
import { Stopwatch, report } from './support/stopwatch.js';
import { expect, test } from './support/test.js';

const TOKENS = 10_000;
const TOKENS_PER_SECOND = 200;
/** Characters; what a token is on average. */
const TOKEN = 4;

test('a reply of 10 000 tokens at 200 a second', async ({ chat, site }, testInfo) => {
  const text = longReply(TOKENS * TOKEN);
  site.answerWith(async (reply) => {
    await reply.start();
    const begun = performance.now();
    for (let told = 0; told < TOKENS; told += 1) {
      const early = (told / TOKENS_PER_SECOND) * 1000 - (performance.now() - begun);
      if (early > 1) await delay(early);
      await reply.text(text.slice(told * TOKEN, (told + 1) * TOKEN));
    }
    await reply.end();
  });
  await chat.open();
  await chat.send('A long one, please');
  await expect(chat.reply.getByRole('heading', { name: 'Step 1', exact: true })).toBeVisible();
  const stopwatch = await Stopwatch.start(chat.page);
  // Looking for roles would take the page more time than the reply does.
  const ended = () => !document.querySelector('app-markdown.growing');
  await chat.page.waitForFunction(ended, undefined, { polling: 1000, timeout: 120_000 });
  const figures = await stopwatch.stop();

  await report(testInfo, figures);
  expect(figures.tasks.own.longest, 'milliseconds of the longest task').toBeLessThan(50);
});
