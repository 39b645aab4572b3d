import { startRivulet, type RivuletProcess } from '../support/rivulet-process.js';
import { TcpProxy } from './tcp-proxy.js';

export type Role = 'api' | 'worker';

/** One process, and its own lines to Redis and PostgreSQL. */
export interface Member extends RivuletProcess {
  readonly name: string;
  readonly role: Role;
  readonly redis: TcpProxy;
  readonly postgres: TcpProxy;
}

interface MemberOptions {
  readonly name: string;
  readonly role: Role;
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called as soon as it is told to end: whoever ends is asked for nothing new. */
  readonly onLeaving: (member: Member) => void;
}

/** Starts a process with lines of its own, which go when it goes. */
export async function startMember(options: MemberOptions): Promise<Member> {
  const { name, role, env, onLeaving } = options;
  const [redis, postgres] = await Promise.all([
    TcpProxy.to(options.redisUrl),
    TcpProxy.to(options.databaseUrl),
  ]);
  const closeLines = () => Promise.all([redis.close(), postgres.close()]);
  // A key of its own tells the provider who asks.
  const own = { OPENAI_API_KEY: `sk-${name}`, ROLE: role, REDIS_URL: redis.url, DATABASE_URL: postgres.url };
  let running: RivuletProcess;
  try {
    running = await startRivulet({ ...env, ...own });
  } catch (error) {
    await closeLines();
    throw error;
  }
  const member: Member = {
    ...running,
    ...{ name, role, redis, postgres },
    terminate: async () => {
      onLeaving(member);
      const code = await running.terminate();
      await closeLines();
      return code;
    },
    kill: async () => {
      onLeaving(member);
      await running.kill();
      await closeLines();
    },
  };
  return member;
}
