import type { Locator, Page } from '@playwright/test';
import { Notebook } from '../support/notebook';
import { richFiles } from '../support/rich-skills';
import { expect, test, write } from '../support/test';

test.use({ files: richFiles });

test('what skills understand is offered while one writes; Enter goes on sending what stands there', async ({
  chat,
  page
}) => {
  await chat.open();
  await page.keyboard.type('rest');
  const list = chat.panel.getByRole('listbox', { name: 'Suggestions' });
  await expect(list.getByRole('option')).toHaveText([/restart web/, /restart db/]);
  await expect(list.getByRole('option', { selected: true })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const second = list.getByRole('option', { name: /restart db/ });
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await expect(chat.input).toHaveAttribute(
    'aria-activedescendant',
    (await second.getAttribute('id'))!
  );
  await page.keyboard.press('Enter');
  await expect(chat.input).toHaveValue('restart db');
  await expect(list).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(chat.answer).toContainText('Restart db?');

  await page.keyboard.type('sta');
  await expect(list).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(chat.question).toContainText('sta');
  await page.keyboard.type('st');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(chat.input).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(chat.input).not.toBeFocused();
});

test('people are offered behind an at sign', async ({ bot, chat, page }) => {
  await bot().say(['hi there'], 'Bob Smith');
  await chat.open();
  await expect(chat.message('hi there')).toBeVisible();
  await page.keyboard.type('ask @bo');
  await page.keyboard.press('Tab');
  await expect(chat.input).toHaveValue('ask @Bob Smith ');
});

test('a slash asks the panel, and nothing of it is said', async ({ chat, page }) => {
  await chat.open();
  await page.keyboard.type('/wh');
  await page.keyboard.press('Enter');
  await expect(chat.input).toHaveValue('/why ');
  await page.keyboard.type('restart web');
  await page.keyboard.press('Enter');
  const aside = chat.messages.filter({ hasText: 'Only you see this' });
  await expect(aside).toContainText('restart (?<service>');
  await chat.say('/help');
  await expect(chat.last).toContainText('/rooms NAME');
  await chat.last.getByRole('button', { name: 'Dismiss' }).click();
  await expect(aside).toHaveCount(1);
  await chat.say('/as Eve');
  await expect(chat.last).toContainText('speak-as: true');
  await chat.say('status');
  await expect(chat.answer.getByRole('table')).toBeVisible();
  await chat.say('/clear');
  await expect(chat.messages).toHaveCount(0);
  await chat.log.getByRole('button', { name: 'Show earlier messages' }).click();
  // What was said is there, what only this page knew is not.
  await expect(chat.messages).toHaveCount(2);
});

test('files are dropped, pasted and chosen, and go with the message', async ({ chat, page }) => {
  await chat.open();
  await dropFile(page, 'notes.txt', 'text/plain', 'some words');
  const attached = chat.panel.getByRole('list', { name: 'Attached files' });
  await expect(attached).toContainText('notes.txt');
  await pasteImage(page);
  await expect(attached.getByRole('listitem')).toHaveCount(2);
  await attached.getByRole('button', { name: 'Remove notes.txt' }).click();
  await expect(attached.getByRole('listitem')).toHaveCount(1);
  const chooser = page.waitForEvent('filechooser');
  await chat.panel.getByRole('button', { name: 'Attach files' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'data.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('a,b')
  });
  await expect(attached).toContainText('data.csv');
  await chat.say('look at this');
  await expect(chat.question.getByRole('img')).toBeVisible();
  await expect(chat.question.getByRole('link', { name: 'data.csv' })).toBeVisible();
  await expect(chat.question).toContainText('look at this');
  await expect(chat.question).toContainText('no skill matched');
  await expect(attached).toBeHidden();

  await dropFile(page, 'huge.bin', 'application/octet-stream', 'x'.repeat(1_000_000));
  await expect(chat.panel.getByText(/`?huge\.bin`? is too large/)).toBeVisible();
  await expect(attached).toBeHidden();
});

test('files of JupyterLab and cells of a notebook are dragged into the chat', async ({
  chat,
  lab,
  page
}) => {
  write(lab.workspace, 'report.txt', 'all is well');
  await chat.open();
  await page.getByRole('button', { name: 'Refresh the file browser.' }).click();
  const file = page.getByRole('listitem', { name: /^Name: report\.txt/ });
  await drag(page, file, chat.input);
  const attached = chat.panel.getByRole('list', { name: 'Attached files' });
  await expect(attached).toContainText('report.txt');
  await attached.getByRole('button', { name: 'Remove report.txt' }).click();

  await page.getByRole('button', { name: 'Python 3' }).first().click();
  const notebook = new Notebook(page);
  const cell = notebook.panel.locator('.jp-CodeCell').first();
  await notebook.write(cell, 'print("hi")');
  await drag(page, cell.locator('.jp-InputPrompt'), chat.input);
  await expect(chat.input).toHaveValue('```\nprint("hi")\n```');
});

/** Drags one thing onto another by hand. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!];
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + start.width / 2 + 20, start.y + start.height / 2 + 10, {
    steps: 4
  });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 10 });
  await page.mouse.up();
}

/** Drops a file as the browser tells a page of one that comes from the computer. */
async function dropFile(page: Page, name: string, type: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    file => {
      const data = new DataTransfer();
      data.items.add(new File([file.text], file.name, { type: file.type }));
      return data;
    },
    { name, type, text }
  );
  await page.locator('.jp-ChatOps-log').dispatchEvent('drop', { dataTransfer: transfer });
}

/** Pastes a picture as one does from the clipboard. */
async function pasteImage(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).evaluate(async input => {
    const canvas = document.createElement('canvas');
    const blob = await new Promise<Blob>(resolve => canvas.toBlob(made => resolve(made!)));
    const data = new DataTransfer();
    data.items.add(new File([blob], 'pasted.png', { type: 'image/png' }));
    input.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    );
  });
}
