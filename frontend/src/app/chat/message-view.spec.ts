import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { ChatMessage } from './message';
import { MessageView } from './message-view';
import { aMessage, aReply } from './testing/messages';

describe(MessageView.name, () => {
  let fixture: ComponentFixture<MessageView>;

  const page = () => fixture.nativeElement as HTMLElement;
  const button = (name: string) => page().querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`);
  const show = async (message: ChatMessage, about: { last?: boolean; busy?: boolean } = {}) => {
    fixture.componentRef.setInput('message', message);
    fixture.componentRef.setInput('last', about.last ?? true);
    fixture.componentRef.setInput('busy', about.busy ?? false);
    await fixture.whenStable();
  };

  beforeEach(() => {
    fixture = TestBed.createComponent(MessageView);
  });

  afterEach(() => jest.useRealTimers());

  it('shows what I wrote as I wrote it', async () => {
    await show(aMessage({ content: '**not** <b>markup</b>' }));
    expect(page().querySelector('.bubble')?.textContent).toBe('**not** <b>markup</b>');
    expect(page().querySelector('h2')?.textContent).toBe('You');
    expect(button('Regenerate')).toBeNull();
  });

  it('lets me change what I wrote, but not while a reply is being written', async () => {
    let edits = 0;
    fixture.componentInstance.editRequested.subscribe(() => edits++);
    await show(aMessage());
    button('Edit message')?.click();
    expect(edits).toBe(1);
    await show(aMessage(), { busy: true });
    expect(button('Edit message')?.disabled).toBe(true);
    await show(aReply({ content: 'Not mine' }));
    expect(button('Edit message')).toBeNull();
  });

  it('says where a reply came from', async () => {
    const usage = { inputTokens: 10, outputTokens: 1204 };
    await show(aReply({ content: 'Hi', usage, timeToFirstTokenMs: 430, fromCache: true }));
    const line = page().querySelector<HTMLElement>('.line');
    expect(line?.textContent).toBe('Demo quick · 1,204 tokens · first token in 430 ms');
    expect(line?.title).toBe('10 tokens read, 1,204 written');
    expect(page().querySelector('.badge')?.textContent).toBe('from cache');
    await show(aReply({ content: 'Hi', usage, timeToFirstTokenMs: 430 }));
    expect(page().querySelector('.badge')).toBeNull();
  });

  it('marks a reply that was stopped, and can ask for another', async () => {
    let asked = 0;
    fixture.componentInstance.regenerateRequested.subscribe(() => asked++);
    await show(aReply({ content: 'Half', status: 'STOPPED' }));
    expect(page().querySelector('.ending span')?.textContent).toBe('Stopped');
    button('Regenerate')?.click();
    expect(asked).toBe(1);
  });

  it('goes on with a reply that ended early, where there is something to go on from', async () => {
    const ways: string[] = [];
    fixture.componentInstance.wayTaken.subscribe((way) => ways.push(way));
    const goOn = () =>
      [...page().querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Continue');
    await show(aReply({ content: 'Half', status: 'STOPPED' }));
    goOn()?.click();
    await show(aReply({ content: 'Half', status: 'FAILED', errorCode: 'PROVIDER_TIMEOUT' }));
    goOn()?.click();
    expect(ways).toEqual(['continue', 'continue']);
    for (const status of ['STOPPED', 'FAILED'] as const) {
      await show(aReply({ content: '', status, errorCode: 'PROVIDER_TIMEOUT' }));
      expect(goOn()).toBeUndefined();
    }
  });

  it('offers a way on from a failed reply only at the end of the chat', async () => {
    const failed = aReply({ content: 'Half', status: 'FAILED', errorCode: 'PROVIDER_TIMEOUT' });
    await show(failed);
    expect(page().querySelector('[role=alert]')?.textContent).toContain('Demo quick did not answer in time.');
    await show(failed, { last: false });
    expect(page().querySelector('[role=alert]')).toBeNull();
    expect(page().textContent).toContain('Demo quick did not answer in time.');
  });

  it('walks through the versions of a reply', async () => {
    const chosen: string[] = [];
    fixture.componentInstance.versionChosen.subscribe((id) => chosen.push(id));
    await show(aReply({ id: 'b', siblingIds: ['a', 'b', 'c'] }));
    expect(page().querySelector('.versions')?.textContent).toContain('2/3');
    button('Previous version')?.click();
    button('Next version')?.click();
    expect(chosen).toEqual(['a', 'c']);
  });

  it('says after nine seconds that the model is slow, and offers to stop it', async () => {
    jest.useFakeTimers();
    let stops = 0;
    fixture.componentInstance.stopRequested.subscribe(() => stops++);
    fixture.componentRef.setInput('message', aReply({ status: 'PENDING' }));
    fixture.componentRef.setInput('last', true);
    fixture.componentRef.setInput('busy', true);
    await jest.advanceTimersByTimeAsync(8_900);
    expect(page().textContent).not.toContain('slow');
    await jest.advanceTimersByTimeAsync(200);
    expect(page().textContent).toContain('The model is slow to answer.');
    page().querySelector<HTMLButtonElement>('app-reply-waiting button')?.click();
    expect(stops).toBe(1);
  });
});
