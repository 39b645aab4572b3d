import { ChangeDetectionStrategy, Component, afterNextRender, output, viewChild } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

/** What can be done to a chat; opens as soon as it is there. */
@Component({
  selector: 'app-chat-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <span [matMenuTriggerFor]="menu" [matMenuTriggerRestoreFocus]="false"></span>
    <mat-menu #menu xPosition="before" (closed)="closed.emit()">
      <button mat-menu-item type="button" (click)="renameChosen.emit()">Rename</button>
      <button mat-menu-item type="button" (click)="deleteChosen.emit()">Delete</button>
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
  readonly renameChosen = output();
  readonly deleteChosen = output();
  readonly closed = output();

  constructor() {
    afterNextRender(() => this.trigger().openMenu());
  }
}
