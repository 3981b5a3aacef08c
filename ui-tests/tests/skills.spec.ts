import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  configurationOf,
  helloFiles,
  helloSkill,
  seedConfiguration,
  skill
} from '../support/skills';
import { expect, test, write } from '../support/test';

test.describe('a skill of the workspace', () => {
  test.use({ files: helloFiles });

  test('is live in its new version as soon as its file is saved, and the chat says so', async ({
    chat,
    lab
  }) => {
    await chat.open();
    await chat.say('say hello');
    await expect(chat.message('say hello')).toContainText('answered by hello');
    write(lab.workspace, 'skills/hello/index.ts', helloSkill('/^(hi|hello)$/'));
    await expect(chat.last).toHaveText(
      'hello is live in version 2: /hi|hello|hey|hallo/ is now /^(hi|hello)$/'
    );
    await chat.say('say hello again');
    await expect(chat.message('say hello again')).toContainText('no skill matched');
  });

  test('that would not load says where and why, and leads there', async ({ chat, lab, page }) => {
    await chat.open();
    write(lab.workspace, 'skills/hello/index.ts', `${helloSkill('/hi/')}\nconst x = ;\n`);
    const card = chat.last;
    await expect(card).toContainText(/Unexpected token/);
    await expect(card).toContainText('const x = ;');
    await expect(card).toContainText('The version that worked before stays live.');
    await card.getByRole('button', { name: /^skills\/hello\/index\.ts:7:\d+$/ }).click();
    await expect(page.getByRole('tab', { name: 'index.ts' })).toBeVisible();
    await expect(page.getByText(/^Ln 7, Col 11/)).toBeVisible();
    await chat.say('hello');
    await expect(chat.answer).toContainText('Hello');
  });

  test('is counted in the status bar, which opens the chat', async ({ chat, page }) => {
    const item = page.getByRole('button', { name: /^ChatOps: / });
    await expect(item).toHaveText('ChatOps: Not connected');
    await item.click();
    await expect(chat.input).toBeFocused();
    await expect(item).toHaveText('ChatOps: 2 skills live');
    await expect(chat.panel.getByText('Ready · 2 skills live: hello, devtools')).toBeVisible();
  });

  test('is loaded again on demand, and nothing is done where nothing changed', async ({
    chat,
    page
  }) => {
    await chat.open();
    await chat.panel.getByRole('button', { name: 'Load edited skills again' }).click();
    await expect(page.getByText('No skill has changed since it was loaded.')).toBeVisible();
  });
});

test.describe('a skill that is loaded again on demand only', () => {
  test.use({
    files: {
      ...helloFiles,
      'configuration.yaml': configurationOf('hello').replace(
        'path: skills/hello\n',
        'path: skills/hello\n    no-cache: false\n'
      )
    }
  });

  test('is live in its new version after `reload`, whose answer says what changed', async ({
    chat,
    lab
  }) => {
    await chat.open();
    write(lab.workspace, 'skills/hello/index.ts', helloSkill('/^hello$/'));
    await chat.say('hello there');
    await expect(chat.question).toContainText('answered by hello');
    await chat.say('reload');
    await expect(chat.answer).toContainText(
      'hello is live in version 2: /hi|hello|hey|hallo/ is now /^hello$/'
    );
    await chat.say('hello there, once more');
    await expect(chat.question).toContainText('no skill matched');
    await chat.say('hello');
    await expect(chat.question).toContainText('answered by hello');
  });
});

test.describe('the configuration of the workshop of 2017', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'chatops-home-'));
  const file = 'opsdroid/skill-myskill/index.ts';

  test.use({ files: { 'configuration.yaml': seedConfiguration }, variables: { HOME: home } });
  test.beforeAll(() => write(home, file, helloSkill('/hi|hello|hey|hallo/')));
  test.afterAll(() => rmSync(home, { recursive: true }));

  test('holds as it stands, with its skill and its log in the home folder', async ({ chat }) => {
    await chat.open();
    await expect(chat.panel.getByText('Ready · 2 skills live: myskill, devtools')).toBeVisible();
    await chat.say('do not say hello to this message');
    await expect(chat.question).toContainText('answered by myskill');
    write(home, file, helloSkill('/^(hi|hello|hey|hallo)$/'));
    await expect(chat.last).toContainText('myskill is live in version 2');
    await chat.say('do not say hello to this message');
    await expect(chat.question).toContainText('no skill matched');
    expect(readFileSync(path.join(home, 'opsdroid/opsdroid.log'), 'utf8')).toContain('myskill');
  });
});

test.describe('a skill that fails', () => {
  test.use({
    files: {
      'configuration.yaml': configurationOf('broken'),
      'skills/broken/index.ts': skill('/^break$/', "  throw new Error('the glass is empty');")
    }
  });

  test('says at which line, under the message that it failed on', async ({ chat, page }) => {
    await chat.open();
    await chat.say('break');
    await expect(chat.messages.first()).toContainText('broken failed');
    const card = chat.last;
    await expect(card).toContainText('The skill broken failed: the glass is empty.');
    await expect(card).toContainText("throw new Error('the glass is empty');");
    await card.getByRole('button', { name: 'skills/broken/index.ts:4:9' }).click();
    await expect(page.getByText(/^Ln 4, Col 9/)).toBeVisible();
  });
});
