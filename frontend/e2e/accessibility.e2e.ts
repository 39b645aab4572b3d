import { echo, wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { expectAccessible } from './support/audit.js';
import type { ChatPage } from './support/chat-page.js';
import { Dictation, failingAfter, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { SCRIPTED, type Site } from './support/site.js';
import { expect, test } from './support/test.js';

const OTHER = 'Sonata 5.5';
const REPLY = `Both work, says [the manual](https://example.com/), and \`redis\` is **quicker**.

> A quotation.

| | PostgreSQL | Redis |
|---|---|---|
| After a power cut | all jobs kept | as its settings say |

# A worker

- [x] one
- [ ] two

\`\`\`ts
/** Sends one mail. */
const worker = new Worker('mail', async (job) => send(job.data.to, 42));
\`\`\`

$$e^{i\\pi} + 1 = 0$$
`;

/** Somebody with chats in every group of the list. */
async function arrive(chat: ChatPage, site: Site): Promise<void> {
  site.answerWith(saying('The Moon pulls at the sea.'));
  const guest = await site.guestWithChats('How do tides work?', 'A name for a boat', 'Rivers', 'Bread');
  await site.backdate(guest, ['A name for a boat', 1], ['Rivers', 40]);
  await chat.signInAs(guest);
  await chat.open();
  await expect(chat.chatLink('Rivers')).toBeVisible();
}

// What moves is seen as it ends up.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

test.describe('axe finds nothing', () => {
  test('on the first visit, and with a draft', async ({ chat }) => {
    await chat.open();
    await expect(chat.sidebar).toContainText('Your chats will stand here.');
    await expectAccessible(chat.page, 'first visit');
    await chat.composer.fill('A draft');
    await expectAccessible(chat.page, 'draft');
  });

  test('in a reply, from its first thought to its last word', async ({ chat, site }) => {
    await arrive(chat, site);
    const dictation = new Dictation();
    site.answerWith(dictation.scenario);
    await chat.send('Redis or PostgreSQL?');
    await expect(chat.chatLink(/Redis or PostgreSQL.*being written/)).toBeVisible();
    await expectAccessible(chat.page, 'waiting');
    dictation.think(...wordsOf('Two stores, one question.'));
    await expect(chat.reply.getByText('Two stores, one question.')).toBeVisible();
    await expectAccessible(chat.page, 'thinking');
    dictation.say(...wordsOf(REPLY.slice(0, REPLY.indexOf(', async'))));
    await expect(chat.reply.getByRole('group', { name: /^Code/ })).toContainText('new Worker');
    await expectAccessible(chat.page, 'streaming');
    dictation.say(...wordsOf(REPLY.slice(REPLY.indexOf(', async')))).end();
    await chat.finished();
    await expect(chat.reply.getByText('const', { exact: true })).toBeVisible();
    await chat.reply.hover();
    await expectAccessible(chat.page, 'finished');
    await chat.reply.getByText('Thoughts').click();
    await expectAccessible(chat.page, 'thoughts open');
  });

  test('in a reply that was stopped, in its versions, and in an edit', async ({ chat, site }) => {
    site.answerWith(new Dictation().say('kept ', 'text').scenario);
    await chat.open();
    await chat.send('Stop me');
    await expect(chat.replyText).toHaveText('kept text');
    await chat.stopButton.click();
    await chat.finished();
    await expectAccessible(chat.page, 'stopped');
    site.answerWith(saying('a ', 'whole ', 'reply'));
    await chat.reply.getByRole('button', { name: 'Regenerate' }).click();
    await expect(chat.reply.getByRole('group', { name: 'Versions' })).toHaveText('2/2');
    await chat.finished();
    await expectAccessible(chat.page, 'versions');
    await chat.composer.press('ArrowUp');
    await expect(chat.page.getByText('Both versions are kept.')).toBeVisible();
    await expectAccessible(chat.page, 'editing');
  });

  test('in a reply that failed', async ({ chat, site }) => {
    await arrive(chat, site);
    site.answerWith(failingAfter('half ', 'a reply'));
    await chat.send('Fail');
    await expect(chat.banner).toContainText('OpenAI cannot be reached.');
    await expectAccessible(chat.page, 'failed');
  });

  test('in what opens over the page', async ({ chat, site }) => {
    await arrive(chat, site);
    const { keyboard } = chat.page;
    await chat.modelButton.click();
    await chat.picker.getByRole('button', { name: 'Pin Sonata 5.5', exact: true }).click();
    await expect(chat.picker.getByRole('heading', { name: 'Pinned' })).toBeVisible();
    await expectAccessible(chat.page, 'models');
    await chat.picker.getByRole('searchbox').fill('zebra');
    await expect(chat.picker).toContainText('No model has this name.');
    await expectAccessible(chat.page, 'models, none found');
    await keyboard.press('Escape');

    await chat.page.getByRole('button', { name: /^Instructions/ }).click();
    await expect(chat.page.getByRole('slider', { name: 'Temperature' })).toBeVisible();
    await expectAccessible(chat.page, 'instructions');
    await keyboard.press('Escape');

    await chat.account.button.click();
    await expect(chat.account.menu).toBeVisible();
    await expectAccessible(chat.page, 'account menu');
    await keyboard.press('Escape');

    await keyboard.press('Control+/');
    await expect(chat.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessible(chat.page, 'shortcuts');
  });

  test('in the list of chats, its search and its archive', async ({ chat, site }) => {
    await arrive(chat, site);
    await chat.chooseOption('Bread', 'Pin');
    await expect(chat.sidebar.getByRole('heading', { name: 'Pinned' })).toBeVisible();
    const dictation = new Dictation().say('slowly ');
    site.answerWith(dictation.scenario);
    await chat.send('Asked and left');
    await expect(chat.replyText).toHaveText('slowly');
    await chat.newChat();
    await expect(chat.chatLink(/Asked and left.*being written/)).toBeVisible();
    await expectAccessible(chat.page, 'groups, one running');
    dictation.end();
    await expect(chat.chatLink(/Asked and left.*a new reply/)).toBeVisible();
    await chat.chooseOption('Rivers', 'Archive');
    await expect(chat.page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await expectAccessible(chat.page, 'one unread, one just archived');

    await chat.sidebar.getByRole('button', { name: 'Options for Bread' }).click();
    await expect(chat.page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
    await expectAccessible(chat.page, 'menu of a chat');
    await chat.page.getByRole('menuitem', { name: 'Rename' }).click();
    await expect(chat.sidebar.getByRole('textbox', { name: 'Name of the chat' })).toBeVisible();
    await expectAccessible(chat.page, 'renaming');
    await chat.page.keyboard.press('Escape');

    await chat.page.keyboard.press('Control+k');
    await chat.page.keyboard.type('moon');
    await expect(chat.sidebar.locator('mark').first()).toBeVisible();
    await expectAccessible(chat.page, 'search with hits');
    await chat.sidebar.getByRole('searchbox').fill('zebra');
    await expect(chat.sidebar).toContainText('No chat has these words.');
    await expectAccessible(chat.page, 'search without');
    await chat.page.keyboard.press('Escape');

    await chat.sidebar.getByRole('button', { name: 'Archived' }).click();
    await expect(chat.chatLink('Rivers')).toBeVisible();
    await expectAccessible(chat.page, 'archive');
    await chat.chooseOption('Rivers', 'Unarchive');
    await expect(chat.sidebar).toContainText('What you archive will stand here.');
    // A notice is hidden from assistive technology until it is announced, as Material has it.
    await expect(chat.page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await expectAccessible(chat.page, 'empty archive');
  });

  test.describe('without a network', () => {
    test.use({ tolerated: /net::ERR_/ });

    test('be it the line or the browser that is cut', async ({ chat, site, context }) => {
      await arrive(chat, site);
      site.answerWith(new Dictation().say('before, ').scenario);
      await chat.send('Cut me off');
      await expect(chat.replyText).toHaveText('before,');
      site.line.cut();
      await expect(chat.connection).toHaveText('Reconnecting');
      await expectAccessible(chat.page, 'reconnecting');
      site.mend();
      await expect(chat.connection).toBeHidden();
      await context.setOffline(true);
      await expect(chat.connection).toHaveText('Offline. The reply goes on without you.');
      await expectAccessible(chat.page, 'offline');
      await context.setOffline(false);
    });
  });

  test('in two replies side by side, while they are written and afterwards', async ({ chat, site }) => {
    const [first, second] = [new Dictation(), new Dictation()];
    site.answerWith(first.scenario);
    site.answerWith(second.scenario, 'echo');
    await chat.open();
    await chat.compareWith(OTHER);
    await chat.send('Which shell is quickest?');
    first.say('The **first** opinion.');
    second.say('Another *view*.');
    await expect(chat.side(SCRIPTED)).toContainText('The first opinion.');
    await expect(chat.side(OTHER)).toContainText('Another view.');
    await expectAccessible(chat.page, 'being written');
    first.end();
    second.end();
    await expect(chat.side(OTHER).getByRole('button', { name: /^Continue with this one/ })).toBeEnabled();
    await expectAccessible(chat.page, 'to be chosen from');
    site.answerWith(echo, 'echo');
  });

  test('in the settings, of a guest and of an account', async ({ chat, site, newVisitor }) => {
    const account = await newVisitor({ reducedMotion: 'reduce' });
    await chat.signInAs(await site.guestWithChats('Hello'));
    await account.signInAs(await site.userNamed('Grace'));
    for (const { page } of [chat, account]) {
      const main = page.getByRole('main');
      for (const place of ['/settings', '/settings/plan', '/settings/tokens', '/settings/data']) {
        await page.goto(place);
        await expect(main.getByRole('heading', { level: 2 }).first()).toBeVisible();
        await expect(main.getByText('Loading')).toHaveCount(0);
        await expectAccessible(page, place);
      }
    }
    const { page } = account;
    await page.goto('/settings/tokens');
    await page.getByRole('button', { name: 'Create the token' }).click();
    await expect(page.getByText('A name tells you later what it is for.')).toBeVisible();
    await expectAccessible(page, 'a token without a name');
    await page.getByRole('textbox', { name: 'Name' }).fill('Statistics');
    await page.getByRole('button', { name: 'Create the token' }).click();
    await expect(page.getByRole('button', { name: 'Copy token' })).toBeVisible();
    await expectAccessible(page, 'a new token');
    await page.getByRole('button', { name: 'Revoke Statistics' }).click();
    await expectAccessible(page, 'revoking a token');
  });

  test('in the administration', async ({ chat, site }) => {
    const grace = await site.userNamed('Grace');
    await site.setPlan(grace, 'plus', new Date('2099-12-31T12:00:00Z'));
    await chat.signInAs(await site.administrator());
    await chat.page.goto('/admin');
    await expect(chat.page.getByText('until 31 December 2099').first()).toBeVisible();
    await expectAccessible(chat.page, 'administration');
    await chat.page.getByRole('button', { name: 'Change the plan of Grace' }).first().click();
    await expect(chat.page.getByRole('combobox', { name: 'Plan' })).toBeVisible();
    await expectAccessible(chat.page, 'changing a plan');
  });

  test('in signing in and signing up', async ({ chat }) => {
    await chat.page.goto('/sign-in');
    await expect(chat.page.getByRole('button', { name: 'Continue as guest' })).toBeVisible();
    await expectAccessible(chat.page, 'sign in');
    await chat.account.signIn('nobody@example.com', 'not the password');
    await expect(chat.account.problem).toBeVisible();
    await expectAccessible(chat.page, 'refused');
    await chat.page.goto('/sign-in?account=new');
    await expect(chat.page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
    await chat.account.password.fill('short');
    await chat.account.password.press('Enter');
    await expectAccessible(chat.page, 'sign up, with problems');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('in a chat and in the drawer', async ({ chat, site }) => {
      site.answerWith(saying(...wordsOf(REPLY)));
      await chat.open();
      await expectAccessible(chat.page, 'first visit');
      await chat.ask('Redis or PostgreSQL?');
      await expect(chat.reply.getByText('const', { exact: true })).toBeVisible();
      await expectAccessible(chat.page, 'chat');
      await chat.page.getByRole('button', { name: 'Show the list of chats' }).tap();
      await expect(chat.chatLink('Redis or PostgreSQL?')).toBeInViewport({ ratio: 1 });
      await expectAccessible(chat.page, 'drawer');
    });
  });
});

test.describe('text of twice the size', () => {
  const everywhere = async (chat: ChatPage, site: Site): Promise<void> => {
    const fits = async (): Promise<void> => {
      await chat.expectToFit();
      await expect(chat.composer).toBeInViewport({ ratio: 1 });
      await expect(chat.modelButton).toBeInViewport({ ratio: 1 });
    };
    await fits();
    site.answerWith(saying(...wordsOf(REPLY)));
    await chat.ask('Redis or PostgreSQL?');
    await fits();
    await chat.modelButton.click();
    await expect(chat.picker).toBeInViewport({ ratio: 1 });
    await chat.page.keyboard.press('Escape');
    await expect(chat.picker).toBeHidden();
    await chat.page.keyboard.press('Control+/');
    const sheet = chat.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(sheet).toBeInViewport({ ratio: 1 });
    expect(await sheet.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await chat.page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
    await chat.page.keyboard.press('Control+k');
    await expect(chat.sidebar.getByRole('searchbox')).toBeFocused();
    await expect(chat.account.button).toBeInViewport({ ratio: 1 });
    await chat.expectToFit();
  };

  test.describe('by zooming', () => {
    // A window of 1280 pixels at 200 %.
    test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

    test('fits, and nothing is out of reach', async ({ chat, site }) => {
      await chat.open();
      await everywhere(chat, site);
    });
  });

  test('as the browser is told to show it, is shown so, and fits', async ({ chat, site }, testInfo) => {
    await chat.open();
    const size = (): Promise<string> => chat.composer.evaluate((box) => getComputedStyle(box).fontSize);
    expect(await size()).toBe('16px');
    await chat.doubleTextSize();
    expect(await size()).toBe('32px');
    await takePicture(chat.page, testInfo, 'large-text-first-visit');
    await everywhere(chat, site);
    await takePicture(chat.page, testInfo, 'large-text');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

    test('fits, and nothing is out of reach', async ({ chat, site }) => {
      await chat.open();
      await chat.doubleTextSize();
      await everywhere(chat, site);
    });
  });
});
