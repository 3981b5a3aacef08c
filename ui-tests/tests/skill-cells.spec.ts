import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expectAccessible } from '../support/accessibility';
import { Notebook } from '../support/notebook';
import { notebookFile } from '../support/notebook-file';
import { configurationOf, helloSkill } from '../support/skills';
import { expect, test, write } from '../support/test';

const helloCell = `%%skill hello\n${helloSkill('/hello/').trimEnd()}`;

test.use({
  files: {
    'configuration.yaml': configurationOf(),
    'skills.ipynb': notebookFile([
      helloCell,
      'const plain = 1;',
      `%%skill bye --say "goodbye for now" --why "so long, and thanks"\n${helloSkill('/bye/').trimEnd()}`
    ])
  },
  address: 'lab/tree/skills.ipynb'
});

test('a skill cell says how its skill is doing: not live, live, changed, broken', async ({
  page,
  lab
}) => {
  const notebook = new Notebook(page);
  const cell = notebook.cell('%%skill hello');
  const badge = cell.getByRole('group', { name: 'Skill hello' });
  await expect(badge).toContainText('hello is not live yet');
  await expect(notebook.cell('const plain').getByRole('group')).toHaveCount(0);

  await badge.getByRole('button', { name: 'Run' }).click();
  await expect(badge).toContainText('hello is live, version 1');
  expect(readFileSync(path.join(lab.workspace, 'skills/hello/index.ts'), 'utf8')).toContain(
    'matchRegex(/hello/'
  );

  await notebook.write(cell, helloCell.replace('/hello/', '/hello|hallo/'));
  await expect(badge).toContainText('hello changed since it ran; version 1 answers');
  await notebook.run(notebook.cell('hallo'));
  await expect(badge).toContainText('hello is live, version 2');

  await notebook.write(notebook.cell('hallo'), `${helloCell}\nconst x = ;`);
  await notebook.run(notebook.cell('const x'));
  await expect(badge).toContainText('hello would not load; version 2 answers');
  await notebook.write(notebook.cell('const x'), helloCell.replace('/hello/', '/hello|hallo/'));
  await expect(badge).toContainText('hello is live, version 2');
});

