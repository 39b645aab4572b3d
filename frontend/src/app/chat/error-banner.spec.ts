import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { ErrorBanner } from './error-banner';
import type { WayOn } from './error-text';

describe(ErrorBanner.name, () => {
  let fixture: ComponentFixture<ErrorBanner>;
  let taken: WayOn[];

  const page = () => fixture.nativeElement as HTMLElement;
  const buttons = () => Array.from(page().querySelectorAll('button'));
  const show = async (inputs: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await settled();
  };
  const settled = () => jest.advanceTimersByTimeAsync(20);

  beforeEach(() => {
    jest.useFakeTimers();
    fixture = TestBed.createComponent(ErrorBanner);
    taken = [];
    fixture.componentInstance.taken.subscribe((way) => taken.push(way));
  });

  afterEach(() => jest.useRealTimers());

  it('says what happened, and offers what can be done', async () => {
    await show({ code: 'PROVIDER_UNAVAILABLE', names: { provider: 'OpenAI' } });
    expect(page().querySelector('[role=alert] p')?.textContent).toBe('OpenAI cannot be reached.');
    buttons()[1]?.click();
    expect(buttons().map((button) => button.textContent.trim())).toEqual(['Try again', 'Other model']);
    expect(taken).toEqual(['other-model']);
  });

  it('counts down before it lets try again', async () => {
    await show({ code: 'PROVIDER_RATE_LIMITED', names: { model: 'GPT', retryAfterMs: 2000 } });
    expect(buttons()[0]?.disabled).toBe(true);
    expect(buttons()[0]?.textContent).toContain('(2)');
    await jest.advanceTimersByTimeAsync(2000);
    expect(buttons()[0]?.disabled).toBe(false);
    expect(taken).toEqual([]);
  });

  it('sends again by itself when only a little patience is needed', async () => {
    await show({ code: 'RATE_LIMITED', names: { retryAfterMs: 3000 } });
    expect(page().textContent).toContain('Sending again in 3 s.');
    await jest.advanceTimersByTimeAsync(3000);
    expect(taken).toEqual(['try-again']);
  });

  it("shows the provider's own words to who asks for them", async () => {
    await show({ code: 'PROVIDER_REJECTED', names: {}, detail: 'max_tokens is too large' });
    expect(page().textContent).not.toContain('max_tokens');
    buttons()[0]?.click();
    await settled();
    expect(page().textContent).toContain('max_tokens is too large');
    expect(taken).toEqual([]);
  });
});
