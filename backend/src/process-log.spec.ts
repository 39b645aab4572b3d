import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ProcessLog } from './process-log.js';

describe(ProcessLog.name, () => {
  let printed: string;
  const logger = new Logger('Context');

  const failed = Object.assign(new Error('the statement failed'), {
    parameters: ['a secret'],
    cause: Object.assign(new Error('the line was cut'), { command: { args: ['a secret'] } }),
  });
  const all = new AggregateError(
    [failed, Object.assign(new Error('and again'), { key: 'a secret' })],
    'both',
  );

  beforeEach(() => {
    printed = '';
    const write = (text: unknown) => {
      printed += String(text);
      return true;
    };
    jest.spyOn(process.stdout, 'write').mockImplementation(write);
    jest.spyOn(process.stderr, 'write').mockImplementation(write);
    Logger.overrideLogger(new ProcessLog());
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['an error', () => logger.error(failed)],
    ['an error with words', () => logger.error('it broke', failed)],
    ['a warning', () => logger.warn(failed)],
    ['a warning with words', () => logger.warn('it broke', failed)],
    ['an end', () => logger.fatal('it broke', failed)],
    ['errors in an error', () => logger.error('they broke', all)],
  ])('prints where %s came from, and nothing that it carries', (_what, tell) => {
    tell();
    for (const words of ['Context', 'the statement failed', 'the line was cut', 'process-log.spec.ts:']) {
      expect(printed).toContain(words);
    }
    expect(printed).not.toContain('a secret');
  });

  it('prints words as they are, and no everyday news', () => {
    logger.warn('Redis is away');
    logger.log('Redis is back');
    expect(printed).toContain('Redis is away');
    expect(printed).not.toContain('back');
  });
});
