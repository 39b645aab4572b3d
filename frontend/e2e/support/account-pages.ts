import { expect, type Locator, type Page } from '@playwright/test';
import { PASSWORD } from './passwords.js';

/** Signing in, the account's menu and the settings, in the words of who uses them. */
export class AccountPages {
  readonly email: Locator;
  readonly password: Locator;
  readonly button: Locator;
  readonly menu: Locator;
  readonly problem: Locator;

  constructor(readonly page: Page) {
    this.email = page.getByRole('textbox', { name: 'Email address' });
    this.password = page.getByLabel('Password', { exact: true });
    this.button = page.getByRole('button', { name: /^Account: / });
    this.menu = page.getByRole('menu');
    this.problem = page.getByRole('alert');
  }

  async choose(item: string | RegExp): Promise<void> {
    await this.button.click();
    await this.menu.getByRole('menuitem', { name: item }).click();
  }

  /** On the page for it, with the form for those who have an account. */
  async signIn(email: string, password = PASSWORD): Promise<void> {
    await this.#fill(email, password);
    await this.password.press('Enter');
  }

  /** On the page for it, with the form for those who have none. */
  async signUp(email: string, displayName: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
    await this.page.getByRole('textbox', { name: 'Name' }).fill(displayName);
    await this.#fill(email, PASSWORD);
    await this.password.press('Enter');
  }

  async #fill(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
  }
}
