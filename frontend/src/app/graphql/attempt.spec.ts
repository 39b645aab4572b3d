import { Attempt } from './attempt';
import { Failure } from './failure';

describe(Attempt.name, () => {
  it('is busy, then done', async () => {
    const attempt = new Attempt();
    const made = attempt.make(() => Promise.resolve());
    expect(attempt.state()).toBe('busy');
    expect(await made).toBe('done');
    expect(attempt.state()).toBe('done');
  });

  it('keeps the reason of a refusal until the next try', async () => {
    const attempt = new Attempt();
    const refusal = new Failure('FORBIDDEN', 'no');
    expect(await attempt.make(() => Promise.reject(refusal))).toBe('refused');
    expect(attempt.failure()).toBe(refusal);
    await attempt.make(() => Promise.resolve());
    expect(attempt.failure()).toBeNull();
  });

  it('asks once, however often somebody clicks', async () => {
    const attempt = new Attempt();
    let asked = 0;
    const ask = () => Promise.resolve(void asked++);
    await Promise.all([attempt.make(ask), attempt.make(ask)]);
    expect(asked).toBe(1);
  });

  it('lets a mistake of ours rise', async () => {
    const mistake = new TypeError('ours');
    await expect(new Attempt().make(() => Promise.reject(mistake))).rejects.toBe(mistake);
  });
});
