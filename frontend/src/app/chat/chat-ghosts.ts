import { ChangeDetectionStrategy, Component } from '@angular/core';

/** Stands where the messages of a chat will be. */
@Component({
  selector: 'app-chat-ghosts',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div role="status">
      <span class="visually-hidden" i18n>Loading the chat</span>
      <div class="ghost asked"></div>
      <div class="ghost"></div>
      <div class="ghost"></div>
      <div class="ghost short"></div>
    </div>
  `,
  styles: `
    :host {
      display: block;
      width: 100%;
      max-width: var(--column);
      margin-inline: auto;
      padding: calc(var(--bar) + 24px) var(--gutter) 0;
      animation: appear 300ms 200ms ease-out backwards;
    }

    .ghost {
      height: 12px;
      margin-bottom: 14px;
      border-radius: 6px;
      background: var(--bubble);
    }

    .ghost.asked {
      width: 45%;
      height: 40px;
      margin-block: 0 24px;
      margin-inline: auto 0;
      border-radius: var(--radius-m);
    }

    .ghost.short {
      width: 60%;
    }

    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class ChatGhosts {}
