import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiClient } from '../support/api-client.js';
import type { Member } from './member.js';
import { useCluster } from './use-cluster.js';

/** In each, one API and one worker process are replaced: twenty restarts. */
const ROUNDS = 10;
const TIMEOUT_MS = 8 * 60_000;
const USERS = 6;
const WORDS = 60;
const MS_A_WORD = 25;
const MAX_EXIT_MS = 30_000;

describe('a rolling deploy under load', () => {
  const cluster = useCluster();
  let deployed = false;
  let replies = 0;

  beforeAll(() => {
    cluster.script('steady', async (reply) => {
      await reply.start();
      for (const word of wordsFor(reply.request.prompt)) {
        await delay(MS_A_WORD, undefined, { signal: reply.left });
        await reply.text(word);
      }
      await reply.end();
    });
  });

  /** Asks and reads, again and again, as long as the deploy goes on; returns what went wrong. */
  const chat = async (user: ApiClient, name: string): Promise<string[]> => {
    const wrong: string[] = [];
    for (let turn = 0; !deployed; turn += 1) {
      const prompt = `${name}, ${turn}`;
      const urls = cluster.urls();
      const session = await user.on(urls[turn % urls.length] ?? '').start(prompt, 'openai/steady');
      const sent = wordsFor(prompt).join('');
      wrong.push(...(await cluster.violations(cluster.read(user, session), user, session, sent)));
      replies += 1;
    }
    return wrong;
  };

  const replace = async (old: Member): Promise<void> => {
    await cluster.add(old.role);
    const told = performance.now();
    expect(await old.terminate()).toBe(0);
    expect(performance.now() - told).toBeLessThan(MAX_EXIT_MS);
  };

  it(
    'loses no request and no word, and every process ends in good order',
    async () => {
      const users = await Promise.all(Array.from({ length: USERS }, () => cluster.guest()));
      const chats = Promise.all(users.map((user, index) => chat(user, `User ${index}`)));
      try {
        for (let round = 0; round < ROUNDS; round += 1) {
          for (const members of [cluster.apis, cluster.workers]) if (members[0]) await replace(members[0]);
        }
      } finally {
        deployed = true;
      }
      expect((await chats).flat()).toEqual([]);
      expect(replies).toBeGreaterThan(USERS);
      expect(cluster.died).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

function wordsFor(prompt: string): string[] {
  return Array.from({ length: WORDS }, (_, index) => `${prompt}: word ${index}; `);
}
