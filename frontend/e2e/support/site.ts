import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiClient } from '../../../backend/test/support/api-client.js';
import {
  startInstallation,
  type Installation,
  type Mode,
} from '../../../backend/test/support/installation.js';
import {
  CLIENT,
  startOpenIdProvider,
  type OpenIdProvider,
  type Person,
} from '../../../backend/test/support/open-id-provider.js';
import type { Scenario } from '../../../backend/test/support/provider-server/scenarios.js';
import { startRivulet, type RivuletProcess } from '../../../backend/test/support/rivulet-process.js';
import { NewVersion } from './new-version.js';
import { PASSWORD } from './passwords.js';
import { Switchboard } from './switchboard.js';

/** The model that a new chat begins with; it answers what the test scripts for it. */
export const SCRIPTED = 'Astra 6';
const SCRIPTED_MODEL = 'astra-6';

const MODELS = `
- { id: openai/${SCRIPTED_MODEL}, name: ${SCRIPTED} }
- { id: openai/echo, name: Echo }
- { id: anthropic/echo, name: Sonata 5.5 }
- { id: anthropic/long, name: Sonata 5.5 Grand }
- { id: xai/echo, name: Grotto 4 }
- { id: demo/rivulet, name: Rivulet demo, images: false }
- { id: demo/rivulet-reasoner, name: 'Rivulet demo, thinking aloud' }
`;

/** More than any story needs; what is to run out has plans of its own. */
const PLANS = `
- { id: free, name: Free, models: ['*', '!anthropic/long'], messagesPerDay: 100, tokensPerMonth: 2000000, repliesAtOnce: 3 }
- { id: plus, name: Plus, messagesPerDay: 500, tokensPerMonth: 20000000, repliesAtOnce: 10 }
- { id: pro, name: Pro, tokensPerMonth: 200000000, repliesAtOnce: 30 }
`;

const ADMINISTRATOR = 'admin@example.com';

/** What a file of stories sets otherwise. */
export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  /** YAML, as in PLANS_FILE. */
  readonly plans?: string;
  /** The name of an OpenID provider that people can sign in with. */
  readonly identityProvider?: string;
}

/** An installation as a browser finds it: at one address, however many processes there are. */
export class Site {
  #administrator: Promise<ApiClient> | undefined;

  private constructor(
    private readonly installation: Installation,
    private readonly folder: string,
    readonly line: Switchboard,
    private readonly provider: OpenIdProvider | undefined,
  ) {}

  static async start(mode: Mode, { env: own, plans = PLANS, identityProvider }: Setting = {}): Promise<Site> {
    const folder = await mkdtemp(join(tmpdir(), 'rivulet-page-'));
    await writeFile(join(folder, 'models.yaml'), MODELS);
    const env = {
      MODELS_FILE: join(folder, 'models.yaml'),
      ADMIN_EMAIL: ADMINISTRATOR,
      DEMO_TOKENS_PER_SECOND: '5000',
      // A provider that cannot be used.
      XAI_API_KEY: '',
      XAI_BASE_URL: '',
      ...own,
    };
    const line = await Switchboard.start([]);
    const provider = identityProvider
      ? await startOpenIdProvider(`${line.url}/auth/oidc/callback`)
      : undefined;
    const openId = provider && {
      PUBLIC_URL: line.url,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: identityProvider,
    };
    const installation = await startInstallation(mode, { env: { ...env, ...openId }, plans });
    const site = new Site(installation, folder, line, provider);
    site.mend();
    return site;
  }

  get url(): string {
    return this.line.url;
  }

  /** Where a browser may go. */
  get origins(): readonly string[] {
    return this.provider ? [this.url, this.provider.issuer] : [this.url];
  }

  /** Who sits before the browser when it is at the identity provider's; nobody says no. */
  atIdentityProvider(person: Person | undefined): void {
    if (!this.provider) throw new Error('this site has no identity provider');
    this.provider.person = person;
  }

