import { Injectable } from '@angular/core';
import { BrowserStorage } from './browser-storage';

/** `sessionStorage`: this tab's alone, and forgotten with it. */
@Injectable({ providedIn: 'root' })
export class TabStorage extends BrowserStorage {
  protected override area(window: Window): Storage {
    return window.sessionStorage;
  }
}
