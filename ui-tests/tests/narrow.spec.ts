import type { Locator } from '@playwright/test';
import { expectAccessible } from '../support/accessibility';
import type { Chat } from '../support/chat';
import { LONG_ADDRESS, LONG_WORD, wideFiles } from '../support/wide-skills';
import { expect, test } from '../support/test';

test.use({ files: wideFiles });

for (const width of [220, 300]) {
  test(`what is wider than a panel of ${width} pixels is broken, or scrolls by itself`, async ({
    chat,
    page
  }) => {
    await chat.open();
    await chat.drawTo(width);
    await chat.say(`${LONG_WORD} ${LONG_ADDRESS}`);
    await expect(chat.question).toContainText('no skill matched');
    await chat.say('report');
    await expect(chat.answer.getByRole('button', { name: 'Wait' })).toBeVisible();
    await expect(chat.answer.locator('pre')).toContainText('transaction');
    await expectToFit(chat.answer);
    for (const part of [
      chat.answer.getByRole('group', { name: 'Table' }),
      chat.answer.locator('pre')
    ]) {
      await expectToScroll(part);
    }
    await chat.say('markdown');
    await expect(chat.answer.locator('mjx-container')).toBeVisible();
    await expectToFit(chat.answer);
    await expectToScroll(chat.answer.getByRole('table'));
    await expectToScroll(chat.answer.locator('p', { has: page.locator('mjx-container') }));
    await chat.say('break');
    await expect(chat.last).toContainText('could not be reached');
    await expectToFit(chat.last);

    const chip = chat.question.getByRole('button', { name: 'wide failed' });
    await chip.click();
    await expect(chat.question.getByRole('group', { name: 'Why' })).toContainText('Ran for');
    await expectNoOverflow(chat);
    await expectAccessible(page);
    await chip.click();

    await chat.input.fill(LONG_ADDRESS);
    await expectNoOverflow(chat);
    await chat.input.fill('/');
    await expect(chat.panel.getByRole('option').first()).toBeVisible();
    await expectNoOverflow(chat);
    await chat.input.fill('');
    await chat.panel.getByRole('button', { name: /^Room:/ }).click();
    await expect(chat.panel.getByRole('region', { name: 'Rooms' })).toBeVisible();
    await expectNoOverflow(chat);
    await page.keyboard.press('Escape');
    await expect(chat.panel.getByRole('region', { name: 'Rooms' })).toBeHidden();

    await chat.panel.getByRole('tab', { name: 'Skills' }).click();
    await chat.panel.getByRole('textbox', { name: /^Try a text/ }).fill(LONG_ADDRESS);
    await expect(chat.panel.getByRole('group', { name: 'What would answer' })).toContainText(
      'No skill matches this.'
    );
    await expectNoOverflow(chat);
  });
}

test('menus of a message stay inside a narrow panel', async ({ chat }) => {
  await chat.open();
  await chat.drawTo(220);
  await chat.say('report');
  await expect(chat.answer.getByRole('button', { name: 'Wait' })).toBeVisible();
  await expect(chat.question).toContainText('answered by wide');
  await chat.question.hover();
  await chat.question.getByRole('button', { name: 'Add a reaction' }).click();
  const palette = chat.question.getByRole('menu', { name: 'Reactions' });
  await expectInside(chat, palette);
  await palette.press('Escape');
  await expect(palette).toBeHidden();
  await chat.question.hover();
  await chat.question.getByRole('button', { name: 'More actions' }).click();
  await expectInside(chat, chat.question.getByRole('menu', { name: 'More actions' }));
});

/** Nothing in a message makes it wider than it is, nor does it stick out of the panel. */
async function expectToFit(message: Locator): Promise<void> {
  await expect
    .poll(() => message.evaluate(node => node.scrollWidth - node.clientWidth))
    .toBeLessThanOrEqual(0);
}

/** What is too wide has a way of its own to be seen whole, by keyboard too. */
async function expectToScroll(part: Locator): Promise<void> {
  expect(await part.evaluate(node => node.scrollWidth > node.clientWidth)).toBe(true);
  await expect(part).toHaveAttribute('tabindex', '0');
  await part.focus();
  await part.press('ArrowRight');
  await expect.poll(() => part.evaluate(node => node.scrollLeft)).toBeGreaterThan(0);
}

/** No part of the panel that one sees reaches beyond its edges; what scrolls by itself may. */
async function expectNoOverflow(chat: Chat): Promise<void> {
  const beyond = await chat.panel.evaluate(panel => {
    const { left, right } = panel.getBoundingClientRect();
    const clips = (node: Element): boolean => getComputedStyle(node).overflowX !== 'visible';
    const isCut = (node: Element): boolean => {
      for (let up = node.parentElement; up && up !== panel; up = up.parentElement) {
        if (clips(up) && !up.matches('.jp-ChatOps-log, .jp-ChatOps-skills')) {
          return true;
        }
      }
      return false;
    };
    return [...panel.querySelectorAll('*')]
      .filter(node => {
        const box = node.getBoundingClientRect();
        return (
          box.width > 1 &&
          // What is put aside until one points at its message.
          !node.closest('.jp-ChatOps-actions') &&
          (box.right > right + 1 || box.left < left - 1) &&
          !isCut(node)
        );
      })
      .map(node => `${node.tagName} ${node.className} ${node.textContent?.slice(0, 40)}`);
  });
  expect(beyond).toEqual([]);
}

async function expectInside(chat: Chat, part: Locator): Promise<void> {
  const outer = (await chat.panel.boundingBox())!;
  const inner = (await part.boundingBox())!;
  expect(inner.x).toBeGreaterThanOrEqual(outer.x);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
}
