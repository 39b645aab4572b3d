import type { ChatPage } from './support/chat-page.js';
import { expect, test } from './support/test.js';

test.describe('the model picker', () => {
  test('finds, chooses and remembers a model', async ({ chat }) => {
    await chat.open();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Astra 6');
    await chat.modelButton.click();
    const search = chat.picker.getByRole('searchbox', { name: 'Search models' });
    await expect(search).toBeFocused();

    await search.fill('nothing like it');
    await expect(chat.picker).toContainText('No model has this name.');
    await search.fill('anthropic');
    await expect(chat.picker.getByRole('button', { name: 'Astra 6', exact: true })).toBeHidden();
    await search.press('Enter');
    await expect(chat.picker).toBeHidden();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Sonata 5.5');
    await expect(chat.composer).toBeFocused();

    await chat.page.reload();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Sonata 5.5');
    await chat.ask('Who are you?');
    await expect(chat.reply.getByRole('heading', { name: 'Sonata 5.5' })).toBeAttached();
  });

  test('stands for the chat that was opened, also where something is sent before that has come', async ({
    chat,
  }) => {
    await chat.open();
    await chat.chooseModel('Echo');
    await chat.ask('A first one');
    await chat.newChat();
    await chat.chooseModel('Astra 6');
    const comes = Promise.withResolvers<void>();
    await chat.page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query Chat(')) await comes.promise;
      await route.continue();
    });
    await chat.page.reload();
    await chat.chatLink('A first one').click();
    await chat.send('And a second');
    await expect(chat.page.getByText('It is sent as soon as the chat is loaded.')).toBeVisible();
    await expect(chat.composer).toHaveValue('And a second');
    comes.resolve();
    await expect(chat.messages).toHaveCount(4);
    await expect(chat.composer).toHaveValue('');
    await expect(chat.reply.getByRole('heading', { name: 'Echo' })).toBeAttached();
  });

  test('walks by arrow keys and closes by Escape, back to where it was opened', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.press('Enter');
    const search = chat.picker.getByRole('searchbox', { name: 'Search models' });
    await expect(search).toBeFocused();
    await search.press('ArrowDown');
    await expect(chat.picker.getByRole('button', { name: 'Astra 6', exact: true })).toBeFocused();
    await chat.page.keyboard.press('ArrowDown');
    await expect(chat.picker.getByRole('button', { name: 'Echo', exact: true })).toBeFocused();
    await chat.page.keyboard.press('Escape');
    await expect(chat.picker).toBeHidden();
    await expect(chat.modelButton).toBeFocused();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Astra 6');
  });

  test('keeps pins on top, also after a reload', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.click();
    await chat.picker.getByRole('button', { name: 'Pin Rivulet demo', exact: true }).click();
    const pinned = chat.picker.getByRole('region', { name: 'Pinned' });
    await expect(pinned.getByRole('button', { name: 'Rivulet demo', exact: true })).toBeVisible();

    await chat.page.reload();
    await chat.modelButton.click();
    await expect(chat.picker.getByRole('region').first()).toHaveAccessibleName('Pinned');
    await pinned.getByRole('button', { name: 'Unpin Rivulet demo' }).click();
    await expect(pinned).toBeHidden();
    await expect(chat.picker.getByRole('button', { name: 'Rivulet demo', exact: true })).toBeVisible();
  });

  test.describe('with three pins', () => {
    const PINS = ['Astra 6', 'Echo', 'Sonata 5.5'];

    /** The pinned models, from the first to the last. */
    async function expectPins(chat: ChatPage, ...names: readonly string[]): Promise<void> {
      const pinned = chat.picker.getByRole('region', { name: 'Pinned' });
      await expect(pinned.locator('.model .name')).toHaveText(names);
    }

    /** Until the server has answered so many moves: they are shown at once, and sent one after the other. */
    async function movesKept(chat: ChatPage, count: number): Promise<void> {
      let moves = 0;
      await chat.page.waitForResponse((response) => {
        if (response.request().postData()?.includes('MovePinnedModel')) moves += 1;
        return moves === count;
      });
    }

    test.beforeEach(async ({ chat }) => {
      await chat.open();
      await chat.modelButton.click();
      for (const name of PINS) {
        await chat.picker.getByRole('button', { name: `Pin ${name}`, exact: true }).click();
        await expect(chat.picker.getByRole('button', { name: `Unpin ${name}`, exact: true })).toBeVisible();
      }
      await expectPins(chat, ...PINS);
    });

    test('orders them by keyboard, and keeps the order @distributed', async ({ chat }) => {
      const sonata = chat.picker.getByRole('button', { name: /^Move Sonata 5.5 / });
      const kept = movesKept(chat, 8);
      await sonata.press('Enter');
      await expectPins(chat, 'Astra 6', 'Sonata 5.5', 'Echo');
      await expect(sonata).toBeFocused();
      await sonata.press('ArrowUp');
      await expectPins(chat, 'Sonata 5.5', 'Astra 6', 'Echo');
      await expect(sonata).toBeFocused();
      await expect(sonata).toHaveAccessibleName('Move Sonata 5.5 to the end');
      await sonata.press('ArrowDown');
      await expectPins(chat, 'Astra 6', 'Sonata 5.5', 'Echo');
      await expect(chat.page.getByText('Sonata 5.5, 2 of 3')).toBeAttached();
      await sonata.press('Enter');
      await sonata.press('Enter');
      await expectPins(chat, 'Astra 6', 'Echo', 'Sonata 5.5');
      // Faster than the page renders.
      await sonata.evaluate((button: HTMLElement) => {
        button.click();
        button.click();
      });
      await expectPins(chat, 'Sonata 5.5', 'Astra 6', 'Echo');
      await expect(sonata).toBeFocused();
      await sonata.press('ArrowDown');
      await kept;

      await chat.page.reload();
      await chat.modelButton.click();
      await expectPins(chat, 'Astra 6', 'Sonata 5.5', 'Echo');
    });

    test('lets them be dragged', async ({ chat }) => {
      const { mouse } = chat.page;
      const grip = chat.picker.getByRole('button', { name: /^Move Sonata 5.5 / });
      const [from, to] = await Promise.all([
        grip.boundingBox(),
        chat.picker.getByRole('button', { name: /^Move Astra 6 / }).boundingBox(),
      ]);
      if (!from || !to) throw new Error('nothing to drag');
      await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await mouse.down();
      await mouse.move(from.x + from.width / 2, from.y - 10, { steps: 5 });
      await mouse.move(to.x + to.width / 2, to.y + 4, { steps: 10 });
      const kept = movesKept(chat, 1);
      await mouse.up();
      await expectPins(chat, 'Sonata 5.5', 'Astra 6', 'Echo');
      await expect(chat.picker).toBeVisible();
      await kept;

      await chat.page.reload();
      await chat.modelButton.click();
      await expectPins(chat, 'Sonata 5.5', 'Astra 6', 'Echo');
    });

    test.describe('and no way to the server', () => {
      test.use({ tolerated: /net::ERR_/ });

      test('says that a move was not kept, and shows the order that is', async ({ chat }) => {
        await chat.page.route('**/graphql', (route) => route.abort());
        await chat.picker.getByRole('button', { name: /^Move Echo / }).press('Enter');
        await expect(chat.page.getByText('Echo could not be moved.')).toBeVisible();
        await expectPins(chat, ...PINS);
      });
    });
  });

  test('says what the plan includes', async ({ chat, site }) => {
    await chat.signInAs(await site.guestWithChats());
    await chat.open();
    await chat.modelButton.click();
    await expect(chat.picker).toContainText('Free includes 6 of 7 models.');
  });

  test('shows with each chat the model that it had, and begins the next one with the last choice', async ({
    chat,
  }) => {
    await chat.open();
    await chat.chooseModel('Echo');
    await chat.ask('The first chat');
    await chat.newChat();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Echo');
    await chat.chooseModel('Sonata 5.5');
    await chat.ask('The second chat');

    await chat.chatLink('The first chat').click();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Echo');
    await chat.page.reload();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Echo');
    await chat.newChat();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Sonata 5.5');
  });

  test('says why a model cannot be used, and does not let it be chosen', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.click();
    const xai = chat.picker.getByRole('region', { name: 'xAI has no key on this server' });
    await expect(xai).toContainText('has no key on this server');
    await expect(xai.getByRole('button', { name: 'Grotto 4', exact: true })).toBeDisabled();
    await chat.picker.getByRole('searchbox').fill('grotto');
    await chat.picker.getByRole('searchbox').press('Enter');
    await expect(chat.picker).toBeVisible();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Astra 6');
  });
});
