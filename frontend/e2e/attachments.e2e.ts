import type { Page } from '@playwright/test';
import { expectAccessible } from './support/audit.js';
import { Desk } from './support/desk.js';
import { Dictation, saying } from './support/dictation.js';
import { noisyPicture, picture, text, type FileOfTheirs } from './support/files.js';
import { takePicture } from './support/picture.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';
import type { ChatPage } from './support/chat-page.js';

const HOUR = 3_600_000;
const SEA = picture('sea.png');
const NOTES = text('notes.md', '# Tides\n\nTwice a day.', 'text/markdown');

/** What the model was sent last, as one text. */
function sent(site: Site): string {
  return JSON.stringify(site.lastRequest);
}

function base64(file: FileOfTheirs): string {
  return file.buffer.toString('base64');
}

/** The pictures of a message, as far as they have come. */
function loaded(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      Array.from(document.querySelectorAll<HTMLImageElement>('article img')).filter(
        ({ naturalWidth }) => naturalWidth > 0,
      ).length,
  );
}

/** Uploads that begin from now on wait until they may go on, or fail. */
async function holdUploads(page: Page): Promise<{ goOn: () => void; breakOff: () => void }> {
  const held = Promise.withResolvers<'goOn' | 'breakOff'>();
  await page.route('**/graphql', async (route) => {
    const isUpload = route.request().postData()?.includes('uploadAttachment');
    if (isUpload && (await held.promise) === 'breakOff') await route.abort('connectionreset');
    else await route.continue();
  });
  return { goOn: () => held.resolve('goOn'), breakOff: () => held.resolve('breakOff') };
}

/** Where something of this size stands, in pixels. */
function inTheMiddleOf(page: Page, width: number, height: number) {
  const whole = page.viewportSize() ?? { width: 0, height: 0 };
  return { x: (whole.width - width) / 2, y: (whole.height - height) / 2, width, height };
}

async function arrive(chat: ChatPage, site: Site, answer = 'An evening by the sea.'): Promise<Desk> {
  site.answerWith(saying(answer));
  await chat.open();
  return new Desk(chat.page);
}

test.describe('an image and a text', { tag: '@distributed' }, () => {
  test('go with a message, reach the model, and are there after a reload', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    const dictation = new Dictation();
    site.answerWith(dictation.scenario);
    await desk.choose(SEA, NOTES);
    await expect(chat.composer).toBeFocused();
    await desk.uploaded(2);
    await expect(desk.files.first()).toContainText('sea.png');

    await chat.send('What is this?');
    await expect(chat.messages.first().getByRole('img', { name: 'sea.png' })).toBeVisible();
    await expect(chat.messages.first().getByRole('link', { name: /^notes\.md/ })).toBeVisible();
    await expect(desk.files).toHaveCount(0);
    dictation.say('An evening.').end();
    await chat.finished();
    expect(sent(site)).toContain(base64(SEA));
    expect(sent(site)).toContain('Twice a day.');

    await chat.page.reload();
    await expect(chat.messages.first().getByRole('img', { name: 'sea.png' })).toBeVisible();
    await expect.poll(() => loaded(chat.page)).toBe(1);
    const image = chat.messages.first().getByRole('link', { name: /^sea\.png/ });
    await expect(image).toHaveAttribute('target', '_blank');
    const whole = await chat.page.request.get((await image.getAttribute('href')) ?? '');
    expect(await whole.body()).toEqual(SEA.buffer);
    const saved = chat.page.waitForEvent('download');
    await chat.messages
      .first()
      .getByRole('link', { name: /^notes\.md/ })
      .click();
    expect((await saved).suggestedFilename()).toBe('notes.md');
  });

  test('stay with a message that is edited, unless they are removed', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA, NOTES);
    await desk.uploaded(2);
    await chat.ask('What is this?');
    await chat.composer.press('ArrowUp');
    await expect(chat.composer).toHaveValue('What is this?');
    await desk.uploaded(2);
    await desk.removeButton('notes.md').click();
    site.answerWith(saying('Water.'));
    await chat.send('What is that?');
    await expect(chat.replyText).toHaveText('Water.');
    await chat.finished();
    await expect(chat.messages.first().getByRole('img', { name: 'sea.png' })).toBeVisible();
    await expect(chat.messages.first().getByRole('link')).toHaveCount(1);
    expect(sent(site)).toContain(base64(SEA));
    expect(sent(site)).not.toContain('Twice a day.');
    await chat.messages.first().getByRole('button', { name: 'Previous version' }).click();
    await expect(chat.messages.first().getByRole('link')).toHaveCount(2);
  });

  test('stay with the draft when a proposal is sent before it', async ({ chat, site }) => {
    const desk = await arrive(chat, site, 'Like so.');
    await chat.composer.fill('A draft with files');
    await desk.choose(SEA, NOTES);
    await desk.uploaded(2);
    await chat.page.getByRole('button', { name: /^Explain/ }).click();
    await chat.finished();
    await expect(chat.messages.first()).toContainText('Explain how a hash map works');
    await expect(chat.messages.first().getByRole('link')).toHaveCount(0);
    expect(sent(site)).not.toContain(base64(SEA));
    await expect(chat.composer).toBeFocused();
    await chat.page.reload();
    await expect(chat.composer).toHaveValue('A draft with files');
    await desk.uploaded(2);
    await chat.composer.press('Enter');
    await expect(chat.messages).toHaveCount(4);
    await chat.finished();
    expect(sent(site)).toContain('A draft with files');
    expect(sent(site)).toContain(base64(SEA));
  });

  test('wait with the draft over a reload, and for their own chat', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await chat.ask('First');
    await chat.composer.fill('A draft with files');
    await desk.choose(SEA, NOTES);
    await desk.uploaded(2);
    await chat.page.reload();
    await desk.uploaded(2);
    await expect(chat.composer).toHaveValue('A draft with files');
    await chat.newChat();
    await expect(desk.files).toHaveCount(0);
    await chat.openChat('First');
    await desk.uploaded(2);
    await chat.ask('Now');
    expect(sent(site)).toContain(base64(SEA));
  });
});

