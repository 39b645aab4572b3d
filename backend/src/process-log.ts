import { ConsoleLogger } from '@nestjs/common';

/**
 * The log of the process. Of an error it prints the stack, and those of its causes, and nothing else: what errors carry
 * besides (the values of a statement that failed, what a provider answered) may be prompts, keys and tokens.
 */
export class ProcessLog extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['warn', 'error', 'fatal'] });
  }

  override warn(message: unknown, ...rest: unknown[]): void {
    super.warn(plain(message), ...rest.map(plain));
  }

  override error(message: unknown, ...rest: unknown[]): void {
    super.error(plain(message), ...rest.map(plain));
  }

  override fatal(message: unknown, ...rest: unknown[]): void {
    super.fatal(plain(message), ...rest.map(plain));
  }
}

/** An error in words, with what led to it. */
export function stackOf(error: Error): string {
  const { stack, name, message, cause } = error;
  const causes = error instanceof AggregateError ? (error.errors as unknown[]) : [cause];
  return [stack ?? `${name}: ${message}`, ...causes.filter((one) => one instanceof Error).map(stackOf)].join(
    '\ncaused by ',
  );
}

function plain(value: unknown): unknown {
  return value instanceof Error ? stackOf(value) : value;
}
