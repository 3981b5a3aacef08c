import type { Browser } from '@playwright/test';
import { Chat } from '../support/chat';
import type { JupyterLab } from '../support/jupyter-lab';
import { configurationOf, helloFiles } from '../support/skills';
import { expect, introduce, test } from '../support/test';

test.use({ files: helloFiles });

/** The chat of someone else, in a browser of their own. */
async function chatOf(person: string, browser: Browser, lab: JupyterLab): Promise<Chat> {
  const page = await (await browser.newContext()).newPage();
  await introduce(page, lab, person);
  await page.goto(lab.page('lab'));
  await expect(page.locator('.jp-Launcher')).toBeFocused({ timeout: 60_000 });
  const chat = new Chat(page);
  await chat.open();
  return chat;
}

/** The button that says which room is shown, and opens the list. */
function roomButton(chat: Chat) {
  return chat.panel.getByRole('button', { name: /^Room:/ });
}

test.describe('two people in two browsers', () => {
  test.use({ person: 'ann' });

  test('see one conversation, each other, and not what the other has with the bot', async ({
    browser,
    chat: ann,
    lab
  }) => {
    await ann.open();
    await expect(ann.panel.getByText('only you')).toBeVisible();
    const ben = await chatOf('ben', browser, lab);
    for (const chat of [ann, ben]) {
      await expect(chat.panel.getByText('ann, ben')).toBeVisible();
    }

    await ben.input.pressSequentially('hel');
    await expect(ann.panel.getByText('ben is writing')).toBeVisible();
    await ben.say('hello');
    await expect(ann.message('hello').first()).toHaveAttribute('data-from', 'other');
    await expect(ann.answer).toContainText('Hello ben');
    await expect(ben.answer).toContainText('Hello ben');

    await test.step('a reaction of one is seen by the other', async () => {
      await ann.answer.hover();
      await ann.answer.getByRole('button', { name: 'Add a reaction' }).click();
      await ann.answer.getByRole('menuitem', { name: 'heart' }).click();
      await expect(ben.answer.getByRole('button', { name: '❤️, by ann' })).toBeVisible();
    });

    await test.step('a room of one’s own with the bot is nobody else’s', async () => {
      await roomButton(ann).click();
      await ann.panel.getByRole('button', { name: 'Only you and chatops' }).click();
      await ann.say('hello, between us');
      await expect(ann.answer).toContainText('Hello ann');
      await expect(ann.messages).toHaveCount(2);
      await ben.say('hello again');
      await expect(ben.message('hello again')).toContainText('answered by hello');
      await expect(ben.message('between us')).toHaveCount(0);
      await roomButton(ben).click();
      await expect(ben.panel.getByRole('region', { name: 'Rooms' })).not.toContainText('ann');
      await ben.page.keyboard.press('Escape');
      await expect(roomButton(ann)).toHaveAccessibleName(/2 unread elsewhere/);
    });

    await test.step('a room that one makes is found by the other', async () => {
      await ann.say('/rooms ops');
      await expect(roomButton(ann)).toHaveAccessibleName(/^Room: ops/);
      await ann.say('hello ops');
      await expect(ann.answer).toContainText('Hello ann');
      await roomButton(ben).click();
      await ben.panel.getByRole('button', { name: 'ops', exact: true }).click();
      await expect(ben.message('hello ops')).toBeVisible();
      await expect(ben.panel.getByText('ann, ben')).toBeVisible();
    });

    await ben.page.context().close();
    await expect(ann.panel.getByText('only you')).toBeVisible();
  });
});

test('each room has its draft, and the page comes back to the room it was in', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.input.fill('for all');
  await roomButton(chat).click();
  await chat.panel.getByRole('textbox', { name: 'Name of a room' }).fill('ops');
  await page.keyboard.press('Enter');
  await expect(roomButton(chat)).toHaveAccessibleName('Room: ops');
  await expect(chat.input).toBeFocused();
  await expect(chat.input).toHaveValue('');
  await chat.input.fill('for ops');
  await page.reload();
  await chat.isReady();
  await expect(roomButton(chat)).toHaveAccessibleName('Room: ops');
  await expect(chat.input).toHaveValue('for ops');
  await roomButton(chat).click();
  await chat.panel.getByRole('button', { name: 'Leave ops' }).click();
  await expect(roomButton(chat)).toHaveAccessibleName('Room: general');
  await expect(chat.input).toHaveValue('for all');
});

test('a message that comes while the chat is closed is told of', async ({ bot, chat, page }) => {
  await chat.open();
  await page.getByRole('tab', { name: 'Chat with the bot' }).click();
  await expect(chat.panel).toBeHidden();
  await bot().say(['are you there?']);
  const notification = page.locator('.Toastify__toast', { hasText: 'bob: are you there?' });
  await expect(notification).toBeVisible();
  await notification.getByRole('button', { name: 'Open the chat' }).click();
  await expect(chat.message('are you there?')).toBeInViewport();
  await expect(notification).toBeHidden();
});

test('a message that comes while another page is in front is told of, until one looks', async ({
  bot,
  chat,
  page
}) => {
  const put = (state: 'hidden' | 'visible'): Promise<void> =>
    page.evaluate(value => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await chat.open();
  await put('hidden');
  await bot().say(['are you there?']);
  const notification = page.locator('.Toastify__toast', { hasText: 'bob: are you there?' });
  await expect(notification).toBeVisible();
  await put('visible');
  await expect(chat.message('are you there?')).toBeInViewport();
  await expect(chat.log.getByText('New', { exact: true })).toBeVisible();
  await expect(notification).toBeHidden();
});

test.describe('where the configuration allows it', () => {
  test.use({
    files: {
      'configuration.yaml': `panel:\n  speak-as: true\nroles:\n  ops: ['as:Eve']\n${configurationOf('ops')}`,
      'skills/ops/index.ts': `import { matchRegex } from 'chatops';

export const restart = matchRegex(/^restart$/, { roles: ['ops'] }, async message => {
  await message.respond(\`restarted for \${message.user}\`);
});
`
    }
  });

  test('one speaks as another person, to try what holds for their roles', async ({ chat }) => {
    await chat.open();
    await chat.say('restart');
    await expect(chat.question).toContainText('not allowed');
    await chat.say('/as Eve');
    await expect(chat.panel.getByText('Speaking as Eve')).toBeVisible();
    await chat.say('restart');
    await expect(chat.answer).toContainText('restarted for Eve');
    await chat.panel.getByRole('button', { name: 'Speak as yourself' }).click();
    await chat.say('restart');
    await expect(chat.question).toContainText('not allowed');
  });
});
