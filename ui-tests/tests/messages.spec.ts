import { helloFiles } from '../support/skills';
import { expect, test } from '../support/test';

test.use({ files: helloFiles });

test('a reaction is added and taken back, by mouse and by keyboard', async ({ chat, page }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.answer.hover();
  await chat.answer.getByRole('button', { name: 'Add a reaction' }).click();
  await chat.answer.getByRole('menuitem', { name: 'rocket' }).click();
  const rocket = chat.answer.getByRole('button', { name: /^🚀, by \w+/ });
  await expect(rocket).toHaveAttribute('aria-pressed', 'true');
  await rocket.click();
  await expect(rocket).toHaveCount(0);

  await chat.log.press('ArrowUp');
  await expect(chat.answer).toBeFocused();
  const react = chat.answer.getByRole('button', { name: 'Add a reaction' });
  while (!(await react.evaluate(node => node === document.activeElement))) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(chat.answer.getByRole('menuitem', { name: 'thumbs up' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(chat.answer.getByRole('button', { name: /^❤️, by \w+/ })).toBeVisible();
  await expect(chat.answer).toBeFocused();
});

test('one’s own message is changed and taken back, and says so', async ({ chat, page }) => {
  await chat.open();
  await chat.say('helo');
  await expect(chat.question).toContainText('no skill matched');
  await chat.input.fill('half a thought');
  await chat.log.press('ArrowUp');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Copy the text' })).toBeFocused();
  const edit = chat.panel.getByRole('menuitem', { name: 'Edit' });
  while (!(await edit.evaluate(node => node === document.activeElement))) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(chat.panel.getByText('Changing your message')).toBeVisible();
  await expect(chat.input).toHaveValue('helo');
  await chat.input.fill('hello');
  await chat.input.press('Enter');
  await expect(chat.question).toContainText('hello');
  await expect(chat.question).toContainText('edited');
  await expect(chat.answer).toContainText('Hello');
  await expect(chat.input).toHaveValue('half a thought');

  await chat.question.focus();
  await page.keyboard.press('Delete');
  await expect(chat.messages.first()).toContainText('This message was taken back.');
  await page.reload();
  await chat.isReady();
  await expect(chat.messages.first()).toContainText('This message was taken back.');
});

test('Escape gives up a change, and what was being written stands there again', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.input.fill('next');
  await chat.question.focus();
  await page.keyboard.press('F2');
  await expect(chat.input).toHaveValue('hello');
  await chat.input.press('Escape');
  await expect(chat.input).toHaveValue('next');
  await expect(chat.input).toBeFocused();
});

test('a message is copied', async ({ chat, context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.open();
  await chat.say('hello **you**');
  await expect(chat.answer).toContainText('Hello');
  await chat.question.focus();
  await page.keyboard.press('ControlOrMeta+C');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('hello **you**');
});

test('a thread stands below its first message, in short or at length', async ({ chat, page }) => {
  await chat.open();
  await chat.say('what a day');
  await expect(chat.question).toContainText('no skill matched');
  const root = chat.messages.first();
  await root.hover();
  await root.getByRole('button', { name: 'Reply in a thread' }).click();
  await expect(chat.panel.getByText('In the thread of: what a day')).toBeVisible();
  await expect(chat.input).toBeFocused();
  await chat.say('hello');
  const thread = root.getByRole('group', { name: 'Thread' });
  await expect(thread.getByRole('article')).toHaveCount(2);
  await expect(thread).toContainText('Hello');
  const count = root.getByRole('button', { name: '2 replies' });
  await count.click();
  await expect(thread).toBeHidden();
  await chat.input.press('Escape');
  await expect(chat.panel.getByText(/^In the thread of/)).toBeHidden();
  await chat.say('out of it');
  await expect(chat.last).toContainText('out of it');
  await page.reload();
  await chat.isReady();
  await expect(chat.messages).toHaveCount(2);
  await count.click();
  await expect(thread.getByRole('article')).toHaveCount(2);
});
