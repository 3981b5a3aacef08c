import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expectAccessible } from '../support/accessibility';
import { Notebook } from '../support/notebook';
import { expect, test, write } from '../support/test';
import { Steps } from '../support/workshop';

test.use({ actionTimeout: 30_000, address: 'lab?chatops=workshop' });
test.setTimeout(900_000);

const skills = {
  hello: (body: string, options = ''): string => `%%skill hello
import { matchRegex } from 'chatops';

export const hello = matchRegex(${body}, ${options}async (bot, config, message) => {
  await message.respond(\`Hello \${message.user}\`);
});

export const bye = matchRegex(/^bye$/, async (bot, config, message) => {
  await message.respond(\`Bye \${message.user}\`);
});
`,
  remind: (options = ''): string => `%%skill remind
import { matchParse } from 'chatops';

export const remind = matchParse('remind {who} to {what}', ${options}async (bot, config, message) => {
  const { who, what } = message.entities;
  await message.respond(\`I will remind \${who} to \${what}.\`);
});
`,
  restart: (options: string): string => `%%skill restart
import { matchRegex } from 'chatops';

export const restart = matchRegex(/^restart (?<server>web-\\d)$/, { ${options} }, async (bot, config, message) => {
  await message.respond(\`\${message.match.groups.server} has been restarted.\`);
});
`
};

/** The tests of the workshop's first skill, with a sentence that must stay unanswered. */
const tests = (sentence: string): string => `import { test } from 'node:test';
import { testBot } from 'chatops/testing';

test('answers a greeting', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('Ann').says('hello');
  chat.expectReply(/Ann/);
});

test('leaves a sentence alone', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('Ann').says('${sentence}');
  chat.expectNoReply();
});
`;

const connector = `connectors:
  - name: slack
    api-url: \${SLACK_API_URL}
    bot-token: \${SLACK_BOT_TOKEN}
    app-token: \${SLACK_APP_TOKEN}`;

