/**
 * Why a file is not taken; `count`: there are as many as a message takes; `forgotten`: it was taken, but not sent for so
 * long that the server has deleted it.
 */
export type Refusal = 'kind' | 'image-size' | 'text-size' | 'empty' | 'unreadable' | 'count' | 'forgotten';

/** A file that no model could read. */
export class RefusedFile extends Error {
  constructor(
    readonly why: Refusal,
    options?: ErrorOptions,
  ) {
    super(`refused: ${why}`, options);
    this.name = 'RefusedFile';
  }
}

/** A file that was not taken. */
export interface RefusedName {
  readonly name: string;
  readonly why: Refusal;
}
