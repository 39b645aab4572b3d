import { wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { saying } from './support/dictation.js';
import type { ChatPage } from './support/chat-page.js';
import { takePicture } from './support/picture.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';

const PLANS = `
- { id: free, name: Free, models: ['*', '!anthropic/long'], messagesPerDay: 20, tokensPerMonth: 200000, repliesAtOnce: 3 }
- { id: plus, name: Plus, messagesPerDay: 200, tokensPerMonth: 5000000, repliesAtOnce: 10 }
- { id: pro, name: Pro, tokensPerMonth: 100000000, repliesAtOnce: 30 }
`;
const EARLIER = [
  'What is a good name for a boat?',
  'Explain how a hash map works',
  'A note to a colleague about Friday',
  'Which rivers flow north?',
  'Plan a walking trip in the mountains',
];

test.use({ setting: { plans: PLANS } });

/** Somebody with an account and a past. */
async function arrive(chat: ChatPage, site: Site, name: string): Promise<void> {
  site.answerWith(
    saying(...wordsOf('Here it is, in a few words that somebody may like to read. '.repeat(200))),
  );
  const user = await site.userNamed(name, `${name.toLowerCase()}@example.com`);
  for (const prompt of EARLIER) {
    const { id } = await user.start(prompt, 'openai/astra-6');
    await user.allEvents(id);
  }
  await chat.signInAs(user);
}

async function openPlan(chat: ChatPage): Promise<void> {
  await chat.page.goto('/settings/plan');
  await expect(chat.page.getByRole('listitem').filter({ hasText: 'Your plan' })).toBeVisible();
  // On a phone it is there, but out of sight.
  await expect(chat.page.getByText(EARLIER.at(-1) ?? '')).toBeAttached();
}

async function openPicker(chat: ChatPage): Promise<void> {
  await chat.open();
  await chat.modelButton.click();
  await chat.picker.getByRole('searchbox').fill('sonata');
  await expect(chat.picker.getByText('Part of Plus')).toBeVisible();
}

test.describe('a picture', () => {
  test('of signing in, light and dark', async ({ chat }, testInfo) => {
    await chat.page.goto('/sign-in');
    await expect(chat.account.email).toBeFocused();
    await expect(chat.page.getByRole('button', { name: 'Continue as guest' })).toBeVisible();
    await takePicture(chat.page, testInfo, 'sign-in');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-sign-in');
  });

  test('of the account menu', async ({ chat, site }, testInfo) => {
    await arrive(chat, site, 'Ada');
    await chat.open();
    await chat.account.button.click();
    await expect(chat.account.menu).toContainText('15 of 20 messages left today');
    await takePicture(chat.page, testInfo, 'account-menu');
  });

  test('of plan and usage, light and dark', async ({ chat, site }, testInfo) => {
    await arrive(chat, site, 'Barbara');
    await openPlan(chat);
    await takePicture(chat.page, testInfo, 'plan');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-plan');
  });

  test('of a model outside the plan', async ({ chat, site }, testInfo) => {
    await arrive(chat, site, 'Edsger');
    await openPicker(chat);
    await takePicture(chat.page, testInfo, 'model-outside-plan');
  });

  test('of API tokens', async ({ chat, site }, testInfo) => {
    await arrive(chat, site, 'Radia');
    await chat.page.goto('/settings/tokens');
    await chat.page.getByRole('textbox', { name: 'Name' }).fill('Statistics');
    await chat.page.getByRole('button', { name: 'Create the token' }).click();
    await expect(chat.page.getByRole('button', { name: 'Copy token' })).toBeVisible();
    await expect(chat.chatLink(EARLIER.at(-1) ?? '')).toBeVisible();
    await takePicture(chat.page, testInfo, 'api-tokens');
  });

  test('of the administration, light and dark', async ({ chat, site }, testInfo) => {
    const [grace, alan] = [
      await site.userNamed('Grace', 'grace@example.com'),
      await site.userNamed('Alan', 'alan@example.com'),
    ];
    await site.setPlan(grace, 'plus', new Date('2099-12-31T12:00:00Z'));
    await site.setPlan(alan, 'pro');
    await site.guestWithChats('Hello');
    await chat.signInAs(await site.administrator());
    await chat.page.goto('/admin');
    await expect(chat.page.getByText('until 31 December 2099')).toBeVisible();
    await takePicture(chat.page, testInfo, 'administration');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'dark-administration');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

    test('of the new account of a guest', async ({ chat, site }, testInfo) => {
      site.answerWith(saying('Here it is.'));
      await chat.signInAs(await site.guestWithChats('Hello'));
      await chat.page.goto('/sign-in?account=new');
      await expect(chat.page.getByText('Your chats stay.')).toBeVisible();
      await takePicture(chat.page, testInfo, 'phone-sign-up');
    });

    test('of plan and usage', async ({ chat, site }, testInfo) => {
      await arrive(chat, site, 'Hedy');
      await openPlan(chat);
      await takePicture(chat.page, testInfo, 'phone-plan');
    });

    test('of a model outside the plan', async ({ chat, site }, testInfo) => {
      await arrive(chat, site, 'Tim');
      await openPicker(chat);
      await takePicture(chat.page, testInfo, 'phone-model-outside-plan');
    });
  });
});
