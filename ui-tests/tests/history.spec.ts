import { expect, test } from '../support/test';
import { helloFiles } from '../support/skills';

test.use({ files: helloFiles });

/** Lines that can be told apart. */
function lines(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => `line ${from + index}.`);
}

test('the conversation is still there after a reload of the page', async ({ chat, page }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await page.reload();
  await chat.isReady();
  await expect(chat.messages).toHaveCount(2);
  await expect(chat.message('hello').first()).toContainText('answered by hello');
});

test('older messages come as one scrolls up, and what one reads stays where it is', async ({
  network,
  bot,
  chat,
  page
}) => {
  await bot().say(lines(0, 180));
  await chat.open();
  await expect(chat.message('line 179.')).toBeInViewport();
  await expect(chat.message('line 20.')).toHaveCount(0);

  network.hold();
  await chat.log.hover();
  await page.mouse.wheel(0, -5000);
  const read = chat.message('line 131.');
  await expect(read).toBeInViewport();
  await expect(chat.log.getByText('Loading older messages…')).toBeVisible();
  const before = await read.boundingBox();
  network.release();
  await expect(chat.message('line 129.')).toBeAttached();
  // Browsers scroll by whole pixels.
  expect(Math.abs((await read.boundingBox())!.y - before!.y)).toBeLessThan(2);

  await expect(async () => {
    await page.mouse.wheel(0, -3000);
    await expect(chat.message('line 0.')).toBeInViewport({ timeout: 200 });
  }).toPass();

  await chat.panel.getByRole('button', { name: 'Newest messages' }).click();
  await expect(chat.message('line 179.')).toBeInViewport();
});

test('who reads above is not pulled down by what is said, and told of it', async ({
  bot,
  chat,
  page
}) => {
  await bot().say(lines(0, 40));
  await chat.open();
  await expect(chat.message('line 39.')).toBeInViewport();
  await chat.log.hover();
  await page.mouse.wheel(0, -3000);
  await expect(chat.message('line 0.')).toBeInViewport();
  await bot().say(['news for you']);
  const button = chat.panel.getByRole('button', { name: '1 new message' });
  await expect(button).toBeVisible();
  await expect(chat.message('line 0.')).toBeInViewport();
  await button.click();
  await expect(chat.message('news for you')).toBeInViewport();
  await expect(chat.log.getByText('New', { exact: true })).toBeVisible();
  await expect(button).toBeHidden();
});

test('what was said while the panel was closed is marked on its tab and by a line', async ({
  bot,
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  const tab = page.getByRole('tab', { name: 'Chat with the bot' });
  await tab.click();
  await expect(chat.panel).toBeHidden();
  await bot().say(['are you there?']);
  await expect(page.getByRole('tab', { name: '1 new message' })).toBeVisible();
  await page.getByRole('tab', { name: '1 new message' }).click();
  await expect(chat.message('are you there?')).toBeInViewport();
  await expect(chat.log.getByText('New', { exact: true })).toBeVisible();
  await expect(tab).toHaveAccessibleName('Chat with the bot');
});

test('saying `clear` empties the view, and brings back nothing by itself', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.say('clear');
  await expect(chat.messages).toHaveCount(0);
  await page.reload();
  await chat.isReady();
  await expect(chat.log.getByText('The view was cleared.')).toBeVisible();
  await expect(chat.messages).toHaveCount(0);
  await chat.log.getByRole('button', { name: 'Show earlier messages' }).click();
  await expect(chat.message('hello').first()).toBeVisible();
});
