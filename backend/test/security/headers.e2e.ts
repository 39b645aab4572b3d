import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../support/api-client.js';
import { startInstallation, type Installation } from '../support/installation.js';

/** What every answer says, whoever gives it. */
const ALWAYS: Readonly<Record<string, string | RegExp>> = {
  'content-security-policy': /^default-src 'none';(.*;)?frame-ancestors 'none'/,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /(^|, )camera=\(\), .*microphone=\(\)/,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The directives of a policy by name. */
function directivesOf(answer: Response): Map<string, string> {
  const policy = answer.headers.get('content-security-policy') ?? '';
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

function inlineScripts(page: string): string[] {
  return Array.from(
    page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g),
    ([, script = '']) => script,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

describe('the headers of an answer', () => {
  let rivulet: Installation;
  let ada: ApiClient;
  let script: string;

  beforeAll(async () => {
    rivulet = await startInstallation('two API and two worker processes on Redis');
    ada = await ApiClient.guest(rivulet.apis[0].url);
    script = /src="([^"]+\.js)"/.exec(await (await get('/')).text())?.[1] ?? '';
  });
  afterAll(() => rivulet.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${rivulet.apis[0].url}${path}`, { headers, redirect: 'manual' });
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${rivulet.apis[0].url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: ada.cookie, ...headers },
      body,
    });

  type Ask = (headers?: Record<string, string>) => Promise<Response>;
  const EVENT_STREAM = { accept: 'text/event-stream' };
  const ANSWERS: readonly [string, Ask][] = [
    ['the page', (headers) => get('/', headers)],
    ['a page of the page', (headers) => get('/chat/0', headers)],
    ['a script', (headers) => get(`/${script}`, headers)],
    ['the service worker', (headers) => get('/service-worker.js', headers)],
    ['what is not there', (headers) => get('/nothing.js', headers)],
    ['a path that is none', (headers) => get('/%E0%A4%A', headers)],
    ['the playground', (headers) => get('/playground/', headers)],
    ['the way to the playground', (headers) => get('/playground', headers)],
    ['an answer of the API', (headers) => post('/graphql', '{"query":"{ viewer { id } }"}', headers)],
    ['an error of the API', (headers) => post('/graphql', '{"query":"{ nothing }"}', headers)],
    ['a request that is refused', (headers) => post('/graphql', '', headers)],
    ['a body that is too large', (headers) => post('/graphql', 'x'.repeat(5_000_000), headers)],
    [
      'a stream',
      (headers) => post('/graphql/stream', '{"query":"{ viewer { id } }"}', { ...headers, ...EVENT_STREAM }),
    ],
    ['a stream that is refused', (headers) => post('/graphql/stream', '{}', { ...headers, ...EVENT_STREAM })],
    ['health', (headers) => get('/health', headers)],
    ['metrics', (headers) => get('/metrics', headers)],
    ['the health of a worker', (headers) => fetch(`${rivulet.workers[0]?.url}/health`, { headers })],
    [
      'what a worker does not have',
      (headers) => fetch(`${rivulet.workers[0]?.url}/graphql`, { method: 'POST', headers }),
    ],
  ];

  it.each(ANSWERS)('say what a browser may do with it, and not what made it: %s', async (_what, ask) => {
    const answer = await ask();
    await answer.body?.cancel();
    for (const [name, value] of Object.entries(ALWAYS)) {
      expect({ [name]: answer.headers.get(name) }).toEqual({ [name]: expect.stringMatching(value) });
    }
    for (const name of ['x-powered-by', 'server', 'strict-transport-security']) {
      expect(answer.headers.get(name)).toBeNull();
    }
  });

  it.each(ANSWERS.filter(([what]) => /API|refused$|too large/.test(what) && !what.includes('stream')))(
    'let nobody keep it: %s',
    async (_what, ask) => {
      const answer = await ask();
      await answer.body?.cancel();
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('etag')).toBeNull();
    },
  );

  it.each(ANSWERS)('keep browsers at TLS where they came by TLS: %s', async (_what, ask) => {
    const answer = await ask({ 'x-forwarded-proto': 'https' });
    await answer.body?.cancel();
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  describe('that is the page', () => {
    it('let nothing into it but what this server has, and the one inline script that it was built with', async () => {
      const answer = await get('/');
      const directives = directivesOf(answer);
      const sources = Array.from(directives.values()).join(' ');
      expect(sources.replace("'self' data:", '')).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
      const scripts = inlineScripts(await answer.text());
      expect(scripts).toHaveLength(1);
      expect(directives.get('script-src')).toBe(`'self' 'sha256-${sha256(scripts[0] ?? '')}'`);
      expect(directives.get('connect-src')).toBe("'self'");
      // Diagrams: drawn in a frame, shown as images.
      expect(directives.get('img-src')).toBe("'self' data:");
      expect(directives.get('frame-src')).toBe("'self'");
      expect(directives.get('manifest-src')).toBe("'self'");
      expect(directives.get('require-trusted-types-for')).toBe("'script'");
    });

    it('name the nonce of its styles, another one each time', async () => {
      const nonces = await Promise.all(
        Array.from({ length: 3 }, async () => {
          const answer = await get('/');
          const nonce = /'nonce-([\w-]{22})'/.exec(directivesOf(answer).get('style-src') ?? '')?.[1] ?? '';
          expect(await answer.text()).toContain(`ngcspnonce="${nonce}"`);
          // Nobody shows an old page under a new nonce.
          expect(answer.headers.get('cache-control')).toBe('no-cache');
          const again = await get('/', { 'if-none-match': answer.headers.get('etag') ?? '' });
          expect(again.status).toBe(200);
          return nonce;
        }),
      );
      expect(new Set(nonces).size).toBe(nonces.length);
    });

    it('fit a page that has no handler in it', async () => {
      const page = await (await get('/')).text();
      expect(page).not.toContain('{{');
      expect(page).not.toMatch(/\s(on\w+|style)=/);
      expect((await get('/index.html')).headers.get('location')).toBe('/');
    });
  });

  it('say what each part of the installable page is', async () => {
    const manifest = await get('/manifest.webmanifest');
    expect(manifest.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    // It names icons without a hash, which may change with the next version.
    expect(manifest.headers.get('cache-control')).toBe('no-cache');
    const { icons } = (await manifest.json()) as { icons: { src: string; type: string }[] };
    expect(icons.length).toBeGreaterThan(0);
    for (const { src, type } of [...icons, { src: 'apple-touch-icon.png', type: 'image/png' }]) {
      const icon = await get(`/${src}`);
      await icon.body?.cancel();
      expect([src, icon.status, icon.headers.get('content-type')]).toEqual([src, 200, type]);
    }
  });

  it.each(['br', 'gzip'])('send scripts as %s to whoever takes that, and nothing secret', async (coding) => {
    const page = await get('/', { 'accept-encoding': coding });
    expect(page.headers.get('content-encoding')).toBeNull();
    const files = Array.from(
      (await page.text()).matchAll(/(?:src|href)="([^"]+-[\w-]{8}\.js)"/g),
      ([, file]) => file,
    );
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const [small, plain] = await Promise.all([
        get(`/${file}`, { 'accept-encoding': coding }),
        get(`/${file}`, { 'accept-encoding': 'identity' }),
      ]);
      const text = await plain.text();
      // Less than a kilobyte would gain nothing.
      const coded = Buffer.byteLength(text) < 1024 ? null : coding;
      expect([file, small.headers.get('content-encoding')]).toEqual([file, coded]);
      if (coded) {
        expect(small.headers.get('vary')).toMatch(/accept-encoding/i);
        expect(plain.headers.get('vary')).toMatch(/accept-encoding/i);
        // It was compressed when it was built, so how long it is, is known.
        expect(Number(small.headers.get('content-length'))).toBeLessThan(text.length / 2);
      }
      expect(small.headers.get('cache-control')).toMatch(/immutable/);
      expect(plain.headers.get('content-encoding')).toBeNull();
      expect(small.headers.get('content-type')?.toLowerCase()).toBe(plain.headers.get('content-type'));
      expect(await small.text()).toBe(text);
    }
    // Whoever may not ask so is told in plain text.
    const refused = await post(`/${script}`, '{}', { 'accept-encoding': coding });
    expect([refused.status, refused.headers.get('content-encoding')]).toEqual([404, null]);
  });

  it('let the service worker ask this server, and nobody else', async () => {
    const worker = await get('/service-worker.js');
    await worker.body?.cancel();
    expect(directivesOf(worker).get('connect-src')).toBe("'self'");
    // Browsers look for another version of it, and must not find an old one.
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect(directivesOf(await get('/')).get('worker-src')).toBe("'self'");
  });

  it('let diagrams be drawn where there is no origin, and by nobody else', async () => {
    const page = await (await get('/')).text();
    const [, file] = /<meta name="diagrams" content="(diagrams-[\w-]{8}\.html)"/.exec(page) ?? [];
    const frame = await get(`/${file}`, { 'accept-encoding': 'br' });
    expect(frame.status).toBe(200);
    expect(Object.fromEntries(directivesOf(frame))).toEqual({
      'default-src': "'none'",
      'script-src': "'unsafe-inline'",
      'style-src': "'unsafe-inline'",
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'self'",
      sandbox: 'allow-scripts',
    });
    expect(frame.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    for (const [name, value] of Object.entries(ALWAYS)) {
      if (/policy$/.test(name) && name !== 'content-security-policy')
        expect([name, frame.headers.get(name)]).toEqual([name, expect.stringMatching(value)]);
    }
    // Three megabytes: compressed, and asked for once.
    expect(frame.headers.get('content-encoding')).toBe('br');
    expect(frame.headers.get('cache-control')).toMatch(/immutable/);

    // Of inline scripts it allows the one that it was built with, and has that one.
    const html = await frame.text();
    const allowed = /http-equiv="content-security-policy" content="script-src 'sha256-([^']+)'"/.exec(
      html,
    )?.[1];
    expect(inlineScripts(html).map(sha256)).toEqual([allowed]);
    expect(html).not.toMatch(/<script [^>]*src=/);
    // What is not there, is not framed.
    expect((await get('/diagrams-12345678.html')).headers.get('cache-control') ?? '').not.toMatch(
      /immutable/,
    );
  });

  it('allow the playground its editor, and nothing from elsewhere', async () => {
    const directives = directivesOf(await get('/playground/'));
    expect(directives.get('script-src')).toBe("'self'");
    expect(directives.get('worker-src')).toBe("'self'");
    expect(directives.get('style-src')).toBe("'self' 'unsafe-inline'");
    expect(Array.from(directives.values()).join(' ')).not.toMatch(/unsafe-eval|https?:|\*|blob:/);
  });

  it('are the same through a proxy, and are not left out by what it says itself', () => {
    const proxy = readFileSync(new URL('../../../nginx.conf', import.meta.url), 'utf8');
    // It sets none on what it passes on, so the API's arrive as they are.
    expect(proxy).not.toMatch(/proxy_hide_header|^ {2}add_header/m);
    for (const location of proxy.matchAll(/location @\w+ \{[^}]*/g)) {
      expect(location[0]).toContain("default-src 'none'; frame-ancestors 'none'");
      expect(location[0]).toContain('X-Content-Type-Options nosniff');
    }
  });
});
