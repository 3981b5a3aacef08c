import { expect, type Locator, type Page } from '@playwright/test';

/** A notebook that is open in JupyterLab, as a person works with it. */
export class Notebook {
  readonly panel: Locator;

  constructor(readonly page: Page) {
    this.panel = page.locator('.jp-NotebookPanel:visible');
  }

  /** The code cell in which a text stands. */
  cell(text: string | RegExp): Locator {
    return this.panel.locator('.jp-CodeCell', {
      has: this.page.locator('.jp-InputArea', { hasText: text })
    });
  }

  /** What a cell has put out. */
  output(cell: Locator): Locator {
    return cell.locator('.jp-OutputArea');
  }

  /** Runs a cell, and waits until it has run. */
  async run(cell: Locator): Promise<void> {
    const before = await prompt(cell).textContent();
    await cell.locator('.cm-content').click();
    await this.page.keyboard.press('Shift+Enter');
    await expect(prompt(cell)).not.toHaveText(before!);
    await expect(prompt(cell)).toHaveText(/^\[\d+\]:$/);
  }

  /** Makes a new notebook, from the menu. */
  async create(kernel: string): Promise<void> {
    const item = (name: string): Locator =>
      this.page.locator('.lm-Menu-item', {
        has: this.page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${name}$`) })
      });
    await this.page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await item('New').click();
    await item('Notebook').click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('combobox').selectOption({ label: kernel });
    await dialog.getByRole('button', { name: 'Select' }).click();
    await expect(dialog).toHaveCount(0);
  }

  /** Writes a cell at the end, and runs it. */
  async append(text: string): Promise<void> {
    const cells = this.panel.locator('.jp-CodeCell');
    // Running it puts another one behind it.
    const cell = cells.nth((await cells.count()) - 1);
    await this.write(cell, text);
    await this.run(cell);
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+S');
  }

  /** Saves a notebook that has no name yet. */
  async saveAs(name: string): Promise<void> {
    await this.save();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(name);
    await this.page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0);
  }

  /** Writes something else into a cell. */
  async write(cell: Locator, text: string): Promise<void> {
    await cell.locator('.cm-content').click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }
}

/** The number in front of a cell: a star while it runs. */
function prompt(cell: Locator): Locator {
  return cell.locator('.jp-InputPrompt');
}