test.describe('an image in a tab of its own', () => {
  // The sandbox keeps out what looks at the page here as well.
  test.use({ tolerated: /Blocked script execution|origin-keyed agent cluster/ });

  test('is in the middle of it', async ({ chat, site, context }) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA);
    await desk.uploaded(1);
    await chat.ask('What is this?');
    const opened = context.waitForEvent('page');
    await chat.messages
      .first()
      .getByRole('link', { name: /^sea\.png/ })
      .click();
    const tab = await opened;
    await expect.poll(() => tab.locator('img').boundingBox()).toEqual(inTheMiddleOf(tab, 640, 480));
  });
});

test.describe('files', () => {
  test('are pasted, and text that is pasted stays text', async ({ chat, site, context }) => {
    const desk = await arrive(chat, site);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await chat.page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const image = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    }, base64(SEA));
    await chat.composer.focus();
    await chat.page.keyboard.press('ControlOrMeta+V');
    await desk.uploaded(1);
    await expect(desk.files).toContainText('image.png');
    await chat.page.evaluate(async (data) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const image = new Blob([bytes], { type: 'image/png' });
      const words = new Blob(['cells of a table'], { type: 'text/plain' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': image, 'text/plain': words })]);
    }, base64(SEA));
    await chat.page.keyboard.press('ControlOrMeta+V');
    await expect(chat.composer).toHaveValue('cells of a table');
    await expect(desk.files).toHaveCount(1);
  });

  test('are dropped anywhere in the window, which says so meanwhile', async ({ chat, site }, testInfo) => {
    const desk = await arrive(chat, site);
    const aside = await desk.drag({ x: 60, y: 300 }, SEA);
    await expect(desk.overlay).toBeVisible();
    await aside.leave();
    await expect(desk.overlay).toBeHidden();

    const drag = await desk.drag({ x: 700, y: 300 }, SEA, NOTES);
    await expect(desk.overlay).toBeVisible();
    await takePicture(chat.page, testInfo, 'dropping');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-dropping');
    await drag.drop();
    await expect(desk.overlay).toBeHidden();
    await desk.uploaded(2);
    await expect(chat.composer).toBeFocused();
    await expect(chat.page).toHaveURL('/');

    const beside = await desk.drag({ x: 60, y: 300 }, text('more.txt', 'More.'));
    await beside.drop();
    await desk.uploaded(3);
  });

  test('are removed one by one, by keyboard', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA, NOTES, text('more.txt', 'More.'));
    await desk.uploaded(3);
    await desk.removeButton('notes.md').focus();
    await chat.page.keyboard.press('Enter');
    await expect(desk.removeButton('more.txt')).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await expect(desk.removeButton('sea.png')).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await expect(chat.composer).toBeFocused();
    await expect(desk.files).toHaveCount(0);
    await chat.ask('Without them');
    expect(sent(site)).not.toContain(base64(SEA));
  });

  test('that are too large or of another kind are left out, with why; the rest is taken', async ({
    chat,
    site,
  }) => {
    const desk = await arrive(chat, site);
    await chat.composer.fill('A draft');
    const film = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from([0, 0, 0, 32, 102, 255]) };
    await desk.choose(NOTES, film, text('log.txt', 'x'.repeat(300_000)));
    await desk.uploaded(1);
    await expect(chat.page.getByText('film.mp4 is neither an image nor text.')).toBeVisible();
    await expect(chat.page.getByText('log.txt is longer than 256 kB of text.')).toBeVisible();
    await expect(chat.composer).toHaveValue('A draft');

    await desk.choose(...Array.from({ length: 9 }, (_, n) => text(`${n + 1}.txt`, `No. ${n + 1}`)));
    await desk.uploaded(8);
    await expect(
      chat.page.getByText('8.txt and 1 more were left out: a message takes up to 8 files.'),
    ).toBeVisible();
    await expect(chat.page.getByText('film.mp4')).toBeHidden();
    await chat.composer.press('Enter');
    await chat.finished();
    await expect(chat.messages.first().getByRole('link')).toHaveCount(8);
    await expect(chat.page.getByText('were left out')).toBeHidden();
  });

  test('are made smaller where they are images that are too large', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await desk.choose(noisyPicture('noise.png', 1_100));
    await desk.uploaded(1);
    await expect(desk.files).toContainText('noise.jpg');
    await chat.ask('What is this?');
    expect(sent(site)).toContain('data:image/jpeg;base64,');
  });
});

