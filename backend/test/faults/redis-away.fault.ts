import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Member } from './member.js';
import { useCluster } from './use-cluster.js';
import { within } from './waiting.js';

const refuses = ({ redis }: Member): Promise<void> => redis.refuse();
const isSilent = ({ redis }: Member): Promise<void> => Promise.resolve(redis.stall());

describe('Redis that stays away', () => {
  const cluster = useCluster();

  it.each<[string, number, (member: Member) => Promise<void>]>([
    ['refuses', 1, refuses],
    ['is silent', 1, isSilent],
    ['refuses', 10, refuses],
    ['is silent', 10, isSilent],
    ['refuses', 30, refuses],
    ['is silent', 30, isSilent],
  ])('when it %s for %i s, all else goes on, and every reply ends once', async (how, seconds, away) => {
    const ada = await cluster.guest();
    const prompt = `Away: ${how}, ${seconds} s`;
    const old = await ada.start(`${prompt}, before`, 'openai/echo');
    await cluster.read(ada, old).end();
    const { session, call, reader } = await cluster.begin(ada, prompt, 'before, ');
    cluster.stage.answer(prompt, 'anew');
    await Promise.all(cluster.members.map(away));
    const back = delay(seconds * 1_000);
    await call.say('meanwhile, ');

    expect(await within('history', ada.history(old.chat.id), 5_000)).toHaveLength(2);
    const grace = await within('signing in', cluster.guest(), 5_000);
    const later = await within('a start', grace.start(`${prompt}, later`, 'openai/echo'), 10_000);
    await back;
    await Promise.all(cluster.members.map(({ redis }) => redis.resume()));

    // Whether the call outlives it or another attempt makes a new one is the system's choice.
    await call.say('after');
    await call.end();
    expect(await cluster.violations(reader, ada, session)).toEqual([]);
    expect(['before, meanwhile, after', 'anew']).toContain(reader.text);
    const answer = `You said: ${prompt}, later`;
    expect(await cluster.violations(cluster.read(grace, later), grace, later, answer)).toEqual([]);
    // No process needed a restart.
    expect(cluster.died).toEqual([]);
  });
});
