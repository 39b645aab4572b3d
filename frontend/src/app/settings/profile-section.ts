import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { FailureNote } from '../account/failure-note';
import { FROM_PROVIDER, WayBack } from '../account/way-back';
import { day } from '../browser/day';
import { LanguageChoice } from '../languages/language-choice';
import { ChangePassword } from './change-password';
import { DeleteAccount } from './delete-account';
import { ProfileStore } from './profile-store';
import { SignOutEverywhere } from './sign-out-everywhere';

/** Who the viewer is here, and what they can do about it. */
@Component({
  selector: 'app-profile-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ChangePassword, DeleteAccount, FailureNote, LanguageChoice, RouterLink, SignOutEverywhere],
  templateUrl: './profile-section.html',
  styleUrls: ['./section.css', './profile-section.css'],
})
export class ProfileSection {
  readonly #wayBack = inject(WayBack);
  /** Nothing else here tells that the round was a success. */
  protected readonly connected = navigationInfo(inject(Router)) === FROM_PROVIDER;
  protected readonly store = inject(ProfileStore);
  protected readonly profile = this.store.profile;
  protected readonly heading = computed(() =>
    this.profile()?.isGuest ? $localize`You are a guest` : $localize`Your account`,
  );
  protected readonly email = computed(() => this.profile()?.email ?? $localize`:no email address|:none`);
  protected readonly day = day;
  protected readonly signUp = computed(() => ({ account: 'new', back: this.#wayBack.params().back }));
  protected readonly provider = computed(() => this.store.installation()?.openIdConnect ?? null);

  constructor() {
    void this.store.load();
  }

  protected keepPlace(): void {
    this.#wayBack.keep('/settings');
  }
}

/** An outlet within an outlet may be filled only when the navigation has ended. */
function navigationInfo(router: Router): unknown {
  return (router.currentNavigation() ?? router.lastSuccessfulNavigation())?.extras.info;
}
