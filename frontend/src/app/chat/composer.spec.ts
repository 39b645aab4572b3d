import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { Composer } from './composer';

describe(Composer.name, () => {
  let fixture: ComponentFixture<Composer>;
  let sent: string[];

  const host = () => fixture.nativeElement as HTMLElement;
  const box = () => host().querySelector<HTMLTextAreaElement>('textarea')!;
  const button = () => host().querySelector<HTMLButtonElement>('button.round')!;
  const press = (key: string, options: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...options });
    box().dispatchEvent(event);
    return event;
  };
  const given = async (inputs: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  };

  beforeEach(async () => {
    fixture = TestBed.createComponent(Composer);
    sent = [];
    fixture.componentInstance.messageSubmitted.subscribe((text) => sent.push(text));
    await given({ text: 'Hello', busy: false, stopping: false, editing: false });
  });

  it('sends with Enter and breaks the line with Shift+Enter', () => {
    expect(press('Enter', { shiftKey: true }).defaultPrevented).toBe(false);
    expect(sent).toEqual([]);
    expect(press('Enter').defaultPrevented).toBe(true);
    expect(sent).toEqual(['Hello']);
  });

  describe('on a page too busy to render', () => {
    const type = (letters: string) => {
      box().dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertText', data: letters }));
      box().value += letters;
      box().dispatchEvent(new InputEvent('input'));
    };

    /** What stands in the box is kept where the page keeps it, and taken from there when it is sent. */
    const keep = () => {
      fixture.componentInstance.textChanged.subscribe((text) => fixture.componentRef.setInput('text', text));
      fixture.componentInstance.messageSubmitted.subscribe(() => fixture.componentRef.setInput('text', ''));
    };

    it('sends every letter, however soon after the last one Enter comes', () => {
      keep();
      type(' there');
      press('Enter');
      expect(sent).toEqual(['Hello there']);
    });

    it('is typed into what it is to hold, though that is not there yet', () => {
      fixture.componentRef.setInput('text', 'An earlier message');
      type('!');
      expect(box().value).toBe('An earlier message!');
    });

    it('sends what it is to hold, though that is not there yet', () => {
      fixture.componentRef.setInput('text', 'An earlier message');
      press('Enter');
      expect(sent).toEqual(['An earlier message']);
    });

    it('leaves nothing behind that was typed and sent since', async () => {
      await given({ text: '' });
      keep();
      type('Hello');
      press('Enter');
      await fixture.whenStable();
      expect([sent, box().value]).toEqual([['Hello'], '']);
    });

    it('leaves nothing behind that was typed and taken away since', async () => {
      await given({ text: '' });
      type('Hello');
      await fixture.whenStable();
      expect(box().value).toBe('');
    });
  });

  it('keeps what is written, and does not send it, while the server is waited for', async () => {
    const held = 'Sending waits for the server. What you write is kept.';
    await given({ held });
    press('Enter');
    expect(sent).toEqual([]);
    expect(button().disabled).toBe(true);
    expect(host().querySelector(`#${box().getAttribute('aria-describedby')}`)?.textContent).toBe(held);
    await given({ held: null });
    press('Enter');
    expect(sent).toEqual(['Hello']);
  });

  it('never sends while a word is being composed', () => {
    press('Enter', { isComposing: true });
    press('Enter', { keyCode: 229 });
    expect(sent).toEqual([]);
  });

  it('sends nothing that is empty', async () => {
    await given({ text: '  \n' });
    press('Enter');
    expect(button().disabled).toBe(true);
    expect(sent).toEqual([]);
  });

  it('turns the button into Stop while a reply is being written, and lets typing go on', async () => {
    let stops = 0;
    fixture.componentInstance.stopRequested.subscribe(() => stops++);
    await given({ busy: true });
    expect(button().getAttribute('aria-label')).toBe('Stop');
    expect(box().disabled).toBe(false);
    press('Enter');
    expect(sent).toEqual([]);
    button().click();
    expect(stops).toBe(1);
    await given({ stopping: true });
    expect(button().getAttribute('aria-label')).toBe('Stopping');
    expect(button().disabled).toBe(true);
  });

  it('keeps the focus after the button was used', () => {
    document.body.append(host());
    button().click();
    expect(sent).toEqual(['Hello']);
    expect(document.activeElement).toBe(box());
  });

  it('asks for the last message with the up arrow, only in an empty box', async () => {
    let asked = 0;
    fixture.componentInstance.lastPromptRequested.subscribe(() => asked++);
    press('ArrowUp');
    expect(asked).toBe(0);
    await given({ text: '' });
    press('ArrowUp');
    expect(asked).toBe(1);
  });
});
