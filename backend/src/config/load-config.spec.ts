import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, environmentVariables, loadConfig } from './load-config.js';

const ROOT = join(import.meta.dirname, '../../..');

describe(loadConfig.name, () => {
  it('needs nothing: everything embedded, guests welcome, demo models offered', () => {
    expect(loadConfig({})).toMatchObject({
      ...{ port: 3000, role: 'all', guestsAllowed: true, sessionTtlSeconds: 600 },
      responseCache: { scope: 'user', ttlSeconds: 3600 },
      providers: { demo: true },
    });
  });

  it('wants accounts as soon as the database is somebody’s own', () => {
    expect(loadConfig({ DATABASE_URL: 'postgres://db/x' }).guestsAllowed).toBe(false);
    expect(loadConfig({ DATABASE_URL: 'postgres://db/x', AUTH_GUESTS: 'true' }).guestsAllowed).toBe(true);
  });

  it('offers a provider that has a key or an address, and then no demo', () => {
    const { providers } = loadConfig({ XAI_API_KEY: 'k', OLLAMA_BASE_URL: 'http://localhost:11434/v1' });
    expect(providers).toMatchObject({
      ...{ xai: { apiKey: 'k' }, demo: false },
      compatible: { ollama: { baseUrl: 'http://localhost:11434/v1' } },
    });
    expect(providers.openai).toBeUndefined();
  });

  it('reads other compatible servers with and without a key', () => {
    const { compatible } = loadConfig({
      COMPATIBLE_SERVERS: 'vllm=http://a/v1, groq=https://b/v1|secret',
    }).providers;
    expect(compatible).toEqual({
      vllm: { baseUrl: 'http://a/v1' },
      groq: { baseUrl: 'https://b/v1', apiKey: 'secret' },
    });
  });

  it('shows the schema and the playground in development, and in production to those who ask for it', () => {
    const shown = (env: Record<string, string>) => {
      const { introspection, playground } = loadConfig(env);
      return [introspection, playground];
    };
    expect(shown({})).toEqual([true, true]);
    expect(shown({ NODE_ENV: 'production' })).toEqual([false, false]);
    expect(shown({ NODE_ENV: 'production', PLAYGROUND: 'true' })).toEqual([false, true]);
    expect(shown({ GRAPHQL_INTROSPECTION: 'false' })).toEqual([false, true]);
  });

  it('believes the proxies that it is told of, and else those on this machine', () => {
    const trusted = (TRUSTED_PROXIES: string) => loadConfig({ TRUSTED_PROXIES }).trustedProxies;
    expect(trusted('')).toEqual(['loopback']);
    expect(trusted('0')).toBe(0);
    expect(trusted('2')).toBe(2);
    expect(trusted('uniquelocal, 203.0.113.7,2001:db8::/32')).toEqual([
      'uniquelocal',
      '203.0.113.7',
      '2001:db8::/32',
    ]);
    for (const wrong of ['true', '-1', '10.0.0', 'proxy.example', '10.0.0.0/x', 'loopback,', '12345']) {
      expect(() => trusted(wrong)).toThrow('TRUSTED_PROXIES must be a number, or a list');
    }
  });

  it('takes an empty value as none', () => {
    expect(loadConfig({ PORT: '', REDIS_URL: '' })).toMatchObject({ port: 3000, redisUrl: undefined });
  });

  it('names every problem at once, and no value', () => {
    const read = () =>
      loadConfig({ PORT: 'x', DATABASE_URL: 'mysql://user:hunter2@db', SESSION_TTL_SECONDS: '-1' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT.*\n.*DATABASE_URL.*\n.*SESSION_TTL_SECONDS/);
    expect(read).not.toThrow(/hunter2/);
  });

  it('refuses to part API and worker without something where they meet', () => {
    expect(() => loadConfig({ ROLE: 'worker' })).toThrow(/needs REDIS_URL[^]*needs DATABASE_URL/);
  });

  it('wants the way back of an OpenID provider, and makes it from the public address', () => {
    const env = { OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'rivulet' };
    expect(() => loadConfig(env)).toThrow(/OIDC_ISSUER needs .*PUBLIC_URL/);
    expect(loadConfig({ ...env, PUBLIC_URL: 'https://chat.example.com/' }).openIdConnect).toEqual({
      ...{ issuer: 'https://id.example.com', clientId: 'rivulet', name: 'OpenID' },
      redirectUrl: 'https://chat.example.com/auth/oidc/callback',
    });
  });

  it('knows the administrator by their address as accounts do', () => {
    expect(loadConfig({ ADMIN_EMAIL: ' Ada@Example.com ' }).adminEmail).toBe('ada@example.com');
    expect(() => loadConfig({ ADMIN_EMAIL: 'ada' })).toThrow(/ADMIN_EMAIL must be an email address/);
  });

  it('is explained in full by .env.example and the README', () => {
    for (const file of ['.env.example', 'README.md']) {
      const text = readFileSync(join(ROOT, file), 'utf8');
      expect(environmentVariables().filter((name) => !text.includes(name))).toEqual([]);
    }
  });
});
