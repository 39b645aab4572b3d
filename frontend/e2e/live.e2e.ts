import type { ChatPage } from './support/chat-page.js';
import { Dictation, saying } from './support/dictation.js';
import { expect, test } from './support/test.js';

test.describe('what happens at another device is shown here @distributed', () => {
  /** The same user's other browser. */
  test.beforeEach(async ({ chat }) => {
    await chat.open();
    await chat.ask('The first question');
  });

  async function otherDevice(chat: ChatPage, visitor: ChatPage): Promise<ChatPage> {
    await visitor.page.context().addCookies(await chat.page.context().cookies());
    await visitor.open();
    await expect(visitor.chatLink('The first question')).toBeVisible();
    return visitor;
  }

  test('a new chat, its running reply, its new name and its deletion', async ({ chat, site, newVisitor }) => {
    const phone = await otherDevice(chat, await newVisitor());
    const dictation = new Dictation().say('slowly ');
    site.answerWith(dictation.scenario);
    await phone.send('Asked on the phone');
    await expect(chat.chatLink(/Asked on the phone.*being written/)).toBeVisible();
    dictation.end();
    await phone.finished();
    // The phone has shown it, and so it is read.
    await expect(chat.chatLink('Asked on the phone')).toHaveAccessibleName('Asked on the phone');

    await phone.sidebar.getByRole('button', { name: 'Options for Asked on the phone' }).click();
    await phone.page.getByRole('menuitem', { name: 'Rename' }).click();
    await phone.page.getByRole('textbox', { name: 'Name of the chat' }).fill('Renamed there');
    await phone.page.keyboard.press('Enter');
    await expect(chat.chatLink('Renamed there')).toBeVisible();

    await phone.sidebar.getByRole('button', { name: 'Options for Renamed there' }).click();
    await phone.page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(chat.chatLink('Renamed there')).toBeHidden();
    await expect(chat.chatLink('The first question')).toBeVisible();
  });

  test('the deletion of the chat that is open, and its return', async ({ chat, site, newVisitor }) => {
    const phone = await otherDevice(chat, await newVisitor());
    const gone = chat.banner.getByText('This chat does not exist, or is not yours.');
    const deleteIt = async (): Promise<void> => {
      await phone.chatLink(/The first question/).hover();
      await phone.sidebar.getByRole('button', { name: 'Options for The first question' }).click();
      await phone.page.getByRole('menuitem', { name: 'Delete' }).click();
      await expect(gone).toBeVisible();
    };
    const undo = async (): Promise<void> => {
      await phone.page.getByRole('button', { name: 'Undo' }).click();
      await expect(gone).toBeHidden();
    };
    await deleteIt();
    await undo();

    // The same while a reply is being written.
    const dictation = new Dictation().say('slowly ');
    site.answerWith(dictation.scenario);
    await chat.send('The second question');
    await expect(chat.replyText).toHaveText('slowly');
    await deleteIt();
    await undo();
    await expect(chat.messages).toHaveCount(4);
    await expect(chat.replyText).toHaveText('slowly');
    await expect(chat.reply.getByRole('button', { name: 'Continue' })).toBeVisible();
    dictation.end();
  });

  test('a reply that nobody has seen yet, until somebody has', async ({ chat, site, newVisitor }) => {
    const phone = await otherDevice(chat, await newVisitor());
    const dictation = new Dictation().say('slowly ');
    site.answerWith(dictation.scenario);
    await phone.send('Asked and left');
    await expect(phone.replyText).toHaveText('slowly');
    await phone.newChat();
    dictation.end();
    const unread = /Asked and left.*a new reply/;
    await expect(chat.chatLink(unread)).toBeVisible();
    await expect(phone.chatLink(unread)).toBeVisible();

    await chat.chatLink(unread).click();
    await expect(chat.replyText).toHaveText('slowly');
    await expect(phone.chatLink('Asked and left')).toHaveAccessibleName('Asked and left');
  });

  test('a reply that ended before its page heard that it had begun, as seen', async ({
    chat,
    site,
    newVisitor,
  }) => {
    const phone = await otherDevice(chat, await newVisitor());
    site.answerWith(saying('Quick.'));
    const { promise: comes, resolve } = Promise.withResolvers<void>();
    await phone.page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('mutation StartChatSession')) return route.fallback();
      const response = await route.fetch();
      await comes;
      return route.fulfill({ response });
    });
    await phone.send('Asked on the phone');
    for (const page of [chat, phone])
      await expect(page.chatLink(/Asked on the phone.*a new reply/)).toBeVisible();
    resolve();
    await expect(phone.replyText).toHaveText('Quick.');
    await expect(chat.chatLink('Asked on the phone')).toHaveAccessibleName('Asked on the phone');
  });

  test('the reply in the chat that is open, as it is written', async ({ chat, site, newVisitor }) => {
    const phone = await otherDevice(chat, await newVisitor());
    await phone.chatLink('The first question').click();
    await expect(phone.messages).toHaveCount(2);
    const dictation = new Dictation().say('early ');
    site.answerWith(dictation.scenario);
    await phone.send('And another one');
    await expect(chat.messages).toHaveCount(4);
    await expect(chat.replyText).toHaveText('early');
    dictation.say('late').end();
    await chat.finished();
    await expect(chat.replyText).toHaveText('early late');
    await expect(chat.messages).toHaveCount(4);
  });

  test.describe('also', () => {
    test.use({ tolerated: /net::ERR_/ });

    test('what was missed while the network was away', async ({ chat, newVisitor }) => {
      const phone = await otherDevice(chat, await newVisitor());
      await chat.page.context().setOffline(true);
      await phone.newChat();
      await phone.ask('Asked meanwhile');
      await chat.page.context().setOffline(false);
      await expect(chat.chatLink('Asked meanwhile')).toBeVisible();
    });

    test('what was missed in a long sleep, also in the chat that is open', async ({ chat, newVisitor }) => {
      const phone = await otherDevice(chat, await newVisitor());
      await chat.page.context().setOffline(true);
      await phone.chatLink('The first question').click();
      await expect(phone.messages).toHaveCount(2);
      await phone.ask('Asked meanwhile');
      await phone.page.close();
      // A cursor of a quarter of an hour ago: what has happened since is not told one by one.
      await chat.page.route('**/graphql/stream', async (route) => {
        const body = route.request().postData() ?? '';
        const aged = body.replace(
          /("after":"\d+-)(\d+)"/,
          (_all, place, at) => `${place}${Number(at) - 900}"`,
        );
        await route.continue({ postData: aged });
      });
      await chat.page.context().setOffline(false);
      await expect(chat.messages).toHaveCount(4);
      await expect(chat.messages.nth(2)).toContainText('Asked meanwhile');
    });
  });
});
