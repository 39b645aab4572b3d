import type { Locator } from '@playwright/test';
import { echo } from '../../backend/test/support/provider-server/scenarios.js';
import type { ChatPage } from './support/chat-page.js';
import { Dictation, failingAfter } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { SCRIPTED, type Site } from './support/site.js';
import { expect, test } from './support/test.js';

const OTHER = 'Sonata 5.5';
const OTHER_MODEL = 'echo';

const textOf = (side: Locator): Locator => side.locator('app-markdown');
const choiceOf = (side: Locator): Locator => side.getByRole('button', { name: /^Continue with this one/ });

/** Asks two models at once; what they say is dictated. */
async function askBoth(chat: ChatPage, site: Site, prompt: string): Promise<[Dictation, Dictation]> {
  const dictations: [Dictation, Dictation] = [new Dictation(), new Dictation()];
  site.answerWith(dictations[0].scenario);
  site.answerWith(dictations[1].scenario, OTHER_MODEL);
  await chat.open();
  await chat.compareWith(OTHER);
  await chat.send(prompt);
  return dictations;
}

test('who is to answer as well is there after a reload, until nobody is', async ({ chat }) => {
  await chat.open();
  await chat.compareWith(OTHER);
  await chat.page.reload();
  const comparedWith = chat.page.getByRole('button', { name: `Compared with: ${OTHER}` });
  await expect(comparedWith).toBeVisible();
  await chat.page.getByRole('button', { name: 'Ask one model alone' }).click();
  await expect(comparedWith).toBeHidden();
  await chat.page.reload();
  await expect(chat.modelButton).toContainText(SCRIPTED);
  await expect(comparedWith).toBeHidden();
});

test.describe('two models side by side', { tag: '@distributed' }, () => {
  test.afterEach(({ site }) => site.answerWith(echo, OTHER_MODEL));

  test('answer one message at once, on every device and after a reload, until one is chosen', async ({
    chat,
    site,
    newVisitor,
  }, testInfo) => {
    const [first, second] = await askBoth(chat, site, 'Which shell is quickest?');
    const [left, right] = [chat.side(SCRIPTED), chat.side(OTHER)];
    first.say('The **first** opinion, ');
    second.say('Another *view*, ');
    await expect(textOf(left)).toHaveText('The first opinion,');
    await expect(textOf(right)).toHaveText('Another view,');
    const [a, b] = [await left.boundingBox(), await right.boundingBox()];
    expect(b?.y, 'the top of both').toBe(a?.y);
    expect(b?.x).toBeGreaterThan((a?.x ?? 0) + (a?.width ?? 0));
    await expect(choiceOf(left)).toBeDisabled();
    await takePicture(chat.page, testInfo, 'side-by-side-streaming');

    const phone = await newVisitor({ viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true });
    await phone.page.context().addCookies(await chat.page.context().cookies());
    await phone.open(chat.page.url());
    await expect(textOf(phone.side(OTHER))).toHaveText('Another view,');
    await chat.page.reload();
    await expect(textOf(left)).toHaveText('The first opinion,');
    await expect(textOf(right)).toHaveText('Another view,');

    first.say('at some length.\n\n- one\n- two\n- three').end();
    second.say('and a short one.').end();
    await expect(textOf(right)).toHaveText('Another view, and a short one.');
    await expect(textOf(phone.side(SCRIPTED))).toContainText('three');
    await expect(choiceOf(left)).toBeEnabled();
    await phone.expectToFit();
    const [above, below] = [await phone.side(SCRIPTED).boundingBox(), await phone.side(OTHER).boundingBox()];
    expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));

    // Both are kept until somebody chooses.
    await chat.page.reload();
    await choiceOf(right).click();
    await expect(chat.composer).toBeFocused();
    await expect(right).toBeHidden();
    await expect(chat.replyText).toHaveText('Another view, and a short one.');
    await expect(chat.reply.getByRole('group', { name: 'Versions' })).toHaveText('2/2');
    await expect(phone.side(OTHER), 'chosen there, chosen here').toBeHidden();
    await expect(phone.replyText).toHaveText('Another view, and a short one.');

    await chat.page.getByRole('button', { name: 'Ask one model alone' }).click();
    site.answerWith(new Dictation().say('Because.').end().scenario);
    await chat.ask('Why?');
    await expect(chat.replyText).toHaveText('Because.');
    expect(JSON.stringify(site.lastRequest)).toContain('Another *view*, and a short one.');
  });

  test('are stopped one by one, or both at once', async ({ chat, site }) => {
    const [first, second] = await askBoth(chat, site, 'Stop one of you');
    const [left, right] = [chat.side(SCRIPTED), chat.side(OTHER)];
    first.say('Going ');
    second.say('Rambling ');
    await expect(textOf(left)).toHaveText('Going');
    await expect(textOf(right)).toHaveText('Rambling');
    await right.getByRole('button', { name: `Stop ${OTHER}` }).click();
    await expect(right).toContainText('Stopped');
    await expect(choiceOf(right), 'the other one is being written still').toBeDisabled();
    first.say('on.');
    await expect(textOf(left)).toHaveText('Going on.');

    // Once more, beside the one that goes on.
    await right.hover();
    await right.getByRole('button', { name: 'Regenerate' }).click();
    await expect(textOf(right)).toHaveText('Rambling');
    await chat.page.keyboard.press('Escape');
    await expect(left).toContainText('Stopped');
    await expect(right).toContainText('Stopped');
    await expect(chat.stopButton).toBeHidden();
    await expect(choiceOf(right)).toBeEnabled();
  });

  test('have names that grow with the text', async ({ chat, site }) => {
    const [first, second] = await askBoth(chat, site, 'Who is who?');
    first.say('The one').end();
    second.say('The other').end();
    await expect(textOf(chat.side(OTHER))).toHaveText('The other');
    const name = chat.side(OTHER).getByText(OTHER, { exact: true }).first();
    await expect(name).toHaveCSS('font-size', '13.5px');
    await chat.doubleTextSize();
    await expect(name).toHaveCSS('font-size', '27px');
  });

  test('fail apart, each with its own way on', async ({ chat, site }, testInfo) => {
    const [first, second] = await askBoth(chat, site, 'Fail, one of you');
    first.say('I am ', 'well.').end();
    second.say('As for me');
    const [left, right] = [chat.side(SCRIPTED), chat.side(OTHER)];
    await expect(textOf(left)).toHaveText('I am well.');
    await expect(textOf(right)).toHaveText('As for me');
    site.answerWith(failingAfter('I am '), OTHER_MODEL);
    await right.getByRole('button', { name: `Stop ${OTHER}` }).click();
    await expect(right).toContainText('Stopped');
    await expect(chat.composer).toBeFocused();
    await right.hover();
    await right.getByRole('button', { name: 'Regenerate' }).click();
    await expect(right.getByRole('alert')).toBeVisible();
    await takePicture(chat.page, testInfo, 'side-by-side-failed');
    site.answerWith(echo, OTHER_MODEL);
    await right.getByRole('button', { name: 'Try again' }).click();
    await expect(textOf(right)).toHaveText('You said: Fail, one of you');
    await choiceOf(left).click();
    await expect(left).toBeHidden();
    await expect(chat.replyText).toHaveText('I am well.');
  });
});
