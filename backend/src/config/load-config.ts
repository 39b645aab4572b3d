import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { AppConfig, ProviderEndpoint } from './app-config.js';

/** Names every problem of the environment at once; `main.ts` prints it and exits with 1. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** `KEY=` in a .env file means: not set. */
const blankIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema.optional());
const withDefault = <T>(schema: z.ZodType<T>, value: T) =>
  z.preprocess((input) => blankIsUnset(input) ?? value, schema);

const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });
const httpUrl = url('http:', 'https:');
const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);
const flag = z
  .enum(['true', 'false', 'on', 'off', '1', '0'], { error: 'must be true or false' })
  .transform((value) => ['true', 'on', '1'].includes(value));
const secret = z.string().min(1);
/** In the form in which accounts are known by it. */
const emailAddress = z
  .string()
  .transform((text) => text.normalize('NFKC').trim().toLowerCase())
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), 'must be an email address');

/** An address or a network, in the words of Express (https://expressjs.com/en/guide/behind-proxies.html). */
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits = '0', ...more] = text.split('/');
  const version = isIP(address);
  return (
    version !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
  );
}

/** How many proxies stand in front, or which. */
const proxies = z.string().transform((text, context): number | string[] => {
  if (/^\d$/.test(text)) return Number(text);
  const listed = text.split(',').map((part) => part.trim());
  if (!listed.every(isProxy)) {
    context.addIssue({ code: 'custom', message: 'must be a number, or a list like loopback,10.0.0.0/8' });
  }
  return listed;
});

/** `name=https://host/v1` or `name=https://host/v1|key`, separated by commas. */
const compatibleServers = z.string().transform((text, context): Record<string, ProviderEndpoint> => {
  const servers: Record<string, ProviderEndpoint> = {};
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, name, baseUrl, apiKey] = /^([a-z][a-z0-9-]*)=([^|]+)(?:\|(.+))?$/.exec(entry) ?? [];
    if (!name || !baseUrl || !httpUrl.safeParse(baseUrl).success) {
      context.addIssue({ code: 'custom', message: 'must be a list like name=https://host/v1|key,other=…' });
    } else if (['openai', 'anthropic', 'xai', 'demo', 'ollama'].includes(name)) {
      context.addIssue({ code: 'custom', message: `may not reuse the name ${name}` });
    } else {
      servers[name] = { baseUrl, ...(apiKey && { apiKey }) };
    }
  }
  return servers;
});

const environment = z.object({
  PORT: withDefault(wholeNumber(0, 65_535), 3000),
  ROLE: withDefault(z.enum(['all', 'api', 'worker'], { error: 'must be all, api or worker' }), 'all'),
  DATABASE_URL: optional(url('postgres:', 'postgresql:')),
  REDIS_URL: optional(url('redis:', 'rediss:')),
  DATA_DIR: withDefault(z.string(), '.data'),
  OPENAI_API_KEY: optional(secret),
  OPENAI_BASE_URL: optional(httpUrl),
  ANTHROPIC_API_KEY: optional(secret),
  ANTHROPIC_BASE_URL: optional(httpUrl),
  XAI_API_KEY: optional(secret),
  XAI_BASE_URL: optional(httpUrl),
  OLLAMA_BASE_URL: optional(httpUrl),
  COMPATIBLE_SERVERS: optional(compatibleServers),
  DEMO_MODELS: optional(flag),
  DEMO_TOKENS_PER_SECOND: withDefault(wholeNumber(1, 100_000), 40),
  MODELS_FILE: optional(z.string()),
  PLANS_FILE: optional(z.string()),
  BILLING_WEBHOOK_SECRET: optional(secret),
  FIRST_TOKEN_TIMEOUT_SECONDS: withDefault(wholeNumber(1, 3600), 120),
  IDLE_TIMEOUT_SECONDS: withDefault(wholeNumber(1, 3600), 60),
  REPLY_TIMEOUT_SECONDS: withDefault(wholeNumber(1, 86_400), 1800),
  MAX_REPLY_LENGTH: withDefault(wholeNumber(1000, 16_000_000), 4_000_000),
  WORKER_CONCURRENCY: withDefault(wholeNumber(1, 10_000), 500),
  RESPONSE_CACHE_TTL_SECONDS: withDefault(wholeNumber(1, 31_536_000), 3600),
  RESPONSE_CACHE_SCOPE: withDefault(
    z.enum(['user', 'shared', 'off'], { error: 'must be user, shared or off' }),
    'user',
  ),
  TITLES: withDefault(z.enum(['on', 'off'], { error: 'must be on or off' }), 'on'),
  TITLE_MODEL: optional(z.string()),
  SESSION_TTL_SECONDS: withDefault(wholeNumber(1, 86_400), 600),
  AUTH_GUESTS: optional(flag),
  GUEST_RETENTION_DAYS: withDefault(wholeNumber(0, 36_500), 30),
  SIGN_UP: optional(flag),
  PUBLIC_URL: optional(httpUrl),
  OIDC_ISSUER: optional(httpUrl),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(secret),
  OIDC_NAME: withDefault(z.string().trim().max(40, 'must be short'), 'OpenID'),
  ADMIN_EMAIL: optional(emailAddress),
  TRUSTED_PROXIES: optional(proxies),
  RATE_LIMIT_ADDRESS: withDefault(wholeNumber(0, 1_000_000_000), 600),
  RATE_LIMIT_USER: withDefault(wholeNumber(0, 1_000_000_000), 300),
  RATE_LIMIT_TOKEN: withDefault(wholeNumber(0, 1_000_000_000), 300),
  RATE_LIMIT_SIGN_IN: withDefault(wholeNumber(0, 100_000_000), 10),
  STREAMS_PER_USER: withDefault(wholeNumber(0, 1_000_000_000), 100),
  STREAMS_PER_ADDRESS: withDefault(wholeNumber(0, 1_000_000_000), 1000),
  NODE_ENV: optional(z.string()),
  GRAPHQL_INTROSPECTION: optional(flag),
  PLAYGROUND: optional(flag),
});