test.describe('a model that cannot see', () => {
  test('is not sent images: another one is, or they are removed', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA, NOTES);
    await desk.uploaded(2);
    await chat.chooseModel('Rivulet demo');
    const sentence = chat.page.getByText('Rivulet demo cannot see images.');
    await expect(sentence).toBeVisible();
    await chat.send('What is this?');
    await expect(chat.messages).toHaveCount(0);
    await expect(chat.composer).toHaveValue('What is this?');
    await expectAccessible(chat.page, 'a model that cannot see');

    await chat.page.getByRole('button', { name: 'Other model' }).click();
    await expect(
      chat.picker.getByRole('button', { name: 'Astra 6', exact: true }),
    ).toHaveAccessibleDescription('Sees images');
    await expect(
      chat.picker.getByRole('button', { name: 'Rivulet demo', exact: true }),
    ).not.toHaveAccessibleDescription('Sees images');
    await chat.picker.getByRole('button', { name: 'Sonata 5.5', exact: true }).click();
    await expect(sentence).toBeHidden();
    await expect(chat.composer).toBeFocused();

    await chat.chooseModel('Rivulet demo');
    await chat.page.getByRole('button', { name: 'Remove images' }).click();
    await expect(sentence).toBeHidden();
    await desk.uploaded(1);
    await chat.composer.press('Enter');
    await chat.finished();
    await expect(chat.messages.first().getByRole('link', { name: /^notes\.md/ })).toBeVisible();
  });
});

