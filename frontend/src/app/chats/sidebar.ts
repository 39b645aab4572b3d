import type { ElementRef } from '@angular/core';
import { ChangeDetectionStrategy, Component, inject, output, viewChild } from '@angular/core';
import { AccountButton } from '../account/account-button';
import { KeyNames } from '../browser/key-names';
import { LanguageSwitch } from '../languages/language-switch';
import { Icon } from '../shell/icon';
import { SidebarState } from '../shell/sidebar-state';
import { ThemeSwitch } from '../shell/theme-switch';
import { ChatList } from './chat-list';
import { ChatsStore } from './chats-store';

const TYPING_MS = 200;

/** The list of chats beside the page: finding one, and beginning another. */
@Component({
  selector: 'app-sidebar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountButton, ChatList, Icon, LanguageSwitch, ThemeSwitch],
  templateUrl: './sidebar.html',
  styleUrl: './sidebar.css',
})
export class Sidebar {
  private readonly searchBox = viewChild.required<ElementRef<HTMLInputElement>>('search');
  #typing: ReturnType<typeof setTimeout> | undefined;
  readonly #store = inject(ChatsStore);
  protected readonly state = inject(SidebarState);
  protected readonly keyNames = inject(KeyNames);

  readonly newChatRequested = output();

  /** With what was `typed` for it before. False where it cannot take the focus: a drawer first has to open. */
  focusSearch(typed: string): boolean {
    const box = this.searchBox().nativeElement;
    box.focus();
    box.select();
    if (typed !== '') {
      box.value = typed;
      this.find(typed);
    }
    return box.ownerDocument.activeElement === box;
  }

  protected find(text: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#store.find(text), TYPING_MS);
  }

  protected clearSearch(box: HTMLInputElement): void {
    box.value = '';
    this.find('');
  }
}