type Environment = z.infer<typeof environment>;

/** The name of every variable that is read. */
export function environmentVariables(): string[] {
  return Object.keys(environment.shape);
}

/** A provider is configured by a key, or by an address whose server may need none. */
function endpoint(apiKey?: string, baseUrl?: string): ProviderEndpoint | undefined {
  return apiKey || baseUrl ? { ...(apiKey && { apiKey }), ...(baseUrl && { baseUrl }) } : undefined;
}

function providersOf(env: Environment): AppConfig['providers'] {
  const openai = endpoint(env.OPENAI_API_KEY, env.OPENAI_BASE_URL);
  const anthropic = endpoint(env.ANTHROPIC_API_KEY, env.ANTHROPIC_BASE_URL);
  const xai = endpoint(env.XAI_API_KEY, env.XAI_BASE_URL);
  const compatible = {
    ...(env.OLLAMA_BASE_URL && { ollama: { baseUrl: env.OLLAMA_BASE_URL } }),
    ...env.COMPATIBLE_SERVERS,
  };
  const anyReal = Boolean(openai ?? anthropic ?? xai) || Object.keys(compatible).length > 0;
  return {
    ...{ openai, anthropic, xai, compatible },
    demo: env.DEMO_MODELS ?? !anyReal,
    demoTokensPerSecond: env.DEMO_TOKENS_PER_SECOND,
  };
}

function openIdConnectOf(env: Environment): AppConfig['openIdConnect'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!issuer || !clientId || !env.PUBLIC_URL) return undefined;
  const redirectUrl = new URL('/auth/oidc/callback', env.PUBLIC_URL).href;
  return { issuer, clientId, name: env.OIDC_NAME, redirectUrl, ...(clientSecret && { clientSecret }) };
}

/**
 * Reads the whole configuration from `env`. Throws `ConfigError` with every problem at once; values of
 * variables never stand in its message.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const values = parsed.data;
  const problems: string[] = [];
  if (values.ROLE !== 'all' && !values.REDIS_URL) {
    problems.push(`ROLE=${values.ROLE} needs REDIS_URL: API and worker processes meet on Redis`);
  }
  if (values.ROLE !== 'all' && !values.DATABASE_URL) {
    problems.push(`ROLE=${values.ROLE} needs DATABASE_URL: the embedded PostgreSQL belongs to one process`);
  }
  if (values.OIDC_ISSUER && !(values.OIDC_CLIENT_ID && values.PUBLIC_URL)) {
    problems.push('OIDC_ISSUER needs OIDC_CLIENT_ID, and PUBLIC_URL for the way back');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const inDevelopment = values.NODE_ENV !== 'production';
  return {
    port: values.PORT,
    role: values.ROLE,
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    dataDir: resolve(values.DATA_DIR),
    providers: providersOf(values),
    modelsFile: values.MODELS_FILE,
    plansFile: values.PLANS_FILE,
    billingWebhookSecret: values.BILLING_WEBHOOK_SECRET,
    generation: {
      firstTokenTimeoutMs: values.FIRST_TOKEN_TIMEOUT_SECONDS * 1000,
      idleTimeoutMs: values.IDLE_TIMEOUT_SECONDS * 1000,
      totalTimeoutMs: values.REPLY_TIMEOUT_SECONDS * 1000,
      maxReplyLength: values.MAX_REPLY_LENGTH,
      concurrency: values.WORKER_CONCURRENCY,
    },
    titles: { wanted: values.TITLES === 'on', modelId: values.TITLE_MODEL },
    responseCache: { scope: values.RESPONSE_CACHE_SCOPE, ttlSeconds: values.RESPONSE_CACHE_TTL_SECONDS },
    sessionTtlSeconds: values.SESSION_TTL_SECONDS,
    guestsAllowed: values.AUTH_GUESTS ?? !values.DATABASE_URL,
    guestRetentionDays: values.GUEST_RETENTION_DAYS,
    signUpAllowed: values.SIGN_UP ?? true,
    openIdConnect: openIdConnectOf(values),
    adminEmail: values.ADMIN_EMAIL,
    trustedProxies: values.TRUSTED_PROXIES ?? ['loopback'],
    rateLimits: {
      addressPerMinute: values.RATE_LIMIT_ADDRESS,
      userPerMinute: values.RATE_LIMIT_USER,
      tokenPerMinute: values.RATE_LIMIT_TOKEN,
      signInFailures: values.RATE_LIMIT_SIGN_IN,
    },
    streams: { perUser: values.STREAMS_PER_USER, perAddress: values.STREAMS_PER_ADDRESS },
    introspection: values.GRAPHQL_INTROSPECTION ?? inDevelopment,
    playground: values.PLAYGROUND ?? inDevelopment,
  };
}
