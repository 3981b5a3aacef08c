import { readFileSync } from 'node:fs';
import { expectAccessible } from '../support/accessibility';
import { runFromPalette } from '../support/palette';
import { expect, test } from '../support/test';
import { Steps } from '../support/workshop';

for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
  test.describe(`in the theme ${theme}`, () => {
    test.use({
      address: 'lab?chatops=workshop',
      settings: { '@jupyterlab/apputils-extension/themes': { theme } }
    });

    test('the steps keep nobody out', async ({ lab: _, page }) => {
      const steps = new Steps(page);
      await steps.isAt('Find your way around');
      await steps.entry('Be strict').getByRole('button').click();
      await steps.button('Catch me up').click();
      await steps.turnsGreen('A match that is too good');
      await steps.isAt('Be strict');
      await steps.button('Hint 1 of 3').click();
      await steps.button('Show the solution').click();
      await expect(steps.button('Apply it for me')).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test.describe('by keyboard alone', () => {
  test.use({ address: 'lab?chatops=workshop' });

  test('a hint, the solution and the way back can be had', async ({ chat, page }) => {
    const steps = new Steps(page);
    await steps.isAt('Find your way around');
    await expect(chat.panel.getByText('Ready · 1 skill live: devtools')).toBeVisible();
    const press = async (name: string): Promise<void> => {
      await steps.button(name).focus();
      await page.keyboard.press('Enter');
    };
    await press('Hint 1 of 3');
    // Whoever asked for a hint is led to it.
    await expect(
      steps.panel.getByRole('list', { name: 'Hints' }).getByRole('listitem')
    ).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(steps.button('Hint 2 of 3')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(steps.button('Show the solution')).toBeFocused();
    await page.keyboard.press('Enter');
    await press('Apply it for me');
    await steps.isAt('Why talk to your servers?');
    await expect(
      steps.panel.getByRole('status').filter({ hasText: 'Done: Find your way' })
    ).toBeVisible();

    await press('Reset all');
    await page.getByRole('dialog').getByRole('button', { name: 'Reset all' }).press('Enter');
    await steps.isAt('Find your way around');
    await expect(steps.panel).toContainText('0 of 22 steps done');
    await press('Undo the reset');
    await steps.isAt('Why talk to your servers?');
  });
});

test.describe('the bot looks by itself', () => {
  test.use({ address: 'lab?chatops=workshop' });

  test('a step is green as soon as the answer is there', async ({ chat, page }, testInfo) => {
    const steps = new Steps(page);
    await steps.isAt('Find your way around');
    await chat.isReady();
    const delay = page.evaluate(
      () =>
        new Promise<number>(resolve => {
          let answered: number | undefined;
          const observer = new MutationObserver(() => {
            if (document.querySelector('[data-from="bot"]')) {
              answered ??= performance.now();
            }
            if (document.querySelector('.jp-ChatOps-steps [data-state="done"]')) {
              observer.disconnect();
              resolve(performance.now() - (answered ?? performance.now()));
            }
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
        })
    );
    await chat.say('help');
    const report = `${(await delay).toFixed(0)} ms from the bot's answer to the green step`;
    await steps.turnsGreen('Find your way around');
    await testInfo.attach('reaction', { body: report, contentType: 'text/plain' });
    console.log(report);
  });
});

test.describe('in German', () => {
  test.use({
    address: 'lab?chatops=workshop',
    settings: { '@jupyterlab/translation-extension/plugin': { locale: 'de_DE' } }
  });

  test('the steps, their help and their notebook speak it', async ({ chat, page }) => {
    const steps = new Steps(page);
    await steps.isAt('Sich zurechtfinden');
    const story = page.locator('.jp-MarkdownCell');
    await expect(story.getByRole('heading', { name: /^ChatOps: Automatisieren/ })).toBeVisible();
    await expect(steps.panel).toContainText('Schritt 1 von 22');
    await expect(steps.panel).toContainText('0 von 22 Schritten erledigt');
    await steps.button('Hinweis 1 von 3').click();
    await expect(
      steps.panel.getByRole('list', { name: 'Hinweise' }).getByRole('listitem')
    ).toHaveCount(1);
    await expectAccessible(page, '.jp-ChatOps-workshop');
    await chat.say('help');
    await expect(steps.entry('Sich zurechtfinden')).toContainText('erledigt');
  });
});

test.describe('in Jupyter Notebook', () => {
  const name = 'chatops-workshop.ipynb';
  test.use({
    address: `notebooks/${name}`,
    files: { [name]: readFileSync(`workshop/en/${name}`, 'utf8') }
  });

  test('the steps lie left of the notebook, and lead into it', async ({ chat, lab: _, page }) => {
    const steps = new Steps(page);
    await expect(page.getByRole('heading', { name: /^ChatOps: automation/ })).toBeVisible();
    await runFromPalette(page, 'Open the ChatOps Workshop');
    await steps.isAt('Find your way around');
    await chat.isReady();
    await chat.say('help');
    await steps.turnsGreen('Find your way around');
    await steps.button('Read on in the notebook').click();
    const cell = page.locator('.jp-MarkdownCell.jp-mod-active');
    await expect(cell.getByRole('heading', { name: 'Why talk to your servers?' })).toBeInViewport();
  });
});
