import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink, RouterLinkActive, type IsActiveMatchOptions } from '@angular/router';
import { focusIfLost } from '../shell/focus-if-lost';
import { Icon } from '../shell/icon';
import { ChatMenu, type ChatAction } from './chat-menu';
import type { ListedChat } from './chats-api';
import { MarkedText } from './marked-text';

/** A chat is the same one whichever of its messages the address names. */
const SAME_CHAT: IsActiveMatchOptions = {
  paths: 'exact',
  queryParams: 'ignored',
  matrixParams: 'ignored',
  fragment: 'ignored',
};

/** A chat in the list. Its menu is loaded when somebody reaches for it. */
@Component({
  selector: 'app-chat-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ChatMenu, Icon, MarkedText, RouterLink, RouterLinkActive],
  templateUrl: './chat-row.html',
  styleUrl: './chat-row.css',
})
export class ChatRow {
  readonly #injector = inject(Injector);
  private readonly titleBox = viewChild<ElementRef<HTMLInputElement>>('titleBox');
  private readonly menuButton = viewChild<ElementRef<HTMLButtonElement>>('menuButton');
  private readonly link = viewChild<ElementRef<HTMLAnchorElement>>('link');
  /** The focus is the list's to place then. */
  #leaving = false;
  protected readonly SAME_CHAT = SAME_CHAT;
  protected readonly menuOpen = signal(false);
  protected readonly renaming = signal(false);

  readonly chat = input.required<ListedChat>();
  /** What the list was searched for; empty: nothing. */
  readonly search = input('');
  protected readonly optionsLabel = computed(() => $localize`Options for ${this.chat().title}:title:`);
  readonly opened = output();
  readonly renamed = output<string>();
  readonly acted = output<ChatAction>();

  protected closeMenu(): void {
    this.menuOpen.set(false);
    if (!this.renaming() && !this.#leaving) this.menuButton()?.nativeElement.focus();
  }

  protected act(action: ChatAction): void {
    this.#leaving = true;
    this.acted.emit(action);
  }

  protected startRenaming(): void {
    this.renaming.set(true);
    afterNextRender(() => this.titleBox()?.nativeElement.select(), { injector: this.#injector });
  }

  /** Enter and leaving the box both mean it; Escape has already put the old name back. */
  protected finishRenaming(title: string): void {
    if (!this.renaming()) return;
    this.renaming.set(false);
    const name = title.trim();
    if (name !== '' && name !== this.chat().title) this.renamed.emit(name);
    afterNextRender(() => focusIfLost(this.link()?.nativeElement), { injector: this.#injector });
  }
}
