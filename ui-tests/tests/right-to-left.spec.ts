import type { Locator } from '@playwright/test';
import { wideFiles } from '../support/wide-skills';
import { expect, test } from '../support/test';

test.use({ files: wideFiles });

test('what is written from the right is read from there, and all around it stays where it is', async ({
  chat
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.question).toContainText('no skill matched');
  const sender = chat.question.locator('time');
  const left = (await sender.boundingBox())!.x;
  const chip = (await chat.question.getByRole('button', { name: /^no skill/ }).boundingBox())!.x;

  await chat.say('مرحبا');
  await expect(chat.answer).toContainText('أهلا وسهلا');
  await expectFromRight(chat.question.getByText('مرحبا'));
  await expectFromRight(chat.answer.getByText('أهلا وسهلا'));
  expect(
    (await chat.question.getByRole('button', { name: 'answered by mirsal' }).boundingBox())!.x
  ).toBe(chip);
  expect((await chat.answer.locator('time').boundingBox())!.x).toBeLessThan(left + 60);

  await chat.say('שלום');
  const item = chat.answer.getByRole('listitem').first();
  await expect(item).toContainText('הפעל');
  await expectFromRight(item);
  // Its number stands before it, where one begins to read.
  const list = await chat.answer.getByRole('list').evaluate(node => {
    const { paddingRight, paddingLeft } = getComputedStyle(node);
    return [parseFloat(paddingRight) > 0, parseFloat(paddingLeft) > 0];
  });
  expect(list).toEqual([true, false]);

  await chat.say('حالة الخدمات');
  await expectFromRight(chat.answer.getByText(/^الخدمات الآن/));
  await expectFromRight(chat.answer.getByText('لا جواب منذ ثلاث دقائق'));
  await expectFromRight(chat.answer.getByRole('cell', { name: 'الموقع' }));
  // The first column is where one begins to read.
  const [first, second] = [
    (await chat.answer.getByRole('cell', { name: 'الموقع' }).boundingBox())!,
    (await chat.answer.getByRole('cell', { name: 'يعمل' }).boundingBox())!
  ];
  expect(first.x).toBeGreaterThan(second.x);
});

test('one paragraph may be read from the right, and the next one from the left', async ({
  chat
}) => {
  await chat.open();
  await chat.say('مرحبا بالجميع\n\nhello **everybody**\n\nשלום **לכולם**');
  await expect(chat.question.locator('strong').first()).toBeVisible();
  await expectFromRight(chat.question.getByText('مرحبا بالجميع'));
  await expect(chat.question.getByText('hello everybody')).toHaveCSS('direction', 'ltr');
  await expectFromRight(chat.question.getByText('שלום לכולם'));
});

test('the input is written from the right as soon as its text is', async ({ chat }) => {
  await chat.open();
  await expect(chat.input).toHaveCSS('direction', 'ltr');
  await chat.input.fill('مرحبا');
  await expect(chat.input).toHaveCSS('direction', 'rtl');
  await chat.input.fill('hello');
  await expect(chat.input).toHaveCSS('direction', 'ltr');
});

/** A text begins at the right edge of its place, not the left one. */
async function expectFromRight(text: Locator): Promise<void> {
  await expect(text).toBeVisible();
  const gaps = await text.evaluate(node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const words = range.getBoundingClientRect();
    const place = node.getBoundingClientRect();
    return { left: words.left - place.left, right: place.right - words.right };
  });
  expect(gaps.right).toBeLessThanOrEqual(gaps.left + 1);
  expect(await text.evaluate(node => getComputedStyle(node).direction)).toBe('rtl');
}
