import { expect, type Locator, type Page } from '@playwright/test';
import type { ApiClient } from '../../../backend/test/support/api-client.js';
import { AccountPages } from './account-pages.js';

/** The page of a chat in the words of who uses it. */
export class ChatPage {
  readonly composer: Locator;
  readonly sendButton: Locator;
  readonly stopButton: Locator;
  readonly messages: Locator;
  readonly sidebar: Locator;
  readonly modelButton: Locator;
  readonly connection: Locator;
  readonly account: AccountPages;

  constructor(readonly page: Page) {
    this.account = new AccountPages(page);
    this.composer = page.getByRole('textbox', { name: 'Message', exact: true });
    this.sendButton = page.getByRole('button', { name: 'Send', exact: true });
    this.stopButton = page.getByRole('button', { name: 'Stop', exact: true });
    this.messages = page.getByRole('feed', { name: 'Messages' }).getByRole('article');
    this.sidebar = page.getByRole('navigation', { name: 'Chats' });
    this.modelButton = page.getByRole('button', { name: /^Model: / });
    this.connection = page.getByRole('status').filter({ hasText: /^\s*(Reconnecting|Offline)/ });
  }

  /** The last message, as long as it is the model's. */
  get reply(): Locator {
    return this.messages.last();
  }

  /** The paragraphs of the last reply: its text, and nothing else that stands with it. */
  get replyText(): Locator {
    return this.reply.locator('app-markdown');
  }

  get banner(): Locator {
    return this.page.getByRole('alert');
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.modelButton).not.toHaveAccessibleName('Model: loading');
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Sends and waits until the reply has ended, well or badly. */
  async ask(text: string): Promise<void> {
    const before = await this.messages.count();
    await this.send(text);
    await expect(this.messages).toHaveCount(before + 2);
    await this.finished();
  }

  async finished(): Promise<void> {
    await expect(this.reply.getByRole('button', { name: 'Copy message' })).toBeAttached();
    await expect(this.stopButton).toBeHidden();
  }

  /** The browser of a program's user. */
  async signInAs(client: ApiClient): Promise<void> {
    const [name = '', value = ''] = client.cookie.split('=');
    await this.page.context().addCookies([{ name, value, url: client.url }]);
  }

  chatLink(title: string | RegExp): Locator {
    return this.sidebar.getByRole('link', { name: title });
  }

  /** What the menu of a chat in the list offers. */
  async chooseOption(title: string, option: string): Promise<void> {
    await this.chatLink(title).hover();
    await this.sidebar.getByRole('button', { name: `Options for ${title}` }).click();
    await this.page.getByRole('menuitem', { name: option, exact: true }).click();
  }

  /** Opens a chat of the list, and waits until it is the one that is shown, its messages with it. */
  async openChat(title: string): Promise<void> {
    await this.chatLink(title).click();
    await expect(this.messages.first()).toContainText(title);
  }

  async newChat(): Promise<void> {
    await this.sidebar.getByRole('button', { name: 'New chat' }).click();
    await expect(this.page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
  }

  async chooseModel(name: string): Promise<void> {
    await this.modelButton.click();
    await this.picker.getByRole('button', { name, exact: true }).click();
    await expect(this.modelButton).toHaveAccessibleName(`Model: ${name}`);
  }

  /** Has another model answer beside the chosen one, from the next message on. */
  async compareWith(name: string): Promise<void> {
    await this.modelButton.click();
    await this.picker.getByRole('button', { name: 'Compare with' }).click();
    await expect(this.picker.getByRole('searchbox')).toBeFocused();
    await this.picker.getByRole('button', { name, exact: true }).click();
    await expect(this.page.getByRole('button', { name: `Compared with: ${name}` })).toBeVisible();
  }

  /** One of two replies that stand side by side, by its model. */
  side(model: string): Locator {
    return this.reply.getByRole('region', { name: model, exact: true });
  }

  get picker(): Locator {
    return this.page.getByRole('dialog', { name: 'Choose a model' });
  }

  /** As a browser shows it that is told to, until the next page. */
  async doubleTextSize(): Promise<void> {
    await this.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
  }

  /** Nothing may stand out of the window; what is too big scrolls by itself. */
  async expectToFit(): Promise<void> {
    const beyond = (): Promise<number> =>
      this.page.evaluate(() => {
        const { scrollHeight, clientHeight } = document.documentElement;
        const scrollers = document.querySelectorAll('html, main, main > *, .scroller');
        const sideways = Array.from(scrollers, (page) => page.scrollWidth - page.clientWidth);
        return Math.max(scrollHeight - clientHeight, ...sideways);
      });
    // What moves out of the way may be on its way still.
    await expect.poll(beyond, { message: 'pixels beyond the window' }).toBe(0);
    // A phone zooms out rather than scroll.
    expect(await this.page.evaluate(() => innerWidth)).toBe(this.page.viewportSize()?.width);
  }
}
