import { echo, wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { Dictation, failingAfter, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { SCRIPTED, type Site } from './support/site.js';
import { expect, test } from './support/test.js';
import type { ChatPage } from './support/chat-page.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const PROMPT = 'Redis or PostgreSQL for a job queue? A table, please, and a small worker.';

const REPLY = `Both work. **PostgreSQL** is enough until jobs are many and short; **Redis** is quicker to answer, and asks for care about what it forgets.

| | PostgreSQL | Redis |
|---|---|---|
| Runs already | as your database | often as your cache |
| Needs a second server | no | yes |
| After a power cut | all jobs kept | as its settings say |

## A worker

\`\`\`ts
import { Worker } from 'bullmq';

/** Sends one mail; a job that throws is tried again. */
const worker = new Worker('mail', async (job) => {
  await send(job.data.to, job.data.text);
});

process.once('SIGTERM', () => worker.close());
\`\`\`

Start with the one that you run already.`;

const QUESTION = 'How do I store the time zone of a user?';

const IN_SHORT = `Store the **name** of the zone, not its offset:

\`\`\`sql
ALTER TABLE users
  ADD time_zone text;
\`\`\`

Offsets change twice a year in many places; \`Europe/Berlin\` stays what it is.`;

const STEP_BY_STEP = `Keep the name from the IANA list, such as \`Europe/Berlin\`:

1. Ask the browser for it: \`Intl.DateTimeFormat().resolvedOptions().timeZone\`
2. Save it as text, beside the user.
3. Save moments in UTC, and convert them where they are shown.

An offset like \`+01:00\` is right only until the clocks change.`;

const OTHER = 'Sonata 5.5';
const OTHER_MODEL = 'echo';

const EARLIER = [
  'Plan a walking trip in the mountains',
  'Explain how a hash map works',
  'A note to a colleague about Friday',
  'Which rivers flow north?',
];

/** A visitor who has been here before. */
async function arrive(chat: ChatPage, site: Site): Promise<void> {
  site.answerWith(saying('Here it is.'));
  await chat.signInAs(await site.guestWithChats(...EARLIER));
  await chat.open();
}

/** The reply from the history: nothing in it depends on this run's speed. */
async function finishedChat(chat: ChatPage, site: Site): Promise<void> {
  await arrive(chat, site);
  site.answerWith(saying(...wordsOf(REPLY)));
  await chat.ask(PROMPT);
  await chat.page.reload();
  await expect(chat.reply.getByText('import', { exact: true })).toBeVisible();
}

/** Two replies from the history, of which none has been chosen yet. */
async function comparedChat(chat: ChatPage, site: Site): Promise<void> {
  await arrive(chat, site);
  site.answerWith(saying(...wordsOf(IN_SHORT)));
  site.answerWith(saying(...wordsOf(STEP_BY_STEP)), OTHER_MODEL);
  await chat.compareWith(OTHER);
  await chat.send(QUESTION);
  await expect(chat.side(OTHER).getByRole('button', { name: 'Continue with this one' })).toBeEnabled();
  await chat.page.reload();
  await expect(chat.side(SCRIPTED).getByText('ALTER TABLE', { exact: true })).toBeVisible();
  await expect(chat.side(OTHER)).toContainText('until the clocks change.');
}

test.describe('a picture', () => {
  test('of the first visit', async ({ chat }, testInfo) => {
    await chat.open();
    await expect(chat.page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
    await expect(chat.page.getByText('Answers come from OpenAI, through this server.')).toBeVisible();
    await takePicture(chat.page, testInfo, 'first-visit');
  });

  test('of a reply that is being written', async ({ chat, site }, testInfo) => {
    await arrive(chat, site);
    const dictation = new Dictation().say(...wordsOf(REPLY.slice(0, REPLY.indexOf('await send'))));
    site.answerWith(dictation.scenario);
    await chat.send(PROMPT);
    await expect(chat.reply.getByRole('group', { name: /^Code/ })).toContainText('async (job)');
    await expect(chat.reply.getByRole('button', { name: 'Copy code' })).toBeDisabled();
    await takePicture(chat.page, testInfo, 'mid-stream');
  });

  test('of a finished reply, light and dark', async ({ chat, site }, testInfo) => {
    await finishedChat(chat, site);
    await chat.reply.hover();
    await expect(chat.reply.getByText(/first token in \d+ ms/)).toBeVisible();
    await takePicture(chat.page, testInfo, 'finished');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-finished');
  });

  test('of a failed reply', async ({ chat, site }, testInfo) => {
    await arrive(chat, site);
    site.answerWith(failingAfter(...wordsOf(REPLY.slice(0, REPLY.indexOf('\n\n')))));
    await chat.send(PROMPT);
    await expect(chat.banner).toContainText('OpenAI cannot be reached.');
    await takePicture(chat.page, testInfo, 'error');
  });

  test('of a model that thinks', async ({ chat, site }, testInfo) => {
    await arrive(chat, site);
    const thoughts =
      'Two stores, one question: what happens to a job when the power goes? I compare that first.';
    site.answerWith(
      new Dictation().think(...wordsOf(thoughts)).say(...wordsOf(REPLY.slice(0, REPLY.indexOf('## '))))
        .scenario,
    );
    await chat.send(PROMPT);
    await expect(chat.reply.getByRole('table')).toContainText('as its settings say');
    await chat.reply.getByText('Thoughts').click();
    await expect(chat.reply.getByText(thoughts)).toBeVisible();
    await takePicture(chat.page, testInfo, 'reasoning');
  });

  test('of the models', async ({ chat, site }, testInfo) => {
    await arrive(chat, site);
    await chat.modelButton.click();
    for (const name of ['Sonata 5.5', 'Astra 6']) {
      await chat.picker.getByRole('button', { name: `Pin ${name}`, exact: true }).click();
      await expect(chat.picker.getByRole('button', { name: `Unpin ${name}`, exact: true })).toBeVisible();
    }
    await chat.picker.getByRole('heading', { name: 'Pinned' }).scrollIntoViewIfNeeded();
    await chat.picker.getByRole('searchbox').hover();
    await takePicture(chat.page, testInfo, 'models');
  });

  test.describe('of two models side by side', () => {
    test.afterEach(({ site }) => site.answerWith(echo, OTHER_MODEL));

    test('light and dark', async ({ chat, site }, testInfo) => {
      await comparedChat(chat, site);
      await takePicture(chat.page, testInfo, 'side-by-side');
      await chat.page.emulateMedia({ colorScheme: 'dark' });
      await takePicture(chat.page, testInfo, 'dark-side-by-side');
    });

    test.describe('on a phone', () => {
      test.use(PHONE);

      test('light and dark', async ({ chat, site }, testInfo) => {
        await comparedChat(chat, site);
        await chat.page.getByText(QUESTION).last().scrollIntoViewIfNeeded();
        await takePicture(chat.page, testInfo, 'phone-side-by-side');
        await chat.page.emulateMedia({ colorScheme: 'dark' });
        await takePicture(chat.page, testInfo, 'dark-phone-side-by-side');
      });
    });
  });

  test.describe('of a lost connection', () => {
    test.use({ tolerated: /net::ERR_/ });

    test('in mid-reply', async ({ chat, site }, testInfo) => {
      await arrive(chat, site);
      site.answerWith(new Dictation().say(...wordsOf(REPLY.slice(0, REPLY.indexOf('## ')))).scenario);
      await chat.send(PROMPT);
      await expect(chat.reply.getByRole('table')).toContainText('as its settings say');
      site.line.cut();
      await expect(chat.connection).toHaveText('Reconnecting');
      await takePicture(chat.page, testInfo, 'reconnecting');
      site.mend();
    });
  });

  test.describe('on a phone', () => {
    test.use(PHONE);

    test('of a chat, light and dark', async ({ chat, site }, testInfo) => {
      await finishedChat(chat, site);
      await chat.reply.getByRole('table').scrollIntoViewIfNeeded();
      await takePicture(chat.page, testInfo, 'phone');
      await chat.page.emulateMedia({ colorScheme: 'dark' });
      await takePicture(chat.page, testInfo, 'dark-phone');
    });

    test('of the drawer', async ({ chat, site }, testInfo) => {
      await finishedChat(chat, site);
      await chat.page.getByRole('button', { name: 'Show the list of chats' }).tap();
      await expect(chat.chatLink('Which rivers flow north?')).toBeInViewport({ ratio: 1 });
      await expect(chat.sidebar.getByText('Guest · Free')).toBeInViewport({ ratio: 1 });
      await takePicture(chat.page, testInfo, 'phone-drawer');
    });
  });
});
