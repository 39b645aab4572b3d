import { TestBed } from '@angular/core/testing';
import { clearTranslations } from '@angular/localize';
import { Language } from './language';

describe(Language.name, () => {
  const { documentElement: root } = document;

  beforeEach(() => {
    root.lang = 'en';
  });

  afterEach(() => {
    clearTranslations();
    delete $localize.locale;
    root.removeAttribute('lang');
    root.removeAttribute('dir');
    localStorage.clear();
  });

  it('says everything in the one that was picked, on its own lines or within one', async () => {
    localStorage.setItem('rivulet.language', 'de');
    const language = TestBed.inject(Language);
    await language.begin();
    expect(language.current.name).toBe('Deutsch');
    expect([root.lang, root.dir]).toEqual(['de', 'ltr']);
    expect($localize` Sign in `).toBe(' Anmelden ');
    expect($localize`${'Astra'}:model: is busy.`).toBe('Astra ist ausgelastet.');
    expect($localize`:verb|:Plan`).toBe('Planen');
    expect($localize.locale).toBe('de');
  });

  it('leaves the page as it is written where nothing else is wanted', async () => {
    await TestBed.inject(Language).begin();
    expect($localize`Sign in`).toBe('Sign in');
    expect(root.lang).toBe('en');
    expect($localize.locale).toBe('en-US');
  });
});
