import { DestroyRef, ElementRef, assertInInjectionContext, inject, signal, type Signal } from '@angular/core';

/** Whether the host element is on the screen, or at least a part of it. */
export function hostInSight(): Signal<boolean> {
  assertInInjectionContext(hostInSight);
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const inSight = signal(false);
  if (typeof IntersectionObserver === 'undefined') return inSight;
  const observer = new IntersectionObserver((sights) => inSight.set(sights.at(-1)?.isIntersecting ?? false));
  observer.observe(host);
  inject(DestroyRef).onDestroy(() => observer.disconnect());
  return inSight.asReadonly();
}
