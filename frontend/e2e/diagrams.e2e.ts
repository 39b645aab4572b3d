import type { Locator, Page } from '@playwright/test';
import { HOSTILE_DIAGRAMS } from '../src/app/markdown/testing/hostile-diagrams.js';
import { expectAccessible } from './support/audit.js';
import type { ChatPage } from './support/chat-page.js';
import { Device } from './support/device.js';
import { Dictation, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const FLOW = `flowchart TD
    rain[Rain falls] --> ground{Can the ground take it?}
    ground -->|yes| spring[It comes out of a spring]
    ground -->|no| rivulet[It runs off as a rivulet]
    spring --> river[A river]
    rivulet --> river`;

const SEQUENCE = `sequenceDiagram
    participant Page
    participant API
    participant Worker
    Page->>API: startChatSession
    API-->>Page: the session
    API->>Worker: a job
    loop until it ends
        Worker-->>Page: a token
    end
    Note over Page,Worker: Whoever comes later reads the same.`;

/** Wider than any column. */
const WIDE = `flowchart LR\n${Array.from({ length: 14 }, (_, n) => `s${n}[Station ${n}] --> s${n + 1}[Station ${n + 1}]`).join('\n')}`;

/** Where diagrams are drawn. */
const PAGE = /\/diagrams-[\w-]{8}\.html$/;

const fenced = (...sources: readonly string[]): string =>
  sources.map((source) => `\`\`\`mermaid\n${source}\n\`\`\``).join('\n\nand\n\n');

/** More than a screen has. */
const LINES = Array.from({ length: 60 }, (_, n) => `\n\nLine ${n}.`);

/** A diagram in the last reply, and what belongs to it. */
class Diagram {
  readonly drawing: Locator;
  readonly image: Locator;
  readonly code: Locator;

  constructor(readonly block: Locator) {
    this.drawing = block.getByRole('group', { name: 'Diagram' });
    this.image = this.drawing.getByRole('img');
    this.code = block.getByRole('group', { name: 'Code, Mermaid' });
  }

  static in(chat: ChatPage, index = 0): Diagram {
    return new Diagram(chat.reply.locator('app-diagram-block').nth(index));
  }

  button(name: string): Locator {
    return this.block.getByRole('button', { name, exact: true });
  }

  top(): Promise<number> {
    return this.block.evaluate((element) => element.getBoundingClientRect().top);
  }
}

/** How often the page in which diagrams are drawn was asked for. */
function countFrames(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (PAGE.test(request.url())) count += 1;
  });
  return () => count;
}

