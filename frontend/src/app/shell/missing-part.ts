import { ErrorHandler, Injectable, inject, signal } from '@angular/core';

/** Angular's code of a `@defer` block whose scripts did not come, and which does not say so itself. */
const DEFER_LOADING_FAILED = -750;
/** What Chromium and Firefox, and what Safari say of a script that they cannot fetch. */
const NOT_FETCHED = /dynamically imported module|Importing a module script failed/;

/** A part of the page that somebody needed did not come; where they were on the way to, unless it was for here. */
@Injectable({ providedIn: 'root' })
export class MissingPart {
  readonly #noted = signal<{ readonly url?: string } | null>(null);

  readonly noted = this.#noted.asReadonly();

  /** What is noted already stays: a way that failed is heard of twice, and the second time without its end. */
  note(url?: string): void {
    this.#noted.update((known) => known ?? (url === undefined ? {} : { url }));
  }

  forget(): void {
    this.#noted.set(null);
  }
}

/** Hears of all that fails, of parts that did not come as well. */
@Injectable()
export class PageErrorHandler extends ErrorHandler {
  readonly #missing = inject(MissingPart);

  override handleError(error: unknown): void {
    super.handleError(error);
    if (isOfMissingPart(error)) this.#missing.note();
  }
}

/** Whether a script that somebody needed could not be fetched. */
export function isOfMissingPart(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as Error & { code?: number };
  return code === DEFER_LOADING_FAILED || NOT_FETCHED.test(message);
}
