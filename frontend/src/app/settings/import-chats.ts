import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { counted } from '../browser/counted';
import { inNumber } from '../languages/in-number';
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
    if (progress.state === 'running')
      return $localize`${counted(this.handled())}:handled: of ${counted(progress.total)}:total: chats`;
    const added = inNumber(progress.added, {
      one: $localize`1 chat imported.`,
      other: $localize`${counted(progress.added)}:count: chats imported.`,
    });
    return progress.known > 0 ? `${added} ${$localize`Already here: ${progress.known}:count:.`}` : added;
  });

  protected read(input: HTMLInputElement): void {
    const file = input.files?.[0];
    if (file) void this.store.read(file);
    // The same file may be chosen once more.
    input.value = '';
  }
}
