import { expect, type Locator, type Page } from '@playwright/test';

/** The chat panel as a person meets it. */
export class Chat {
  readonly panel: Locator;
  readonly log: Locator;
  readonly messages: Locator;
  readonly input: Locator;

  constructor(readonly page: Page) {
    this.panel = page.getByRole('region', { name: 'Chat with the bot' });
    this.log = this.panel.getByRole('log', { name: 'Conversation' });
    this.messages = this.log.getByRole('article');
    this.input = this.panel.getByRole('textbox', { name: 'Message' });
  }

  /** Opens the chat by its shortcut, and waits until the bot is there. */
  async open(): Promise<void> {
    await this.page.keyboard.press('Alt+Shift+C');
    await expect(this.input).toBeFocused();
    await this.isReady();
  }

  /** Waits until the panel says that the bot is there. */
  async isReady(): Promise<void> {
    await expect(this.panel.getByText(/^Ready · /)).toBeVisible();
  }

  /** Draws the panel, which is on the right, to a width in pixels. */
  async drawTo(width: number): Promise<void> {
    const { x, y, width: before, height } = (await this.panel.boundingBox())!;
    await this.page.mouse.move(x - 2, y + height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(x - 2 + before - width, y + height / 2, { steps: 4 });
    await this.page.mouse.up();
    await expect.poll(async () => Math.round((await this.panel.boundingBox())!.width)).toBe(width);
  }

  /** Says something by keyboard. */
  async say(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** The messages in which a text stands. */
  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text });
  }

  /** The last message on the page. */
  get last(): Locator {
    return this.messages.last();
  }

  /** What the person at this page said last. */
  get question(): Locator {
    return this.log.locator('[data-from=self]').last();
  }

  /** The last message of the bot. */
  get answer(): Locator {
    return this.log.locator('[data-from=bot]').last();
  }
}
