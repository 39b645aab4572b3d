import type { Route } from '@playwright/test';
import type { ChatPage } from './support/chat-page.js';
import { saying } from './support/dictation.js';
import { openWithChat } from './support/imported-chat.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';

/**
 * The scripts that the page names apart from all that it begins with: of a chat, of its messages, of the way in, and of the
 * list of chats with all that is live in it.
 */
async function scriptsNamed(chat: ChatPage): Promise<readonly (readonly string[])[]> {
  const page = await (await chat.page.request.get('/')).text();
  const [, named = ''] = /<meta name="page-scripts" content="([^"]+)"/.exec(page) ?? [];
  const parts = named.split(', ').map((scripts) => scripts.split(' '));
  expect(parts).toHaveLength(4);
  for (const script of parts.flat()) expect(script).toMatch(/^chunk-[\w-]+\.js$/);
  return parts;
}

/** What shows messages. */
async function routeLaterParts(chat: ChatPage, handle: (route: Route) => Promise<void>): Promise<void> {
  const [, later = []] = await scriptsNamed(chat);
  await chat.page.route(
    ({ pathname }) => later.includes(pathname.slice(1)),
    (route) => handle(route),
  );
}

/** What asks the server. */
async function routeTransport(chat: ChatPage, handle: (route: Route) => Promise<void>): Promise<void> {
  await chat.page.route(/\/chunk-[\w-]+\.js$/, async (route) => {
    const script = await route.fetch();
    if ((await script.text()).includes('apollographql')) await handle(route);
    else await route.fulfill({ response: script });
  });
}

