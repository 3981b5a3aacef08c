import { richFiles } from '../support/rich-skills';
import { expect, test } from '../support/test';

test.use({ files: richFiles });

test('tables, cards, code, formulas, pictures and files are shown as what they are', async ({
  chat
}) => {
  await chat.open();
  await chat.say('status');
  await expect(chat.answer.getByRole('cell', { name: 'down' })).toBeVisible();
  await expect(chat.answer.locator('strong')).toHaveText('production');
  const card = chat.answer.getByRole('figure', { name: 'db' });
  await expect(card.getByRole('link', { name: 'db' })).toHaveAttribute('href', /example\.org/);
  await expect(card).toContainText('No answer for 3 minutes');
  await expect(chat.answer.locator('pre')).toContainText('replicas: 3');

  await chat.say('formula');
  await expect(chat.answer.locator('mjx-container')).toBeVisible();
  // Colours are elements of their own in JupyterLab's highlighted code.
  await expect(chat.answer.locator('pre span', { hasText: 'def' }).first()).toBeVisible();

  await chat.say('files');
  await expect(chat.answer.getByRole('img', { name: 'A dot' })).toBeVisible();
  const link = chat.answer.getByRole('link', { name: 'numbers.csv' });
  await expect(link).toHaveAttribute('download', 'numbers.csv');
});

test('a confirmation is pressed once, and says who did', async ({ chat }) => {
  await chat.open();
  await chat.say('status');
  await expect(chat.answer.getByRole('table')).toBeVisible();
  await chat.say('restart web');
  const question = chat.message('Restart web?');
  await question.getByRole('button', { name: 'Yes' }).click();
  await expect(chat.answer).toContainText('restarted web');
  // Whoever presses a button sees what comes of it.
  await expect(chat.answer).toBeInViewport({ ratio: 1 });
  await expect(question).toContainText(/\w+ chose Yes/);
  for (const name of ['Yes', 'No']) {
    await expect(question.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
  }
  // Playwright waits for a button that is over; a hand does not.
  await question.getByRole('button', { name: 'No' }).click({ force: true });
  await chat.say('status');
  await expect(chat.answer.getByRole('table')).toBeVisible();
  await expect(chat.message('restarted web')).toHaveCount(1);
});

test('a choice takes typed words as well, and its buttons are over then', async ({ chat }) => {
  await chat.open();
  await chat.say('drink');
  const question = chat.message('Tea or coffee?');
  await expect(question.getByRole('button', { name: 'tea' })).toBeVisible();
  await chat.say('coffee');
  await expect(chat.answer).toContainText(/one coffee for \w+/);
  await expect(question).toContainText(/\w+ chose coffee/);
});

test('a button says its value, and a skill answers that', async ({ chat, page }) => {
  await chat.open();
  await chat.say('menu');
  await expect(chat.answer.getByRole('button', { name: 'Stop' })).toBeVisible();
  await chat.log.press('ArrowUp');
  await expect(chat.answer).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(chat.answer.getByRole('button', { name: 'Stop' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.answer).toContainText('stopped');
});

test('a text that is still coming grows, and what stands is left alone', async ({ chat }) => {
  await chat.open();
  await chat.say('story');
  const heading = chat.answer.getByRole('heading', { name: 'Once' });
  await expect(heading).toBeVisible();
  const node = await heading.elementHandle();
  await expect(chat.answer).toContainText('there was a bot.');
  await expect(chat.answer.locator('[data-streaming=false]')).toBeVisible();
  expect(await node!.evaluate(element => element.isConnected)).toBe(true);
  await expect(chat.messages).toHaveCount(2);
});

test('progress moves in its place', async ({ chat }) => {
  await chat.open();
  await chat.say('deploy web to production');
  await expect(chat.answer.getByRole('progressbar', { name: 'Deploying' })).toBeVisible();
  await expect(chat.answer).toContainText('done');
  await expect(chat.answer.getByRole('progressbar')).toHaveCount(0);
  await expect(chat.messages).toHaveCount(2);
});
