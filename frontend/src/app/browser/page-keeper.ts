import { DOCUMENT, Injectable, inject, isDevMode } from '@angular/core';
import { fromEvent } from 'rxjs';
import { Connectivity } from './connectivity';
import { Notices } from './notices';

const WORKER = '/service-worker.js';

/** Trusted Types, where a browser has them: a script's address is taken only from a policy that the page allows. */
interface TypedWindow extends Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: () => string },
    ): {
      createScriptURL(input: string): unknown;
    };
  };
}

/**
 * Has the page kept on the device by its service worker, and says when the server has a newer one than this. Browsers
 * allow that over TLS and on localhost; elsewhere the page works as ever while the server can be reached.
 */
@Injectable({ providedIn: 'root' })
export class PageKeeper {
  readonly #document = inject(DOCUMENT);
  readonly #window: TypedWindow | null = this.#document.defaultView;
  readonly #connectivity = inject(Connectivity);
  readonly #notices = inject(Notices);

  /** The page itself comes first: its worker fetches every file. */
  async start(): Promise<void> {
    const workers: ServiceWorkerContainer | undefined = this.#window?.navigator.serviceWorker;
    if (!workers || isDevMode()) return;
    await this.#loaded();
    try {
      await workers.register(this.#address());
    } catch (error) {
      return ignoreRefusal(error);
    }
    this.#watch(await workers.ready);
  }

  #watch(registration: ServiceWorkerRegistration): void {
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') void this.#sayIfNewer();
      });
    });
    // Installed pages stay open for weeks.
    this.#connectivity.worthTrying.subscribe(() => void registration.update().catch(ignoreRefusal));
  }

  /** A page that was loaded while servers were being replaced may be the new one already. */
  async #sayIfNewer(): Promise<void> {
    const own = this.#document.querySelector('script[type="module"][src*="main"]')?.getAttribute('src');
    const newest = await (await caches.match('/'))?.text();
    if (!own || !newest || newest.includes(own)) return;
    // It stays until somebody takes it up or another notice has to be read.
    if (await this.#notices.offer($localize`A new version is ready.`, $localize`Reload`, 0))
      this.#window?.location.reload();
  }

  #loaded(): Promise<unknown> {
    if (this.#document.readyState === 'complete') return Promise.resolve();
    return new Promise((resolve) => fromEvent(this.#window ?? window, 'load').subscribe(resolve));
  }

  #address(): string {
    const policy = this.#window?.trustedTypes?.createPolicy('service-worker', {
      createScriptURL: () => WORKER,
    });
    // The type library does not know yet that it may be a typed one.
    return (policy?.createScriptURL(WORKER) ?? WORKER) as string;
  }
}

/** The browser does not want to keep anything, or there is no server just now: the page goes on as it is. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
}
