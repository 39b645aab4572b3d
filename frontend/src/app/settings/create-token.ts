import { ChangeDetectionStrategy, Component, computed, inject, signal, viewChild } from '@angular/core';
import { Attempt } from '../graphql/attempt';
import { plainSentence } from '../graphql/plain-sentence';
import { TextField } from '../shell/text-field';
import { SCOPE_NAMES } from './token-text';
import type { TokenScope } from './tokens-api';
import { TokensStore } from './tokens-store';

const DAY_MS = 24 * 3600 * 1000;

const lifetimes = (): readonly { days: number; name: string }[] => [
  { days: 30, name: $localize`30 days` },
  { days: 90, name: $localize`90 days` },
  { days: 365, name: $localize`A year` },
  { days: 0, name: $localize`Until it is revoked` },
];

const scopes = (): readonly { scope: TokenScope; what: string }[] => [
  { scope: 'CHAT_READ', what: $localize`Read chats and replies` },
  { scope: 'CHAT_WRITE', what: $localize`Write messages, rename and delete` },
];

/** The form for another token. */
@Component({
  selector: 'app-create-token',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [TextField],
  templateUrl: './create-token.html',
  styleUrls: ['./section.css', './create-token.css'],
})
export class CreateToken {
  readonly #store = inject(TokensStore);
  private readonly nameField = viewChild.required<TextField>('nameField');
  readonly #attempt = new Attempt();
  protected readonly scopes = scopes();
  protected readonly scopeNames = SCOPE_NAMES;
  protected readonly lifetimes = lifetimes();
  protected readonly name = signal('');
  protected readonly days = signal(90);
  protected readonly chosen = signal<readonly TokenScope[]>(['CHAT_READ', 'CHAT_WRITE']);
  protected readonly nameProblem = signal<string | null>(null);
  protected readonly scopeProblem = signal<string | null>(null);
  protected readonly problem = computed(() => {
    const failure = this.#attempt.failure();
    return failure && plainSentence(failure);
  });

  protected toggle(scope: TokenScope): void {
    this.chosen.update((chosen) =>
      chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope],
    );
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name().trim();
    this.nameProblem.set(name === '' ? $localize`A name tells you later what it is for.` : null);
    this.scopeProblem.set(
      this.chosen().length === 0 ? $localize`Without a scope it would open nothing.` : null,
    );
    if (this.nameProblem()) this.nameField().focus();
    if (this.nameProblem() || this.scopeProblem()) return;
    const token = { name, scopes: [...this.chosen()], expiresAt: this.#end() };
    if ((await this.#attempt.make(() => this.#store.create(token))) === 'done') this.name.set('');
  }

  #end(): string | null {
    return this.days() === 0 ? null : new Date(Date.now() + this.days() * DAY_MS).toISOString();
  }
}
