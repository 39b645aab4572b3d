import { describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../config/app-config.js';
import { POOL_OPTIONS } from '../config/pool-options.js';
import { generationWorkerOptions } from './generation-processor.js';

describe(generationWorkerOptions.name, () => {
  const options = (home: Partial<AppConfig>) =>
    generationWorkerOptions({ ...home, generation: { concurrency: 7 } } as AppConfig);

  it('has a dead worker found out within ten seconds', () => {
    const { lockDuration = NaN, stalledInterval = NaN } = options({ redisUrl: 'redis://localhost' });
    expect(lockDuration + 2 * stalledInterval).toBeLessThan(10_000);
  });

  it('takes from the configuration how many replies are made at once', () => {
    expect(options({ redisUrl: 'redis://localhost' }).concurrency).toBe(7);
  });

  it('stands on Redis where there is one, and else on the database', () => {
    expect(options({ redisUrl: 'redis://host', databaseUrl: 'postgres://host' }).connection).toMatchObject({
      url: 'redis://host',
      maxRetriesPerRequest: null,
    });
    expect(options({ databaseUrl: 'postgres://host' }).connection).toEqual({
      ...POOL_OPTIONS,
      connectionString: 'postgres://host',
      migrate: true,
    });
    expect(() => options({})).toThrow('database');
  });
});
