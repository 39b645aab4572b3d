import { ChangeDetectionStrategy, Component } from '@angular/core';
import { ImportChats } from './import-chats';

/** What somebody has here, to take along, and what they bring. */
@Component({
  selector: 'app-data-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ImportChats],
  template: `
    <section aria-labelledby="export">
      <h2 id="export" i18n>Export</h2>
      <p class="hint" i18n>
        All your chats in one JSON file, with every branch, archived ones as well. A single chat is exported
        from its menu in the list, as JSON or as Markdown.
      </p>
      <a class="plain-button" href="/export/chats.json" download i18n>Export all chats</a>
    </section>
    <app-import-chats />
  `,
  styleUrl: './section.css',
})
export class DataSection {}