test.describe('a page that was left open for more than a day', () => {
  test('uploads anew what the server has deleted meanwhile, and sends it', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA);
    await desk.uploaded(1);
    await site.forgetUnsentFiles();
    await chat.page.clock.setFixedTime(Date.now() + 25 * HOUR);
    await chat.ask('What is this?');
    expect(sent(site)).toContain(base64(SEA));
  });

  test('says which files it cannot bring back, and sends nothing without them', async ({
    chat,
    site,
  }, testInfo) => {
    const desk = await arrive(chat, site);
    await desk.choose(NOTES);
    await desk.uploaded(1);
    await chat.page.reload();
    await desk.uploaded(1);
    await site.forgetUnsentFiles();
    await chat.page.clock.setFixedTime(Date.now() + 25 * HOUR);
    await chat.send('What is this?');
    await expect(
      chat.page.getByText('notes.md was not sent for a day and is gone. Attach it again.'),
    ).toBeVisible();
    await expect(chat.composer).toHaveValue('What is this?');
    await expect(chat.messages).toHaveCount(0);
    await takePicture(chat.page, testInfo, 'forgotten-file');
    await desk.choose(NOTES);
    await desk.uploaded(1);
    await chat.composer.press('Enter');
    await chat.finished();
    expect(sent(site)).toContain('Twice a day.');
  });
});

test.describe('on a bad network', () => {
  test.use({ tolerated: /net::ERR_/ });

  test('what is not uploaded waits, and is sent again', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await chat.page.route('**/graphql', (route) =>
      route.request().postData()?.includes('uploadAttachment')
        ? route.abort('connectionreset')
        : route.continue(),
    );
    await chat.composer.fill('What is this?');
    await desk.choose(SEA);
    await expect(desk.files).toContainText('Not uploaded');
    await expect(
      chat.page.getByText(/^sea\.png was not uploaded\. The server cannot be reached/),
    ).toBeVisible();
    await expect(chat.sendButton).toBeDisabled();
    await expectAccessible(chat.page, 'a file that was not uploaded');
    await chat.page.unroute('**/graphql');
    await chat.page.getByRole('button', { name: 'Upload sea.png again' }).click();
    await desk.uploaded(1);
    await chat.composer.press('Enter');
    await chat.finished();
    expect(sent(site)).toContain(base64(SEA));
  });

  test('what is sent while files are on their way goes by itself when they are there', async ({
    chat,
    site,
  }, testInfo) => {
    const desk = await arrive(chat, site);
    const upload = await holdUploads(chat.page);
    await desk.choose(SEA);
    await expect(desk.files).toContainText('Uploading');
    await chat.send('What is this?');
    const waiting = chat.page.getByText('It is sent as soon as the files are uploaded.');
    await expect(waiting).toBeVisible();
    await expect(chat.composer).toBeFocused();
    await expect(chat.messages).toHaveCount(0);
    await expectAccessible(chat.page, 'waiting for files');
    await takePicture(chat.page, testInfo, 'waiting-for-files');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-waiting-for-files');
    upload.goOn();
    await chat.finished();
    await expect(waiting).toBeHidden();
    await expect(chat.composer).toHaveValue('');
    await expect(chat.messages.first()).toContainText('What is this?');
    expect(sent(site)).toContain(base64(SEA));
  });

  test('what waits for its files can be called off', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    const upload = await holdUploads(chat.page);
    const waiting = chat.page.getByText('It is sent as soon as the files are uploaded.');
    await desk.choose(SEA);
    await chat.send('What is this?');
    await chat.page.getByRole('button', { name: 'Cancel' }).click();
    await expect(waiting).toBeHidden();
    await expect(chat.composer).toBeFocused();
    await chat.composer.press('Enter');
    await expect(waiting).toBeVisible();
    await chat.composer.press('Escape');
    await expect(waiting).toBeHidden();
    upload.goOn();
    await desk.uploaded(1);
    await expect(chat.composer).toHaveValue('What is this?');
    await expect(chat.messages).toHaveCount(0);
  });

  test('what waits for a file that does not get there is not sent', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    const upload = await holdUploads(chat.page);
    await desk.choose(SEA);
    await chat.send('What is this?');
    upload.breakOff();
    await expect(chat.page.getByText(/^sea\.png was not uploaded\./)).toBeVisible();
    await expect(chat.page.getByText('Upload again what was not uploaded, or remove it.')).toBeVisible();
    await expect(chat.composer).toHaveValue('What is this?');
    await expect(chat.messages).toHaveCount(0);
  });

  test('a message that cannot be sent is back with its files', async ({ chat, site }) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA, NOTES);
    await desk.uploaded(2);
    await chat.page.route('**/graphql', (route) =>
      route.request().postData()?.includes('startChatSession')
        ? route.abort('connectionreset')
        : route.continue(),
    );
    await chat.send('What is this?');
    await expect(chat.banner).toContainText('The server cannot be reached.');
    await expect(chat.composer).toHaveValue('What is this?');
    await desk.uploaded(2);
    await chat.page.unroute('**/graphql');
    await chat.banner.getByRole('button', { name: 'Try again' }).click();
    await expect(chat.replyText).toHaveText('An evening by the sea.');
    await chat.finished();
    await expect(desk.files).toHaveCount(0);
    expect(sent(site)).toContain(base64(SEA));
    expect(sent(site)).toContain('Twice a day.');
  });
});

