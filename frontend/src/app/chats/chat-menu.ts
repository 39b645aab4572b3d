import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  computed,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import type { ListedChat } from './chats-api';

/** What the list does to a chat. */
export type ChatAction = 'pin' | 'unpin' | 'archive' | 'unarchive' | 'delete';

/** What can be done to a chat; opens as soon as it is there. */
@Component({
  selector: 'app-chat-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <span aria-hidden="true" [matMenuTriggerFor]="menu" [matMenuTriggerRestoreFocus]="false"></span>
    <mat-menu #menu xPosition="before" (closed)="closed.emit()">
      <button mat-menu-item type="button" (click)="renameChosen.emit()" i18n>Rename</button>
      @if (!chat().archived) {
        <button mat-menu-item type="button" (click)="acted.emit(chat().pinned ? 'unpin' : 'pin')">
          {{ pinLabel() }}
        </button>
      }
      <button mat-menu-item type="button" (click)="acted.emit(chat().archived ? 'unarchive' : 'archive')">
        {{ archiveLabel() }}
      </button>
      <a mat-menu-item download [href]="'/export/chats/' + chat().id + '.md'" i18n>Export as Markdown</a>
      <a mat-menu-item download [href]="'/export/chats/' + chat().id + '.json'" i18n>Export as JSON</a>
      <button mat-menu-item type="button" (click)="acted.emit('delete')" i18n>Delete</button>
    </mat-menu>
  `,
  styles: `
    :host {
      position: absolute;
      inset-inline-end: 0;
      inset-block-end: 0;
    }
  `,
})
export class ChatMenu {
  private readonly trigger = viewChild.required(MatMenuTrigger);

  readonly chat = input.required<ListedChat>();
  protected readonly pinLabel = computed(() => (this.chat().pinned ? $localize`Unpin` : $localize`Pin`));
  protected readonly archiveLabel = computed(() =>
    this.chat().archived ? $localize`Unarchive` : $localize`Archive`,
  );
  readonly renameChosen = output();
  readonly acted = output<ChatAction>();
  readonly closed = output();

  constructor() {
    afterNextRender(() => this.trigger().openMenu());
  }
}
