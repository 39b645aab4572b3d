import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Attempt } from '../graphql/attempt';
import { plainSentence } from '../graphql/plain-sentence';
import { ProfileStore } from './profile-store';

/** Ends what was forgotten to be ended elsewhere. */
@Component({
  selector: 'app-sign-out-everywhere',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section aria-labelledby="sign-ins">
      <h2 id="sign-ins" i18n>Sign-ins</h2>
      <p class="hint" i18n>Signs out this browser and every other one. API tokens stay.</p>
      <button type="button" class="plain-button" (click)="signOut()" i18n>Sign out everywhere</button>
      @if (problem(); as problem) {
        <p role="alert" class="problem">{{ problem }}</p>
      }
    </section>
  `,
  styleUrl: './section.css',
})
export class SignOutEverywhere {
  readonly #store = inject(ProfileStore);
  readonly #attempt = new Attempt();
  protected readonly problem = computed(() => {
    const failure = this.#attempt.failure();
    return failure && plainSentence(failure);
  });

  protected async signOut(): Promise<void> {
    await this.#attempt.make(() => this.#store.signOutEverywhere());
  }
}
