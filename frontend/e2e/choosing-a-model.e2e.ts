import { expect, test } from './support/test.js';

test.describe('the model picker', () => {
  test('finds, chooses and remembers a model', async ({ chat }) => {
    await chat.open();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Astra 6');
    await chat.modelButton.click();
    const search = chat.picker.getByRole('searchbox', { name: 'Search models' });
    await expect(search).toBeFocused();

    await search.fill('nothing like it');
    await expect(chat.picker).toContainText('No model has this name.');
    await search.fill('anthropic');
    await expect(chat.picker.getByRole('button', { name: 'Astra 6', exact: true })).toBeHidden();
    await search.press('Enter');
    await expect(chat.picker).toBeHidden();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Sonata 5.5');
    await expect(chat.composer).toBeFocused();

    await chat.page.reload();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Sonata 5.5');
    await chat.ask('Who are you?');
    await expect(chat.reply.getByRole('heading', { name: 'Sonata 5.5' })).toBeAttached();
  });

  test('walks by arrow keys and closes by Escape, back to where it was opened', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.press('Enter');
    const search = chat.picker.getByRole('searchbox', { name: 'Search models' });
    await expect(search).toBeFocused();
    await search.press('ArrowDown');
    await expect(chat.picker.getByRole('button', { name: 'Astra 6', exact: true })).toBeFocused();
    await chat.page.keyboard.press('ArrowDown');
    await expect(chat.picker.getByRole('button', { name: 'Echo', exact: true })).toBeFocused();
    await chat.page.keyboard.press('Escape');
    await expect(chat.picker).toBeHidden();
    await expect(chat.modelButton).toBeFocused();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Astra 6');
  });

  test('keeps pins on top, also after a reload', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.click();
    await chat.picker.getByRole('button', { name: 'Pin Rivulet demo', exact: true }).click();
    const pinned = chat.picker.getByRole('region', { name: 'Pinned' });
    await expect(pinned.getByRole('button', { name: 'Rivulet demo', exact: true })).toBeVisible();

    await chat.page.reload();
    await chat.modelButton.click();
    await expect(chat.picker.getByRole('region').first()).toHaveAccessibleName('Pinned');
    await pinned.getByRole('button', { name: 'Unpin Rivulet demo' }).click();
    await expect(pinned).toBeHidden();
    await expect(chat.picker.getByRole('button', { name: 'Rivulet demo', exact: true })).toBeVisible();
  });

  test('says why a model cannot be used, and does not let it be chosen', async ({ chat }) => {
    await chat.open();
    await chat.modelButton.click();
    const xai = chat.picker.getByRole('region', { name: 'xAI has no key on this server' });
    await expect(xai).toContainText('has no key on this server');
    await expect(xai.getByRole('button', { name: 'Grotto 4', exact: true })).toBeDisabled();
    await chat.picker.getByRole('searchbox').fill('grotto');
    await chat.picker.getByRole('searchbox').press('Enter');
    await expect(chat.picker).toBeVisible();
    await expect(chat.modelButton).toHaveAccessibleName('Model: Astra 6');
  });
});
