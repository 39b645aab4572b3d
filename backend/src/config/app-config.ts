/** Where an OpenAI-compatible, OpenAI, Anthropic or xAI server is, and the key that opens it. */
export interface ProviderEndpoint {
  readonly apiKey?: string;
  /** Left out: the vendor's own address. */
  readonly baseUrl?: string;
}

/** The OpenID provider that users may sign in with. */
export interface OpenIdConnectConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Left out: a public client. */
  readonly clientSecret?: string;
  /** As users know it. */
  readonly name: string;
  /** Where it sends them back to. */
  readonly redirectUrl: string;
}

export type Role = 'all' | 'api' | 'worker';
export type ResponseCacheScope = 'user' | 'shared' | 'off';

/** Everything that the environment decides, read once at start. Also the injection token. */
export abstract class AppConfig {
  abstract readonly port: number;
  abstract readonly role: Role;
  /** Left out: an embedded PostgreSQL is started in `dataDir`. */
  abstract readonly databaseUrl?: string;
  /** Left out: token stream, cache and locks live in this process. */
  abstract readonly redisUrl?: string;
  /** Folder of the embedded PostgreSQL. */
  abstract readonly dataDir: string;
  abstract readonly providers: {
    readonly openai?: ProviderEndpoint;
    readonly anthropic?: ProviderEndpoint;
    readonly xai?: ProviderEndpoint;
    /** OpenAI-compatible servers by provider name, Ollama among them. */
    readonly compatible: Readonly<Record<string, ProviderEndpoint>>;
    /** Whether the `demo/…` models are offered. */
    readonly demo: boolean;
    /** How fast they speak. */
    readonly demoTokensPerSecond: number;
  };
  /** YAML file of the model catalog; left out: the built-in one. */
  abstract readonly modelsFile?: string;
  /** YAML file of the plans; left out: the built-in ones. */
  abstract readonly plansFile?: string;
  /** What the payment service signs its events with; left out: there is none. */
  abstract readonly billingWebhookSecret?: string;
  /** Deadlines and bounds of one model call; times in milliseconds. */
  abstract readonly generation: {
    readonly firstTokenTimeoutMs: number;
    readonly idleTimeoutMs: number;
    readonly totalTimeoutMs: number;
    /** UTF-16 code units of text and reasoning together. */
    readonly maxReplyLength: number;
    /** Replies that one worker process writes at once. */
    readonly concurrency: number;
  };
  /** Whether models name chats after the first reply; `modelId` left out: the model that wrote it. */
  abstract readonly titles: { readonly wanted: boolean; readonly modelId?: string };
  abstract readonly responseCache: { readonly scope: ResponseCacheScope; readonly ttlSeconds: number };
  abstract readonly sessionTtlSeconds: number;
  abstract readonly guestsAllowed: boolean;
  /** After how many days guests who have not come back are deleted; 0: never. */
  abstract readonly guestRetentionDays: number;
  /** Whether anybody may make an account of their own. */
  abstract readonly signUpAllowed: boolean;
  abstract readonly openIdConnect?: OpenIdConnectConfig;
  /** Who administers the installation; left out: whoever made the first account. */
  abstract readonly adminEmail?: string;
  /** Who may say whose a request is, and that it came by TLS: so many proxies in front, or these addresses and networks. */
  abstract readonly trustedProxies: number | readonly string[];
  /** How often somebody may come; 0: as often as they like. */
  abstract readonly rateLimits: {
    readonly addressPerMinute: number;
    readonly userPerMinute: number;
    readonly tokenPerMinute: number;
    /** Failed sign-ins of one account in a quarter of an hour. */
    readonly signInFailures: number;
  };
  /** Streams of results that may be open in one process; 0: as many as they like. */
  abstract readonly streams: { readonly perUser: number; readonly perAddress: number };
  /** Whether the API tells its schema, in introspection and in the suggestions of its errors. */
  abstract readonly introspection: boolean;
  /** Whether /playground is there. */
  abstract readonly playground: boolean;
}
