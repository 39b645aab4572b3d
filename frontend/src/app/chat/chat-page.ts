import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { ClosedDoor } from '../account/closed-door';
import { QuotaLine } from '../account/quota-line';
import { ViewerStore } from '../account/viewer-store';
import { WayBack } from '../account/way-back';
import { Connectivity } from '../browser/connectivity';
import { FreshPage } from '../browser/fresh-page';
import { KeyNames } from '../browser/key-names';
import { ChatsStore } from '../chats/chats-store';
import { FirstReading } from '../markdown/first-reading';
import { ModelPicker } from '../models/model-picker';
import type { Model } from '../models/models-api';
import { providerName } from '../models/provider-name';
import { Icon } from '../shell/icon';
import { KEEPS_FOCUS } from '../shell/keeps-focus';
import { SidebarState } from '../shell/sidebar-state';
import { Unloaded } from '../shell/unloaded';
import { AttachButton } from './attachments/attach-button';
import { AttachmentTray } from './attachments/attachment-tray';
import { DropZone } from './attachments/drop-zone';
import { ChatGhosts } from './chat-ghosts';
import { ChatStore } from './chat-store';
import type { WayFromSide } from './comparison';
import { Composer } from './composer';
import { ComposerStore } from './composer-store';
import { ErrorBanner } from './error-banner';
import type { ErrorNames, WayOn } from './error-text';
import { FirstVisit } from './first-visit';
import type { ChatMessage } from './message';
import { InstructionsButton } from './instructions-button';
import { LastReply } from './last-reply';
import { MessageList, type WayFromReply } from './message-list';
import { placesOf, type Place } from './place';

/** A chat, new or old: its messages and the place to write the next one. */
@Component({
  selector: 'app-chat-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AttachButton,
    AttachmentTray,
    ChatGhosts,
    ClosedDoor,
    Composer,
    DropZone,
    ErrorBanner,
    FirstVisit,
    Icon,
    InstructionsButton,
    MessageList,
    ModelPicker,
    QuotaLine,
    RouterLink,
    Unloaded,
  ],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
  host: {
    '(document:keydown.escape)': 'escape($event)',
    '(document:keydown.control.shift.c)': 'copyLastReply($event)',
    '(document:keydown.meta.shift.c)': 'copyLastReply($event)',
  },
})
export class ChatPage {
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #destroyRef = inject(DestroyRef);
  readonly #page = inject(FreshPage);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #chats = inject(ChatsStore);
  readonly #wayBack = inject(WayBack).params;
  readonly #viewer = inject(ViewerStore);
  readonly #lastReply = inject(LastReply);
  private readonly composer = viewChild(Composer);
  /** Its class is named nowhere here, or it would be loaded with the page. */
  private readonly list = viewChild<MessageList>('list');
  private readonly picker = viewChild.required(ModelPicker);
  protected readonly sidebar = inject(SidebarState);
  readonly #online = inject(Connectivity).online;
  protected readonly store = inject(ChatStore);
  protected readonly written = inject(ComposerStore);
  protected readonly newChatTip = $localize`New chat (${inject(KeyNames).line('Command+Shift+O')}:keys:)`;
  /** What the next choice of a model is for, when somebody came to the picker from a failure. */
  #afterChoice: (() => Promise<void>) | null = null;
  /** The message that the address names. */
  #soughtId: string | null = null;
  /** The same, once it is there to be gone to. */
  readonly #foundId = signal<string | null>(null);

