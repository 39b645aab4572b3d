import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { newPasswordProblem, passwordHint } from '../account/password-rules';
import { Attempt } from '../graphql/attempt';
import type { Failure } from '../graphql/failure';
import { plainSentence } from '../graphql/plain-sentence';
import { TextField } from '../shell/text-field';
import { ProfileStore } from './profile-store';
import type { Profile } from './settings-api';

/** Another password, or the first one of an account that came from an identity provider. */
@Component({
  selector: 'app-change-password',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [TextField],
  templateUrl: './change-password.html',
  styleUrl: './section.css',
})
export class ChangePassword {
  readonly #store = inject(ProfileStore);
  private readonly currentField = viewChild<TextField>('currentField');
  private readonly newField = viewChild.required<TextField>('newField');
  protected readonly attempt = new Attempt();
  protected readonly current = signal('');
  protected readonly next = signal('');
  protected readonly currentProblem = signal<string | null>(null);
  protected readonly nextProblem = signal<string | null>(null);
  protected readonly hint = passwordHint();

  readonly profile = input.required<Profile>();

  protected readonly words = computed(() =>
    this.profile().hasPassword
      ? { heading: $localize`Password`, button: $localize`Change the password` }
      : { heading: $localize`Set a password`, button: $localize`Set the password` },
  );

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.#check()) return;
    const change = {
      newPassword: this.next(),
      ...(this.profile().hasPassword && { currentPassword: this.current() }),
    };
    if ((await this.attempt.make(() => this.#store.changePassword(change))) === 'refused') this.#explain();
    else for (const typed of [this.current, this.next]) typed.set('');
  }

  #check(): boolean {
    this.attempt.forget();
    const missing = this.profile().hasPassword && this.current() === '';
    this.currentProblem.set(missing ? $localize`The current password is needed.` : null);
    this.nextProblem.set(newPasswordProblem(this.next()));
    if (missing) this.currentField()?.focus();
    else if (this.nextProblem()) this.newField().focus();
    return !missing && !this.nextProblem();
  }

  #explain(): void {
    const failure = this.attempt.failure();
    if (!failure) return;
    const wrong = isWrongPassword(failure);
    this.currentProblem.set(wrong ? $localize`This is not the current password.` : null);
    this.nextProblem.set(wrong ? null : plainSentence(failure));
    if (wrong) this.currentField()?.select();
  }
}

/** What is one's own to change and is refused all the same was asked for with a wrong password. */
export function isWrongPassword({ code }: Failure): boolean {
  return code === 'FORBIDDEN';
}
