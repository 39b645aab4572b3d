import { Directive, ElementRef, effect, inject, input } from '@angular/core';
import { patchChildren } from './patch-children';
import { sanitize } from './sanitize';

/** Shows HTML made from a reply inside its host. The only way from such a string into the page. */
@Directive({ selector: '[appSafeHtml]' })
export class SafeHtml {
  readonly html = input.required<string>({ alias: 'appSafeHtml' });
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    effect(() => patchChildren(this.#host, sanitize(this.html())));
  }
}
