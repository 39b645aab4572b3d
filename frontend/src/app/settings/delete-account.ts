import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Attempt } from '../graphql/attempt';
import { plainSentence } from '../graphql/plain-sentence';
import { TextField } from '../shell/text-field';
import { isWrongPassword } from './change-password';
import { ProfileStore } from './profile-store';
import type { Profile } from './settings-api';

/** The one thing here that cannot be taken back: what is about to go has to be typed. */
@Component({
  selector: 'app-delete-account',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [TextField],
  templateUrl: './delete-account.html',
  styleUrl: './section.css',
})
export class DeleteAccount {
  readonly #store = inject(ProfileStore);
  private readonly passwordField = viewChild<TextField>('passwordField');
  protected readonly attempt = new Attempt();
  protected readonly typed = signal('');
  protected readonly password = signal('');

  readonly profile = input.required<Profile>();

  /** What has to be typed. */
  protected readonly word = computed(() => this.profile().email ?? $localize`:to be typed|:delete`);
  protected readonly typeLabel = computed(() => $localize`Type ${this.word()}:word: to confirm`);
  protected readonly words = computed(() =>
    this.profile().isGuest
      ? {
          heading: $localize`Delete everything`,
          what: $localize`Deletes what this server knows of you with all chats, messages and API tokens. There is no way back.`,
        }
      : {
          heading: $localize`Delete the account`,
          what: $localize`Deletes the account with all chats, messages and API tokens. There is no way back.`,
        },
  );
  protected readonly confirmed = computed(
    () =>
      this.typed().trim().toLowerCase() === this.word().toLowerCase() &&
      (!this.profile().hasPassword || this.password() !== ''),
  );
  protected readonly problem = computed(() => {
    const failure = this.attempt.failure();
    if (!failure) return null;
    return isWrongPassword(failure) && this.profile().hasPassword
      ? $localize`This is not the password of this account.`
      : plainSentence(failure);
  });

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.confirmed()) return;
    const password = this.profile().hasPassword ? this.password() : undefined;
    const outcome = await this.attempt.make(() => this.#store.deleteAccount(password));
    if (outcome === 'refused') this.passwordField()?.select();
  }
}
