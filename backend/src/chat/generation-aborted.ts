/**
 * Why a reply's AbortSignal fired. `stopped`: the user wants it to end. `handed-over`: this process ends, another one
 * shall start over. `fenced`: another attempt writes this reply now.
 */
export class GenerationAborted extends Error {
  constructor(readonly why: 'stopped' | 'handed-over' | 'fenced') {
    super(`generation aborted: ${why}`);
    this.name = 'GenerationAborted';
  }
}
