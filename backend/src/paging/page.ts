import { AppError } from '../errors/app-error.js';

/** One page of a longer list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** Most rows that one request gets. */
export const MAX_PAGE_SIZE = 100;

/** Returns `size`, or throws VALIDATION_FAILED where it is not between 1 and `MAX_PAGE_SIZE`. */
export function checkedPageSize(argument: string, size: number): number {
  if (size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw new AppError('VALIDATION_FAILED', `${argument} must be between 1 and ${MAX_PAGE_SIZE}.`);
}
