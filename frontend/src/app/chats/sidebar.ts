import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  output,
  viewChild,
} from '@angular/core';
import { Router } from '@angular/router';
import { AccountButton } from '../account/account-button';
import { Notices } from '../browser/notices';
import { Failure } from '../graphql/failure';
import { Icon } from '../shell/icon';
import { SidebarState } from '../shell/sidebar-state';
import { ThemeSwitch } from '../shell/theme-switch';
import { ChatRow } from './chat-row';
import type { ChatSummary } from './chats-api';
import { ChatsStore, UNDO_MS } from './chats-store';

const TYPING_MS = 200;

/** The list of chats: finding one, renaming it, deleting it, beginning another. */
@Component({
  selector: 'app-sidebar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountButton, ChatRow, Icon, ThemeSwitch],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.css',
})
export class Sidebar {
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #notices = inject(Notices);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly searchBox = viewChild.required<ElementRef<HTMLInputElement>>('search');
  #typing: ReturnType<typeof setTimeout> | undefined;
  protected readonly store = inject(ChatsStore);
  protected readonly state = inject(SidebarState);
  protected readonly empty = computed(
    () => this.store.state() === 'ready' && this.store.chats().length === 0,
  );

  readonly newChatRequested = output();

  focusSearch(): void {
    const box = this.searchBox().nativeElement;
    // A drawer that is just opening cannot take the focus before it is shown.
    requestAnimationFrame(() => box.focus());
    box.select();
  }

  protected find(text: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.store.find(text), TYPING_MS);
  }

  protected clearSearch(box: HTMLInputElement): void {
    box.value = '';
    this.find('');
  }

  protected async loadMore(): Promise<void> {
    await this.#say('More chats could not be loaded.', () => this.store.loadMore());
  }

  protected async rename(chat: ChatSummary, title: string): Promise<void> {
    await this.#say('The chat could not be renamed.', () => this.store.rename(chat, title));
  }

  protected async delete(chat: ChatSummary): Promise<void> {
    const chats = this.store.chats();
    const neighbour = chats[chats.indexOf(chat) + 1] ?? chats[chats.indexOf(chat) - 1];
    this.store.delete(chat);
    if (this.#router.url.split('?')[0] === `/chat/${chat.id}`) void this.#router.navigateByUrl('/');
    this.#focusRow(neighbour?.id);
    if (!(await this.#notices.offer('Chat deleted.', 'Undo', UNDO_MS))) return;
    this.store.undoDelete(chat.id);
    this.#focusRow(chat.id);
  }

  #focusRow(id: string | undefined): void {
    const place = id ? `[data-chat="${id}"] a` : '.new-chat';
    afterNextRender(() => this.#host.querySelector<HTMLElement>(place)?.focus(), {
      injector: this.#injector,
    });
  }

  async #say(problem: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#notices.tell(problem);
    }
  }
}
