import { Notebook } from '../support/notebook';
import { expect, test } from '../support/test';

const code = [
  'interface Item { name: string; price: number }',
  "const items: Item[] = [{ name: 'tea', price: 3 }, { name: 'cake', price: 5 }];",
  '',
  'function total(list: Item[]): number {',
  '  let sum = 0;',
  '  for (const item of list) {',
  '    sum += item.price;',
  '  }',
  '  return sum;',
  '}',
  '',
  'total(items)'
].join('\n');

const notebook = {
  cells: [
    { cell_type: 'code', execution_count: null, id: 'one', metadata: {}, outputs: [], source: code }
  ],
  metadata: {
    kernelspec: { name: 'chatops', display_name: 'TypeScript (ChatOps)', language: 'typescript' }
  },
  nbformat: 4,
  nbformat_minor: 5
};

test.use({
  files: { 'shop.ipynb': JSON.stringify(notebook) },
  address: 'lab/tree/shop.ipynb'
});

test('a cell stops at a breakpoint, shows its variables, steps and goes on', async ({
  lab: _,
  page
}) => {
  const { panel } = new Notebook(page);
  // It can be pressed once the kernel has said that it has a debugger.
  await expect(page.getByText('TypeScript (ChatOps) | Idle')).toBeVisible();
  const bug = panel.locator('.jp-DebuggerBugButton');
  await expect(bug).toBeEnabled();
  const side = page.locator('.jp-DebuggerSidebar');
  await expect(async () => {
    // JupyterLab lets one press it a moment before it listens.
    await bug.click();
    await expect(side).toBeVisible({ timeout: 5000 });
  }).toPass();
  const cell = panel.locator('.jp-CodeCell').first();
  // The gutter beside the seventh line.
  const gutter = cell.locator('.cm-breakpoint-gutter .cm-gutterElement').nth(7);
  await gutter.click();
  await expect(cell.locator('.cm-breakpoint-icon')).toHaveCount(1);
  await expect(side.locator('.jp-DebuggerBreakpoint')).toHaveCount(1);
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');

  await expect(side.locator('.jp-DebuggerCallstackFrame').first()).toContainText('total');
  const variables = side.locator('.jp-DebuggerVariables');
  await expect(variables).toContainText('sum');
  await expect(variables).toContainText("{name: 'tea', price: 3}");
  await expect(cell.locator('.jp-DebuggerEditor-highlight')).toContainText('sum += item.price;');

  await side.getByRole('button', { name: /^Next/ }).click();
  await expect(cell.locator('.jp-DebuggerEditor-highlight')).toContainText(
    'for (const item of list)'
  );
  await gutter.click();
  await expect(side.locator('.jp-DebuggerBreakpoint')).toHaveCount(0);
  await side.getByRole('button', { name: /^Continue/ }).click();
  await expect(cell.locator('.jp-OutputArea-output')).toHaveText('8');
});
