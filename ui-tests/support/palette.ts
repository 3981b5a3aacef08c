import { expect, type Page } from '@playwright/test';

/**
 * Runs a command from the palette.
 *
 * The page listens to its shortcuts some time after it can be seen, and a notebook that is just being laid
 * out takes the focus back, which closes the palette: then it is opened once more, as by hand.
 */
export async function runFromPalette(page: Page, command: string): Promise<void> {
  const search = page.locator('.lm-CommandPalette-input:visible');
  const chosen = page.locator('.lm-CommandPalette-item.lm-mod-active');
  await expect(async () => {
    // Pressed once more, the keys would take away what has come meanwhile.
    if (!(await search.isVisible())) {
      await page.keyboard.press('ControlOrMeta+Shift+C');
    }
    await search.fill(command, { timeout: 1000 });
    await expect(chosen).toContainText(command, { timeout: 1000 });
    await search.press('Enter', { timeout: 1000 });
  }).toPass();
}
