import { Injectable, Injector, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

const READING_MS = 5_000;

/** Short words at the edge of the page. The snack bar is loaded with its first notice. */
@Injectable({ providedIn: 'root' })
export class Notices {
  readonly #injector = inject(Injector);

  tell(text: string): void {
    void this.#open(text, undefined, READING_MS);
  }

  /** Whether the action was taken while the notice stood there. */
  async offer(text: string, action: string, duration: number): Promise<boolean> {
    const bar = await this.#open(text, action, duration);
    return (await firstValueFrom(bar.afterDismissed())).dismissedByAction;
  }

  async #open(text: string, action: string | undefined, duration: number) {
    const { MatSnackBar } = await import('@angular/material/snack-bar');
    return this.#injector.get(MatSnackBar).open(text, action, { duration, panelClass: 'notice' });
  }
}
