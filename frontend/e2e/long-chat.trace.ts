import { longReply } from '../src/app/markdown/testing/sample-documents.js';
import { openWithChat } from './support/imported-chat.js';
import { Stopwatch, report } from './support/stopwatch.js';
import { expect, test } from './support/test.js';

const MESSAGES = 1000;
const CHARACTERS = 1500;

test('a chat of 1 000 messages is opened, and scrolled through to its beginning', async ({
  chat,
  site,
}, testInfo) => {
  const contents = Array.from({ length: MESSAGES }, (_, index) =>
    index % 2 === 0 ? `Question ${index / 2 + 1}.` : longReply(CHARACTERS),
  );
  await openWithChat(chat, site, { userName: 'Patient Reader', title: 'A long chat', contents });

  const opening = await Stopwatch.start(chat.page);
  await chat.chatLink('A long chat').click();
  await expect(chat.messages).toHaveCount(50);
  const opened = await opening.stop();

  // A wheel's turn a frame: up for as long as there is something above, and down again.
  const up = await Stopwatch.start(chat.page);
  await chat.page.evaluate(async () => {
    const scroller = document.querySelector('app-message-list > .scroller');
    const atBeginning = () =>
      scroller?.scrollTop === 0 && document.querySelector('article')?.textContent.includes('Question 1.');
    while (!atBeginning()) {
      scroller?.scrollBy(0, -800);
      await new Promise(requestAnimationFrame);
    }
  });
  const wentUp = await up.stop();
  const down = await Stopwatch.start(chat.page);
  for (let turn = 0; turn < 200; turn += 1) await chat.page.mouse.wheel(0, 800);
  const wentDown = await down.stop();

  await report(testInfo, { opened, wentUp, wentDown });
  for (const figures of [opened, wentUp, wentDown])
    expect.soft(figures.tasks.own.longest, 'milliseconds of the longest task').toBeLessThan(50);
});
