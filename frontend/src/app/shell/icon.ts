import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** Strokes on a 24 px grid. */
const PATHS = {
  sidebar: 'M4 5.5h16v13H4zM9.5 5.5v13',
  'new-chat':
    'M11 5H6a1.5 1.5 0 0 0-1.5 1.5v11A1.5 1.5 0 0 0 6 19h11a1.5 1.5 0 0 0 1.5-1.5v-5M9.5 14.5l.6-2.7 7.8-7.8 2.1 2.1-7.8 7.8z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20 20',
  send: 'M12 19V5.5M6 11l6-6 6 6',
  clip: 'm19 11-7.6 7.6a4.6 4.6 0 0 1-6.5-6.5l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.55 1.55 0 0 1-2.2-2.2l7.2-7.2',
  image: 'M4 5.5h16v13H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01',
  file: 'M7 3.5h6.5l4 4v13H7zM13.5 3.5v4h4',
  stop: 'M7.5 7.5h9v9h-9z',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 3.5v4h-4',
  fork: 'M7 8.5v7M7 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 8.5v1a3.5 3.5 0 0 1-3.5 3.5h-3A3.5 3.5 0 0 0 7 15.5',
  left: 'm14.5 6-6 6 6 6',
  right: 'm9.5 6 6 6-6 6',
  down: 'm6 9.5 6 6 6-6',
  'to-end': 'M12 5v13.5M6 13l6 6 6-6',
  archive: 'M4 5.5h16V10H4zM5.5 10v8.5h13V10M10 13.5h4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  pin: 'M9 4h6l-.7 6 3.2 3.5H6.5L9.7 10zM12 13.5V20',
  sliders:
    'M4 8h8M18 8h2M4 16h2M12 16h8M15 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 18.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  grip: 'M9.5 7h.01M9.5 12h.01M9.5 17h.01M14.5 7h.01M14.5 12h.01M14.5 17h.01',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'm6 6 12 12M18 6 6 18',
  pencil: 'm5 19 1-4L16 5l3 3L9 18z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  globe:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c-2.4 2.4-3.6 5.3-3.6 8.5s1.2 6.1 3.6 8.5c2.4-2.4 3.6-5.3 3.6-8.5S14.4 5.9 12 3.5z',
} as const;

/** They point along the line, so they turn round where lines run from right to left. */
const ALONG_THE_LINE: readonly IconName[] = ['left', 'right', 'sidebar'];

/** The name of a drawing. */
export type IconName = keyof typeof PATHS;

/** A drawing beside or instead of a word; the word is the button's accessible name. */
@Component({
  selector: 'app-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path [attr.d]="path()" /></svg>`,
  host: { '[class.along-the-line]': 'alongTheLine()' },
  styles: `
    :host {
      display: inline-grid;
    }
    svg {
      width: 20px;
      height: 20px;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    :host(.bold) svg {
      stroke-width: 2.6;
    }
    :host(.along-the-line:dir(rtl)) svg {
      scale: -1 1;
    }
    :host(.filled) svg {
      fill: currentColor;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => PATHS[this.name()]);
  protected readonly alongTheLine = computed(() => ALONG_THE_LINE.includes(this.name()));
}
