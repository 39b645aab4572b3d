import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, loadavg, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { chromiumPath, startRivulet } from '../systems/support.mjs';

const RESULTS = join(import.meta.dirname, '../results');
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
/** The headless shell, where it is installed, draws no desktop's window around the page, on the page's own cores. */
const BROWSER = chromiumPath({ CHROMIUM_PATH: 'chromium-headless-shell', ...process.env });
/** Of 100, in each category. */
const ASKED = 95;
/** A busy machine makes one load or another slow. */
const LOADS = 3;

/** Audits the page as its own server sends it, in Lighthouse's mobile profile; whether all of it is good enough. */
export async function auditPages() {
  const data = await mkdtemp(join(tmpdir(), 'rivulet-lighthouse-'));
  const browser = await launch({
    chromePath: BROWSER,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  // A telephone has its browser to itself: what is started from here on, and Lighthouse, take no core from it.
  setPriority(constants.priority.PRIORITY_LOW);
  const rivulet = await startRivulet({ NODE_ENV: 'production', DATA_DIR: data, AUTH_GUESTS: 'true' });
  try {
    console.log(`Browser: ${BROWSER}\nLoad average before: ${loadavg()[0].toFixed(1)}\n`);
    console.log(`| page | ${CATEGORIES.join(' | ')} | largest paint | blocked |`);
    console.log('|---|--:|--:|--:|--:|--:|');
    let good = true;
    for (const page of await pagesOf(rivulet.url)) {
      const scores = await audit(page, browser.port);
      good &&= scores.every((score) => score >= ASKED);
    }
    return good;
  } finally {
    browser.kill();
    await rivulet.terminate();
    await rm(data, { recursive: true, force: true });
  }
}

/** The first visit, a chat with a reply in it, and signing in. */
async function pagesOf(url) {
  const { chatId, cookie } = await aChat(url);
  return [
    { name: 'first-visit', url },
    { name: 'chat', url: `${url}/chat/${chatId}`, extraHeaders: { cookie } },
    { name: 'sign-in', url: `${url}/sign-in` },
  ];
}

/** A guest's chat with the demo model, when its reply has ended. */
async function aChat(url) {
  const ask = (path, query, headers) =>
    fetch(`${url}/graphql${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  const guest = await ask('', 'mutation { continueAsGuest { id } }');
  const cookie = guest.headers.getSetCookie()[0].split(';')[0];
  const started = await ask(
    '',
    'mutation { startChatSession(input: { prompt: "Show a table and some code", modelId: "demo/rivulet" }) { session { id chat { id } } } }',
    { cookie },
  );
  const { session } = (await started.json()).data.startChatSession;
  const tokens = await ask(
    '/stream',
    `subscription { messageTokens(sessionId: "${session.id}") { __typename } }`,
    {
      cookie,
      accept: 'text/event-stream',
    },
  );
  await tokens.text();
  return { chatId: session.chat.id, cookie };
}

/** The scores of the load that is the middle one by performance; its report stays in `results/`. */
async function audit({ name, url, extraHeaders }, port) {
  const loads = [];
  for (let load = 0; load < LOADS; load += 1) {
    const options = { port, onlyCategories: CATEGORIES, output: 'html', logLevel: 'error', extraHeaders };
    loads.push(await lighthouse(url, options));
  }
  loads.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
  const middle = loads[Math.floor(loads.length / 2)];
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `lighthouse-${name}.html`), middle.report);
  const scores = CATEGORIES.map((category) => scoreOf(middle, category));
  const { audits } = middle.lhr;
  const times = ['largest-contentful-paint', 'total-blocking-time'].map((id) => audits[id].displayValue);
  console.log(`| ${[name, ...scores, ...times].join(' | ')} |`);
  for (const problem of problemsOf(middle.lhr)) console.log(`  ${problem}`);
  return scores;
}

function scoreOf({ lhr }, category) {
  return Math.round((lhr.categories[category].score ?? 0) * 100);
}

/** What costs points. */
function problemsOf({ audits, categories, runtimeError }) {
  const weighty = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => audits[id]),
  );
  return [
    ...(runtimeError ? [runtimeError.message] : []),
    ...weighty
      .filter(({ score }) => score !== null && score < 0.9)
      .map(({ id, title, displayValue = '' }) => `${id}: ${title} ${displayValue}`),
  ];
}
