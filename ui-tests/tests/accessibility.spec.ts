import { expectAccessible } from '../support/accessibility';
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
      await expect(chat.panel.getByRole('region', { name: 'Why' })).toContainText('matched');
      await chat.input.fill('x'.repeat(100_001));
      await expectAccessible(page);

      await chat.input.fill('');
      await network.cut();
      await expect(chat.panel.getByText('Offline')).toBeVisible();
      await chat.say('later');
      await expectAccessible(page);
    });
  });
}
