import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FollowEnd, keepsPlace } from './follow-end';

@Component({
  imports: [FollowEnd],
  template: `<div class="scroller" appFollowEnd>
    <div><p></p></div>
  </div>`,
})
class Page {}

/** jsdom has no layout: heights are what the test says. */
describe(FollowEnd.name, () => {
  const window = 100;
  let height: number;
  let scroller: HTMLElement;
  let resized: () => void;

  /** The content is seen to be so high. */
  const grow = (pixels: number): void => {
    height = pixels;
    resized();
  };
  const held = (): string => (scroller.firstElementChild as HTMLElement).style.minHeight;
  const scrollTo = (top: number): void => {
    scroller.scrollTop = top;
    scroller.dispatchEvent(new Event('scroll'));
  };

  beforeEach(() => {
    // As in Safari, which keeps no place.
    Reflect.deleteProperty(CSSStyleDeclaration.prototype, 'overflowAnchor');
    height = 0;
    globalThis.ResizeObserver = class {
      constructor(callback: ResizeObserverCallback) {
        resized = () => callback([], this);
      }
      readonly observe = jest.fn<ResizeObserver['observe']>();
      readonly unobserve = jest.fn<ResizeObserver['unobserve']>();
      readonly disconnect = jest.fn<ResizeObserver['disconnect']>();
    };
    const page = TestBed.createComponent(Page);
    scroller = (page.nativeElement as HTMLElement).querySelector<HTMLElement>('.scroller')!;
    let top = 0;
    Object.defineProperties(scroller, {
      clientHeight: { value: window },
      scrollHeight: { get: () => Math.max(height, Number.parseFloat(held()) || 0) },
      // No browser scrolls beyond the end.
      scrollTop: {
        get: () => Math.min(top, Math.max(0, scroller.scrollHeight - window)),
        set: (value: number) => (top = value),
      },
    });
    const content = scroller.querySelector('p')!;
    content.getBoundingClientRect = () => ({ height }) as DOMRect;
    page.detectChanges();
  });

  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'ResizeObserver');
  });

  it('stays at the end of what grows', () => {
    expect(keepsPlace()).toBe(false);
    grow(300);
    expect(scroller.scrollTop).toBe(200);
    grow(500);
    expect(scroller.scrollTop).toBe(400);
  });

  it('stays there where a part is drawn anew, and is gone for a moment', () => {
    grow(500);
    height = 440;
    // Laid out in that moment: the end is where it is then.
    const top = scroller.scrollTop;
    height = 500;
    scrollTo(top);
    grow(600);
    expect(scroller.scrollTop).toBe(500);
  });

  it('is as low as its content once that was seen to be lower', () => {
    grow(500);
    grow(440);
    expect(scroller.scrollHeight).toBe(440);
    expect(scroller.scrollTop).toBe(340);
  });

  it('lets go of the end, and of the height, at the first scroll up', () => {
    grow(500);
    scrollTo(300);
    expect(held()).toBe('');
    grow(600);
    expect(scroller.scrollTop).toBe(300);
    scrollTo(500);
    grow(700);
    expect(scroller.scrollTop).toBe(600);
  });
});
