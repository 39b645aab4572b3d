import { expect, type BrowserContext, type Request } from '@playwright/test';

/** Playwright's own word about what the configuration asks of it. */
const NOT_OURS = 'Service Worker registration blocked by Playwright';

/** Looks over a visitor's shoulder: what must never happen, in whichever story. */
export class Watch {
  readonly #problems: string[] = [];
  readonly #strangers: Request[] = [];

  constructor(context: BrowserContext, origins: readonly string[]) {
    context.on('console', (message) => {
      const { url } = message.location();
      if (message.text() === NOT_OURS) return;
      if (['error', 'warning'].includes(message.type())) this.#problems.push(`${message.text()} (${url})`);
    });
    // Errors that nobody caught, rejected promises included.
    context.on('weberror', (error) => this.#problems.push(String(error.error())));
    context.on('dialog', (dialog) => {
      this.#problems.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && !origins.includes(url.origin)) this.#strangers.push(request);
    });
  }

  expectNothing(tolerated: RegExp): void {
    // What a content security policy held back has not left; it stands in the console.
    const gone = this.#strangers.filter((request) => request.failure()?.errorText !== 'csp');
    expect
      .soft(
        gone.map((request) => request.url()),
        'requests that left the origin',
      )
      .toEqual([]);
    expect
      .soft(
        this.#problems.filter((problem) => !tolerated.test(problem)),
        'errors and warnings in the browser',
      )
      .toEqual([]);
  }
}
