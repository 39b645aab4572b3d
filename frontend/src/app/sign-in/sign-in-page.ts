import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { newPasswordProblem, passwordHint } from '../account/password-rules';
import { WayBack, ownPath } from '../account/way-back';
import { mediaMatches } from '../browser/media';
import { LanguageChoice } from '../languages/language-choice';
import { TextField } from '../shell/text-field';
import { SignInStore } from './sign-in-store';
import { failureSentence, problemSentence } from './sign-in-words';

/** One page for every way in: an account, a new account, an identity provider, a guest. */
@Component({
  selector: 'app-sign-in-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [LanguageChoice, RouterLink, TextField],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.css',
})
export class SignInPage {
  readonly #injector = inject(Injector);
  readonly #router = inject(Router);
  readonly #query = toSignal(inject(ActivatedRoute).queryParamMap, { requireSync: true });
  /** Kept while the browser was at an identity provider that sent it back here. */
  readonly #kept = inject(WayBack).take();
  readonly #hovers = mediaMatches('(hover: hover)');
  private readonly emailField = viewChild<TextField>('emailField');
  private readonly passwordField = viewChild<TextField>('passwordField');
  protected readonly store = inject(SignInStore);
  protected readonly passwordHint = passwordHint();

  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly displayName = signal('');
  protected readonly emailProblem = signal<string | null>(null);
  protected readonly passwordProblem = signal<string | null>(null);

  protected readonly back = computed(() => ownPath(this.#query().get('back') ?? this.#kept));
  protected readonly backTree = computed(() => this.#router.parseUrl(this.back()));
  protected readonly mode = computed(() => (this.#query().get('account') === 'new' ? 'new' : 'known'));
  protected readonly words = computed(() =>
    this.mode() === 'new'
      ? {
          heading: $localize`Create an account`,
          lead: $localize`Your chats stay.`,
          button: $localize`Create the account`,
        }
      : {
          heading: $localize`Sign in`,
          lead: $localize`Your chats come along.`,
          button: $localize`Sign in`,
        },
  );
  protected readonly viewer = this.store.viewer;
  protected readonly installation = this.store.installation;
  protected readonly signUpClosed = computed(() => this.installation()?.signUpAllowed === false);
  protected readonly mayBeGuest = computed(
    () => this.installation()?.guestsAllowed === true && !this.viewer(),
  );
  /** Of the address, until something is tried here. */
  protected readonly sentence = computed(() => {
    const failure = this.store.failure();
    if (failure) return failureSentence(failure);
    if (this.store.busy()) return null;
    return problemSentence(this.#query().get('problem'), this.installation()?.openIdConnect?.name);
  });
  /** The address has an account: the other form is the way on. */
  protected readonly isTaken = computed(() => this.store.failure()?.failure.code === 'CONFLICT');

  constructor() {
    this.store.forgetFailure();
    this.focusEmail();
  }

  protected focusEmail(): void {
    // Only where that brings no keyboard up over what is to be read.
    if (!this.#hovers()) return;
    afterNextRender(() => this.emailField()?.focus(), { injector: this.#injector });
  }

  protected switchMode(): void {
    this.store.forgetFailure();
    this.emailProblem.set(null);
    this.passwordProblem.set(null);
    this.focusEmail();
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const credentials = { email: this.email().trim(), password: this.password() };
    if (!this.#check(credentials.email, credentials.password)) return;
    if (this.mode() === 'known') await this.store.signIn(credentials, this.back());
    else await this.store.signUp({ ...credentials, ...this.#name() }, this.back());
    if (this.store.failure()?.failure.code === 'UNAUTHENTICATED') this.passwordField()?.select();
  }

  #name(): { displayName?: string } {
    const displayName = this.displayName().trim();
    return displayName === '' ? {} : { displayName };
  }

  /** Says what is wrong where it is wrong, and leads there. */
  #check(email: string, password: string): boolean {
    const passwordProblem = this.mode() === 'new' ? newPasswordProblem(password) : null;
    this.emailProblem.set(
      /^\S+@\S+$/.test(email) ? null : $localize`An email address, as in name@example.com.`,
    );
    this.passwordProblem.set(password === '' ? $localize`A password is needed.` : passwordProblem);
    if (this.emailProblem()) this.emailField()?.focus();
    else if (this.passwordProblem()) this.passwordField()?.focus();
    return !this.emailProblem() && !this.passwordProblem();
  }
}
