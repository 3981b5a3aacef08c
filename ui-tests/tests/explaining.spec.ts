import { configurationOf, helloSkill, skill } from '../support/skills';
import { expect, test } from '../support/test';

test.use({
  files: {
    'configuration.yaml': configurationOf('hello', 'weather'),
    'skills/hello/index.ts': helloSkill('/hello|hi/'),
    'skills/weather/index.ts': skill(
      '/weather in (?<city>\\w+)/',
      `  console.log('asked about', message.match.groups.city);
  await message.respond('Sunny');`
    )
  }
});

test('the chip opens what matched, how it was weighed, and how the winner fared', async ({
  chat
}) => {
  await chat.open();
  await chat.say('hi, what is the weather in Exeter today');
  const message = chat.message('Exeter').first();
  const chip = message.getByRole('button', { name: 'answered by weather' });
  await expect(chip).toHaveAttribute('aria-expanded', 'false');
  await chip.click();
  await expect(chip).toHaveAttribute('aria-expanded', 'true');
  const why = message.getByRole('region', { name: 'Why' });
  await expect(why.locator('mark')).toHaveText('weather in Exeter');
  await expect(why).toContainText(/\d+ matchers were tried, 2 matched\./);
  const [winner, other] = [why.getByRole('listitem').first(), why.getByRole('listitem').nth(1)];
  await expect(winner).toContainText('weather/weather in (?<city>\\w+)/answered');
  await expect(winner).toContainText(
    /0\.\d+ = 0\.\d+ \(pattern of 23 characters\) × 0\.6 \(factor\)/
  );
  await expect(winner).toContainText('Group cityExeter');
  await expect(winner.getByRole('button', { name: /^skills\/weather\/index\.ts:3/ })).toBeVisible();
  await expect(other).toContainText('hello/hello|hi/');
  await expect(why).toContainText(/asked about Exeter/);
  await expect(why).toContainText(/Ran for/);
  await chip.click();
  await expect(why).toBeHidden();
});

test('where nothing matched, it says how many were tried', async ({ chat }) => {
  await chat.open();
  await chat.say('bonjour');
  await chat.last.getByRole('button', { name: 'no skill matched' }).click();
  await expect(chat.last).toContainText(/\d+ matchers were tried, 0 matched\./);
});

test('a message that is too old to be explained says so', async ({ bot, chat, page }) => {
  await chat.open();
  await chat.say('bonjour');
  await expect(chat.last).toContainText('no skill matched');
  bot().kill();
  await expect(chat.panel.getByText('The bot has stopped.')).toBeVisible();
  await chat.isReady();
  await chat.last.getByRole('button', { name: 'no skill matched' }).click();
  await expect(chat.last).toContainText(/There is no trace of the message \d+/);
  await expect(page.getByText('CHATOPS_')).toHaveCount(0);
});
