import { ChangeDetectionStrategy, Component, afterNextRender, input, output, viewChild } from '@angular/core';
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
      <button mat-menu-item type="button" (click)="renameChosen.emit()">Rename</button>
      @if (!chat().archived) {
        <button mat-menu-item type="button" (click)="acted.emit(chat().pinned ? 'unpin' : 'pin')">
          {{ chat().pinned ? 'Unpin' : 'Pin' }}
        </button>
      }
      <button mat-menu-item type="button" (click)="acted.emit(chat().archived ? 'unarchive' : 'archive')">
        {{ chat().archived ? 'Unarchive' : 'Archive' }}
      </button>
      <a mat-menu-item download [href]="'/export/chats/' + chat().id + '.md'">Export as Markdown</a>
      <a mat-menu-item download [href]="'/export/chats/' + chat().id + '.json'">Export as JSON</a>
      <button mat-menu-item type="button" (click)="acted.emit('delete')">Delete</button>
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
  readonly renameChosen = output();
  readonly acted = output<ChatAction>();
  readonly closed = output();

  constructor() {
    afterNextRender(() => this.trigger().openMenu());
  }
}
