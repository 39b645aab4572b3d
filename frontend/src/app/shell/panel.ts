import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, type ConnectedPosition } from '@angular/cdk/overlay';
import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

/** A dialog below the button that opened it, over the page. The keyboard stays in it until it is closed. */
@Component({
  selector: 'app-panel',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CdkConnectedOverlay, CdkTrapFocus],
  templateUrl: './panel.html',
  styleUrl: './panel.css',
})
export class Panel {
  protected readonly positions: ConnectedPosition[] = [
    { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
  ];

  readonly origin = input.required<HTMLElement>();
  readonly label = input.required<string>();
  readonly closed = output();
}
