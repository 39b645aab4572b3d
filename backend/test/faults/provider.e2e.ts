import { describe, expect, it } from '@jest/globals';
import { peakResidentBytes } from '../support/process-figures.js';
import { useCluster } from './use-cluster.js';

const BEGINNING = 'The beginning of a reply';
/** What no reply below may bring the worker to, endless and huge ones included. */
const MAX_RESIDENT_BYTES = 400 * 1024 * 1024;

interface Fault {
  readonly model: string;
  readonly code: string;
  readonly retryable: boolean;
  /** What had arrived, and is to be kept. */
  readonly kept: string;
  /** Calls for one reply; more than one where nothing had been shown and trying again may help. */
  readonly calls: number;
}

function midway(model: string, code: string, retryable: boolean): Fault {
  return { model, code, retryable, kept: BEGINNING, calls: 1 };
}

function refused(model: string, code: string, retryable: boolean, calls: number): Fault {
  return { model, code, retryable, kept: '', calls };
}

const FAULTS: readonly Fault[] = [
  refused('openai/fault-429', 'PROVIDER_RATE_LIMITED', true, 3),
  refused('openai/fault-429-wait-60s', 'PROVIDER_RATE_LIMITED', true, 1),
  refused('openai/fault-500', 'PROVIDER_UNAVAILABLE', true, 3),
  refused('anthropic/fault-529', 'PROVIDER_UNAVAILABLE', true, 3),
  refused('openai/fault-401', 'PROVIDER_REJECTED', false, 1),
  refused('gone/echo', 'PROVIDER_UNAVAILABLE', true, 0),
  refused('openai/fault-silent', 'PROVIDER_TIMEOUT', true, 3),
  refused('xai/fault-gzip-bomb', 'PROVIDER_REJECTED', false, 1),
  midway('openai/fault-stall', 'PROVIDER_TIMEOUT', true),
  midway('anthropic/fault-truncate', 'PROVIDER_UNAVAILABLE', true),
  midway('openai/fault-garbage', 'PROVIDER_UNAVAILABLE', true),
  midway('anthropic/fault-garbage', 'PROVIDER_UNAVAILABLE', true),
  midway('anthropic/fault-endless-line', 'PROVIDER_REJECTED', false),
  midway('openai/fault-endless-line', 'PROVIDER_REJECTED', false),
  midway('openai/fault-huge-token', 'PROVIDER_REJECTED', false),
  midway('openai/fault-overload-midway', 'PROVIDER_UNAVAILABLE', true),
];

describe('a provider that fails', () => {
  const cluster = useCluster({
    ...{ apis: 1, workers: 1 },
    env: { FIRST_TOKEN_TIMEOUT_SECONDS: '1', IDLE_TIMEOUT_SECONDS: '1' },
  });

  it.each(FAULTS)('$model: $code, and what had arrived is kept', async (fault) => {
    const { model, code, retryable, kept, calls } = fault;
    const ada = await cluster.guest();
    const prompt = `Fail: ${model}`;
    const session = await ada.start(prompt, model);
    const reader = cluster.read(ada, session);
    expect(await cluster.violations(reader, ada, session, kept)).toEqual([]);
    expect(reader.events.at(-1)).toMatchObject({ __typename: 'ErrorEvent', code, retryable });

    const made = () => cluster.provider.requests.filter((request) => request.prompt === prompt);
    expect(made()).toHaveLength(calls);
    // A failure is never in the cache: the next one who asks the same has the provider asked again.
    if (calls !== 1) return;
    const again = await ada.start(prompt, model);
    expect((await cluster.read(ada, again).end()).at(-1)).toMatchObject({ code });
    expect(made()).toHaveLength(2);
  });

  it('keeps what had arrived when the connection is cut', async () => {
    const ada = await cluster.guest();
    const session = await ada.start('Cut', 'openai/staged');
    const call = await cluster.stage.call('Cut');
    const reader = cluster.read(ada, session);
    await call.say(BEGINNING);
    await reader.shows(BEGINNING);
    call.cut();
    expect(await cluster.violations(reader, ada, session, BEGINNING)).toEqual([]);
    expect(reader.events.at(-1)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true });
    expect(cluster.stage.calls('Cut')).toHaveLength(1);
  });

  it('tries again after as long as the provider asks for, and only then', async () => {
    const ada = await cluster.guest();
    const times: number[] = [];
    cluster.script('steady', async (reply) => {
      times.push(performance.now());
      if (times.length === 1) {
        return reply.refuse(
          { status: 429, code: 'rate_limit_error', message: 'Wait.' },
          { 'retry-after': '2' },
        );
      }
      await reply.start();
      await reply.text('at last');
      await reply.end();
    });
    const session = await ada.start('Wait', 'openai/steady');
    expect(await cluster.violations(cluster.read(ada, session), ada, session, 'at last')).toEqual([]);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(1_990);
  });

  it.each(['fault-stall', 'fault-garbage', 'fault-endless-line'])('hangs up on %s', async (fault) => {
    const ada = await cluster.guest();
    const prompt = `Hang up: ${fault}`;
    const session = await ada.start(prompt, `openai/${fault}`);
    await cluster.read(ada, session).end();
    const request = cluster.provider.requests.find((each) => each.prompt === prompt);
    await request?.leftByClient;
    expect(request).toBeDefined();
  });

  it('never makes the worker larger than it may be', async () => {
    const pid = cluster.workers[0]?.pid ?? 0;
    expect(await peakResidentBytes(pid)).toBeLessThan(MAX_RESIDENT_BYTES);
  });
});
