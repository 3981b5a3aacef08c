import { runFromPalette } from '../support/palette';
import { expectAccessible } from '../support/accessibility';
import { opsFiles } from '../support/ops-skills';
import { helloSkill } from '../support/skills';
import { expect, test, write } from '../support/test';

test.use({ files: opsFiles });

test('the skills stand beside the conversation, with all that they answer to', async ({
  chat,
  page
}) => {
  await chat.open();
  await chat.panel.getByRole('tab', { name: 'Skills' }).click();
  await expect(chat.log).toBeHidden();
  const skills = chat.panel.getByRole('list', { name: 'Skills', exact: true });
  const weather = skills.getByRole('listitem', { name: 'weather' });
  await expect(weather).toContainText(/live, version 1 since/);
  await expect(weather).toContainText('What the weather is like.');
  await expect(weather).toContainText('anywhere in the text');
  await expect(skills.getByRole('listitem', { name: 'devtools' })).toContainText(
    'comes with ChatOps'
  );

  await weather.getByRole('button', { name: 'weather in Exeter today' }).click();
  await expect(chat.input).toBeFocused();
  await expect(chat.input).toHaveValue('weather in Exeter today');

  await chat.panel.getByRole('tab', { name: 'Skills' }).click();
  await weather.getByRole('button', { name: /^skills\/weather\/index\.ts:3/ }).click();
  await expect(page.getByText(/^Ln 3, Col 24/)).toBeVisible();
});

test('a search finds skills by what they answer to', async ({ chat }) => {
  await chat.open();
  await chat.panel.getByRole('tab', { name: 'Skills' }).click();
  const skills = chat.panel.getByRole('list', { name: 'Skills', exact: true }).locator('> li');
  await expect(skills).toHaveCount(6);
  await chat.panel.getByRole('searchbox', { name: 'Search the skills' }).fill('espresso');
  await expect(skills).toHaveCount(1);
  await expect(skills).toContainText('make coffee');
  await chat.panel
    .getByRole('searchbox', { name: 'Search the skills' })
    .fill('nothing of the kind');
  await expect(chat.panel.getByText('In no skill stands “nothing of the kind”.')).toBeVisible();
});

test('texts are tried there too', async ({ chat }) => {
  await chat.open();
  await chat.panel.getByRole('tab', { name: 'Skills' }).click();
  await chat.panel.getByRole('textbox', { name: /^Try a text/ }).fill('hello there');
  await expect(chat.panel.getByRole('group', { name: 'What would answer' })).toContainText(
    'hello would answer.'
  );
});

test('a version that would not load shows its error, and leads to its line', async ({
  chat,
  lab,
  page
}) => {
  await chat.open();
  write(lab.workspace, 'skills/hello/index.ts', `${helloSkill('/hi/')}\nconst x = ;\n`);
  const tab = chat.panel.getByRole('tab', { name: 'Skills' });
  await expect(tab).toContainText('1 needs you');
  await tab.click();
  const first = chat.panel
    .getByRole('list', { name: 'Skills', exact: true })
    .locator('> li')
    .first();
  await expect(first).toContainText('version 1 answers; the newest one would not load');
  await expect(first).toContainText('const x = ;');
  await first.getByRole('button', { name: /^skills\/hello\/index\.ts:7/ }).click();
  await expect(page.getByText(/^Ln 7, Col 11/)).toBeVisible();

  write(lab.workspace, 'skills/hello/index.ts', helloSkill('/hi/'));
  await expect(tab).not.toContainText('needs you');
  await expect(
    chat.panel
      .getByRole('list', { name: 'Skills', exact: true })
      .getByRole('listitem', { name: 'hello' })
  ).toContainText('live, version 2');
});

test('one skill is loaded again on demand', async ({ chat }) => {
  await chat.open();
  await chat.panel.getByRole('tab', { name: 'Skills' }).click();
  await chat.panel.getByRole('button', { name: 'Reload weather' }).click();
  await expect(
    chat.panel
      .getByRole('list', { name: 'Skills', exact: true })
      .getByRole('listitem', { name: 'weather' })
  ).toContainText('live, version 2');
});

