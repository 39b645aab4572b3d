import { Injectable } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { AppConfig, type OpenIdConnectConfig } from '../config/app-config.js';
import { SignInFailure, type Identity } from './identity.js';

/** What the browser keeps while its user is at the provider's. */
export interface OpenIdFlow {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** How long the provider may take for each answer, in seconds. */
const TIMEOUT_SECONDS = 10;

/** The OpenID provider of this installation: authorization code flow with PKCE. */
@Injectable()
export class OpenIdConnect {
  #discovered?: Promise<Configuration>;

  constructor(private readonly config: AppConfig) {}

  /** Where to send the browser, and what it must bring back. */
  async begin(): Promise<{ readonly url: URL; readonly flow: OpenIdFlow }> {
    const provider = await this.#provider();
    const flow = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: this.#settings.redirectUrl,
      scope: 'openid email profile',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await calculatePKCECodeChallenge(flow.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url, flow };
  }

  /** Who it is that came back, with this query in the address. */
  async finish(query: URLSearchParams, flow: OpenIdFlow): Promise<Identity> {
    const provider = await this.#provider();
    const callback = new URL(this.#settings.redirectUrl);
    callback.search = query.toString();
    try {
      return await identityOf(provider, callback, flow);
    } catch (error) {
      if (error instanceof AuthorizationResponseError && error.error === 'access_denied') {
        throw new SignInFailure('cancelled', 'the user or the provider said no', error);
      }
      throw new SignInFailure('failed', 'the provider’s answer does not hold', error);
    }
  }

  get #settings(): OpenIdConnectConfig {
    const { openIdConnect } = this.config;
    if (!openIdConnect) throw new Error('there is no OpenID provider: OIDC_ISSUER is not set');
    return openIdConnect;
  }

  async #provider(): Promise<Configuration> {
    this.#discovered ??= discover(this.#settings);
    try {
      return await this.#discovered;
    } catch (error) {
      // Asked anew by the next one.
      this.#discovered = undefined;
      throw new SignInFailure('provider-unavailable', 'the OpenID provider could not be reached', error);
    }
  }
}

async function discover({ issuer, clientId, clientSecret }: OpenIdConnectConfig): Promise<Configuration> {
  const url = new URL(issuer);
  // Whoever configures http:// means a provider on this machine or network.
  const execute = url.protocol === 'http:' ? [allowInsecureRequests] : [];
  const options = { execute, timeout: TIMEOUT_SECONDS };
  if (clientSecret === undefined) return discovery(url, clientId, undefined, None(), options);
  // Basic is what a provider takes that does not say (OpenID Connect Discovery 1.0, section 3).
  const provider = await discovery(url, clientId, clientSecret, ClientSecretBasic(clientSecret), options);
  const ways = provider.serverMetadata().token_endpoint_auth_methods_supported;
  if (!ways || ways.includes('client_secret_basic')) return provider;
  return discovery(url, clientId, clientSecret, ClientSecretPost(clientSecret), options);
}

async function identityOf(provider: Configuration, callback: URL, flow: OpenIdFlow): Promise<Identity> {
  const tokens = await authorizationCodeGrant(provider, callback, {
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    pkceCodeVerifier: flow.codeVerifier,
  });
  const token = tokens.claims();
  if (!token) throw new Error('there is no ID token');
  // Many providers keep the address out of the token.
  const asks = token['email'] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined;
  const claims = asks ? await fetchUserInfo(provider, tokens.access_token, token.sub) : token;
  const { email, name, email_verified: verified } = claims;
  return {
    issuer: token.iss,
    subject: token.sub,
    email: typeof email === 'string' ? email : undefined,
    emailVerified: typeof verified === 'boolean' ? verified : undefined,
    name: typeof name === 'string' ? name : undefined,
  };
}