test('a learner takes the whole workshop, and sees each step turn green by itself', async ({
  chat,
  lab,
  page
}, testInfo) => {
  const notebook = new Notebook(page);
  const steps = new Steps(page);
  const rewrite = async (mark: string, source: string): Promise<void> => {
    const cell = notebook.cell(mark).first();
    await notebook.write(cell, source);
    await notebook.run(cell);
  };

  await test.step('orientation', async () => {
    await steps.isAt('Find your way around');
    await expect(steps.panel).toContainText('You have not said anything in the chat yet.');
    await expectAccessible(page);
    await steps.button('the chat').click();
    await expect(chat.input).toBeFocused();
    await chat.say('good morning');
    await expect(steps.panel).toContainText('has no skill for it yet');
    await chat.say('help');
    await steps.turnsGreen('Find your way around');
  });

  await test.step('why', async () => {
    await steps.button('Replay the incident').click();
    await expect(chat.message('next time?')).toBeVisible();
    await expect(steps.panel).toContainText('Your own sentence about the incident is missing');
    await chat.say('The command should have been where everybody can see it.');
    await steps.turnsGreen('Why talk to your servers?');
  });

  await test.step('workspace', async () => {
    await steps.button('the cell in the notebook').click();
    await notebook.run(notebook.cell('%%skill hello'));
    await steps.turnsGreen('A workspace and a first skill');
  });

  await test.step('configuration', async () => {
    await notebook.run(notebook.cell('logging:').first());
    await steps.turnsGreen('The configuration');
  });

  await test.step('start', async () => {
    await notebook.run(notebook.cell('bot.start()'));
    await chat.say('help skills');
    await steps.turnsGreen('Start the bot');
  });

  await test.step('say hello', async () => {
    await chat.say('hello');
    await steps.turnsGreen('Say hello');
  });

  await test.step('layout', async () => {
    await rewrite('%%skill hello', skills.hello('/hi|hello|hey|hallo/'));
    await chat.say('bye');
    await steps.turnsGreen('The layout of a skill');
  });

  await test.step('bad match', async () => {
    await steps.button('It will be silent').click();
    await expect(steps.panel).toContainText('Now say it, and see.');
    await chat.say('do not say hello to this message');
    await expect(chat.question).toContainText('answered by hello');
    await steps.button('why the last message was answered so').click();
    await steps.turnsGreen('A match that is too good');
  });

  await test.step('strict, with the mistake that everyone makes', async () => {
    await rewrite('%%skill hello', skills.hello('/^hi|hello|hey|hallo$/'));
    await expect(steps.panel).toContainText('belongs to hi alone');
    await rewrite('%%skill hello', skills.hello('/^(hi|hello|hey|hallo)$/'));
    await steps.turnsGreen('Be strict');
  });

  await test.step('reload, after a step was reset and that taken back', async () => {
    await steps.isAt('Edit the file, and reload');
    await steps.button('Reset step').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click();
    await steps.button('Undo the reset').click();
    await expect(steps.button('Undo the reset')).toHaveCount(0);
    // Whoever has scrolled up to an explanation stays there until they want to be down again.
    await page.getByRole('button', { name: 'Newest messages' }).click();
    const file = skills.hello('/^(hi|hello|hey|hallo)$/').replace(/^%%.*\n/, '');
    write(lab.workspace, 'skills/hello/index.ts', file.replace('`Hello', '`Howdy'));
    await expect(chat.last).toContainText('hello is live in version ');
    await chat.say('reload');
    await chat.say('hello');
    await expect(chat.answer).toContainText('Howdy');
    await steps.turnsGreen('Edit the file, and reload');
  });

  await test.step('the steps are where they were after the page was loaded again', async () => {
    await page.reload();
    await steps.isAt('Do something useful, call an API');
    await chat.isReady();
    await expect(steps.panel).toContainText('10 of 22 steps done');
  });

  await test.step('api', async () => {
    await notebook.run(notebook.cell("startFixture('chuck')"));
    await notebook.run(notebook.cell('%%skill chuck'));
    await chat.say('tell me about Chuck');
    await expect(steps.panel).toContainText('does not know whom to ask');
    await notebook.run(notebook.cell('base-url').last());
    await chat.say('tell me about Chuck');
    await steps.turnsGreen('Do something useful, call an API');
  });

  await test.step('groups, by a format', async () => {
    await rewrite('%%skill remind', skills.remind());
    await chat.say('remind Ann to water the plants');
    await steps.turnsGreen('Take words out of a message');
  });

  await test.step('confirm', async () => {
    await notebook.run(notebook.cell('%%skill restart'));
    await expect(steps.panel).toContainText('Put { confirm');
    await rewrite('%%skill restart', skills.restart("confirm: 'Restart {server} now?'"));
    await chat.say('restart web-1');
    await expect(chat.question).toContainText('restart asks first');
    await chat.say('no');
    await chat.say('restart web-1');
    await expect(chat.answer).toContainText('Restart web-1 now?');
    await chat.say('yes');
    await steps.turnsGreen('Ask before acting');
  });

  await test.step('roles, with hints and the solution', async () => {
    await steps.isAt('Who may do it');
    for (const count of [1, 2, 3]) {
      await steps.button(`Hint ${count} of 3`).click();
      await expect(
        steps.panel.getByRole('list', { name: 'Hints' }).getByRole('listitem')
      ).toHaveCount(count);
    }
    await steps.button('Show the solution').click();
    await expect(steps.panel.getByText("roles: ['operator']").last()).toBeVisible();
    await expectAccessible(page);
    await steps.button('Apply it for me').click();
    await steps.turnsGreen('Who may do it');
    await expect(steps.entry('Who may do it')).toContainText('done for you');
  });

  await test.step('help', async () => {
    const options = "{ description: 'Remind someone.', examples: ['remind Ann to rest'] }, ";
    await rewrite('%%skill remind', skills.remind(options));
    await chat.say('help');
    await steps.turnsGreen('Help in plain English');
  });

  await test.step('schedule', async () => {
    await rewrite(
      '%%skill standup',
      `%%skill standup
import { matchCrontab } from 'chatops';

export const standup = matchCrontab('0 9 * * 1-5', async (bot, config, message) => {
  await message.respond('Stand-up!');
});
`
    );
    await steps.button('Let a week go by').click();
    await expect(chat.message('Stand-up!')).toHaveCount(5);
    await steps.turnsGreen('A schedule');
  });

  await test.step('webhook, with the solution from the terminal', async () => {
    await steps.isAt('A webhook');
    await notebook.run(notebook.cell('%%skill deploys'));
    await expect(steps.panel).toContainText("The bot's web server is off");
    await steps.button('Hint 1 of 3').click();
    await steps.button('Show the solution').click();
    await steps.button('Apply it for me').click();
    await expect(chat.message('shop 2.4 is live.')).toBeVisible();
    await steps.turnsGreen('A webhook');
  });

  await test.step('testing, with a test that notices nothing at first', async () => {
    await steps.isAt('Test the skill');
    await steps.button('the file tests/hello.test.ts').click();
    const editor = page.locator('.jp-FileEditor:visible .cm-content');
    const save = async (sentence: string): Promise<void> => {
      await editor.click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(tests(sentence));
      await page.keyboard.press('ControlOrMeta+S');
    };
    await expect(editor).toContainText('Let Ann say such a sentence');
    await save('good morning');
    await expect(steps.panel).toContainText(
      'The loose pattern is silent about that sentence, too.'
    );
    await save('do not say hello to this message');
    await expect(steps.panel).toContainText('hello needs at least two examples');
    await steps.button('Read on in the notebook').click();
    const options = "{ examples: ['hi', 'hello'] }, ";
    await rewrite('%%skill hello', skills.hello('/^(hi|hello|hey|hallo)$/', options));
    await steps.turnsGreen('Test the skill');
  });

  await test.step('ranking', async () => {
    const cell = notebook.cell('%%skill encyclopedia');
    await notebook.run(cell);
    await expect(steps.panel).toContainText('“tell me about Chuck” now goes to encyclopedia');
    await rewrite(
      '%%skill encyclopedia',
      `%%skill encyclopedia
import { matchRegex } from 'chatops';

export const about = matchRegex(/tell me about (?<what>.+)/, { scoreFactor: 0.2 }, async (bot, config, message) => {
  await message.respond(\`I know nothing about \${message.match.groups.what} yet.\`);
});
`
    );
    await notebook.run(notebook.cell("why('tell me about Chuck')"));
    await steps.turnsGreen('When several skills match');
  });

  await test.step('a runbook that listens and acts', async () => {
    await steps.isAt('A runbook that acts');
    await notebook.create('TypeScript (ChatOps)');
    await notebook.append(
      'let reports = 0;\n' +
        'bot.hear(/^checkout is slow$/, message => message.respond(`Report ${++reports}: restart web-1.`))'
    );
    await notebook.saveAs('runbook.ipynb');
    await expect(steps.panel).toContainText('then say checkout is slow in the chat');
    await chat.say('checkout is slow');
    await expect(chat.answer).toContainText('Report 1: restart web-1.');
    await notebook.append("await chat('restart web-1', { user: 'Ada' })");
    await notebook.append("await chat('yes', { user: 'Ada' })");
    await notebook.save();
    await steps.turnsGreen('A runbook that acts');
  });

  await test.step('going live, in the simulated Slack', async () => {
    await steps.isAt('Going live on Slack');
    await steps.button('the cell in the notebook').click();
    const cell = notebook.cell("startFixture('slack')");
    await notebook.run(cell);
    const file = path.join(lab.workspace, 'configuration.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('connectors:', connector));
    await expect(steps.panel).toContainText('refers to a variable that nobody has set');
    const bot = 'SLACK_BOT_TOKEN=xoxb-from-the-workshop';
    const app = 'SLACK_APP_TOKEN=xapp-from-the-workshop';
    appendFileSync(path.join(lab.workspace, '.env'), `${bot}\n${app}\n`);
    await expect(steps.panel).toContainText('The bot is on Slack.');
    const opened = page.context().waitForEvent('page');
    await notebook.output(cell).getByRole('link').click();
    const slack = await opened;
    await expect(slack.getByRole('status')).toHaveText('The bot is here.');
    await slack.getByRole('textbox', { name: 'Message' }).fill('hello');
    await slack.keyboard.press('Enter');
    await expect(slack.getByRole('log')).toContainText('Hello Grace');
    await expectAccessible(slack, 'body');
    await slack.close();
    await steps.turnsGreen('Going live on Slack');
  });

  await test.step('the end', async () => {
    await steps.isAt('Take it with you');
    await steps.button('Write transcript and certificate').click();
    await expect(steps.panel.getByText('Every step is done.')).toBeVisible();
    await expect(steps.panel).toContainText('22 of 22 steps done');
    const text = readFileSync(path.join(lab.workspace, 'workshop-certificate.json'), 'utf8');
    const { steps: done } = JSON.parse(text) as { steps: { done?: string }[] };
    expect(done.filter(step => step.done !== undefined)).toHaveLength(21);
    await expectAccessible(page);
  });

  const report = steps.durations
    .map(([title, time]) => `${(time / 1000).toFixed(1).padStart(6)} s  ${title}`)
    .join('\n');
  await testInfo.attach('duration of each step', { body: report, contentType: 'text/plain' });
  console.log(report);
});
