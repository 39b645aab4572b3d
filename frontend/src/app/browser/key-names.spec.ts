import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { KeyNames } from './key-names';

const onPlatform = (platform: string): KeyNames => {
  TestBed.configureTestingModule({
    providers: [{ provide: DOCUMENT, useValue: { defaultView: { navigator: { platform } } } }],
  });
  return TestBed.inject(KeyNames);
};

describe(KeyNames.name, () => {
  it.each(['Linux x86_64', 'Win32', ''])('calls the command key Ctrl on %p', (platform) => {
    expect(onPlatform(platform).of('Command+Shift+O')).toEqual(['Ctrl', 'Shift', 'O']);
  });

  it.each(['MacIntel', 'iPhone', 'iPad'])('shows the sign on the key of a %s', (platform) => {
    expect(onPlatform(platform).line('Command+/')).toBe('⌘+/');
  });
});