test.describe('a diagram', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('is code while it arrives, and drawn when it is whole', async ({ chat, site }, testInfo) => {
    const [begun = '', rest = ''] = FLOW.split('|yes|');
    const dictation = new Dictation().say('Water:\n\n```mermaid\n', `${begun}|yes|`);
    site.answerWith(dictation.scenario);
    const frames = countFrames(chat.page);
    await chat.open();
    await chat.send('Draw the way of water');
    const diagram = Diagram.in(chat);
    await expect(diagram.code).toContainText('ground -->|yes|');
    await expect(diagram.button('Copy code')).toBeDisabled();
    await expect(diagram.drawing).toHaveCount(0);
    expect(frames(), 'nothing is loaded before a diagram is whole').toBe(0);

    dictation.say(`${rest}\n\`\`\`\n\n`);
    await expect(diagram.image).toBeVisible();
    await expect(diagram.code).toBeHidden();
    const { width = 0, height = 0 } = (await diagram.image.boundingBox()) ?? {};
    expect([width > 200, height > 300]).toEqual([true, true]);
    // The next one is drawn by who is there already.
    dictation.say(fenced(SEQUENCE)).end();
    await chat.finished();
    await expect(Diagram.in(chat, 1).image).toBeVisible();
    expect(frames()).toBe(1);
    // The reader was at the end, and is there still.
    await expect(chat.reply.getByRole('button', { name: 'Copy message' })).toBeInViewport();
    await takePicture(chat.page, testInfo, 'diagram-sequence');
    await diagram.block.scrollIntoViewIfNeeded();
    await takePicture(chat.page, testInfo, 'diagram');
  });

  test('is turned into its code and back, by keyboard as well, and gives its code away', async ({
    chat,
    site,
  }) => {
    site.answerWith(saying(fenced(FLOW), ...LINES));
    await chat.open();
    await chat.ask('Draw');
    const diagram = Diagram.in(chat);
    await diagram.block.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await expect(diagram.image).toBeVisible();
    await diagram.button('Copy code').click();
    const copied = await chat.page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trimEnd()).toBe(FLOW);

    await diagram.button('Show code').focus();
    const before = await diagram.top();
    await chat.page.keyboard.press('Enter');
    await expect(diagram.code).toHaveText(FLOW);
    await expect(diagram.drawing).toHaveCount(0);
    await expect(diagram.button('Show diagram')).toBeFocused();
    expect(Math.abs((await diagram.top()) - before)).toBeLessThan(2);
    await chat.page.keyboard.press('Enter');
    await expect(diagram.image).toBeVisible();
    await expect(diagram.button('Show code')).toBeFocused();
    // What is too wide can be scrolled without a mouse.
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Tab');
    await expect(diagram.drawing).toBeFocused();
  });

  test('that is none stays code, and says so', async ({ chat, site }, testInfo) => {
    site.answerWith(
      saying(
        fenced(
          'flowchart TD\n  A --> --> ]B',
          'a poem',
          `flowchart TD\nA --> B %% ${'x'.repeat(20_001)}`,
          'flowchart LR\nA --> B',
        ),
      ),
    );
    await chat.open();
    await chat.ask('Draw badly');
    await expect(Diagram.in(chat, 3).image).toBeVisible();
    for (const index of [0, 1]) {
      const diagram = Diagram.in(chat, index);
      await diagram.block.scrollIntoViewIfNeeded();
      await expect(diagram.block).toContainText('This diagram cannot be drawn.');
      await expect(diagram.code).toBeVisible();
      await expect(diagram.button('Show diagram')).toHaveCount(0);
      await expect(diagram.button('Copy code')).toBeEnabled();
    }
    await takePicture(chat.page, testInfo, 'diagram-refused');
    // Nobody looks at a diagram of that size; it is not even tried.
    const huge = Diagram.in(chat, 2);
    await huge.block.scrollIntoViewIfNeeded();
    await expect(huge.code).toBeVisible();
    await expect(huge.block).not.toContainText('cannot be drawn');
  });

  test('has the colours of the page, whatever it asks for', async ({ chat, site }, testInfo) => {
    site.answerWith(saying(fenced(`%%{init: {"theme": "forest"}}%%\n${FLOW}`)));
    await chat.open();
    await chat.ask('Draw');
    const { image } = Diagram.in(chat);
    const svg = async () => decodeURIComponent((await image.getAttribute('src')) ?? '');
    await expect.poll(svg).toContain('#e0f0ed');
    const { height } = (await image.boundingBox()) ?? {};
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(svg).toContain('#17322e');
    expect((await image.boundingBox())?.height).toBe(height);
    await takePicture(chat.page, testInfo, 'dark-diagram');
    await chat.page.getByRole('button', { name: 'Theme: system' }).click();
    await expect.poll(svg).toContain('#e0f0ed');
  });

  test('does not move what is being read', async ({ chat, site }) => {
    const opened = Promise.withResolvers<void>();
    await chat.page.route(PAGE, async (route) => {
      await opened.promise;
      await route.continue();
    });
    site.answerWith(saying('Above:', ...LINES, '\n\n', fenced(FLOW), '\n\nBelow:', ...LINES));
    await chat.open();
    await chat.ask('Much');
    const diagram = Diagram.in(chat);
    // The end of its code is in sight, the beginning is not any more.
    const line = chat.reply.getByText('Below:');
    const place = () => line.evaluate((element) => element.getBoundingClientRect().top);
    await chat.page.getByRole('feed').hover();
    // Again, where the page still followed the end.
    await expect(async () => {
      await line.evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await chat.page.mouse.wheel(0, -60);
      await expect.poll(place, { timeout: 1_000 }).toBeGreaterThan(90);
    }).toPass();
    expect(await diagram.top()).toBeLessThan(0);
    const before = await place();
    opened.resolve();
    await expect(diagram.image).toBeVisible();
    expect(Math.abs((await place()) - before)).toBeLessThan(2);
  });
});

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow', tolerated: /net::ERR_/ });

  test('a diagram is drawn by what was there before', async ({ chat, site, page }) => {
    site.answerWith(saying(fenced(FLOW)));
    await chat.open();
    const device = new Device(page);
    await device.hasThePage();
    // Those who see no diagram do not fetch what draws it.
    const kept = () =>
      page.evaluate(async () => (await (await caches.open('page')).keys()).map(({ url }) => url));
    expect((await kept()).filter((url) => url.includes('diagrams'))).toEqual([]);
    await chat.ask('Draw');
    await expect(Diagram.in(chat).image).toBeVisible();
    await device.expectKept('rivulet[It runs off');
    await page.context().setOffline(true);
    await page.reload();
    await expect(Diagram.in(chat).image).toBeVisible();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test('a wide diagram scrolls by itself, and everything can be touched', async ({
    chat,
    site,
  }, testInfo) => {
    site.answerWith(saying(fenced(WIDE, FLOW)));
    await chat.open();
    await chat.ask('Draw much');
    await expect(Diagram.in(chat, 1).image).toBeVisible();
    await takePicture(chat.page, testInfo, 'phone-diagram');
    const wide = Diagram.in(chat);
    await wide.block.scrollIntoViewIfNeeded();
    await expect(wide.image).toBeVisible();
    await chat.expectToFit();
    expect(await wide.drawing.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > 2 * clientWidth)).toBe(
      true,
    );
    const box = await wide.button('Show code').boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await takePicture(chat.page, testInfo, 'phone-wide-diagram');
  });
});

