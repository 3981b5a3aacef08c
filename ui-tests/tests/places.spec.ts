import type { Locator, Page } from '@playwright/test';
import { runFromPalette } from '../support/palette';
import { expect, isLaidOut, test } from '../support/test';
import { helloFiles } from '../support/skills';

test.use({ files: helloFiles });

test('no connection is opened before the chat is wanted', async ({ chat, page }) => {
  const opened: string[] = [];
  page.on('websocket', socket => opened.push(socket.url()));
  await page.reload();
  await expect(page.getByRole('button', { name: 'ChatOps: Not connected' })).toBeVisible();
  await isLaidOut(page);
  expect(opened.filter(url => url.includes('/chatops/'))).toEqual([]);
  await chat.open();
  expect(opened.filter(url => url.includes('/chatops/'))).toHaveLength(1);
});

test('the palette and the menus lead to the chat', async ({ chat, page }) => {
  await runFromPalette(page, 'Open the Chat');
  await expect(chat.input).toBeFocused();
  await page.getByRole('tab', { name: 'Chat with the bot' }).click();
  await expect(chat.panel).toBeHidden();
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Open the Chat' }).click();
  await expect(chat.input).toBeFocused();
});

test('the launcher and the palette lead to the workshop, beside the chat', async ({
  chat,
  page
}) => {
  const heading = page
    .locator('.jp-Notebook')
    .getByRole('heading', { name: /^ChatOps: automation/ });
  await page.getByRole('button', { name: 'ChatOps Workshop' }).click();
  await expect(heading).toBeVisible();
  await expect(page.locator('.jp-Notebook:focus-within')).toBeVisible();
  await chat.isReady();

  await page.getByRole('tab', { name: 'Chat with the bot' }).click();
  await expect(chat.panel).toBeHidden();

  await runFromPalette(page, 'Open the ChatOps Workshop');
  await expect(heading).toBeVisible();
  await expect(chat.panel).toBeVisible();
});

test('a panel that was open is open again after a reload, and leaves the cursor alone', async ({
  chat,
  page
}) => {
  const saved = page.waitForResponse(
    response =>
      response.url().includes('/api/workspaces/') &&
      response.request().method() === 'PUT' &&
      String(response.request().postData()).includes('"jupyterlab-chatops-chat"')
  );
  await chat.open();
  await saved;
  await page.reload();
  await chat.isReady();
  await expect(chat.input).not.toBeFocused();
});

test('settings are in force at once', async ({ chat, page }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await openSettings(page);
  await setting(page, 'Your name').fill('Ada');
  await setting(page, 'Your name').press('Tab');
  await expect(async () => {
    await chat.say('hello');
    await expect(chat.answer).toContainText('Hello Ada', { timeout: 1000 });
  }).toPass();

  await setting(page, 'Key that sends').selectOption('Shift + Enter');
  await expect(chat.panel.getByText('Shift+Enter sends, Enter breaks the line.')).toBeAttached();
  await chat.input.fill('hello');
  await chat.input.press('Enter');
  await expect(chat.input).toHaveValue('hello\n');
  await chat.input.press('Shift+Enter');
  await expect(chat.input).toHaveValue('');

  await setting(page, 'Side of the panel').selectOption('Left');
  await expect.poll(async () => (await chat.panel.boundingBox())!.x).toBeLessThan(200);
  await expect(chat.messages.first()).toBeVisible();
});

test('the chat goes into the main area from the menu, stays there, and comes back when it was closed', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await page.getByRole('menuitem', { name: 'View' }).click();
  // JupyterLab gives what opens a submenu no role of its own.
  await page.locator('.lm-Menu').getByText('Place of the Chat').click();
  await page.locator('.lm-Menu').getByText('Chat in the Main Area').click();
  const tab = page.locator('#jp-main-dock-panel').getByRole('tab', { name: /Chat/ });
  await expect(tab).toBeVisible();
  await expect(chat.answer).toContainText('Hello');
  await page.reload();
  await expect(tab).toBeVisible();
  await chat.open();
  await tab.click({ button: 'middle' });
  await expect(chat.panel).toBeHidden();
  await chat.open();
  await expect(chat.answer).toContainText('Hello');
});

test('an address that leads to no bot is explained', async ({ chat, page }) => {
  await chat.open();
  await openSettings(page);
  const field = setting(page, 'Address of the bot');
  await field.fill('localhost');
  await field.press('Tab');
  await expect(chat.panel.getByText(/`?localhost`? is not the address of a bot/)).toBeVisible();
  await field.fill('');
  await field.press('Tab');
  await chat.isReady();
});

/** Opens the settings of the chat, as a person finds them. */
async function openSettings(page: Page): Promise<void> {
  await page.getByRole('menuitem', { name: 'Settings', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Settings Editor' }).click();
  await page.locator('.jp-PluginList').getByText('ChatOps', { exact: true }).click();
}

/** The field of a setting. JupyterLab gives it a heading and no label. */
function setting(page: Page, name: string): Locator {
  return page
    .locator('.jp-SettingsPanel .small-field', { has: page.getByRole('heading', { name }) })
    .locator('input, select');
}
