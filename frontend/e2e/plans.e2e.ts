import { ChatPage } from './support/chat-page.js';
import { Dictation, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const PLANS = `
- { id: small, name: Small, models: ['*', '!anthropic/*'], messagesPerDay: 7, repliesAtOnce: 1 }
- { id: large, name: Large, messagesPerDay: 100 }
`;

test.use({ setting: { plans: PLANS } });

test.describe('a plan', () => {
  test.beforeEach(({ site }) => site.answerWith(saying('Noted.')));

  test('says quietly that it is nearly used up, then that it is, and leads to the others', async ({
    chat,
    site,
  }) => {
    await chat.signInAs(await site.guestWithChats('One'));
    await chat.open();
    const line = chat.page.getByRole('status').filter({ hasText: /messages/ });
    await expect(line).toBeHidden();
    await chat.ask('Two');
    await expect(line).toContainText('5 of 7 messages left today.');
    for (const [prompt, left] of [
      ['Three', '4 of 7'],
      ['Four', '3 of 7'],
      ['Five', '2 of 7'],
      ['Six', '1 of 7'],
    ] as const) {
      await chat.ask(prompt);
      await expect(line).toContainText(`${left} messages left today.`);
    }
    await chat.ask('Seven');
    await expect(line).toContainText("Today's messages are used up. They come back at 00:00.");

    await chat.send('Eight');
    await expect(chat.banner).toContainText("Today's messages are used up. They come back at 00:00.");
    await expect(line, 'not said twice').toBeHidden();
    await expect(chat.composer).toHaveValue('Eight');
    await expect(chat.messages).toHaveCount(12);
    const address = chat.page.url();
    await chat.banner.getByRole('button', { name: 'See plans' }).click();
    await expect(chat.page).toHaveURL('/settings/plan');
    const today = chat.page.getByRole('meter', { name: 'Messages today' });
    await expect(today).toHaveAttribute('aria-valuenow', '7');
    await expect(today).toHaveAccessibleName('Messages today');

    await chat.page.getByRole('link', { name: 'Back to the chat' }).click();
    await expect(chat.page).toHaveURL(address);
    await expect(chat.composer).toHaveValue('Eight');
  });

  test('says what is left though the replies were to another page', async ({ chat, site, context }) => {
    await chat.signInAs(await site.guestWithChats('One'));
    await chat.open();
    const other = new ChatPage(await context.newPage());
    await other.open();
    await other.ask('Two');
    await expect(chat.page.getByText('5 of 7 messages left today.')).toBeVisible();
  });

  test('shows a model that it does not include, and the way to one that does', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.click();
    const group = chat.picker.getByRole('region', { name: 'Anthropic · Part of Large' });
    await expect(group.getByRole('button', { name: 'Sonata 5.5', exact: true })).toBeDisabled();
    await chat.picker.getByRole('searchbox').fill('sonata');
    await chat.picker.getByRole('searchbox').press('Enter');
    await expect(chat.picker).toBeVisible();
    await chat.page.keyboard.press('ArrowDown');
    await expect(group.getByRole('link', { name: 'See plans' })).toBeFocused();
    await chat.page.keyboard.press('Enter');
    await expect(chat.page).toHaveURL('/settings/plan');
    await expect(chat.page.getByRole('listitem').filter({ hasText: 'Small' })).toContainText(
      '7 messages a day',
    );
    await expect(chat.page.getByRole('listitem').filter({ hasText: 'Large' })).toContainText(
      'And Sonata 5.5, Sonata 5.5 Grand',
    );
  });

  test('that has ended leaves a chat with other models to go on with', async ({ chat, site }) => {
    const user = await site.userNamed('Grace');
    await site.setPlan(user, 'large');
    await chat.signInAs(user);
    await chat.open();
    await chat.chooseModel('Sonata 5.5');
    await chat.ask('On the large plan');

    await site.setPlan(user, 'small');
    await chat.page.goto('/settings/plan');
    await expect(chat.page.getByRole('heading', { name: 'Your plan: Small' })).toBeVisible();
    await chat.page.goBack();
    await chat.send('And on the small one?');
    await expect(chat.banner).toContainText('Sonata 5.5 is part of Large.');
    await expect(chat.banner.getByRole('button', { name: 'See plans' })).toBeVisible();
    await expect(chat.composer).toHaveValue('And on the small one?');
    await chat.banner.getByRole('button', { name: 'Other model' }).click();
    await chat.picker.getByRole('button', { name: 'Echo', exact: true }).click();
    await expect(chat.replyText).toHaveText('You said: And on the small one?');
    await chat.finished();
  });

  test('allows so many replies at once, and says so', async ({ chat, site, context }) => {
    const user = await site.guestWithChats();
    await chat.signInAs(user);
    const dictation = new Dictation().say('busy ');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('The first');
    await expect(chat.replyText).toHaveText('busy');

    const other = new ChatPage(await context.newPage());
    await other.open();
    await other.send('The second');
    await expect(other.banner).toContainText('Your plan allows no more replies at once.');
    dictation.end();
    await chat.finished();
    site.answerWith(saying('Now.'));
    await other.banner.getByRole('button', { name: 'Try again' }).click();
    await expect(other.replyText).toHaveText('Now.');
  });
});

test.describe('a picture', () => {
  test('of a plan that is nearly used up, and used up', async ({ chat, site }, testInfo) => {
    site.answerWith(saying('Those of the Arctic basin do: the Ob, the Yenisei, the Lena.'));
    const past = ['Explain how a hash map works', 'A name for a boat', 'A note about Friday', 'Plan a trip'];
    await chat.signInAs(await site.guestWithChats(...past));
    await chat.open();
    await chat.ask('Which rivers flow north?');
    await expect(chat.page.getByText('2 of 7 messages left today.')).toBeVisible();
    await takePicture(chat.page, testInfo, 'quota-low');
    site.answerWith(saying('The Yenisei, counted from its farthest spring.'));
    await chat.ask('And which of them is the longest?');
    site.answerWith(saying('The Lena.'));
    await chat.ask('Which one freezes first?');
    await expect(chat.page.getByText("Today's messages are used up.")).toBeVisible();
    await chat.send('And in which month?');
    await expect(chat.banner).toContainText("Today's messages are used up.");
    await takePicture(chat.page, testInfo, 'quota-gone');
  });
});
