import { aToken } from './testing/tokens';
import { curlLine, tokenLine } from './token-text';

const NOW = Date.parse('2026-02-01T00:00:00.000Z');

describe(tokenLine.name, () => {
  it('tells what a token opens, and whether it is in use', () => {
    expect(tokenLine(aToken(), NOW)).toMatch(
      /^chat:read, chat:write · made on .+2026 · never used · does not end$/,
    );
    const busy = aToken({ scopes: ['CHAT_READ'], lastUsedAt: '2026-01-20T12:00:00.000Z' });
    expect(tokenLine(busy, NOW)).toMatch(/^chat:read · made on .+ · last used on .+2026 · /);
  });

  it('says whether its end is to come or has come', () => {
    expect(tokenLine(aToken({ expiresAt: '2026-03-01T12:00:00.000Z' }), NOW)).toMatch(/ · ends on [^·]+$/);
    expect(tokenLine(aToken({ expiresAt: '2026-01-15T12:00:00.000Z' }), NOW)).toMatch(/ · ended on [^·]+$/);
  });
});

describe(curlLine.name, () => {
  const line = (scopes: ('CHAT_READ' | 'CHAT_WRITE')[]) =>
    curlLine({ token: aToken({ scopes }), secret: 'rvl_s' }, 'https://chat.example', 'demo/rivulet');

  it('is something that the token may do', () => {
    expect(line(['CHAT_READ'])).toContain(`-d '{"query":"{ models { id available } }"}'`);
    expect(line(['CHAT_WRITE'])).toContain('startChatSession');
  });

  it('carries the secret to this server', () => {
    expect(line(['CHAT_READ'])).toContain('curl https://chat.example/graphql');
    expect(line(['CHAT_READ'])).toContain("-H 'authorization: Bearer rvl_s'");
  });

  it('holds no quote that would end its own', () => {
    const [, body] = /-d '(.*)'$/.exec(line(['CHAT_WRITE'])) ?? [];
    expect(body).not.toContain("'");
    expect(JSON.parse(body ?? '')).toHaveProperty('query');
  });
});
