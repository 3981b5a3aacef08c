import { opsFiles } from '../support/ops-skills';
import { configurationOf, helloSkill, skill } from '../support/skills';
import { expect, test, write } from '../support/test';

test.use({ files: opsFiles });

test('the chip says who answered and how sure, and the message shows which words decided', async ({
  chat
}) => {
  await chat.open();
  await chat.say('hi, what is the weather in Exeter tomorrow');
  await expect(
    chat.question.getByRole('button', { name: /^answered by weather.*0\.600/ })
  ).toBeVisible();
  await expect(chat.question.locator('mark')).toHaveText('weather in Exeter tomorrow');
});

test('the explainer ranks what matched, shows how it was weighed, and how the winner fared', async ({
  chat
}) => {
  await chat.open();
  await chat.say('hi, what is the weather in Exeter tomorrow');
  const chip = chat.question.getByRole('button', { name: 'answered by weather' });
  await expect(chip).toHaveAttribute('aria-expanded', 'false');
  await chip.click();
  await expect(chip).toHaveAttribute('aria-expanded', 'true');
  const why = chat.question.getByRole('group', { name: 'Why' });
  await expect(why).toContainText(
    'weather answered. Its score is the best: 0.5998, before 0.5926 of hello.'
  );
  const ranking = why.getByRole('list', { name: 'What matched, best first' }).locator('> li');
  await expect(ranking).toHaveCount(2);
  const [winner, other] = [ranking.first(), ranking.nth(1)];
  await expect(winner).toContainText('What the weather is like.');
  await expect(winner).toContainText('/weather in (?<city>\\w+)(?: (?<day>today|tomorrow))?/');
  await expect(winner.getByRole('list', { name: 'What was captured' })).toContainText(
    /city\s*Exeter.*day\s*tomorrow/
  );
  await expect(winner).toContainText('Score 0.5998 = 0.9996 × 0.6');
  await expect(winner.getByText('of a pattern of 51 characters')).toBeHidden();
  await winner.getByText('Score 0.5998').click();
  await expect(winner.getByText('of a pattern of 51 characters')).toBeVisible();
  await expect(winner.getByText('decides between equal scores')).toBeVisible();
  await expect(other.locator('mark')).toHaveText('hi');
  // The captures have their colours in the text as well.
  await expect(why.locator('mark[data-capture="0"]').first()).toHaveText('Exeter');
  await expect(why.locator('mark[data-capture="1"]').first()).toHaveText('tomorrow');

  const run = why.getByRole('group', { name: 'The run of weather' });
  await expect(run).toContainText(/Ran for.*ms/);
  await expect(run.getByRole('list', { name: 'What the skill logged' })).toContainText(
    'asked about Exeter'
  );
  await expect(
    why.getByRole('group', { name: 'counter ran beside it: it is called for every event' })
  ).toContainText('one more');
  await chip.click();
  await expect(why).toBeHidden();
});

test('the line of a matcher leads to it', async ({ chat, page }) => {
  await chat.open();
  await chat.say('hello');
  await chat.question.getByRole('button', { name: 'answered by hello' }).click();
  await chat.question.getByRole('button', { name: /^skills\/hello\/index\.ts:3/ }).click();
  await expect(page.getByText(/^Ln 3, Col 22/)).toBeVisible();
});

test('where nothing matched, it says what was nearly said, and what else there is', async ({
  chat
}) => {
  await chat.open();
  await chat.say('deplo web to staging');
  await chat.question
    .getByRole('button', { name: 'no skill matched; did you mean “deploy web to staging”?' })
    .click();
  const why = chat.question.getByRole('group', { name: 'Why' });
  await expect(why).toContainText(/No skill matches this\. \d+ matchers were tried\./);
  await why.getByText(/\d+ other matchers do not match/).click();
  await expect(why).toContainText('make coffee');
  await expect(why).toContainText('like one of its examples');
  await why.getByRole('button', { name: 'deploy web to staging', exact: true }).click();
  await expect(chat.input).toHaveValue('deploy web to staging');
});

