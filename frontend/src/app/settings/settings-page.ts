import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { ConversationStore } from '../chat/conversation-store';
import { Page } from '../shell/page';

/** What somebody sets for themselves: four sections, each with an address. */
@Component({
  selector: 'app-settings-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Page, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <app-page heading="Settings" i18n-heading [back]="back()">
      <nav aria-label="Settings" i18n-aria-label>
        @for (section of sections; track section.path) {
          <a
            [routerLink]="section.path"
            routerLinkActive="current"
            ariaCurrentWhenActive="page"
            [routerLinkActiveOptions]="{ exact: true }"
          >
            {{ section.name }}
          </a>
        }
      </nav>
      <router-outlet />
    </app-page>
  `,
  styles: `
    nav {
      display: flex;
      flex-wrap: wrap;
      margin-bottom: 24px;
      border-bottom: 1px solid var(--line);
    }
    nav a {
      display: inline-flex;
      align-items: center;
      min-height: 44px;
      padding-inline: 8px;
      border-bottom: 2px solid transparent;
      margin-bottom: -1px;
      color: var(--muted);
      font: 500 var(--size-s) var(--font-text);
      text-decoration: none;
    }
    @media (min-width: 400px) {
      nav a {
        padding-inline: 12px;
      }
    }
    nav a.current {
      border-color: var(--accent);
      color: var(--text);
    }
    nav a:focus-visible {
      outline-offset: -2px;
      border-radius: var(--radius-s);
    }
  `,
})
export class SettingsPage {
  readonly #chatId = inject(ConversationStore).chatId;
  protected readonly back = computed(() => (this.#chatId() ? `/chat/${this.#chatId()}` : '/'));
  protected readonly sections = [
    { path: '/settings', name: $localize`Account` },
    { path: '/settings/plan', name: $localize`Plan and usage` },
    { path: '/settings/tokens', name: $localize`API tokens` },
    { path: '/settings/data', name: $localize`Your data` },
  ];
}
