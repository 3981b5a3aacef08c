import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configurationOf, helloFiles, skill } from '../support/skills';
import { expect, test } from '../support/test';

test.describe('with a bot that greets', () => {
  test.use({ files: helloFiles });

  test('a bot that was killed comes back, and gets what was said meanwhile once', async ({
    bot,
    chat,
    page
  }) => {
    await chat.open();
    await chat.say('hello');
    await expect(chat.answer).toContainText('Hello');
    bot().kill();
    await expect(chat.panel.getByText('The bot has stopped.')).toBeVisible();
    await chat.say('hello again');
    await expect(chat.message('hello again')).toContainText('waiting to be delivered');
    await expect(chat.message('hello again')).toContainText('answered by hello');
    await expect(chat.panel.getByText('The bot has stopped.')).toBeHidden();
    await expect(chat.messages).toHaveCount(4);
    await page.reload();
    await chat.isReady();
    await expect(chat.messages).toHaveCount(4);
  });

  test('what was written without a network outlives the page, and arrives once', async ({
    network,
    chat,
    page
  }) => {
    await chat.open();
    await network.cut();
    await expect(chat.panel.getByText('Offline')).toBeVisible();
    await expect(chat.panel.getByText(/What you write is kept and delivered later/)).toBeVisible();
    await chat.say('hello one');
    await chat.say('hello two');
    await page.reload();
    await expect(chat.message('hello one')).toContainText('waiting to be delivered');
    await expect(chat.message('hello two')).toContainText('waiting to be delivered');
    network.mend();
    await expect(chat.message('hello one')).toContainText('answered by hello');
    await expect(chat.message('hello two')).toContainText('answered by hello');
    await expect(chat.messages).toHaveCount(4);
    await expect(chat.messages.first()).toContainText('hello one');
  });

  test('a bot that was told to quit stays away until one starts it', async ({ chat, page }) => {
    await chat.open();
    await chat.say('quit');
    await expect(chat.panel.getByText(/^Stopped · /)).toBeVisible();
    await expect(page.getByRole('button', { name: 'ChatOps: Stopped' })).toBeVisible();
    await chat.say('hello later');
    await chat.panel.getByRole('button', { name: 'Start the bot' }).click();
    await chat.isReady();
    await expect(chat.message('hello later')).toContainText('answered by hello');
  });

  test('a bot of another version says what to do', async ({ network, chat, page }) => {
    network.changeOutgoing = frame => (frame.type === 'hello' ? { ...frame, protocol: 99 } : frame);
    await page.keyboard.press('Alt+Shift+C');
    await expect(chat.panel.getByText('Not let in')).toBeVisible();
    await expect(chat.panel.getByText(/This client speaks protocol 99/)).toBeVisible();
    await expect(chat.panel.getByText(/Install the same version/)).toBeVisible();
    await expect(chat.panel.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  test('frames that are not understood are told once and harm nothing', async ({
    network,
    chat,
    page
  }) => {
    await chat.open();
    network.inject({ type: 'hologram' });
    network.inject({ type: 'hologram' });
    const warning = page.getByText(/The bot and this page did not understand each other/);
    await expect(warning).toHaveCount(1);
    await chat.say('hello');
    await expect(chat.answer).toContainText('Hello');
  });
});

test.describe('with a skill that takes its time', () => {
  test.use({
    files: {
      'configuration.yaml': configurationOf('slow'),
      'skills/slow/index.ts': skill(
        '/^think/',
        `  await new Promise(resolve => setTimeout(resolve, 50_000));
  await message.respond('thought');`
      )
    }
  });

  test('one sees that the bot writes, and a room that is full takes no more', async ({
    bot,
    chat
  }) => {
    await chat.open();
    await chat.say('think');
    await expect(chat.panel.getByText('chatops is writing')).toBeVisible();
    await bot().say(Array.from({ length: 999 }, () => 'think'));
    await chat.say('one too many');
    const message = chat.message('one too many');
    await expect(message).toContainText('Not delivered.');
    await expect(message).toContainText(/messages waiting; this one was not taken/);
    await message.getByRole('button', { name: 'Take back into the input' }).click();
    await expect(chat.input).toHaveValue('one too many');
    await expect(message).toHaveCount(0);
  });
});

test.describe('a bot that cannot start', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'chatops-home-'));
  const program = path.join(home, 'chatops.cjs');
  const real = path.resolve(import.meta.dirname, '../../dist/chatops.cjs');

  test.use({ variables: { CHATOPS_HOME: home } });
  test.beforeAll(() => {
    writeFileSync(program, 'console.error("the disk is full of cheese"); process.exit(3);');
  });
  test.afterAll(() => rmSync(home, { recursive: true }));

  test('shows the last lines of its log, and starts when one tries again', async ({
    chat,
    page
  }) => {
    await page.keyboard.press('Alt+Shift+C');
    await expect(chat.panel.getByText('The bot cannot start')).toBeVisible();
    await expect(chat.panel.getByText(/The bot could not be started/)).toBeVisible();
    await expect(chat.panel.getByText('the disk is full of cheese')).toBeVisible();
    // Long enough to reach for the button before the panel tries by itself.
    await expect(chat.panel.getByText(/^Next try in (?:[5-9]|\d\d) seconds\.$/)).toBeVisible({
      timeout: 90_000
    });
    writeFileSync(program, `require(${JSON.stringify(real)});`);
    await chat.panel.getByRole('button', { name: 'Try now' }).click();
    await chat.isReady();
    await expect(chat.panel.getByText('the disk is full of cheese')).toBeHidden();
  });
});
