import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Holds the chat panel, or another part of the page, as it is now, against the rules of accessibility. */
export async function expectAccessible(page: Page, part = '.jp-ChatOps'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const complaints = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`)
  );
  expect(complaints).toEqual([]);
}