  /** How the scripted model answers from now on, or another one by its vendor's name for it. */
  answerWith(scenario: Scenario, model = SCRIPTED_MODEL): void {
    this.installation.scenarios[model] = scenario;
  }

  /** How often any model of the provider server was asked. */
  get requests(): number {
    return this.installation.provider.requests.length;
  }

  /** What a model of the provider server was sent last. */
  get lastRequest(): Readonly<Record<string, unknown>> | undefined {
    return this.installation.provider.requests.at(-1)?.body;
  }

  /** Somebody who has asked the scripted model these things, one chat each. */
  async guestWithChats(...prompts: readonly string[]): Promise<ApiClient> {
    const guest = await ApiClient.guest(this.url);
    for (const prompt of prompts) {
      const { id, chat } = await guest.start(prompt, `openai/${SCRIPTED_MODEL}`);
      await guest.allEvents(id);
      await guest.data('mutation ($id: ID!) { markChatRead(id: $id) { id } }', { id: chat.id });
    }
    return guest;
  }

  /** Makes chats look as if they had been left so many days ago. */
  async backdate(user: ApiClient, ...chats: readonly [title: string, daysAgo: number][]): Promise<void> {
    const { viewer } = await user.data<{ viewer: { id: string } }>('{ viewer { id } }');
    for (const [title, daysAgo] of chats) {
      await this.#onDatabase(
        `UPDATE chats SET "updatedAt" = now() - make_interval(days => $3) WHERE "userId" = $1 AND title = $2`,
        [viewer.id, title, daysAgo],
      );
    }
  }

  /** Deletes files that wait to be sent, as the sweep does with those of a day. */
  forgetUnsentFiles(): Promise<void> {
    return this.#onDatabase('DELETE FROM attachments WHERE NOT sent');
  }

  /** Somebody with an account of their own. */
  async userNamed(
    displayName: string,
    email = `${displayName.toLowerCase().replaceAll(' ', '.')}-${randomUUID()}@example.com`,
  ): Promise<ApiClient> {
    const client = new ApiClient(this.url);
    const input = { email, password: PASSWORD, displayName };
    await client.data('mutation ($input: SignUpInput!) { signUp(input: $input) { id } }', { input });
    return client;
  }

  /** Who runs the installation. */
  administrator(): Promise<ApiClient> {
    this.#administrator ??= ApiClient.signedUp(this.url, ADMINISTRATOR, PASSWORD);
    return this.#administrator;
  }

  /** Puts somebody on a plan, until a time or for good. */
  async setPlan(user: ApiClient, planId: string, periodEnd: Date | null = null): Promise<void> {
    const { viewer } = await user.data<{ viewer: { id: string } }>('{ viewer { id } }');
    const administrator = await this.administrator();
    await administrator.data(
      'mutation ($input: SetAccountPlanInput!) { setAccountPlan(input: $input) { id } }',
      { input: { accountId: viewer.id, planId, periodEnd } },
    );
  }

  async #onDatabase(statement: string, values: unknown[] = []): Promise<void> {
    const db = new Client({ connectionString: this.installation.databaseUrl });
    await db.connect();
    try {
      await db.query(statement, values);
    } finally {
      await db.end();
    }
  }

  /** Lets connections through, to every API process in turn. */
  mend(): void {
    this.line.connectTo(...new Set(this.installation.apis.map(({ url }) => url)));
  }

  /** From now on browsers find the next version of the page, until `mend`. */
  async update(): Promise<NewVersion> {
    const version = await NewVersion.start(this.installation.apis[0].url);
    this.line.cut();
    this.line.connectTo(version.url);
    return version;
  }

  /** An API process more, for a test that wants to lose one. */
  startApi(): Promise<RivuletProcess> {
    return startRivulet({ ...this.installation.env, ROLE: 'api' });
  }

  async stop(): Promise<void> {
    await this.line.stop();
    await this.installation.stop();
    await this.provider?.close();
    await rm(this.folder, { recursive: true });
  }
}
