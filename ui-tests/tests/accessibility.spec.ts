import { expectAccessible } from '../support/accessibility';
import { richFiles } from '../support/rich-skills';
import { configurationOf, helloSkill, skill } from '../support/skills';
import { expect, test, write } from '../support/test';

const files = {
  'configuration.yaml': configurationOf('hello', 'broken'),
  'skills/hello/index.ts': helloSkill('/hello/'),
  'skills/broken/index.ts': skill('/^break$/', "  throw new Error('no');")
};

for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
  test.describe(`in the theme ${theme}`, () => {
    test.use({
      files,
      settings: { '@jupyterlab/apputils-extension/themes': { theme } }
    });

    test('nothing keeps anyone out', async ({ network, chat, lab, page }) => {
      await chat.open();
      await expect(chat.log.getByText('Say something to your bot')).toBeVisible();
      await expectAccessible(page);

      await chat.say('hello, `code` and\n```\nlines\n```');
      await expect(chat.answer).toContainText('Hello');
      await chat.say('break');
      await expect(chat.last).toContainText('failed: no');
      write(lab.workspace, 'skills/hello/index.ts', helloSkill('/hello|hi/'));
      await expect(chat.last).toContainText('is live in version 2');
      await chat.panel.getByRole('button', { name: 'answered by hello' }).click();
      await expect(chat.panel.getByRole('group', { name: 'Why' })).toContainText(
        'the only one that matches'
      );
      await chat.input.fill('x'.repeat(100_001));
      await expectAccessible(page);

      await chat.input.fill('');
      await network.cut();
      await expect(chat.panel.getByText('Offline')).toBeVisible();
      await chat.say('later');
      await expectAccessible(page);
    });
  });

  test.describe(`in the theme ${theme}, with all that messages may be`, () => {
    test.use({
      files: richFiles,
      settings: { '@jupyterlab/apputils-extension/themes': { theme } }
    });

    test('nothing keeps anyone out', async ({ chat, page }) => {
      await chat.open();
      for (const text of ['status', 'files', 'formula', 'menu']) {
        await chat.say(text);
        await expect(chat.message(text).first()).toContainText('answered by rich');
      }
      const formula = chat.message('Euler');
      await formula.locator('pre').hover();
      await expect(formula.getByRole('toolbar', { name: 'Code' })).toHaveCSS('opacity', '1');
      await expectAccessible(page);
      await chat.say('restart web');
      const question = chat.message('Restart web?');
      await expectAccessible(page);
      await question.getByRole('button', { name: 'No' }).click();
      await expect(question).toContainText('chose No');

      await chat.answer.hover();
      await chat.answer.getByRole('button', { name: 'Add a reaction' }).click();
      await expectAccessible(page);
      await chat.answer.getByRole('menuitem', { name: 'party' }).click();
      await expect(chat.answer.getByRole('button', { name: /^🎉/ })).toBeVisible();
      await chat.answer.getByRole('button', { name: 'Reply in a thread' }).click();
      await chat.say('status');
      await expect(chat.panel.getByRole('group', { name: 'Thread' })).toContainText('production');
      await chat.question.focus();
      await page.keyboard.press('Shift+F10');
      await expectAccessible(page);
      await page.keyboard.press('Escape');

      await chat.say('/help');
      await chat.input.fill('/');
      await expect(chat.panel.getByRole('option').first()).toBeVisible();
      await expectAccessible(page);
      await chat.input.fill('');
      await chat.panel.getByRole('button', { name: /^Room:/ }).click();
      await expect(chat.panel.getByRole('region', { name: 'Rooms' })).toBeVisible();
      await expectAccessible(page);
    });
  });
}
