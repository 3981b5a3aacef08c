import { expect, test } from '../support/test';
import { helloFiles } from '../support/skills';

test.use({ files: helloFiles });

test('an answer comes, and the message says which skill gave it', async ({ chat }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText(/Hello \w+/);
  await expect(chat.message('hello').first()).toContainText('answered by hello');
  await expect(chat.input).toHaveValue('');
  await expect(chat.input).toBeFocused();
});

test('what no skill matches is said to be so', async ({ chat }) => {
  await chat.open();
  await chat.say('quantum entanglement');
  await expect(chat.last).toContainText('no skill matched');
});

test('Shift+Enter breaks the line, Enter sends', async ({ chat, page }) => {
  await chat.open();
  await page.keyboard.type('first');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second');
  await expect(chat.messages).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(chat.messages.first()).toContainText('first\nsecond', { useInnerText: true });
});

test('Enter that ends the work of an input method sends nothing', async ({ chat, page }) => {
  await chat.open();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', {
    text: 'にほん',
    selectionStart: 3,
    selectionEnd: 3
  });
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Process',
    code: 'Enter',
    windowsVirtualKeyCode: 229
  });
  // What an input method's Enter looks like to a page that has no eye for it.
  await chat.input.evaluate(input =>
    input.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'Enter',
        isComposing: true,
        bubbles: true,
        cancelable: true
      })
    )
  );
  await session.send('Input.insertText', { text: '日本' });
  await expect(chat.input).toHaveValue('日本');
  await expect(chat.messages).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(chat.messages.first()).toContainText('日本');
});

test('the arrow keys recall what was said, at the first and the last line only', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello one');
  await chat.say('hello two');
  await page.keyboard.type('half a');
  await page.keyboard.press('ArrowUp');
  await expect(chat.input).toHaveValue('hello two');
  await page.keyboard.press('ArrowUp');
  await expect(chat.input).toHaveValue('hello one');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(chat.input).toHaveValue('half a');

  await chat.input.fill('aaaa\nbbbb');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('!');
  await expect(chat.input).toHaveValue('aaaa!\nbbbb');
  await page.keyboard.press('ArrowUp');
  await expect(chat.input).toHaveValue('hello two');
});

test('a line that is wrapped counts as the lines that one sees', async ({ chat, page }) => {
  await chat.open();
  await chat.say('hello');
  const long = 'word '.repeat(40).trim();
  await chat.input.fill(long);
  await page.keyboard.press('ArrowUp');
  await expect(chat.input).toHaveValue(long);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowUp');
  await expect(chat.input).toHaveValue('hello');
});

test('a message that is too long is not sent, and one is told before', async ({ chat, page }) => {
  await chat.open();
  await chat.input.fill('x'.repeat(100_001));
  await expect(chat.panel.getByText('Too long to send: 100001 of at most 100000')).toBeVisible();
  await expect(chat.panel.getByRole('button', { name: 'Send' })).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(chat.input).toHaveValue(/x{1000}/);
  await page.keyboard.press('Backspace');
  await expect(chat.panel.getByText('100000 of at most 100000')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(chat.last).toContainText('no skill matched');
});

test('the draft is there again after a reload of the page', async ({ chat, page }) => {
  await chat.open();
  await chat.input.fill('half a thought');
  await page.reload();
  await chat.isReady();
  await expect(chat.input).toHaveValue('half a thought');
});

test('Markdown is shown, tags and line breaks are kept as they were written', async ({ chat }) => {
  await chat.open();
  await chat.say('**bold** and <name>\nnext `code <b>`\n\n| a | b |\n| - | - |\n| 1 | 2 |');
  const message = chat.messages.first();
  await expect(message.locator('strong', { hasText: 'bold' })).toBeVisible();
  await expect(message).toContainText('and <name>\nnext', { useInnerText: true });
  await expect(message.locator('code', { hasText: 'code <b>' })).toBeVisible();
  await expect(message.getByRole('cell', { name: '2' })).toBeVisible();
});

test('a message cannot run a script', async ({ chat, page }) => {
  await chat.open();
  await chat.say('[x](javascript:window.hacked=1) <img src=x onerror="window.hacked=1"> `code`');
  await expect(chat.messages.first().locator('code')).toBeVisible();
  await expect(chat.messages.first().locator('img')).toHaveCount(0);
  await expect(chat.messages.first().locator('a[href^="javascript"]')).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('who stands on a message that waits stands on it still when it is delivered', async ({
  network,
  chat
}) => {
  await chat.open();
  network.hold();
  await chat.say('hello');
  await expect(chat.question).toHaveAttribute('data-delivery', 'pending');
  await chat.log.press('ArrowUp');
  await expect(chat.question).toBeFocused();
  network.release();
  await expect(chat.question).toContainText('answered by hello');
  await expect(chat.question).toBeFocused();
});
