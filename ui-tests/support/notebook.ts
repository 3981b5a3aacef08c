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
