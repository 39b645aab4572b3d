import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { ReasoningFold } from './reasoning-fold';

describe(ReasoningFold.name, () => {
  let fixture: ComponentFixture<ReasoningFold>;
  const fold = () => (fixture.nativeElement as HTMLElement).querySelector('details') as HTMLDetailsElement;
  const press = async () => {
    fold().querySelector('summary')?.click();
    await fixture.whenStable();
  };
  const think = async (thinking: boolean) => {
    fixture.componentRef.setInput('text', 'First I think.');
    fixture.componentRef.setInput('thinking', thinking);
    await fixture.whenStable();
  };

  beforeEach(() => {
    fixture = TestBed.createComponent(ReasoningFold);
  });

  it('is open while the model thinks, and closes when the answer begins', async () => {
    await think(true);
    expect(fold().open).toBe(true);
    expect(fold().querySelector('summary')?.textContent.trim()).toBe('Thinking');
    await think(false);
    expect(fold().open).toBe(false);
    expect(fold().querySelector('summary')?.textContent.trim()).toBe('Thoughts');
  });

  it('stays open for a reader who opened it', async () => {
    await think(true);
    await press();
    expect(fold().open).toBe(false);
    await press();
    await think(false);
    expect(fold().open).toBe(true);
  });

  it('stays closed for a reader who closed it', async () => {
    await think(true);
    await press();
    fixture.componentRef.setInput('text', 'First I think. Then I think more.');
    await fixture.whenStable();
    expect(fold().open).toBe(false);
  });
});
