import type { Failure } from '../graphql/failure';

/** Something did not work; `again` does it once more. */
export interface ChatFailure {
  readonly failure: Failure;
  readonly again: () => Promise<void>;
}
