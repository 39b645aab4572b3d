import { Directive, ElementRef, effect, inject, input } from '@angular/core';
import { Formulas } from './formulas';
import { patchChildren } from './patch-children';
import { sanitize } from './sanitize';

/** Shows HTML made from a reply inside its host. The only way from such a string into the page. */
@Directive({ selector: '[appSafeHtml]' })
export class SafeHtml {
  readonly html = input.required<string>({ alias: 'appSafeHtml' });
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly #formulas = inject(Formulas);

  constructor() {
    effect(() => {
      const wanted = sanitize(this.html());
      this.#formulas.setNow(wanted);
      patchChildren(this.#host, wanted);
      this.#formulas.setSoon(this.#host);
    });
  }
}
