import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '@node-rs/argon2';
import { NOBODYS_HASH, PasswordHasher } from './password-hasher.js';

/** The processor's time that it takes, in microseconds: the least of three, for other things of this process come in between. */
async function workOf(task: () => Promise<unknown>): Promise<number> {
  const works: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const before = process.cpuUsage();
    await task();
    const { user, system } = process.cpuUsage(before);
    works.push(user + system);
  }
  return Math.min(...works);
}

describe(PasswordHasher.name, () => {
  const hasher = new PasswordHasher();

  it('tells the password from others, whatever letters it has', async () => {
    const hash = await hasher.hash('größer als 10 👋');
    expect(await hasher.verify('größer als 10 👋', hash)).toBe(true);
    expect(await hasher.verify('größer als 10 👍', hash)).toBe(false);
  });

  it('uses argon2id with the figures of OWASP, and a salt each', async () => {
    const hashes = await Promise.all([hasher.hash('the same one'), hasher.hash('the same one')]);
    expect(hashes[0]).not.toBe(hashes[1]);
    for (const hash of hashes) {
      expect(hash).toMatch(/^\$argon2id\$v=19\$/);
      expect(parseOptions(hash)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    }
  });

  it.each([null, undefined])(
    'does the same work where there is no password (%s), and says no',
    async (none) => {
      const hash = await hasher.hash('whatever it is');
      expect(await hasher.verify('whatever it is', none)).toBe(false);
      expect(parseOptions(NOBODYS_HASH)).toEqual(parseOptions(hash));
      const usual = await workOf(() => hasher.verify('something else', hash));
      expect(await workOf(() => hasher.verify('something else', none))).toBeGreaterThan(usual / 2);
    },
  );
});
