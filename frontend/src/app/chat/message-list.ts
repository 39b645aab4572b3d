import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { FirstReading } from '../markdown/first-reading';
import { gradually } from '../markdown/gradually';
import { Icon } from '../shell/icon';
import type { Companion } from './companion-store';
import { Comparison, type WayFromSide } from './comparison';
import type { Conversation } from './conversation';
import type { WayOn } from './error-text';
import { FollowEnd, keepsPlace } from './follow-end';
import type { ChatMessage } from './message';
import { MessageView } from './message-view';

/** Messages: a question and its reply, and then two of each. */
const PACE = { first: 2, next: 4, sizeOf: () => 1 };

/** A way on from a reply that failed. */
export interface WayFromReply {
  readonly way: WayOn;
  readonly message: ChatMessage;
}

/** The messages, oldest first, with the reader kept where they are. */
@Component({
  selector: 'app-message-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Comparison, FollowEnd, Icon, MessageView],
  templateUrl: './message-list.html',
  styleUrl: './message-list.css',
})
export class MessageList {
  readonly #injector = inject(Injector);
  private readonly follow = viewChild.required(FollowEnd);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly beginning = viewChild.required<ElementRef<HTMLElement>>('beginning');

  readonly conversation = input.required<Conversation>();
  /** What stands beside the last reply. */
  readonly companion = input<Companion | null>(null);
  readonly busy = input.required<boolean>();
  /** Another failure is being shown; two at once would be one too many. */
  readonly silent = input.required<boolean>();
  /** The message that stands in the composer to be changed. */
  readonly editedId = input<string | null>(null);
  readonly editRequested = output<ChatMessage>();
  readonly forkRequested = output<string>();
  readonly regenerateRequested = output<string>();
  readonly versionChosen = output<string>();
  readonly stopRequested = output();
  readonly wayTaken = output<WayFromReply>();
  readonly sideChosen = output<string>();
  readonly sideWayTaken = output<WayFromSide>();
  readonly focusLost = output();
  readonly earlierRequested = output();

  protected readonly entries = computed(() => this.conversation().entries);
  protected readonly gradual = gradually(this.entries, PACE);
  /** The companion's neighbour, which answers the same. What is only asked for does not say yet what it answers. */
  protected readonly comparedId = computed(() => {
    const beside = this.companion()?.message;
    const last = this.entries().at(-1)?.message;
    if (!beside || last?.role !== 'ASSISTANT') return null;
    const apart = beside.parentId && last.parentId && beside.parentId !== last.parentId;
    return apart ? null : last.id;
  });
  protected readonly lastId = computed(() => this.entries().at(-1)?.message.id);
  protected readonly replyError = computed(() => this.conversation().reply?.error ?? null);
  protected readonly following = computed(() => this.follow().following());
  /** The message that somebody went to. */
  readonly #wanted = signal<string | null>(null);
  /** The last message when the reader let go of the end. */
  readonly #lastSeen = linkedSignal({
    source: () => this.follow().following(),
    computation: () => untracked(() => this.entries().at(-1)?.key),
  });
  protected readonly unseen = computed(() => {
    const seen = this.entries().findIndex(({ key }) => key === this.#lastSeen());
    return seen < 0 ? 0 : this.entries().length - 1 - seen;
  });

  protected readonly toEndLabel = computed(() => {
    const unseen = this.unseen();
    return unseen > 0 ? $localize`To the end, ${unseen}:count: new` : $localize`To the end`;
  });

  /** The message of which another version was chosen, and where its end was just before that came. */
  #held: HTMLElement | undefined;
  #heldAt: number | undefined;

  constructor() {
    inject(FirstReading).hold();
    let first: string | undefined;
    afterRenderEffect(() => {
      const former = first;
      first = this.gradual.shown()[0]?.key;
      if (former && former !== first) this.#keepPlace(former);
    });
    // Before the change is rendered, and after.
    effect(() => {
      this.entries();
      this.#heldAt = this.#held?.getBoundingClientRect().bottom;
    });
    afterRenderEffect(() => {
      this.entries();
      untracked(() => this.#holdPlace());
    });
    afterRenderEffect((onCleanup) => {
      // Before all is shown, what stands first is not the beginning.
      if (this.gradual.hidden() > 0 || typeof IntersectionObserver === 'undefined') return;
      const root = this.scroller().nativeElement;
      const observer = new IntersectionObserver((sights) => this.#sighted(sights), {
        root,
        rootMargin: '600px 0px 0px',
      });
      observer.observe(this.beginning().nativeElement);
      onCleanup(() => observer.disconnect());
    });
  }

  toEnd(behavior?: ScrollBehavior): void {
    this.follow().toEnd(behavior);
  }

  /** Scrolls to a message that is there, and marks it until the focus goes elsewhere. */
  show(messageId: string): void {
    const entry = this.entries().find(({ message }) => message.id === messageId);
    if (!entry) return;
    this.gradual.from(entry);
    this.#wanted.set(messageId);
    afterNextRender(() => this.#goTo(messageId), { injector: this.#injector });
  }

  /** Nothing of it may come in later: its beginning is looked for, or what is read would be moved. */
  protected isWhole(messageId: string): boolean {
    return messageId === this.#wanted() || (!keepsPlace() && !this.following());
  }

  #goTo(messageId: string): void {
    const article = this.scroller().nativeElement.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
    if (!article) return;
    this.follow().goTo(article);
    article.tabIndex = -1;
    article.focus({ preventScroll: true });
    article.addEventListener('blur', () => article.removeAttribute('tabindex'), { once: true });
  }

  /** The foot of the message stays where the pointer is, and what is clicked again is what was meant. */
  protected chooseVersion(id: string, article: HTMLElement): void {
    this.#held = article;
    this.versionChosen.emit(id);
  }

  #holdPlace(): void {
    const held = this.#held;
    const before = this.#heldAt;
    if (!held || before === undefined) return;
    this.#held = undefined;
    this.follow().hold(() => held.getBoundingClientRect().bottom - before);
  }

  #sighted(sights: IntersectionObserverEntry[]): void {
    if (!sights.at(-1)?.isIntersecting || this.conversation().earlierCursor === null) return;
    this.earlierRequested.emit();
  }

  /** Earlier messages came in above the one that was the first. */
  #keepPlace(formerFirst: string): void {
    const index = this.gradual.shown().findIndex(({ key }) => key === formerFirst);
    if (index <= 0) return;
    this.follow().keepPlace(() => {
      const articles = this.scroller().nativeElement.querySelectorAll('article');
      return (articles[index]?.offsetTop ?? 0) - (articles[0]?.offsetTop ?? 0);
    });
  }
}
