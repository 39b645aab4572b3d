import { ChangeDetectionStrategy, Component, inject, type OnDestroy } from '@angular/core';
import { FailureNote } from '../account/failure-note';
import { CreateToken } from './create-token';
import { NewSecret } from './new-secret';
import { TokenRow } from './token-row';
import { TokensStore } from './tokens-store';

/** What lets the viewer's programs in. */
@Component({
  selector: 'app-tokens-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CreateToken, FailureNote, NewSecret, TokenRow],
  templateUrl: './tokens-section.html',
  styleUrls: ['./section.css', './tokens-section.css'],
})
export class TokensSection implements OnDestroy {
  protected readonly store = inject(TokensStore);

  constructor() {
    void this.store.load();
  }

  ngOnDestroy(): void {
    this.store.forgetSecret();
  }
}
