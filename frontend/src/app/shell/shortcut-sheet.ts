import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  inject,
  output,
  viewChild,
} from '@angular/core';
import { KeyNames } from '../browser/key-names';
import { Icon } from './icon';

interface Shortcut {
  readonly keys: string;
  readonly action: string;
}

const GROUPS: readonly { readonly name: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    name: 'Message',
    shortcuts: [
      { keys: 'Enter', action: 'Send' },
      { keys: 'Shift+Enter', action: 'Begin a new line' },
      { keys: '↑', action: 'Edit the last message, from an empty box' },
    ],
  },
  {
    name: 'Reply',
    shortcuts: [
      { keys: 'Escape', action: 'Stop the reply' },
      { keys: 'Command+Shift+C', action: 'Copy the last reply' },
    ],
  },
  {
    name: 'Page',
    shortcuts: [
      { keys: 'Command+K', action: 'Search the chats' },
      { keys: 'Command+Shift+O', action: 'New chat' },
      { keys: 'Command+/', action: 'Show or hide this list' },
    ],
  },
];

/** All shortcuts, over the page. The browser keeps the focus in it, and gives it back to where it was. */
@Component({
  selector: 'app-shortcut-sheet',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './shortcut-sheet.html',
  styleUrl: './shortcut-sheet.css',
})
export class ShortcutSheet {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly sheet = viewChild.required<ElementRef<HTMLElement>>('sheet');
  protected readonly groups = GROUPS;
  protected readonly keyNames = inject(KeyNames);

  readonly closed = output();

  constructor() {
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
      this.sheet().nativeElement.focus();
    });
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  /** What is pressed here is not meant for the page below: Escape must not stop a reply. */
  protected pressed(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== '/' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.close();
  }
}
