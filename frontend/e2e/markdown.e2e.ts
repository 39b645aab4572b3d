import { wordsOf } from '../../backend/test/support/provider-server/scenarios.js';
import { HOSTILE_INPUTS } from '../src/app/markdown/testing/hostile-inputs.js';
import { Dictation, saying } from './support/dictation.js';
import { takePicture } from './support/picture.js';
import { expect, test } from './support/test.js';

const CODE = `const river: string = 'Lena';
if (river < 'Ob') console.log("<b>&amp;</b>");`;

const DOCUMENT = `# Rivers

Two of them, and **what** they are *like*:

- the Lena
- the Ob, see [its page](https://example.com/ob)

| River | Length |
|---|---:|
| Lena | 4294 km |
| Ob | 3700 km |

## In code

\`\`\`ts
${CODE}
\`\`\``;

/** A model may say anything; none of this may run, load or look like a part of the page. */
const HOSTILE = `Hello <script>window.attacked = 'script'; alert(1)</script>

<img src="x" onerror="window.attacked = 'img'; alert(2)">
<svg onload="window.attacked = 'svg'"></svg>
<iframe src="javascript:parent.attacked = 'iframe'"></iframe>
<form action="https://attacker.example/"><button>Sign in again</button></form>
<style>body { display: none }</style>

[a link](javascript:window.attacked='link') ![a picture](https://attacker.example/pixel.png)

| <img src=x onerror="window.attacked='table'"> |
|---|
| [cell](javascript:alert(3)) |

\`\`\`html"><img/src=x/onerror=alert(4)>
<script>window.attacked = 'code'</script>
\`\`\`

The end.`;

