import { TestBed } from '@angular/core/testing';
import type { Quota } from '../account/account-api';
import type { QuotaName } from '../graphql/failure';
import { aQuota, used } from '../account/testing/viewers';
import { QuotaMeter } from './quota-meter';

describe(QuotaMeter.name, () => {
  const show = async (name: QuotaName, quota: Quota) => {
    const fixture = TestBed.createComponent(QuotaMeter);
    fixture.componentRef.setInput('name', name);
    fixture.componentRef.setInput('quota', quota);
    await fixture.whenStable();
    const page = fixture.nativeElement as HTMLElement;
    return { page, meter: page.querySelector<HTMLElement>('[role=meter]') };
  };

  it('says in words what the bar shows', async () => {
    const { page, meter } = await show('messagesToday', used(13, 100));
    expect(page.querySelector('.used')?.textContent).toBe('13 of 100');
    expect(page.querySelector('.left')?.textContent).toMatch(/^87 left/);
    expect(meter?.getAttribute('aria-valuenow')).toBe('13');
    expect(meter?.getAttribute('aria-valuetext')).toBe('87 of 100 messages left today');
    expect(meter?.querySelector('div')?.style.inlineSize).toBe('13%');
  });

  it.each([
    ['messagesToday', used(50, 100), 'plenty'],
    ['messagesToday', used(95, 100), 'low'],
    ['messagesToday', used(100, 100), 'gone'],
    ['repliesAtOnce', used(1, 3), 'plenty'],
  ] as const)('%s %j: %s', async (name, quota, state) => {
    expect((await show(name, quota)).meter?.classList).toContain(state);
  });

  it('shows no bar of what has no limit', async () => {
    const { page, meter } = await show('tokensThisMonth', aQuota({ used: 12 }));
    expect(meter).toBeNull();
    expect(page.textContent).toContain('No limit');
  });
});
