import { Injectable, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { firstValueFrom, from } from 'rxjs';
import { BrowserStorage } from '../browser/browser-storage';
import { ComingBack } from '../browser/coming-back';
import { Connectivity } from '../browser/connectivity';
import { FreshPage } from '../browser/fresh-page';
import { KeptData } from '../browser/kept-data';
import { TabTurns } from '../browser/tab-turns';
import { Failure } from '../graphql/failure';
import { AccountApi, type Installation, type Viewer } from './account-api';
import { hasLimits, isOutdated } from './quota-text';

/** Under which all tabs of the browser find who uses it. */
const VIEWER = 'viewer';

/** Who uses the page. Where guests are welcome, nobody has to say so before the first message. */
@Injectable({ providedIn: 'root' })
export class ViewerStore {
  readonly #api = inject(AccountApi);
  readonly #storage = inject(BrowserStorage);
  readonly #page = inject(FreshPage);
  readonly #turns = inject(TabTurns);
  readonly #router = inject(Router);
  readonly #kept = inject(KeptData);
  readonly #comingBack = inject(ComingBack);
  readonly #viewer = signal<Viewer | null>(null);
  readonly #installation = signal<Installation | null>(null);
  #loading: Promise<void> | null = null;
  #entering: Promise<void> | null = null;
  #waiting: Promise<void> | null = null;
  /** The last question for what is left of the plan, and the one that follows it. */
  #usage: Promise<void> = Promise.resolve();
  #nextUsage: Promise<void> | null = null;
  readonly #away = signal(false);

  readonly viewer = this.#viewer.asReadonly();
  readonly installation = this.#installation.asReadonly();
  /** The server could not be reached when the page began, and is waited for. */
  readonly away = this.#away.asReadonly();
  readonly signedIn = computed(() => this.#viewer() !== null);
  /** Nobody is here, and nothing can be asked before that changes. */
  readonly mustSignIn = computed(() => this.#installation()?.guestsAllowed === false && !this.signedIn());

  constructor() {
    inject(Connectivity).worthTrying.subscribe(() => {
      const usage = this.#viewer()?.usage;
      if (usage && isOutdated(usage, Date.now())) void this.refreshUsage();
    });
    this.#storage.changes(VIEWER).subscribe(() => void this.#lookAgain());
  }

  /** Asks the server once; a failed question may be asked again. */
  load(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  /** Until the server can be reached again, and says who is here. */
  untilReached(): Promise<void> {
    this.#waiting ??= this.#untilReached().finally(() => (this.#waiting = null));
    return this.#waiting;
  }

  /** What is left of a plan with limits changes with every reply. One question answers all who ask before it is put. */
  async refreshUsage(): Promise<void> {
    const usage = this.#viewer()?.usage;
    if (!usage || !hasLimits(usage)) return;
    this.#nextUsage ??= this.#usage.then(() => {
      this.#nextUsage = null;
      return (this.#usage = ifReached(() => this.#askAgain()));
    });
    await this.#nextUsage;
  }

  /** Makes sure that there is somebody: who is nobody yet continues as a guest, where guests are welcome. */
  async ensure(): Promise<void> {
    await this.load();
    if (this.mustSignIn()) throw new Failure('UNAUTHENTICATED', 'Guests are not allowed here.');
    if (!this.signedIn()) await this.continueAsGuest();
  }

  /** A fresh guest, also where the old account's session has ended. Two clicks make one guest. */
  continueAsGuest(): Promise<void> {
    this.#entering ??= this.#enter().finally(() => (this.#entering = null));
    return this.#entering;
  }

  async signOut(): Promise<void> {
    await this.#api.signOut();
    await this.leave();
  }

  /** Whoever uses this browser next finds nothing of who has gone. */
  async leave(): Promise<void> {
    this.#storage.removeAll('draft.');
    this.#storage.remove(VIEWER);
    await this.#kept.belongTo(null);
    this.#page.openAt('/');
  }

  /** Somebody has signed in or out in another tab: what this one shows may be another person's by now. */
  async #lookAgain(): Promise<void> {
    const before = this.#viewer();
    await ifReached(() => this.#load());
    const now = this.#viewer();
    if (!before || nameTag(now) === nameTag(before)) return;
    // What a guest has done is the account's who signs in.
    this.#page.openAt(now && before.isGuest ? this.#router.url : '/');
  }

  /** Somebody who is signed out is told when they want something next, and does not go on as a new guest. */
  async #askAgain(): Promise<void> {
    const { viewer } = await this.#api.viewer();
    if (nameTag(viewer) === nameTag(this.#viewer())) this.#viewer.set(viewer);
  }

  async #load(): Promise<void> {
    const { viewer, installation } = await this.#api.viewer();
    this.#installation.set(installation);
    this.#know(viewer);
  }

  /** Two tabs that ask at once would be two guests; the second is who the first one has become. */
  async #enter(): Promise<void> {
    this.#know(await this.#turns.take('guest', () => this.#api.continueAsGuest()));
  }

  #know(viewer: Viewer | null): void {
    // Only who is here finds what was kept for when the server is away.
    void this.#kept.belongTo(viewer?.id ?? null);
    if (viewer) this.#storage.write(VIEWER, nameTag(viewer));
    else this.#storage.remove(VIEWER);
    this.#viewer.set(viewer);
  }

  async #untilReached(): Promise<void> {
    this.#away.set(true);
    try {
      await firstValueFrom(this.#comingBack.follow(() => from(this.#load())));
    } finally {
      this.#away.set(false);
    }
  }
}

/** What cannot be asked now stays as it was: whoever wants something next is told. */
async function ifReached(asked: () => Promise<void>): Promise<void> {
  try {
    await asked();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

/** Differs where the page has to be another one: a guest who gets an account may stay the same user. */
function nameTag(viewer: Viewer | null): string {
  return viewer ? `${viewer.id} ${viewer.isGuest ? 'guest' : 'account'}` : '';
}