test.describe('Markdown', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('is headings, lists, tables and coloured code; a button copies the code', async ({ chat, site }) => {
    site.answerWith(saying(...wordsOf(DOCUMENT)));
    await chat.open();
    await chat.ask('Rivers, please');
    const { reply } = chat;
    await expect(reply.getByRole('heading', { name: 'Rivers' })).toBeVisible();
    await expect(reply.getByRole('heading', { name: 'In code' })).toBeVisible();
    await expect(reply.getByRole('listitem')).toHaveText(['the Lena', 'the Ob, see its page']);
    await expect(reply.getByRole('strong')).toHaveText('what');
    await expect(reply.getByRole('table').getByRole('row')).toHaveText([
      /River\s*Length/,
      /Lena\s*4294 km/,
      /Ob\s*3700 km/,
    ]);
    const link = reply.getByRole('link', { name: 'its page' });
    await expect(link).toHaveAttribute('href', 'https://example.com/ob');
    await expect(link).toHaveAttribute('rel', /noopener/);

    const code = reply.getByRole('group', { name: 'Code, TypeScript' });
    await expect(code).toHaveText(CODE);
    const keyword = code.getByText('const', { exact: true });
    await expect(keyword).toBeVisible();
    await expect(keyword).not.toHaveCSS(
      'color',
      await code.evaluate((element) => getComputedStyle(element).color),
    );

    const clipboard = (): Promise<string> => chat.page.evaluate(() => navigator.clipboard.readText());
    await reply.getByRole('button', { name: 'Copy code' }).click();
    await expect(reply.getByRole('button', { name: 'Copy code' })).toHaveText('Copied');
    expect((await clipboard()).trimEnd()).toBe(CODE);
    await reply.getByRole('button', { name: 'Copy message' }).click();
    await expect.poll(clipboard).toBe(DOCUMENT);
  });

  test('sets formulas in type when they are whole, and leaves prices alone', async ({
    chat,
    site,
  }, testInfo) => {
    const dictation = new Dictation().say('It costs $5 or $6. Energy is \\(E = m');
    site.answerWith(dictation.scenario);
    await chat.open();
    await chat.send('Formulas, please');
    const { reply, replyText } = chat;
    await expect(replyText).toHaveText('It costs $5 or $6. Energy is');
    dictation.say('c^2\\), and ');
    const set = reply.locator('.katex-html');
    await expect(set).toHaveText(['E=mc2']);

    dictation.say('$a_1 * b_1$ * 2 is **$x$**:\n\n\\[\n\\sqrt{\\frac{a}{b}}\n');
    await expect(set).toHaveText(['E=mc2', /a1.*b1/, 'x']);
    const block = reply.getByRole('group', { name: 'Formula' });
    await expect(block).toHaveText('\\[\n\\sqrt{\\frac{a}{b}}');
    dictation
      .say('\\]\n\nNot one: $\\nonsense$\n\n```math\n\\sum_{i=1}^{', 'n} i = \\frac{n(n+1)}{2}\n```\n')
      .end();
    await chat.finished();
    await expect(block.locator('.katex-html')).toHaveCount(2);
    await expect(replyText).toContainText('Not one: \\nonsense');
    // What a screen reader is told.
    await expect(reply.locator('math')).toHaveCount(5);

    // Sizes that KaTeX gives its parts are in force under the content security policy, and so are its fonts.
    const strut = block.last().locator('.katex-strut').first();
    expect((await strut.boundingBox())?.height).toBeGreaterThan(40);
    expect(await chat.page.evaluate(() => document.fonts.check('1em KaTeX_Main'))).toBe(true);
    await takePicture(chat.page, testInfo, 'formulas');
    await chat.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(chat.page, testInfo, 'formulas-dark');
    await chat.page.reload();
    await expect(reply.locator('.katex-html')).toHaveCount(5);
  });

  test('of a hostile model does nothing', async ({ chat, site }) => {
    site.answerWith(saying(...wordsOf(HOSTILE)));
    await chat.open();
    await chat.ask('Attack me');
    await expect(chat.replyText).toContainText('The end.');
    await expect(chat.reply.getByRole('group', { name: /^Code/ })).toContainText("attacked = 'code'");

    const forbidden =
      'script, iframe, form, style, object, embed, base, link, meta, svg:not([aria-hidden]), img';
    await expect(chat.replyText.locator(forbidden)).toHaveCount(0);
    const attacks = await chat.replyText.evaluate((element) =>
      [...element.querySelectorAll('*')].flatMap(({ attributes }) =>
        [...attributes]
          .filter(({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value))
          .map(({ name, value }) => `${name}=${value}`),
      ),
    );
    expect(attacks).toEqual([]);
    for (const link of await chat.replyText.getByRole('link').all()) {
      await expect(link).toHaveAttribute('href', /^(https?|mailto):/);
    }
    await expect(chat.composer).toBeVisible();
    expect(await chat.page.evaluate(() => 'attacked' in window)).toBe(false);
    await chat.page.reload();
    await expect(chat.replyText).toContainText('The end.');
    expect(await chat.page.evaluate(() => 'attacked' in window)).toBe(false);
  });

  test('of every attack that is known does nothing, wherever it is shown', async ({ chat, site }) => {
    const attacks = HOSTILE_INPUTS.join('\n\n');
    site.answerWith(
      new Dictation()
        .think(attacks)
        .say(...wordsOf(attacks), '\n\nThe end\0 of \ud800 it.')
        .end().scenario,
    );
    await chat.open();
    await chat.ask(`<img src=x onerror=alert(1)> ${attacks}`);
    await expect(chat.replyText).toContainText('The end of \ufffd it.');
    await chat.page.reload();
    await expect(chat.replyText).toContainText('The end of \ufffd it.');
    const title = chat.chatLink(/<img src=x onerror=alert/);
    await expect(title).toBeVisible();

    for (const place of [chat.messages.first(), chat.reply, title]) {
      await expect(
        place.locator(
          'script, iframe, form, style, object, embed, base, link, meta, video, audio, img, template',
        ),
      ).toHaveCount(0);
      expect(await place.evaluate(actingAttributes)).toEqual([]);
    }
    for (const link of await chat.replyText.getByRole('link').all()) {
      await expect(link).toHaveAttribute('href', /^(https?|mailto):/);
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    }
    // Dialogs, requests that leave, and what the content security policy had to hold back fail every story.
    await expect(chat.composer).toBeVisible();
  });
});

/** Attributes that run something, load something or lead to something other than a page. */
function actingAttributes(element: Element): string[] {
  return [...element.querySelectorAll('*')].flatMap(({ tagName, attributes }) =>
    [...attributes]
      .filter(({ name, value }) => {
        if (name === 'href') return !/^(https?|mailto):/.test(value);
        return (
          /^(on|src|srcdoc|srcset|poster|background|action|formaction|ping|xlink)/.test(name) ||
          /url\(/.test(value)
        );
      })
      .map(({ name, value }) => `${tagName} ${name}=${value}`),
  );
}
