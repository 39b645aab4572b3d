import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { ImportStore } from './import-store';

/** Brings chats in from a file. It goes on while somebody looks at another page. */
@Component({
  selector: 'app-import-chats',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './import-chats.html',
  styleUrls: ['./section.css', './import-chats.css'],
})
export class ImportChats {
  protected readonly store = inject(ImportStore);
  protected readonly running = computed(() => this.store.progress()?.state === 'running');
  protected readonly handled = computed(() => {
    const progress = this.store.progress();
    return progress ? progress.added + progress.known + progress.leftOut.length : 0;
  });
  protected readonly sentence = computed(() => {
    const progress = this.store.progress();
    if (!progress) return '';
    if (progress.state === 'running') return `${this.handled()} of ${progress.total} chats`;
    const known = progress.known > 0 ? ` Already here: ${progress.known}.` : '';
    return `${chats(progress.added)} imported.${known}`;
  });

  protected read(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file) void this.store.read(file);
    // The same file may be chosen once more.
    input.value = '';
  }
}

function chats(count: number): string {
  return count === 1 ? '1 chat' : `${count} chats`;
}
