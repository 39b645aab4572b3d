import { expect, type Locator, type Page } from '@playwright/test';
import { onDisk, type FileOfTheirs } from './files.js';

/** Files on their way into a message, in the words of who attaches them. */
export class Desk {
  readonly button: Locator;
  /** What is attached to the message that is being written. */
  readonly files: Locator;
  readonly overlay: Locator;

  constructor(private readonly page: Page) {
    this.button = page.getByRole('button', { name: 'Attach files' });
    this.files = page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
    this.overlay = page.getByText('Drop files to attach them');
  }

  /** By the button. */
  async choose(...files: readonly FileOfTheirs[]): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.button.click();
    await (await choosing).setFiles(files.map((file) => ({ ...file })));
  }

  /** All has come to the server. */
  async uploaded(count: number): Promise<void> {
    await expect(this.files).toHaveCount(count);
    for (const file of await this.files.all()) await expect(file).toContainText(/\d (B|kB|MB)/);
  }

  removeButton(name: string): Locator {
    return this.page.getByRole('button', { name: `Remove ${name}` });
  }

  /** As a hand does: it comes into the window, moves, and lets go. */
  async drag(point: { x: number; y: number }, ...files: readonly FileOfTheirs[]): Promise<Drag> {
    const devtools = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: await onDisk(...files), dragOperationsMask: 1 };
    const dispatch = async (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<void> => {
      await devtools.send('Input.dispatchDragEvent', { type, ...point, data });
    };
    await dispatch('dragEnter');
    await dispatch('dragOver');
    // The developer tools have no hand that goes out of the window.
    const leave = (): Promise<void> => this.overlay.dispatchEvent('dragleave');
    return { drop: () => dispatch('drop'), leave };
  }
}

/** Files that are held over the page. */
export interface Drag {
  readonly drop: () => Promise<void>;
  readonly leave: () => Promise<void>;
}