  protected readonly title = computed(() => {
    const id = this.store.chatId();
    return this.#chats.chats().find((chat) => chat.id === id)?.title ?? this.store.conversation().title;
  });
  /** What is to be said about the way to the server. */
  protected readonly connection = computed(() => {
    // Where nothing was, the failure says all.
    const nothing = this.empty() && this.store.failure() !== null;
    if (this.store.outdated()) return nothing ? null : $localize`Offline. This is what was here last.`;
    if (!this.#online()) return $localize`Offline. The reply goes on without you.`;
    return this.store.reconnecting() ? $localize`Reconnecting` : null;
  });
  protected readonly comparedWith = computed(
    () => $localize`Compared with: ${this.store.rival()?.name ?? ''}:model:`,
  );
  protected readonly empty = computed(() => this.store.conversation().entries.length === 0);
  protected readonly beginning = computed(() => this.empty() && !this.store.chatId());
  protected readonly reading = computed(() => !this.beginning() && !this.store.loading());
  protected readonly read = inject(FirstReading).over;
  /** Nothing can be asked here before somebody has signed in. */
  protected readonly doorClosed = computed(() => this.beginning() && this.#viewer.mustSignIn());
  /** The banner says the same. */
  protected readonly quotaSaid = computed(() => this.store.failure()?.failure.code === 'QUOTA_EXCEEDED');
  protected readonly names = computed((): ErrorNames => {
    const model = this.store.model();
    const facts = this.store.failure()?.failure.facts;
    const names = model ? { model: model.name, provider: providerName(model.provider) } : {};
    return { plan: model?.plans[0]?.name, missingSetting: model?.missingSetting, ...facts, ...names };
  });

  constructor() {
    this.store.showInView(true);
    this.#destroyRef.onDestroy(() => this.store.showInView(false));
    const title = inject(Title);
    effect(() => title.setTitle(this.title() ? `${this.title()} · Rivulet` : 'Rivulet'));
    // The list may come later than the message.
    afterRenderEffect(() => {
      const list = this.list();
      const foundId = this.#foundId();
      if (!list || foundId === null || !this.read()) return;
      this.#foundId.set(null);
      untracked(() => list.show(foundId));
    });
    placesOf(inject(ActivatedRoute), this.#router)
      .pipe(takeUntilDestroyed())
      .subscribe((place) => void this.#show(place));
    this.store.chatStarted
      .pipe(takeUntilDestroyed())
      .subscribe((id) => void this.#router.navigate(['/chat', id]));
  }

  protected send(text: string): Promise<void> {
    return this.#sent(this.store.send(text));
  }

  protected sendStarter(text: string): Promise<void> {
    return this.#sent(this.store.sendStarter(text));
  }

  async #sent(sent: Promise<void>): Promise<void> {
    this.#afterRender(() => this.list()?.toEnd());
    await sent;
    this.focusComposer();
  }

  /** Another model in the place of one that cannot take what is attached. */
  protected replace(blind: Model): void {
    if (blind.id === this.store.rival()?.id) this.picker().openForRival();
    else this.picker().open();
  }

  protected async regenerate(messageId: string): Promise<void> {
    const asked = this.store.regenerate(messageId);
    this.#afterRender(() => this.list()?.toEnd());
    this.focusComposer();
    await asked;
  }

  protected async continue(messageId: string): Promise<void> {
    const asked = this.store.continue(messageId);
    this.#afterRender(() => this.list()?.toEnd());
    this.focusComposer();
    await asked;
  }

  protected chooseModel(id: string): void {
    this.store.chooseModel(id);
    const after = this.#afterChoice;
    this.#afterChoice = null;
    if (after) void after();
    else this.focusComposer();
  }

  protected changeRival(): void {
    this.picker().openForRival();
  }

  protected chooseRival(id: string | null): void {
    this.store.chooseRival(id);
    const after = this.#afterChoice;
    this.#afterChoice = null;
    if (after && id !== null) void after();
    else this.focusComposer();
  }

  /** Of two replies, the one that the chat goes on with. */
  protected async choose(messageId: string): Promise<void> {
    await this.store.select(messageId);
    this.focusComposer();
  }

  protected openPicker(after: () => Promise<void>): void {
    this.#afterChoice = after;
    this.picker().open();
  }

  protected edit(message: ChatMessage): void {
    this.store.edit(message);
    this.#afterRender(() => this.composer()?.focus());
  }

  protected callOff(): void {
    this.written.callOff();
    this.focusComposer();
  }

  protected stopEditing(): void {
    this.written.stopEditing();
    this.focusComposer();
  }

  protected editLastPrompt(): void {
    this.store.editLastPrompt();
    this.#afterRender(() => this.composer()?.focus());
  }

  /** Stops the reply, the wait for files or the edit, unless the key was meant for something beside or over the page. */
  protected escape(event: Event): void {
    const target = event.target as Element;
    const here = this.#host.contains(target) || target === target.ownerDocument.body;
    if (!here || event.defaultPrevented) return;
    if (this.store.busy()) void this.store.stop();
    else if (this.written.waiting()) this.callOff();
    else if (this.written.editedId() !== null) this.stopEditing();
  }

  protected copyLastReply(event: Event): void {
    event.preventDefault();
    this.#lastReply.copy();
  }

  protected take(way: WayOn): void {
    void this.#go(way, () => this.store.tryAgain());
  }

  protected takeFromReply({ way, message }: WayFromReply): void {
    void this.#go(way, () => this.regenerate(message.id), message);
  }

  protected takeFromSide({ side, way, message }: WayFromSide): void {
    if (side === 'reply') return this.takeFromReply({ way, message });
    const again = (): Promise<void> => {
      this.focusComposer();
      return this.store.compareAgain();
    };
    if (way === 'other-model') {
      this.#afterChoice = again;
      this.picker().openForRival();
    } else if (way === 'continue') {
      void this.choose(message.id).then(() => this.continue(message.id));
    } else void this.#go(way, again, message);
  }

  async #go(way: WayOn, again: () => Promise<void>, reply?: ChatMessage): Promise<void> {
    switch (way) {
      case 'continue':
        return reply && this.continue(reply.id);
      case 'try-again':
        return again();
      case 'other-model':
        return this.openPicker(again);
      case 'edit-message':
        return this.store.failure() ? this.composer()?.focus() : this.editLastPrompt();
      case 'new-chat':
        return this.#takeAlong();
      case 'to-chats':
        this.sidebar.show();
        await this.#router.navigateByUrl('/');
        return;
      case 'sign-in':
        await this.#router.navigate(['/sign-in'], { queryParams: this.#wayBack() });
        return;
      case 'see-plans':
        await this.#router.navigateByUrl('/settings/plan');
        return;
      case 'show-saved':
      case 'go-to-reply':
        await this.store.reload();
        return this.list()?.toEnd();
      case 'stop-reply':
        await this.store.reload();
        return this.store.stop();
      case 'reload':
        return this.#page.openAt(this.#router.url);
      case 'details':
        return;
      default:
        return way satisfies never;
    }
  }

  /** The question that was too much for this chat begins another one. */
  async #takeAlong(): Promise<void> {
    const { entries } = this.store.conversation();
    const prompt = entries.findLast(({ message }) => message.role === 'USER')?.message;
    await this.#router.navigateByUrl('/');
    if (prompt) this.written.takeOver(prompt);
  }

  async #show({ chatId, messageId }: Place): Promise<void> {
    this.#soughtId = messageId;
    this.#foundId.set(null);
    const opened = this.store.open(chatId);
    if (messageId === null) {
      const focused = this.#router.currentNavigation()?.extras.info === KEEPS_FOCUS;
      this.#afterRender(() => {
        this.list()?.toEnd();
        if (!focused) this.composer()?.focusQuietly();
      });
      return;
    }
    await opened;
    const there = await this.store.bring(messageId);
    // Who has gone on meanwhile is not called back.
    if (there && messageId === this.#soughtId) this.#foundId.set(messageId);
  }

  protected focusComposer(): void {
    this.#afterRender(() => this.composer()?.focusQuietly());
  }

  /** Whoever has left the page meanwhile wants nothing of it any more. */
  #afterRender(action: () => void): void {
    if (this.#destroyRef.destroyed) return;
    afterNextRender(action, { injector: this.#injector });
  }
}
