import { Notebook } from '../support/notebook';
import { expect, test } from '../support/test';

test.use({ address: 'lab?chatops=workshop' });
test.setTimeout(300_000);

const strict = `%%skill hello
import { matchRegex } from 'chatops';

export const hello = matchRegex(/^(hi|hello|hey|hallo)$/, async (bot, config, message) => {
  const greetings = ['Hi', 'Hello', 'Hey'];
  const greeting = greetings[Math.floor(Math.random() * greetings.length)];
  await message.respond(\`\${greeting} \${message.user}\`);
});
`;

test('a learner takes the workshop, beside the chat and without leaving the browser', async ({
  bot,
  chat,
  lab,
  page
}) => {
  const notebook = new Notebook(page);
  const skill = notebook.cell('%%skill hello');
  const greeting = /^(Hi|Hello|Hey) \w+/;

  await test.step('the workshop opens on the left, the chat on the right', async () => {
    await expect(
      page.locator('.jp-Notebook').getByRole('heading', { name: /^ChatOps: automation/ })
    ).toBeVisible();
    await expect(chat.panel.getByText('Ready · 1 skill live: devtools')).toBeVisible();
    const [left, right] = [await notebook.panel.boundingBox(), await chat.panel.boundingBox()];
    expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x);
    expect(right!.width).toBeGreaterThan(340);
    // In the notebook's toolbar and the status bar, but not on a card of a launcher behind.
    const kernel = page.getByText('TypeScript (ChatOps)').filter({ visible: true });
    await expect(kernel.first()).toBeVisible();
    expect(page.url()).not.toContain('chatops=');
  });

  await test.step('the first cells make a bot that greets', async () => {
    await notebook.run(skill);
    await expect(notebook.output(skill)).toContainText('hello');
    await expect(chat.panel.getByText('Ready · 2 skills live: hello, devtools')).toBeVisible();
    await notebook.run(notebook.cell('logging:').first());
    await notebook.run(notebook.cell('bot.start()'));
    await chat.say('hello');
    await expect(chat.answer.locator('.jp-ChatOps-body')).toHaveText(greeting);
  });

  await test.step('the loose pattern answers where it should not', async () => {
    await chat.say('do not say hello to this message');
    await expect(chat.question).toContainText('answered by hello');
    await expect(chat.answer.locator('.jp-ChatOps-body')).toHaveText(greeting);
  });

  await test.step('a stricter pattern is in force as soon as its cell has run', async () => {
    await notebook.write(skill, strict);
    await notebook.run(skill);
    await expect(notebook.output(skill)).toContainText('/^(hi|hello|hey|hallo)$/');
    await expect(
      chat.message('/hi|hello|hey|hallo/ is now /^(hi|hello|hey|hallo)$/')
    ).toBeVisible();
    await chat.say('do not say hello to this message, please');
    await expect(chat.question).toContainText('no skill matched');
    await chat.say('hey');
    await expect(chat.question).toContainText('answered by hello');
    await expect(chat.messages.first()).toContainText('hello');
  });

  await test.step('an edit in the file editor is in force as soon as it is saved', async () => {
    // The workshop's steps lie where the files do; the two take turns.
    await page.getByRole('tab', { name: /^File Browser/ }).click();
    const browser = page.getByRole('region', { name: 'File Browser Section' });
    for (const name of ['skills', 'hello', 'index.ts']) {
      await browser.getByRole('listitem', { name: new RegExp(`^Name: ${name}`) }).dblclick();
    }
    const editor = page.locator('.jp-FileEditor .cm-content');
    await editor.getByText("const greetings = ['Hi', 'Hello', 'Hey'];").click();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.insertText("const greetings = ['Howdy'];");
    await page.keyboard.press('ControlOrMeta+S');
    await expect(chat.last).toContainText('hello is live in version ');
    await chat.say('hi');
    await expect(chat.answer).toContainText('Howdy');
    await page.locator('.jp-FileEditor').press('Alt+w');
  });

  await test.step('a mistake is told with its line, and costs nothing', async () => {
    const mistakes: [string, RegExp][] = [
      [strict.replace('Math.floor(', 'Math.floor'), /hello\/index\.ts:\d+:\d+|line \d+|:\d+:\d+/],
      [strict.replace("from 'chatops'", "from 'chatopz'"), /chatopz/],
      [strict.replace('/^(hi|hello|hey|hallo)$/, ', ''), /matchRegex/]
    ];
    await page.getByRole('tab', { name: /chatops-workshop\.ipynb/ }).click();
    for (const [source, words] of mistakes) {
      await notebook.write(skill, source);
      await notebook.run(skill);
      await expect(notebook.output(skill)).toContainText(words);
      await expect(chat.last).toContainText(words);
      await expect(chat.last.getByRole('button', { name: /:\d+:\d+$/ })).toBeVisible();
      await chat.say('hello');
      await expect(chat.answer).toContainText('Howdy');
    }
    await notebook.write(skill, strict);
    await notebook.run(skill);
    await expect(chat.last).toContainText('hello is live in version ');
  });

  await test.step('a skill that asks another system answers with what it says', async () => {
    await notebook.run(notebook.cell("startFixture('chuck')"));
    await notebook.run(notebook.cell('%%skill chuck'));
    const configuration = notebook.cell('base-url');
    await notebook.run(configuration.last());
    await chat.say('tell me about Chuck');
    await expect(chat.question).toContainText('answered by chuck');
    await expect(chat.answer).toContainText('Chuck');
  });

  await test.step('a system that is down is told of in the chat, and nothing falls over', async () => {
    const configuration = notebook.cell('base-url').last();
    const text = await configuration.locator('.cm-content').innerText();
    await notebook.write(
      configuration,
      text.replace(/base-url: .*/, 'base-url: http://127.0.0.1:59999').replaceAll('\n\n', '\n')
    );
    await notebook.run(configuration);
    await chat.say('tell me about Chuck again');
    await expect(chat.question).toContainText('chuck failed');
    await expect(chat.last).toContainText(/127\.0\.0\.1:59999/);
    await chat.say('hello');
    await expect(chat.question).toContainText('answered by hello');
  });

  await test.step('the conversation outlives the page and the bot', async () => {
    const count = await chat.log.locator('[data-from]').count();
    await page.reload();
    await chat.isReady();
    await expect(chat.log.locator('[data-from]')).toHaveCount(count);
    bot().kill();
    await expect(chat.panel.getByText('The bot has stopped.')).toBeVisible();
    await chat.say('hallo');
    await expect(chat.question).toContainText('answered by hello');
    await expect(chat.log.locator('[data-from]')).toHaveCount(count + 2);
    expect(lab.log).not.toContain('Traceback');
  });
});