test('a skill on hold does not answer until it is released', async ({ chat }) => {
  await chat.open();
  const tab = chat.panel.getByRole('tab', { name: 'Skills' });
  await tab.click();
  const hello = chat.panel
    .getByRole('list', { name: 'Skills', exact: true })
    .getByRole('listitem', { name: 'hello' });
  await hello.getByRole('button', { name: 'Put hello on hold' }).click();
  await expect(hello).toContainText('on hold');
  await chat.panel.getByRole('tab', { name: 'Conversation' }).click();
  await expect(chat.log).toContainText('hello is on hold');
  await chat.say('hello');
  const chip = chat.question.getByRole('button', { name: 'hello is on hold' });
  await expect(chip).toHaveAttribute('title', /said so/);
  await chip.click();
  await expect(chat.question).toContainText('hello was chosen, and did not run: it is on hold.');

  await tab.click();
  await hello.getByRole('button', { name: 'Release hello' }).click();
  await expect(hello).toContainText('live, version');
  await chat.panel.getByRole('tab', { name: 'Conversation' }).click();
  await chat.say('hello again');
  await expect(chat.question).toContainText('answered by hello');
});

test('everything is within reach of the keyboard', async ({ chat, page }) => {
  await chat.open();
  const conversation = chat.panel.getByRole('tab', { name: 'Conversation' });
  const skills = chat.panel.getByRole('tab', { name: 'Skills' });
  await conversation.focus();
  await page.keyboard.press('ArrowRight');
  await expect(skills).toBeFocused();
  await expect(skills).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(chat.panel.getByRole('textbox', { name: /^Try a text/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(chat.panel.getByRole('searchbox')).toBeFocused();
  // The shortcut of the chat leads to the input from here as well.
  await page.keyboard.press('Alt+Shift+C');
  await expect(chat.input).toBeFocused();
  await runFromPalette(page, 'Show the Skills');
  await expect(skills).toBeFocused();
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
  test.describe(`in the theme ${theme}`, () => {
    test.use({ settings: { '@jupyterlab/apputils-extension/themes': { theme } } });

    test('skills and explanations keep nobody out', async ({ chat, lab, page }) => {
      await chat.open();
      await chat.say('hi, what is the weather in Exeter tomorrow');
      const chip = chat.question.getByRole('button', { name: 'answered by weather' });
      await chip.click();
      await chat.question
        .getByText(/^Score/)
        .first()
        .click();
      await chat.question.getByText(/other matchers do not match/).click();
      await chat.question.getByRole('textbox', { name: /^Try a text/ }).fill('deploy web to test');
      await expect(chat.question).toContainText('deploy would ask first');
      await expectAccessible(page);
      await chip.click();
      await chat.say('deplo web to staging');
      await chat.question.getByRole('button', { name: 'no skill matched' }).click();
      await expect(chat.question).toContainText('Did you mean:');
      await expectAccessible(page);

      write(lab.workspace, 'skills/hello/index.ts', 'const x = ;\n');
      await expect(chat.panel.getByRole('tab', { name: 'Skills' })).toContainText('1 needs you');
      await chat.panel.getByRole('tab', { name: 'Skills' }).click();
      const weather = chat.panel
        .getByRole('list', { name: 'Skills', exact: true })
        .getByRole('listitem', { name: 'weather' });
      await weather.getByRole('button', { name: 'Put weather on hold' }).click();
      await expect(weather).toContainText('on hold');
      await expectAccessible(page);
      await chat.panel.getByRole('tab', { name: 'Conversation' }).click();
      await chat.say('weather in Oslo');
      await chat.question.getByRole('button', { name: 'weather is on hold' }).click();
      await expect(chat.question).toContainText('it is on hold.');
      await expectAccessible(page);
    });
  });
}
