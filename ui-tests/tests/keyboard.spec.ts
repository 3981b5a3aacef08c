import { expect, test } from '../support/test';
import { helloFiles } from '../support/skills';

test.use({ files: helloFiles });

test('everything can be done without a mouse', async ({ chat, page }) => {
  await page.keyboard.press('Alt+Shift+C');
  await expect(chat.input).toBeFocused();
  await chat.isReady();
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await expect(chat.answer).toContainText('Hello');

  // From the input up into the conversation, and through its messages.
  await page.keyboard.press('Shift+Tab');
  await expect(chat.log).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(chat.last).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(chat.messages.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(chat.messages.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(chat.last).toBeFocused();
  await page.keyboard.press('Home');
  await expect(chat.messages.first()).toBeFocused();
  await expect(chat.messages.first()).toHaveAccessibleName(/\w+ \d+:\d+ .*hello/);

  // Into a message's controls and out again.
  await page.keyboard.press('Tab');
  const chip = chat.panel.getByRole('button', { name: 'answered by hello' });
  await expect(chip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.panel.getByRole('group', { name: 'Why' })).toContainText(
    'the only one that matches'
  );
  await page.keyboard.press('Escape');
  await expect(chat.input).toBeFocused();

  // And back to where one worked.
  await page.keyboard.press('Escape');
  await expect(chat.input).not.toBeFocused();
  await page.keyboard.press('Alt+Shift+C');
  await expect(chat.input).toBeFocused();
});

test('the cursor goes back to the notebook’s cell', async ({ chat, page }) => {
  await page.getByRole('button', { name: 'Python 3' }).first().click();
  const cell = page.locator('.jp-Notebook').getByRole('textbox').first();
  await cell.click();
  await chat.open();
  await page.keyboard.press('Escape');
  await expect(page.locator('.jp-Notebook:focus-within')).toBeVisible();
  await expect(chat.input).not.toBeFocused();
});

test('a screen reader hears what the bot says, and not what one said oneself', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  const announced = chat.panel.locator('[aria-live=polite]');
  await expect(announced).toContainText(/chatops: Hello \w+/);
  await expect(announced).toContainText('Ready');
  await expect(announced).not.toContainText(/: hello/);
  await page.reload();
  await chat.isReady();
  await expect(chat.messages).toHaveCount(2);
  // What was said before is history, and not news.
  await expect(announced).not.toContainText('Hello');
});
