import type { FreshPage } from '../fresh-page';

/** Where the page would have been begun anew. */
export class FakePage implements Pick<FreshPage, keyof FreshPage> {
  readonly opened: string[] = [];

  openAt(path: string): void {
    this.opened.push(path);
  }
}
