import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan } from './plan.js';
import { readPlans } from './plans-file.js';

describe(readPlans.name, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plans-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function plansOf(...lines: string[]): Promise<readonly Plan[]> {
    const plansFile = join(folder, 'plans.yaml');
    await writeFile(plansFile, lines.join('\n'));
    return readPlans({ plansFile });
  }

  it('has three plans of its own, each with more than the one before', () => {
    expect(readPlans({}).map(({ id }) => id)).toEqual(['free', 'plus', 'pro']);
  });

  it('reads what a plan includes, and no limit where there is none', async () => {
    expect(
      await plansOf(
        '- { id: free, name: Free, models: [demo/*], messagesPerDay: 20 }',
        '- id: team',
        '  name: Team',
        "  models: ['*', '!openai/gpt-6-astra']",
        '  tokensPerMonth: 2000000',
        '  repliesAtOnce: 5',
        '- { id: all, name: Everything }',
      ),
    ).toEqual([
      {
        ...{ id: 'free', name: 'Free', models: ['demo/*'] },
        ...{ messagesPerDay: 20, tokensPerMonth: null, repliesAtOnce: null },
      },
      {
        ...{ id: 'team', name: 'Team', models: ['*', '!openai/gpt-6-astra'] },
        ...{ messagesPerDay: null, tokensPerMonth: 2_000_000, repliesAtOnce: 5 },
      },
      {
        ...{ id: 'all', name: 'Everything', models: ['*'] },
        ...{ messagesPerDay: null, tokensPerMonth: null, repliesAtOnce: null },
      },
    ]);
  });

  it('names every problem at once, each with its line', async () => {
    const reading = plansOf(
      '- { id: Free Plan, name: Free }',
      '- id: plus',
      '  messagesPerDay: -1',
      '  tokensPerMonth: 3000000000',
      '  repliesAtOnce: some',
      '  price: 10',
      '- { id: pro, name: Pro, models: [!openai/o1] }',
      '- { id: plus, name: Plus again, models: openai/* }',
    );
    await expect(reading).rejects.toThrow(/has 8 problem/);
    const message = await reading.catch(String);
    for (const problem of [
      'line 1: entry 1, id: must be lower-case letters',
      'line 2: entry 2, name: must be a text',
      'line 3: entry 2, messagesPerDay: must not be negative',
      'line 4: entry 2, tokensPerMonth: must be at most 2147483647',
      'line 5: entry 2, repliesAtOnce: must be a whole number',
      'line 2: entry 2: Unrecognized key: "price"',
      'line 7: entry 3, models, 0: must be a model id, as in openai/*; quote one',
      'line 8: entry 4, models: must be a list of model ids',
    ])
      expect(message).toContain(problem);
  });

  it.each([
    [['- { id: a, name: A }', '- { id: a, name: B }'], 'line 2: entry 2, id: is listed twice: a'],
    [[''], 'the file: must be a list of plans'],
    [['[]'], 'must list at least one plan'],
  ])('refuses %j', async (lines, problem) => {
    await expect(plansOf(...lines)).rejects.toThrow(problem);
  });

  it('says which file cannot be read', () => {
    const plansFile = join(folder, 'missing.yaml');
    expect(() => readPlans({ plansFile })).toThrow(`PLANS_FILE cannot be read: ${plansFile}`);
  });
});
