import type { Locator, Page } from '@playwright/test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configurationOf, helloSkill, skill } from '../support/skills';
import { Notebook } from '../support/notebook';
import { notebookFile } from '../support/notebook-file';
import { richFiles } from '../support/rich-skills';
import { LONG_ADDRESS, LONG_WORD, wideFiles } from '../support/wide-skills';
import { expect, test, write } from '../support/test';

const images = path.resolve(import.meta.dirname, '../../docs/images');

const files = {
  'configuration.yaml': configurationOf('hello', 'weather', 'deploy'),
  'skills/hello/index.ts': helloSkill('/hi|hello|hey|hallo/'),
  'skills/weather/index.ts': skill(
    '/weather in (?<city>\\w+)/',
    `  console.log('asking the weather service about', message.match.groups.city);
  await message.respond('**Sunny** in Exeter, 21 °C.\\n\\n| | today | tomorrow |\\n|-|-|-|\\n| °C | 21 | 17 |');`
  ),
  'skills/deploy/index.ts': skill(
    '/^deploy (?<service>\\S+)/',
    `  const { service } = message.match.groups;
  throw new Error(\`the pipeline of \${service} is locked\`);`
  )
};

for (const [theme, suffix] of [
  ['JupyterLab Light', 'light'],
  ['JupyterLab Dark', 'dark']
] as const) {
  test.describe(theme, () => {
    test.use({
      settings: {
        '@jupyterlab/apputils-extension/themes': { theme },
        'jupyterlab-chatops/chat': { userName: 'Ada' }
      },
      deviceScaleFactor: 1.5,
      viewport: { width: 1280, height: 720 }
    });

    /** Takes a picture without what blinks. */
    async function picture(target: Page | Locator, name: string): Promise<void> {
      await target.screenshot({
        path: path.join(images, `${name}-${suffix}.png`),
        caret: 'hide',
        animations: 'disabled'
      });
    }

    test.describe('with a few skills', () => {
      test.use({ files });

      test('the panel', async ({ network, bot, chat, lab, page }) => {
        await chat.open();
        await widen(chat.panel, page);
        await expect(chat.log.getByText('Say something to your bot')).toBeVisible();
        await picture(chat.panel, 'panel-empty');

        await chat.say('hello');
        await expect(chat.answer).toContainText('Hello Ada');
        await chat.say('what is the weather in Exeter?');
        await expect(chat.answer.getByRole('cell', { name: '17' })).toBeVisible();
        await bot().say(['deploy api'], 'Grace');
        await expect(chat.last).toContainText('the pipeline of api is locked');
        await picture(chat.panel, 'panel-conversation');

        write(lab.workspace, 'skills/hello/index.ts', helloSkill('/^(hi|hello|hey|hallo)$/'));
        await expect(chat.last).toContainText('hello is live in version 2');
        await chat.say('do not say hello to this message');
        await expect(chat.question).toContainText('no skill matched');
        await chat.say('what is the weather in Exeter, and hello');
        await chat.question.getByRole('button', { name: 'answered by weather' }).click();
        await expect(chat.panel.getByRole('group', { name: 'Why' })).toContainText('Ran for');
        await chat.input.click();
        await chat.question.evaluate(message => message.scrollIntoView({ block: 'start' }));
        await picture(chat.panel, 'panel-why');

        await chat.panel.getByRole('tab', { name: 'Skills' }).click();
        await chat.panel
          .getByRole('textbox', { name: /^Try a text/ })
          .fill('is there weather in Leeds');
        await expect(chat.panel.getByText('weather would answer.').last()).toBeVisible();
        await picture(chat.panel, 'panel-skills');
        await chat.panel.getByRole('tab', { name: 'Conversation' }).click();

        await network.cut();
        await expect(chat.panel.getByText('Offline')).toBeVisible();
        await chat.say('hello from the train');
        await expect(chat.question.getByText('waiting to be delivered')).toBeVisible();
        await expect(chat.panel.getByRole('button', { name: 'Try now' })).toBeVisible();
        await picture(chat.panel, 'panel-offline');
      });
    });

    test.describe('with all that messages may be', () => {
      test.use({ files: richFiles });

      test('messages and writing', async ({ bot, chat, page }) => {
        await chat.open();
        await widen(chat.panel, page);
        await chat.say('status');
        await expect(chat.answer.getByRole('table')).toBeVisible();
        await bot().say(['restart db'], 'Grace');
        await expect(chat.message('Restart db?')).toBeVisible();
        await chat.say('restart web');
        await chat.message('Restart web?').getByRole('button', { name: 'Yes' }).click();
        await expect(chat.answer).toContainText('restarted web');
        await chat.message('restart db').first().hover();
        await picture(chat.panel, 'panel-messages');

        await chat.input.fill('/');
        await expect(chat.panel.getByRole('option').first()).toBeVisible();
        await picture(chat.panel, 'panel-writing');
        await chat.input.fill('');
        await chat.say('/rooms ops');
        await chat.panel.getByRole('button', { name: /^Room:/ }).click();
        await picture(chat.panel, 'panel-rooms');
      });
    });

    test.describe('with what is wide, and what is read from the right', () => {
      test.use({ files: wideFiles });

      test('long words, from the right, and in a narrow panel', async ({ chat, page }) => {
        await chat.open();
        await widen(chat.panel, page);
        await chat.say(`What about the ${LONG_WORD}? ${LONG_ADDRESS}`);
        await expect(chat.question).toContainText('no skill matched');
        await chat.say('report');
        await expect(chat.answer.getByRole('button', { name: 'Wait' })).toBeVisible();
        await expect(chat.question).toContainText('answered by wide');
        await picture(chat.panel, 'panel-long-words');
        await chat.drawTo(220);
        await picture(chat.panel, 'panel-narrow');

        await chat.drawTo(380);
        await chat.say('/clear');
        await chat.say('مرحبا');
        await expect(chat.answer).toContainText('أهلا وسهلا');
        await chat.say('שלום, what is up?');
        await expect(chat.answer.getByRole('listitem').last()).toBeVisible();
        await chat.say('حالة الخدمات');
        await expect(chat.answer.getByRole('button', { name: 'انتظر' })).toBeVisible();
        await expect(chat.question).toContainText('answered by mirsal');
        await chat.input.fill('أعد تشغيل web-1 من فضلك');
        await picture(chat.panel, 'panel-right-to-left');
      });

      test('a narrow panel in which nothing was said, and skills that are not there', async ({
        chat
      }) => {
        await chat.open();
        await chat.drawTo(220);
        await expect(chat.log.getByText('Say something to your bot')).toBeVisible();
        await picture(chat.panel, 'panel-empty-narrow');
        await chat.panel.getByRole('tab', { name: 'Skills' }).click();
        await chat.panel.getByRole('searchbox', { name: 'Search the skills' }).fill('kubernetes');
        await expect(chat.panel.getByText('In no skill stands “kubernetes”.')).toBeVisible();
        await picture(chat.panel, 'panel-no-skills-narrow');
      });
    });

    test.describe('a notebook with skills', () => {
      test.use({
        files: {
          'configuration.yaml': configurationOf(),
          'skills.ipynb': notebookFile([
            `%%skill hello\n${helloSkill('/^(hi|hello)$/').trimEnd()}`,
            `%%skill bye --say "goodbye for now" --why "bye, and thanks"\n${helloSkill('/bye/').replace('hello =', 'bye =').trimEnd()}`,
            `%%skill thanks\n${helloSkill('/thank/').replace('hello =', 'thanks =').trimEnd()}`
          ])
        },
        address: 'lab/tree/skills.ipynb'
      });

      test('shows how each of them is', async ({ lab, page }) => {
        const notebook = new Notebook(page);
        await expect(notebook.cell('%%skill hello')).toContainText('hello is not live yet');
        for (const name of ['hello', 'bye', 'thanks']) {
          await notebook.run(notebook.cell(`%%skill ${name}`));
          await expect(notebook.cell(`%%skill ${name}`)).toContainText(`${name} is live`);
        }
        await page.keyboard.press('Escape');
        await page.getByRole('menuitem', { name: 'Edit' }).click();
        await page.getByRole('menuitem', { name: 'Clear Outputs of All Cells' }).click();
        await notebook.cell('%%skill bye').locator('.cm-content').click();
        await page.keyboard.press('ControlOrMeta+End');
        await page.keyboard.type(' ');
        await page.keyboard.insertText('// to be said at night as well');
        await expect(notebook.cell('%%skill bye')).toContainText('bye changed since it ran');
        write(lab.workspace, 'skills/thanks/index.ts', helloSkill('/thank you/'));
        await expect(notebook.cell('%%skill thanks')).toContainText('was edited elsewhere');
        await picture(notebook.panel, 'skill-cells');
      });
    });

    test('the workshop', async ({ chat, page }) => {
      await page.getByRole('button', { name: 'ChatOps Workshop' }).click();
      const notebook = new Notebook(page);
      await expect(
        page.locator('.jp-Notebook').getByRole('heading', { name: /^ChatOps: automation/ })
      ).toBeVisible();
      await chat.isReady();
      await page.getByRole('tab', { name: /^File Browser/ }).click();
      const cell = notebook.cell('%%skill hello');
      await notebook.run(cell);
      await chat.say('hello');
      await expect(chat.answer).toContainText(/(Hi|Hello|Hey) Ada/);
      await chat.say('do not say hello to this message');
      await expect(chat.question).toContainText('answered by hello');
      await notebook.write(
        cell,
        (await cell.locator('.cm-content').innerText())
          .replaceAll('\n\n', '\n')
          .replace('hi|hello|hey|hallo', '^(hi|hello|hey|hallo)$')
      );
      await notebook.run(cell);
      await chat.say('do not say hello to this message');
      await expect(chat.question).toContainText('no skill matched');
      await cell.scrollIntoViewIfNeeded();
      await picture(page, 'workshop');
    });

    test.describe('a bot that cannot start', () => {
      const home = mkdtempSync(path.join(tmpdir(), 'chatops-home-'));
      writeFileSync(
        path.join(home, 'chatops.cjs'),
        `console.error("Error: ENOSPC: no space left on device, write\\n    at writeSync (node:fs:928:3)");process.exit(1);`
      );
      test.use({ variables: { CHATOPS_HOME: home } });

      test('says why', async ({ chat, page }) => {
        await page.keyboard.press('Alt+Shift+C');
        await widen(chat.panel, page);
        // The first attempts follow each other too quickly to read.
        await expect(chat.panel.getByText(/^Next try in (?:[3-9]|\d\d) seconds/)).toBeVisible();
        await picture(chat.panel, 'panel-cannot-start');
      });
    });
  });
}

/** Draws the panel to the width that it has beside the workshop. */
async function widen(panel: Locator, page: Page): Promise<void> {
  const { x, y, height } = (await panel.boundingBox())!;
  await page.mouse.move(x - 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 82, y + height / 2, { steps: 4 });
  await page.mouse.up();
}
