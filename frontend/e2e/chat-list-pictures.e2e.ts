import { saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const PROMPTS = [
  'How do tides work?',
  'A packing list for four days in the mountains',
  'Explain event sourcing to a colleague who knows SQL',
  'Which bread needs no kneading?',
];

for (const [name, options] of Object.entries({
  light: {},
  dark: { colorScheme: 'dark' as const },
  phone: PHONE,
})) {
  test.describe(`pictures of the list of chats, ${name}`, () => {
    test.use(options);

    test('with what was found', async ({ chat, site }, testInfo) => {
      site.answerWith(saying('The Moon pulls at the sea, and so does the Sun. Bread rises by itself.'));
      await chat.signInAs(await site.guestWithChats(...PROMPTS));
      await chat.open();
      await chat.page.keyboard.press('Control+k');
      await chat.page.keyboard.type('bread');
      await expect(chat.sidebar.locator('mark')).toHaveCount(4);
      await takePicture(chat.page, testInfo, `list-search-${name}`);
      await chat.chatLink('How do tides work?').click();
      await expect(chat.messages.last()).toBeFocused();
      await takePicture(chat.page, testInfo, `list-hit-${name}`);
    });

    test('in groups, and one taken out', async ({ chat, site }, testInfo) => {
      site.answerWith(saying('The Moon pulls at the sea.'));
      const guest = await site.guestWithChats(...PROMPTS, 'A name for a boat', 'Rivers that flow north');
      await site.backdate(guest, ['A name for a boat', 1], ['How do tides work?', 5], [PROMPTS[2] ?? '', 40]);
      await chat.signInAs(guest);
      await chat.open();
      const { sidebar, page } = chat;
      if (name === 'phone') await page.getByRole('button', { name: 'Show the list of chats' }).tap();
      const choose = async (title: string, action: string): Promise<void> => {
        await chat.chatLink(title).hover();
        await sidebar.getByRole('button', { name: `Options for ${title}` }).click();
        await page.getByRole('menuitem', { name: action, exact: true }).click();
      };
      await choose(PROMPTS[1] ?? '', 'Pin');
      await expect(sidebar.getByRole('heading', { name: 'Pinned' })).toBeVisible();
      await choose(PROMPTS[3] ?? '', 'Delete');
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
      await takePicture(page, testInfo, `list-groups-${name}`);
      await choose('A name for a boat', 'Archive');
      await sidebar.getByRole('button', { name: 'Archived' }).click();
      await expect(chat.chatLink('A name for a boat')).toBeVisible();
      await takePicture(page, testInfo, `list-archive-${name}`);
    });
  });
}
