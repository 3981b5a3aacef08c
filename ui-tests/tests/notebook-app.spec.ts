import { helloFiles } from '../support/skills';
import { expect, test } from '../support/test';

test.use({ files: helloFiles, app: 'notebook', address: 'tree' });

test('in Notebook 7 the chat opens from palette and shortcut, and the bot answers', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.input.press('Escape');
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Open the Chat' }).click();
  await expect(chat.input).toBeFocused();
});