test('a skill that was edited elsewhere is not overwritten without anyone knowing', async ({
  page,
  lab
}) => {
  const notebook = new Notebook(page);
  const cell = notebook.cell('%%skill hello');
  const badge = cell.getByRole('group', { name: 'Skill hello' });
  await expect(badge).toContainText('hello is not live yet');
  await notebook.run(cell);
  await expect(badge).toContainText('hello is live, version 1');

  write(lab.workspace, 'skills/hello/index.ts', helloSkill('/servus/'));
  await expect(badge).toContainText('the file of hello was edited elsewhere since this cell ran');
  await badge.getByRole('button', { name: 'Show the difference' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('deletion')).toContainText('matchRegex(/servus/');
  await expect(dialog.getByRole('insertion')).toContainText('matchRegex(/hello/');
  await expectAccessible(page, '.jp-Dialog-content');
  await dialog.getByRole('button', { name: 'Leave both as they are' }).click();
  await expectAccessible(page, '.jp-ChatOps-cell');
  await expect(badge).toContainText('edited elsewhere');

  const file = path.join(lab.workspace, 'skills/hello/index.ts');
  await badge.getByRole('button', { name: 'Take the file’s version' }).click();
  await expect(cell).toContainText('matchRegex(/servus/');
  await expect(badge).toContainText('hello is live, version 2');

  write(lab.workspace, 'skills/hello/index.ts', helloSkill('/moin/'));
  await expect(badge).toContainText('edited elsewhere');
  await badge.getByRole('button', { name: 'Keep the cell’s and run it' }).click();
  await expect(badge).toContainText('hello is live, version 4');
  expect(readFileSync(file, 'utf8')).toContain('matchRegex(/servus/');
});

test('the options of the magic are folded, and unfolded on demand', async ({ lab: _, page }) => {
  const notebook = new Notebook(page);
  const cell = notebook.cell('%%skill bye');
  await expect(cell).not.toContainText('goodbye for now');
  await cell.getByRole('button', { name: 'Show the options of the skill cell' }).click();
  await expect(cell).toContainText('--say "goodbye for now" --why "so long, and thanks"');
  await cell.getByRole('button', { name: 'Fold the options' }).click();
  await expect(cell).not.toContainText('goodbye for now');
});

test('code with a matcher becomes a skill from the toolbar of its cell', async ({
  lab: _,
  page
}) => {
  const notebook = new Notebook(page);
  const cell = notebook.panel.locator('.jp-CodeCell').nth(1);
  await notebook.write(cell, helloSkill('/servus/').replace('const hello', 'const goodDay'));
  await cell.getByRole('button', { name: 'Make the skill in this cell live' }).click();
  await expect(cell).toContainText('%%skill good-day');
  await expect(cell.getByRole('group', { name: 'Skill good-day' })).toContainText(
    'good-day is live, version 1'
  );
});

test('a matcher leads to the cell that it was written in', async ({ chat, page }) => {
  const notebook = new Notebook(page);
  await expect(notebook.cell('%%skill hello')).toContainText('hello is not live yet');
  await notebook.run(notebook.cell('%%skill hello'));
  await expect(notebook.cell('%%skill hello')).toContainText('hello is live, version 1');
  await notebook.cell('const plain').locator('.cm-content').click();
  await chat.open();
  await chat.say('hello');
  await chat.question.getByRole('button', { name: 'answered by hello' }).click();
  await chat.question.getByRole('button', { name: /^skills\/hello\/index\.ts:3/ }).click();
  await expect(notebook.cell('%%skill hello').locator('.cm-content')).toBeFocused();
  await expect(page.getByText(/^Ln 4, Col 22/)).toBeVisible();
});

test.describe('in a notebook with another kernel', () => {
  test.use({
    files: {
      'configuration.yaml': configurationOf(),
      'skills.ipynb': notebookFile([helloCell, 'x = 1'], 'python3')
    }
  });

  test('a skill cell goes to the bot all the same', async ({ lab: _, page }) => {
    const notebook = new Notebook(page);
    const cell = notebook.cell('%%skill hello');
    const badge = cell.getByRole('group', { name: 'Skill hello' });
    await expect(badge).toContainText('hello is not live yet');
    await badge.getByRole('button', { name: 'Run' }).click();
    await expect(notebook.output(cell)).toContainText('hello is live: version 1');
    await expect(badge).toContainText('hello is live, version 1');
  });
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
  test.describe(`in the theme ${theme}`, () => {
    test.use({ settings: { '@jupyterlab/apputils-extension/themes': { theme } } });

    test('what stands on skill cells keeps nobody out', async ({ chat, lab, page }) => {
      const notebook = new Notebook(page);
      const [hello, bye] = [notebook.cell('%%skill hello'), notebook.cell('%%skill bye')];
      const badge = hello.getByRole('group', { name: 'Skill hello' });
      await expect(badge).toContainText('hello is not live yet');
      await expectAccessible(page, '.jp-ChatOps-cell');
      await notebook.run(hello);
      await expect(badge).toContainText('hello is live, version 1');
      await notebook.run(bye);
      await expect(bye).toContainText('bye is live, version 1');
      await expectAccessible(page, '.jp-ChatOps-cell');
      await chat.open();
      await chat.say('hold bye');
      await expect(bye).toContainText('bye is on hold');
      await notebook.write(bye, '%%skill bye\nconst x = ;');
      write(lab.workspace, 'skills/hello/index.ts', helloSkill('/servus/'));
      await expect(badge).toContainText('edited elsewhere');
      await expectAccessible(page, '.jp-ChatOps-cell');
      await badge.getByRole('button', { name: 'Show the difference' }).click();
      await expect(page.getByRole('dialog').getByRole('deletion')).toBeVisible();
      await expectAccessible(page, '.jp-Dialog-content');
    });
  });
}