test.describe('how it looks', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  const MANY = [
    SEA,
    picture('a-picture-with-a-name-that-is-longer-than-there-is-room-for.png', 480, 640),
    NOTES,
    text('measurements-of-the-tides-at-the-harbour-in-the-course-of-a-year.csv', 'hour,metres\n'.repeat(900)),
  ];

  test('in the composer and in a message, light and dark', async ({ chat, site }, testInfo) => {
    const desk = await arrive(chat, site);
    const { page } = chat;
    await desk.choose(...MANY);
    await desk.uploaded(4);
    await chat.composer.fill('What do these have in common?');
    await expectAccessible(page, 'composer with files');
    await takePicture(page, testInfo, 'attaching');
    await page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(page, testInfo, 'dark-attaching');
    await page.emulateMedia({ colorScheme: 'light' });
    await chat.composer.press('Enter');
    await chat.finished();
    await expect.poll(() => loaded(page)).toBe(2);
    await expectAccessible(page, 'message with files');
    await takePicture(page, testInfo, 'attachments');
    await page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(page, testInfo, 'dark-attachments');
  });

  test('of one image', async ({ chat, site }, testInfo) => {
    const desk = await arrive(chat, site);
    await desk.choose(SEA);
    await desk.uploaded(1);
    await chat.ask('Where is this?');
    await expect.poll(() => loaded(chat.page)).toBe(1);
    await takePicture(chat.page, testInfo, 'one-image');
  });

  test.describe('on a small phone', () => {
    test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

    test('without scrolling sideways, and everything can be touched', async ({ chat, site }, testInfo) => {
      const desk = await arrive(chat, site);
      const box = await desk.button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      await desk.choose(...MANY);
      await desk.uploaded(4);
      const remove = await desk.removeButton('sea.png').boundingBox();
      expect(Math.min(remove?.width ?? 0, remove?.height ?? 0)).toBeGreaterThanOrEqual(44);
      await chat.chooseModel('Rivulet demo');
      await chat.expectToFit();
      await takePicture(chat.page, testInfo, 'phone-attaching');
      await chat.chooseModel('Astra 6');
      await chat.send('What do these have in common?');
      await chat.finished();
      await expect.poll(() => loaded(chat.page)).toBe(2);
      await chat.expectToFit();
      await expect(chat.messages.first().getByText('11 kB')).toBeInViewport({ ratio: 1 });
      await takePicture(chat.page, testInfo, 'phone-attachments');
      await chat.page.emulateMedia({ colorScheme: 'dark' });
      await takePicture(chat.page, testInfo, 'dark-phone-attachments');
    });

    test('while a message waits for them', async ({ chat, site }, testInfo) => {
      const desk = await arrive(chat, site);
      const upload = await holdUploads(chat.page);
      await desk.choose(SEA);
      await chat.send('What is this?');
      const cancel = await chat.page.getByRole('button', { name: 'Cancel' }).boundingBox();
      expect(cancel?.height).toBeGreaterThanOrEqual(44);
      await chat.expectToFit();
      await takePicture(chat.page, testInfo, 'phone-waiting-for-files');
      upload.goOn();
      await chat.finished();
    });
  });
});