/** They come when the answer says so. */
async function holdLaterParts(chat: ChatPage): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await routeLaterParts(chat, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

/** Of a chat with more messages than are loaded at once, one of the first, and where it is found. */
async function foundEarly(chat: ChatPage, site: Site): Promise<string> {
  const contents = Array.from({ length: 80 }, (_, index) =>
    index === 10 ? 'The pearl.' : `Message ${index}.\n\n`.repeat(5),
  );
  await openWithChat(chat, site, { userName: 'Early Reader', title: 'Jewels', contents });
  await chat.sidebar.getByRole('searchbox', { name: 'Search chats' }).fill('pearl');
  await expect(chat.sidebar.locator('mark')).toHaveText(['pearl']);
  return (await chat.sidebar.getByRole('link').getAttribute('href')) ?? '';
}

for (const [path, parts] of [
  ['/', [0, 3]],
  ['/chat/0f5c9a52-5c0e-4f5f-9d5b-6a9c3c1f7a10', [0, 1, 3]],
  ['/settings/plan', [3]],
  ['/sign-in', [2]],
] as const) {
  test(`what shows ${path} is fetched before the script that the page begins with has come`, async ({
    chat,
  }) => {
    const named = await scriptsNamed(chat);
    // It never comes.
    await chat.page.route(/\/main-[\w-]+\.js$/, () => undefined);
    const asked = parts.flatMap((part) =>
      (named[part] ?? []).map((script) =>
        chat.page.waitForRequest((request) => request.url().endsWith(script)),
      ),
    );
    await Promise.all([chat.page.goto(path, { waitUntil: 'commit' }), ...asked]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the list of chats is not among it', async ({ chat }) => {
    const [shown = [], , , list = []] = await scriptsNamed(chat);
    const fetched: string[] = [];
    chat.page.on('request', (request) => fetched.push(new URL(request.url()).pathname.slice(1)));
    await chat.page.route(/\/main-[\w-]+\.js$/, () => undefined);
    await chat.page.goto('/', { waitUntil: 'commit' });
    await expect.poll(() => fetched).toEqual(expect.arrayContaining([...shown]));
    expect(fetched).not.toEqual(expect.arrayContaining([...list]));
  });
});

/** How often each operation was asked for, until now. */
function countQuestions({ page }: ChatPage): Map<string, number> {
  const counts = new Map<string, number>();
  page.on('request', (request) => {
    const [, name] = /"operationName":"(\w+)"/.exec(request.postData() ?? '') ?? [];
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return counts;
}

test('a chat is asked for before the scripts have come, and not once more by them', async ({
  chat,
  site,
}) => {
  site.answerWith(saying('All of it.'));
  await chat.open();
  const seen = chat.page.waitForResponse(
    (response) => response.request().postData()?.includes('MarkChatRead') ?? false,
  );
  await chat.send('What is left?');
  await chat.finished();
  await seen;
  await expect(chat.page).toHaveURL(/\/chat\//);
  const address = chat.page.url();
  // What that page may ask for still is not this one's.
  await chat.page.goto('about:blank');
  const scripts = Promise.withResolvers<void>();
  await chat.page.route(/\/main-[\w-]+\.js$/, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  const counts = countQuestions(chat);
  await chat.page.goto(address, { waitUntil: 'commit' });
  await expect.poll(() => [...counts.keys()].sort()).toEqual(['Chat', 'Chats', 'Models', 'Viewer']);
  scripts.resolve();
  await expect(chat.replyText).toHaveText('All of it.');
  await expect(chat.modelButton).not.toHaveAccessibleName('Model: loading');
  for (const name of ['Chat', 'Models', 'Viewer']) expect(counts.get(name), name).toBe(1);
});

test('a chat and the list stand on the page before what asks the server has come, and are live after it', async ({
  chat,
  site,
}) => {
  await openWithChat(chat, site, {
    userName: 'Early Bird',
    title: 'What is there?',
    contents: ['What is there?', 'All of it.'],
  });
  await chat.openChat('What is there?');
  const comes = Promise.withResolvers<void>();
  await routeTransport(chat, async (route) => {
    await comes.promise;
    await route.continue();
  });
  await chat.page.reload();
  await expect(chat.replyText).toHaveText('All of it.');
  await expect(chat.chatLink('What is there?')).toBeVisible();
  site.answerWith(saying('And more.'));
  await chat.send('Is there more?');
  comes.resolve();
  await expect(chat.replyText).toHaveText('And more.');
});

test('the first messages are seen once they can be read, and where they will be is marked until then', async ({
  chat,
  site,
}) => {
  await openWithChat(chat, site, {
    userName: 'First Reader',
    title: 'Is it long?',
    contents: ['Is it long?', 'It is **short**.'],
  });
  await chat.openChat('Is it long?');
  await expect(chat.replyText).toHaveText('It is short.');
  // From when the place is marked, no task is begun by a timer; Angular renders in frames as well.
  await chat.page.addInitScript(() => {
    const begin = window.setTimeout.bind(window);
    const held: (() => void)[] = [];
    let open = false;
    const hold = (act: () => void, ms?: number, ...given: unknown[]) => {
      if (ms || open || !document.querySelector('app-chat-ghosts')) return begin(act, ms, ...given);
      return held.push(act);
    };
    window.setTimeout = hold as typeof window.setTimeout;
    window.addEventListener('begin-tasks', () => {
      open = true;
      for (const act of held) begin(act);
    });
  });
  await chat.page.reload();
  const articles = chat.page.locator('article');
  await expect(articles).toHaveCount(2);
  await expect(chat.page.getByText('Loading the chat')).toBeVisible();
  await expect(articles.first()).toBeHidden();
  await chat.page.evaluate(() => window.dispatchEvent(new Event('begin-tasks')));
  await expect(chat.messages).toHaveCount(2);
  await expect(chat.replyText).toHaveText('It is short.');
  await expect(chat.page.getByText('Loading the chat')).not.toBeAttached();
});

test.describe('what shows messages comes after the page itself', () => {
  test('and whoever has asked before that sees question and reply then', async ({ chat, site }) => {
    site.answerWith(saying('One **bold** answer.'));
    const comes = await holdLaterParts(chat);
    await chat.open();
    await chat.send('A quick question');
    await expect(chat.page.getByText('Loading the chat')).toBeAttached();
    await expect(chat.page).toHaveURL(/\/chat\//);
    comes();
    await expect(chat.messages).toHaveCount(2);
    await chat.finished();
    await expect(chat.replyText).toHaveText('One bold answer.');
  });

  test('and a link to a message leads there nevertheless', async ({ chat, site }) => {
    const link = await foundEarly(chat, site);
    const comes = await holdLaterParts(chat);
    const read = Promise.withResolvers<void>();
    chat.page.on('response', (response) => {
      if (response.request().postData()?.includes('"before"')) read.resolve();
    });
    await chat.page.goto(link);
    // The message is there, and nothing yet that could show it.
    await read.promise;
    await expect(chat.messages).toHaveCount(0);
    comes();
    const message = chat.messages.filter({ hasText: 'The pearl.' });
    await expect(message).toBeFocused();
    await expect(message).toBeInViewport();
  });
});

test.describe('when a part of the page does not come', () => {
  test.use({ tolerated: /net::ERR_|Failed to fetch dynamically imported module|NG0750/ });

  test('without which there is nothing, what stands there says so, and leads on', async ({ chat }) => {
    await chat.page.route(/\/main-[\w-]+\.js$/, (route) => route.abort());
    await chat.page.goto('/');
    await expect(chat.banner).toContainText('The page could not be loaded.');
    await chat.page.unrouteAll();
    await chat.banner.getByRole('link', { name: 'Reload' }).click();
    await expect(chat.composer).toBeVisible();
  });

  test('that asks the server, the page says so, and goes on after a reload', async ({ chat, site }) => {
    site.answerWith(saying('Here I am.'));
    await routeTransport(chat, (route) => route.abort());
    await chat.page.goto('/');
    await expect(chat.banner).toContainText('A part of the page could not be loaded.');
    await chat.composer.fill('Are you there?');
    await chat.page.unrouteAll();
    await chat.banner.getByRole('button', { name: 'Reload' }).click();
    await expect(chat.banner).toBeHidden();
    await expect(chat.composer).toHaveValue('Are you there?');
    await chat.composer.press('Enter');
    await expect(chat.replyText).toHaveText('Here I am.');
  });

  test.describe('where servers of another version have come', () => {
    test.beforeEach(async ({ chat, site }) => {
      await chat.signInAs(await site.userNamed('Late Comer'));
      await chat.open();
      await chat.composer.fill('Half a thought');
    });

    const noScriptComes = async (chat: ChatPage): Promise<void> => {
      await chat.page.route(/\/chunk-[\w-]+\.js$/, (route) => route.abort());
    };
    const reload = async (chat: ChatPage): Promise<void> => {
      await expect(chat.banner).toContainText('A part of the page could not be loaded.');
      await chat.page.unrouteAll();
      await chat.banner.getByRole('button', { name: 'Reload' }).click();
    };

    test('that opens over the page, the page says so, and has it after a reload', async ({ chat }) => {
      await noScriptComes(chat);
      await chat.account.button.click();
      await reload(chat);
      await expect(chat.composer).toHaveValue('Half a thought');
      await chat.account.button.click();
      await expect(chat.account.menu).toBeVisible();
    });

    test('that somebody goes to, the page says so, and leads there', async ({ chat }) => {
      await chat.account.button.click();
      // It is a part that comes later itself.
      await expect(chat.account.menu).toBeVisible();
      await noScriptComes(chat);
      await chat.account.menu.getByRole('menuitem', { name: 'Free plan' }).click();
      await reload(chat);
      await expect(chat.page).toHaveURL('/settings/plan');
      await expect(chat.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    });
  });

  test('that shows messages, the page says so, and what was asked is there after a reload', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying('It goes on.'));
    await routeLaterParts(chat, (route) => route.abort());
    await chat.open();
    await chat.send('Is anybody there?');
    await expect(chat.banner).toContainText('A part of the page could not be loaded.');
    await expect(chat.page).toHaveURL(/\/chat\//);
    await expect(chat.page.getByText('Loading the chat')).toBeHidden();
    await chat.composer.fill('Half a thought');
    await chat.page.unrouteAll();
    await chat.banner.getByRole('button', { name: 'Reload' }).click();
    await expect(chat.messages).toHaveCount(2);
    await expect(chat.replyText).toHaveText('It goes on.');
    await expect(chat.composer).toHaveValue('Half a thought');
  });
});
