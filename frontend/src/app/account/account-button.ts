import type { ElementRef } from '@angular/core';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { Notices } from '../browser/notices';
import { Failure } from '../graphql/failure';
import { Icon } from '../shell/icon';
import { AccountMenu } from './account-menu';
import { viewerName } from './viewer-name';
import { ViewerStore } from './viewer-store';
import { WayBack } from './way-back';

/** Who is here. Its menu is loaded when somebody reaches for it; where nobody is, the way to sign in. */
@Component({
  selector: 'app-account-button',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AccountMenu, Icon, RouterLink],
  templateUrl: './account-button.html',
  styleUrl: './account-button.css',
})
export class AccountButton {
  readonly #store = inject(ViewerStore);
  readonly #notices = inject(Notices);
  private readonly button = viewChild<ElementRef<HTMLButtonElement>>('button');
  /** The focus goes to another page then. */
  #leaving = false;
  protected readonly viewer = this.#store.viewer;
  protected readonly asked = computed(() => this.#store.installation() !== null);
  protected readonly viewerName = viewerName;
  protected readonly menuOpen = signal(false);
  protected readonly wayBack = inject(WayBack).params;

  /** Somebody went somewhere: on small screens the drawer has done its work. */
  readonly left = output();

  protected open(): void {
    this.#leaving = false;
    this.menuOpen.set(true);
  }

  protected leave(): void {
    this.#leaving = true;
    this.left.emit();
  }

  protected close(): void {
    this.menuOpen.set(false);
    if (!this.#leaving) this.button()?.nativeElement.focus();
  }

  protected async signOut(): Promise<void> {
    try {
      await this.#store.signOut();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#notices.tell($localize`You could not be signed out. The server cannot be reached.`);
    }
  }
}
