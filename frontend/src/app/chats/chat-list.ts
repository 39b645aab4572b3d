import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  output,
} from '@angular/core';
import { Router } from '@angular/router';
import { Notices } from '../browser/notices';
import { Failure } from '../graphql/failure';
import { focusIfLost } from '../shell/focus-if-lost';
import { Icon } from '../shell/icon';
import { KEEPS_FOCUS } from '../shell/keeps-focus';
import { Sighted } from '../shell/sighted';
import type { ChatAction } from './chat-menu';
import { ChatRow } from './chat-row';
import type { ListedChat } from './chats-api';
import { ChatsStore } from './chats-store';

/** How long "Undo" is offered. */
const UNDO_MS = 10_000;

const PROBLEMS: Record<ChatAction | 'restore', () => string> = {
  pin: () => $localize`The chat could not be pinned.`,
  unpin: () => $localize`The chat could not be unpinned.`,
  archive: () => $localize`The chat could not be archived.`,
  unarchive: () => $localize`The chat could not be taken out of the archive.`,
  delete: () => $localize`The chat could not be deleted.`,
  restore: () => $localize`The chat could not be restored.`,
};

/** The chats in groups, or what was found, and what can be done to each. */
@Component({
  selector: 'app-chat-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ChatRow, Icon, Sighted],
  templateUrl: './chat-list.html',
  styleUrl: './chat-list.css',
})
export class ChatList {
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #notices = inject(Notices);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly store = inject(ChatsStore);
  protected readonly archive = computed(() => this.store.view() === 'archived' && !this.store.search());
  protected readonly nothing = computed(() => {
    if (this.store.search()) return $localize`No chat has these words.`;
    return this.archive()
      ? $localize`What you archive will stand here.`
      : $localize`Your chats will stand here.`;
  });

  readonly opened = output();
  /** The focus had been on the last chat, which is gone. */
  readonly focusLost = output();

  protected openArchive(): void {
    void this.store.show('archived');
    this.#focus('.back');
  }

  protected leaveArchive(): void {
    const back = this.store.show('current');
    void back.then(() => this.#focus('.to-archive'));
  }

  protected async loadMore(): Promise<void> {
    const last = this.store.chats().length;
    const asked = this.#host.ownerDocument.activeElement?.classList.contains('more');
    await this.#say($localize`More chats could not be loaded.`, () => this.store.loadMore());
    // The button that had the focus has moved on, or is gone.
    if (asked) this.#focusRow(this.store.chats()[last]);
  }

  protected async rename(chat: ListedChat, title: string): Promise<void> {
    await this.#say($localize`The chat could not be renamed.`, () => this.store.rename(chat, title));
  }

  protected act(chat: ListedChat, action: ChatAction): Promise<void> {
    switch (action) {
      case 'pin':
      case 'unpin':
        return this.#move(chat, action);
      case 'archive':
        return this.#takeOut(chat, $localize`Chat archived.`, 'archive', 'unarchive');
      case 'unarchive':
        return this.#takeOut(chat, $localize`Chat taken out of the archive.`, 'unarchive', 'archive');
      case 'delete':
        this.#leave(chat);
        return this.#takeOut(chat, $localize`Chat deleted.`, 'delete', 'restore');
      default:
        return action satisfies never;
    }
  }

  async #move(chat: ListedChat, action: 'pin' | 'unpin'): Promise<void> {
    const moved = this.#say(PROBLEMS[action](), () => this.store[action](chat));
    this.#focusRow(chat);
    await moved;
  }

  /** The row is gone at once; "Undo" waits until the server knows what there is to undo. */
  async #takeOut(
    chat: ListedChat,
    done: string,
    action: 'archive' | 'unarchive' | 'delete',
    undo: 'archive' | 'unarchive' | 'restore',
  ): Promise<void> {
    const before = this.store.chats();
    const index = before.findIndex(({ id }) => id === chat.id);
    const taken = this.#say(PROBLEMS[action](), () => this.store[action](chat));
    const stays = this.store.chats().some(({ id }) => id === chat.id);
    this.#focusRow(stays ? chat : (before[index + 1] ?? before[index - 1]));
    if (!(await this.#notices.offer(done, $localize`Undo`, UNDO_MS)) || !(await taken)) return;
    await this.#say(PROBLEMS[undo](), () => this.store[undo](chat));
    this.#focusRow(chat);
  }

  /** A chat that is gone is read no longer. */
  #leave(chat: ListedChat): void {
    if (this.#router.url.split('?')[0] !== `/chat/${chat.id}`) return;
    void this.#router.navigateByUrl('/', { info: KEEPS_FOCUS });
  }

  #focusRow(chat: ListedChat | undefined): void {
    if (chat) this.#focus(`[data-chat="${chat.id}"] a`);
    else this.focusLost.emit();
  }

  #focus(place: string): void {
    afterNextRender(() => focusIfLost(this.#host.querySelector<HTMLElement>(place)), {
      injector: this.#injector,
    });
  }

  /** Whether it worked. */
  async #say(problem: string, action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#notices.tell(problem);
      return false;
    }
  }
}
