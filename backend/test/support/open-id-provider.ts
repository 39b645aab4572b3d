import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

/** Somebody as the provider knows them. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

export interface OpenIdProvider {
  readonly issuer: string;
  /** Who sits before the browser at the provider's; `undefined`: somebody who says no. */
  person: Person | undefined;
  close(): Promise<void>;
}

export const CLIENT = { id: 'rivulet', secret: 'the-secret-of-rivulet-at-its-provider' };

/** A real OpenID provider, whose sign-in form is filled in by itself. */
export async function startOpenIdProvider(redirectUrl: string): Promise<OpenIdProvider> {
  const people = new Map<string, Person>();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUrl] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ ...people.get(sub), sub }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['of this test run'] },
    // All that the provider would otherwise warn about.
    adapter: createMemoryAdapter(0),
    jwks: { keys: [{ ...signingKey(), alg: 'RS256', use: 'sig' }] },
    ttl: { Interaction: 60, Session: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
  });
  const running: OpenIdProvider = {
    issuer,
    person: undefined,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const answer = provider.callback();
  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res);
    if (running.person) people.set(running.person.sub, running.person);
    void interact(provider, req, res, running.person);
  });
  return running;
}

function signingKey(): object {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
}

/** What a person does with the provider's forms: signs in, and says yes; or says no. */
async function interact(
  provider: Provider,
  req: IncomingMessage,
  res: ServerResponse,
  person: Person | undefined,
): Promise<void> {
  if (!person) return provider.interactionFinished(req, res, { error: 'access_denied' });
  const { prompt, params } = await provider.interactionDetails(req, res);
  if (prompt.name === 'login') {
    return provider.interactionFinished(req, res, { login: { accountId: person.sub } });
  }
  const grant = new provider.Grant({ accountId: person.sub, clientId: String(params['client_id']) });
  grant.addOIDCScope(String(params['scope']));
  return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } });
}
