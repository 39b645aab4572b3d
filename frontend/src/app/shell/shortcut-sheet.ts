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

interface Group {
  readonly name: string;
  readonly shortcuts: readonly Shortcut[];
}

const groups = (): readonly Group[] => [
  {
    name: $localize`Message`,
    shortcuts: [
      { keys: 'Enter', action: $localize`Send` },
      { keys: 'Shift+Enter', action: $localize`Begin a new line` },
      { keys: '↑', action: $localize`Edit the last message, from an empty box` },
    ],
  },
  {
    name: $localize`Reply`,
    shortcuts: [
      { keys: 'Escape', action: $localize`Stop the reply` },
      { keys: 'Command+Shift+C', action: $localize`Copy the last reply` },
    ],
  },
  {
    name: $localize`Page`,
    shortcuts: [
      { keys: 'Command+K', action: $localize`Search the chats` },
      { keys: 'Command+Shift+O', action: $localize`New chat` },
      { keys: 'Command+/', action: $localize`Show or hide this list` },
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
  protected readonly groups = groups();
  protected readonly keyNames = inject(KeyNames);

  readonly closed = output();

  constructor() {
    afterNextRender(() => {
      const dialog = this.dialog().nativeElement;
      dialog.showModal();
      this.sheet().nativeElement.focus();
      // A click beside the sheet that began there. The attribute for it, `closedby`, is not known to Safari.
      let began: EventTarget | null;
      dialog.addEventListener('pointerdown', ({ target }) => (began = target));
      dialog.addEventListener('click', ({ target }) => {
        if (target === dialog && began === dialog) this.close();
      });
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