test('an example that a text is like is named, and what is asked first is told', async ({
  chat
}) => {
  await chat.open();
  await chat.say('I want an **espresso**');
  await chat.question.getByRole('button', { name: 'answered by coffee' }).click();
  const why = chat.question.getByRole('group', { name: 'Why' });
  await why.getByText(/^Score/).click();
  await expect(why).toContainText('to the example I need an espresso');
  await chat.say('deploy web to staging');
  await chat.question.getByRole('button', { name: 'deploy asks first' }).click();
  await expect(chat.question).toContainText('deploy asks first, before it acts.');
  await expect(chat.question).toContainText('asks to confirm');
});

test('a text can be tried while one types, and nothing is said or run', async ({ chat, lab }) => {
  await chat.open();
  await chat.say('hello');
  await expect(chat.answer).toContainText('Hello');
  await chat.question.getByRole('button', { name: 'answered by hello' }).click();
  const box = chat.question.getByRole('textbox', { name: 'Try a text, without saying it' });
  const answer = chat.question.getByRole('group', { name: 'What would answer' });
  await expect(box).toHaveValue('hello');
  const said = await chat.messages.count();
  await box.fill('deploy web to ');
  await expect(answer).toContainText('No skill matches this.');
  await box.press('End');
  await box.pressSequentially('test');
  await expect(answer).toContainText('deploy would ask first, before it acts.');
  await expect(answer.getByRole('list', { name: 'What was captured' })).toContainText(
    /service\s*web.*place\s*test/
  );

  // A skill that goes live is tried at once.
  await box.fill('bonjour');
  await expect(answer).toContainText('No skill matches this.');
  write(lab.workspace, 'skills/hello/index.ts', helloSkill('/hello|hi|bonjour/'));
  await expect(answer).toContainText('hello would answer.');
  await expect(chat.log.locator('[data-from]')).toHaveCount(said);
  await chat.question.getByRole('button', { name: 'Say it' }).click();
  await expect(chat.input).toHaveValue('bonjour');
});

test('a message that is too old to be explained says so, and can still be tried', async ({
  bot,
  chat,
  page
}) => {
  await chat.open();
  await chat.say('bonjour');
  await expect(chat.question).toContainText('no skill matched');
  bot().kill();
  await expect(chat.panel.getByText('The bot has stopped.')).toBeVisible();
  await chat.isReady();
  await chat.question.getByRole('button', { name: 'no skill matched' }).click();
  await expect(chat.question).toContainText(/There is no trace of the message \d+/);
  await expect(chat.question.getByRole('textbox', { name: /^Try a text/ })).toHaveValue('bonjour');
  await expect(page.getByText('CHATOPS_')).toHaveCount(0);
});

test.describe('where some things are not tried like the rest', () => {
  test.use({
    files: {
      ...opsFiles,
      'configuration.yaml': `${configurationOf('hello', 'peek')}parsers:\n  - { name: llm, api: ollama, model: llama3.2, addressed: true }\n`,
      'skills/peek/index.ts': skill('/^peek(?= here)/', "  await message.respond('I see');")
    }
  });

  test('it says in plain words what was not asked, and what was tried apart', async ({ chat }) => {
    await chat.open();
    await chat.say('good morning');
    await chat.question.getByRole('button', { name: 'no skill matched' }).click();
    const why = chat.question.getByRole('group', { name: 'Why' });
    await expect(why).toContainText(
      'llm was not asked: it is told only of what is said to the bot, by addressed.'
    );
    const apart = why.getByText('1 pattern was tried apart from the others');
    await expect(why.getByText('because it looks ahead')).toBeHidden();
    await apart.click();
    await expect(why.getByText('because it looks ahead')).toBeVisible();
    await expect(why).toContainText('/^peek(?= here)/');

    await chat.say('peek here');
    await expect(chat.answer).toContainText('I see');
    await chat.question.getByRole('button', { name: 'answered by peek' }).click();
    const found = chat.question.getByRole('group', { name: 'Why' });
    await expect(found).toContainText('peek answered.');
    await expect(found).not.toContainText('was not asked');
    await expect(found).toContainText('1 pattern was tried apart from the others');
  });
});
