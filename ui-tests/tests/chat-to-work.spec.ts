import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expectAccessible } from '../support/accessibility';
import { Notebook } from '../support/notebook';
import { notebookFile } from '../support/notebook-file';
import { configurationOf, helloSkill, skill } from '../support/skills';
import { expect, test } from '../support/test';

const code = 'const answer = 6 * 7;';

test.use({
  files: {
    'configuration.yaml': configurationOf('hello', 'snippet'),
    'skills/hello/index.ts': helloSkill('/^hello$/'),
    'skills/snippet/index.ts': skill(
      '/^show code$/',
      `  await message.respond('Here:\\n\\n\`\`\`ts\\n${code}\\n\`\`\`');`
    ),
    'work.ipynb': notebookFile(['const first = 1;', 'const second = 2;'])
  },
  address: 'lab/tree/work.ipynb'
});

test('code of a message goes into the notebook: into the active cell, or a new one beside it', async ({
  chat,
  context,
  page
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const notebook = new Notebook(page);
  const cells = notebook.panel.locator('.jp-CodeCell');
  await notebook.cell('second').locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+End');
  await chat.open();
  await chat.say('show code');
  const tools = chat.answer.getByRole('toolbar', { name: 'Code' });
  await expect(tools).toBeAttached();

  await chat.answer.locator('pre').hover();
  await tools.getByRole('button', { name: 'Copy the code' }).click();
  await expect(tools.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await expectAccessible(page);

  await tools.getByRole('button', { name: 'Into the active cell' }).click();
  await expect(cells.nth(1)).toContainText(`const second = 2;${code}`);
  await expect(cells.nth(1).locator('.cm-content')).toBeFocused();

  await chat.answer.locator('pre').hover();
  await tools.getByRole('button', { name: 'Into a new cell above' }).click();
  await expect(cells).toHaveCount(3);
  await expect(cells.nth(1)).toContainText(code);
  await expect(cells.nth(1)).not.toContainText('second');

  await chat.answer.locator('pre').hover();
  await tools.getByRole('button', { name: 'Into a new cell below' }).click();
  await expect(cells).toHaveCount(4);
  await expect(cells.nth(2).locator('.cm-content')).toBeFocused();
  await expect(cells.nth(2)).toContainText(code);
});

test('a message becomes a skill cell, which answers it once it has run', async ({ chat, page }) => {
  const notebook = new Notebook(page);
  await expect(notebook.cell('const first')).toBeVisible();
  await chat.open();
  await chat.say('Restart server 7!');
  await expect(chat.question).toContainText('no skill matched');
  await chat.question.focus();
  await page.keyboard.press('Shift+F10');
  await chat.panel.getByRole('menuitem', { name: 'Make a skill cell that answers this' }).click();
  const cell = notebook.cell('%%skill restart-server');
  await expect(cell).toContainText('/^Restart server (?<number>\\d+(?:\\.\\d+)?)[?!.]*$/');
  await expect(cell).toContainText("examples: ['Restart server 7!']");
  await notebook.run(cell);
  await expect(cell).toContainText('restart-server is live, version 1');
  await cell.getByRole('button', { name: 'Try it in the chat' }).click();
  await expect(chat.input).toHaveValue('Restart server 7!');
  await chat.say('restart server 8');
  await expect(chat.answer).toContainText('number: 8');
});

test('the answer of the bot becomes the answer of the new skill', async ({ chat, page }) => {
  const notebook = new Notebook(page);
  await expect(notebook.cell('const first')).toBeVisible();
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.answer.focus();
  await page.keyboard.press('Shift+F10');
  await chat.panel.getByRole('menuitem', { name: 'Make a skill cell that answers this' }).click();
  const cell = notebook.cell('%%skill hello-2');
  await expect(cell).toContainText('/^hello[?!.]*$/');
  await expect(cell).toContainText(/message\.respond\('Hello \w+'\)/);
});

test('a cell goes to the chat, to be said from there', async ({ chat, page }) => {
  const notebook = new Notebook(page);
  const text = notebook.cell('second').locator('.cm-content');
  await text.click();
  await expect(text).toBeFocused();
  await text.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Send Cell to Chat' }).click();
  await expect(chat.input).toBeFocused();
  await expect(chat.input).toHaveValue('```typescript\nconst second = 2;\n```');
});

test('a conversation is kept as Markdown, as a notebook and as NDJSON', async ({
  chat,
  lab,
  page
}) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.question).toContainText('answered by hello');
  const file = (name: string): string => path.join(lab.workspace, name);
  const read = (name: string): string => readFileSync(file(name), 'utf8');

  await chat.panel.getByRole('button', { name: 'Save the conversation' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').selectOption('Markdown, to be read');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('tab', { name: 'conversation-general.md' })).toBeVisible();
  expect(read('conversation-general.md')).toMatch(
    /^# Conversation in general\n\n\*\*.+\*\*, .+\n\nhello\n\n\*answered by hello, score 0\.\d{3}\*/
  );

  await chat.say('/export notebook');
  await expect(page.getByRole('tab', { name: 'conversation-general.ipynb' })).toBeVisible();
  expect(JSON.parse(read('conversation-general.ipynb')).cells[1].source).toBe(
    'await chat("hello")'
  );

  await chat.say('/export ndjson');
  // It is there before it is written to its end.
  await expect
    .poll(
      () => existsSync(file('conversation-general.ndjson')) && read('conversation-general.ndjson')
    )
    .toMatch(/\}\s*$/);
  const [first] = read('conversation-general.ndjson').split('\n');
  expect(JSON.parse(first!)).toMatchObject({ text: 'hello', handled: { skill: 'hello' } });

  // What is there is not written over.
  await chat.say('/export markdown');
  await expect.poll(() => existsSync(file('conversation-general-2.md'))).toBe(true);
});

test('a conversation becomes a test that passes', async ({ chat, lab, page }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.say('help');
  await expect(chat.question).toContainText('answered by devtools');
  await chat.say('something else');
  await expect(chat.question).toContainText('no skill matched');
  await chat.panel.getByRole('button', { name: 'Make a skill test of the conversation' }).click();
  await expect(page.getByRole('tab', { name: 'conversation-general.test.ts' })).toBeVisible();
  const source = readFileSync(
    path.join(lab.workspace, 'tests/conversation-general.test.ts'),
    'utf8'
  );
  expect(source).toContain("testBot({ skills: ['skills/hello'] })");
  expect(source).toMatch(/says\('hello'\);\n {2}chat\.expectReply\('Hello \w+'\);/);
  expect(source).toMatch(/says\('something else'\);\n {2}chat\.expectNoReply\(\);/);
  expect(source).not.toContain('help');
});
