import { wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { longReply } from '../src/app/markdown/testing/sample-documents.js';
import { saying } from './support/dictation.js';
import { Stopwatch, report } from './support/stopwatch.js';
import { expect, test } from './support/test.js';

/** They are all asked for one by one before, which takes longer than the trace. */
const MESSAGES = Number(process.env['MESSAGES'] ?? 300);

test('a long chat', async ({ chat, site }, testInfo) => {
  const reader = await site.userNamed('Long Reader');
  await site.setPlan(reader, 'pro');
  site.answerWith(saying(...wordsOf(longReply(900))));
  let chatId: string | undefined;
  for (let asked = 0; asked < MESSAGES / 2; asked += 1) {
    const session = await reader.start(`Question ${asked + 1}`, 'openai/astra-6', { chatId });
    await reader.allEvents(session.id);
    chatId = session.chat.id;
  }
  await chat.signInAs(reader);
  await chat.open();
  await expect(chat.chatLink('Question 1')).toBeVisible();

  const opening = await Stopwatch.start(chat.page);
  const begun = performance.now();
  await chat.chatLink('Question 1').click();
  await chat.page.waitForFunction(() => document.querySelector('article:last-of-type app-markdown h4'));
  const opened = Math.round(performance.now() - begun);
  const openingFigures = await opening.stop();

  // Up to the first message, as fast as a wheel goes.
  const scrolling = await Stopwatch.start(chat.page);
  await chat.page.mouse.move(800, 400);
  for (let shown = 0; shown < MESSAGES;) {
    for (let turn = 0; turn < 20; turn += 1) await chat.page.mouse.wheel(0, -800);
    shown = await chat.page.evaluate(() => document.querySelectorAll('article').length);
  }
  const upFigures = await scrolling.stop();

  const down = await Stopwatch.start(chat.page);
  for (let turn = 0; turn < 200; turn += 1) await chat.page.mouse.wheel(0, 800);
  const downFigures = await down.stop();

  await report(testInfo, { opened, opening: openingFigures, up: upFigures, down: downFigures });
  // What is there already scrolls smoothly; opening, and fetching more on the way up, are reported.
  expect(downFigures.tasks.own.longest, 'milliseconds of the longest task').toBeLessThan(50);
});