test('axe finds nothing in diagrams, drawn, as code and refused', async ({ chat, site }) => {
  site.answerWith(saying(fenced('nonsense', FLOW)));
  await chat.open();
  await chat.ask('Draw');
  const diagram = Diagram.in(chat, 1);
  await expect(diagram.image).toBeVisible();
  await expect(chat.reply.getByText('This diagram cannot be drawn.')).toBeAttached();
  await expectAccessible(chat.page, 'drawn');
  await diagram.button('Show code').click();
  await expectAccessible(chat.page, 'as code');
});

test.describe('a hostile diagram', () => {
  // What the frame's policy had to hold back.
  test.use({
    tolerated: /\/diagrams-[\w-]{8}\.html\)$|^(Connecting to|Fetch API cannot|Blocked opening).*\(\)$/,
  });

  test('does nothing, whatever it tries', async ({ chat, site }) => {
    site.answerWith(saying(fenced(...HOSTILE_DIAGRAMS)));
    await chat.open();
    await chat.ask('Attack me');
    for (let index = 0; index < HOSTILE_DIAGRAMS.length; index += 1) {
      const { block, image } = Diagram.in(chat, index);
      await block.scrollIntoViewIfNeeded();
      await expect(image.or(block.getByText('This diagram cannot be drawn.'))).toBeVisible();
    }
    for (const image of await chat.reply.locator('img').all()) {
      expect(await image.getAttribute('src')).toMatch(/^data:image\/svg\+xml,/);
      await image.click({ force: true });
    }
    await expect(chat.reply.locator('svg:not([aria-hidden]), iframe, a')).toHaveCount(0);
    await expect(chat.composer).toBeVisible();
    expect(chat.page.context().pages()).toHaveLength(1);
    // Dialogs and requests that leave fail every story.
  });

  test('is drawn where there is nothing to take: not this page, and no server', async ({ chat, site }) => {
    site.answerWith(saying(fenced(FLOW)));
    await chat.open();
    await chat.ask('Draw');
    await expect(Diagram.in(chat).image).toBeVisible();
    const frame = chat.page.frames().find((each) => PAGE.test(each.url()));
    const reached = await frame?.evaluate(async () => {
      const attempts: Record<string, () => unknown> = {
        page: () => parent.document.title,
        cookies: () => document.cookie,
        storage: () => localStorage.length,
        server: () => fetch('/health', { mode: 'no-cors' }),
        elsewhere: () => fetch('https://attacker.example/', { mode: 'no-cors' }),
        picture: () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = '/favicon.svg';
          }),
        code: () => (0, eval)('1') as unknown,
        top: () => (top as Window).location.assign('https://attacker.example/'),
        window: () => {
          if (!open('https://attacker.example/')) throw new Error('no window');
        },
      };
      const done: string[] = [`origin ${self.origin}`];
      for (const [name, attempt] of Object.entries(attempts)) {
        try {
          await attempt();
          done.push(name);
        } catch {
          // As it should be.
        }
      }
      return done;
    });
    expect(reached).toEqual(['origin null']);
  });

  test('that has taken over the frame has taken over a picture', async ({ chat, site }) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script>
      <image href="https://attacker.example/a.png" width="9" height="9"/><style>@import url(https://attacker.example/b.css);</style>
      <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://attacker.example/"/></foreignObject>
      <a href="javascript:alert(3)"><rect width="300" height="300"/></a></svg>`;
    const drawing = { svg, width: 300, height: 300, title: '"><img src=x onerror=alert(4)>' };
    await chat.page.route(PAGE, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>x</title><script>
          const drawing = ${JSON.stringify(drawing).replaceAll('<', '\\u003c')};
          const answers = { f: drawing, s: { ...drawing, svg: 7 }, r: 'ready' };
          onmessage = ({ data, ports }) => ports[0].postMessage(answers[(data.source ?? data)[0]]);
          try { parent.document.body.remove(); } catch {}
        </script>`,
      }),
    );
    site.answerWith(saying(fenced(FLOW, SEQUENCE, 'a third')));
    await chat.open();
    await chat.ask('Attack me');
    for (const [index, block] of (await chat.reply.locator('app-diagram-block').all()).entries()) {
      const { image } = new Diagram(block);
      await block.scrollIntoViewIfNeeded();
      await expect(image.or(block.getByText('This diagram cannot be drawn.'))).toBeVisible();
      if (index === 0) await image.click();
    }
    await expect(chat.reply.locator('img')).toHaveCount(1);
    await expect(chat.composer).toBeVisible();
    expect(chat.page.url()).toContain(site.url);
  });
});
