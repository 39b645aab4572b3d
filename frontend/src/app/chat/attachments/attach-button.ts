import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { Icon } from '../../shell/icon';

/** Opens the system's choice of files, which is whole: what cannot be taken is told afterwards, with why. */
@Component({
  selector: 'app-attach-button',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `
    <input
      #input
      type="file"
      multiple
      class="visually-hidden"
      tabindex="-1"
      aria-hidden="true"
      (change)="choose(input)"
    />
    <button
      type="button"
      class="icon-button"
      aria-label="Attach files"
      i18n-aria-label
      title="Attach files"
      i18n-title
      (click)="input.click()"
    >
      <app-icon name="clip" />
    </button>
  `,
  styles: `
    :host {
      flex: none;
      margin: 3px;
    }
    button {
      width: 44px;
      height: 44px;
      border-radius: 50%;
    }
  `,
})
export class AttachButton {
  readonly filesChosen = output<readonly File[]>();

  protected choose(input: HTMLInputElement): void {
    const files = Array.from(input.files ?? []);
    // The same file may be chosen once more.
    input.value = '';
    if (files.length > 0) this.filesChosen.emit(files);
  }
}
