import type { CDPSession, Page } from '@playwright/test';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One finger on the glass, by the developer tools: Playwright's own only taps. */
export class Finger {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async on(page: Page): Promise<Finger> {
    return new Finger(page, await page.context().newCDPSession(page));
  }

  /** Put down in one place, drawn straight to another one, and lifted there; the page has seen all of it. */
  async swipe(from: Point, to: Point): Promise<void> {
    const lifted = this.page.evaluate(
      () => new Promise((resolve) => addEventListener('touchend', resolve, { once: true })),
    );
    // Asked after the listener, and answered after it.
    await this.page.evaluate(() => document.readyState);
    await this.#touch('touchStart', from);
    await this.#touch('touchMove', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
    await this.#touch('touchMove', to);
    await this.#touch('touchEnd');
    await lifted;
  }

  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly Point[]): Promise<void> {
    const touchPoints = points.map((point) => ({ ...point, id: 0 }));
    await this.devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}
