import { expect, type Locator, type Page } from '@playwright/test';

/** The workshop's steps as a learner meets them. */
export class Steps {
  readonly panel: Locator;
  readonly title: Locator;
  readonly durations: [step: string, milliseconds: number][] = [];

  private began = performance.now();

  constructor(readonly page: Page) {
    this.panel = page.getByRole('region', { name: 'Workshop' });
    this.title = this.panel.getByRole('heading', { level: 2 });
  }

  /** Waits until the learner is at a step. */
  async isAt(title: string): Promise<void> {
    await expect(this.title).toHaveText(title);
  }

  /** Waits until a step has turned green by itself, and the next one is there. */
  async turnsGreen(title: string): Promise<void> {
    await expect(this.entry(title)).toContainText('done');
    const now = performance.now();
    this.durations.push([title, now - this.began]);
    this.began = now;
  }

  /** A step in the list of all. */
  entry(title: string): Locator {
    return this.panel.getByRole('navigation').getByRole('listitem').filter({ hasText: title });
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name });
  }
}
