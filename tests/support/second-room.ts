import type { RawClient } from './live-bot';

/** A conversation that goes on in a room of its own while something goes wrong elsewhere. */
export class SecondRoom {
  /** How long each answer took, in milliseconds. */
  readonly times: number[] = [];
  /** What was answered instead of the number that was said. */
  readonly wrong: string[] = [];

  private ended = false;
  private readonly talking: Promise<void>;

  /**
   * @param client - follows the room `quiet`.
   * @param command - what is said, followed by a number, which the answer must repeat.
   */
  constructor(
    private readonly client: RawClient,
    private readonly command = 'echo'
  ) {
    this.talking = this.talk();
  }

  /** The longest that an answer took. */
  get slowest(): number {
    return Math.max(...this.times);
  }

  /** How many answers there were. */
  get count(): number {
    return this.times.length;
  }

  /** Ends the conversation after what was said last has been answered. */
  async end(): Promise<void> {
    this.ended = true;
    await this.talking;
  }

  private async talk(): Promise<void> {
    for (let number = 1; !this.ended; number++) {
      const began = performance.now();
      const answer = await this.client.reply(`${this.command} ${number}`, 'quiet');
      this.times.push(performance.now() - began);
      if (answer !== String(number)) {
        this.wrong.push(`${number}: ${answer}`);
      }
    }
  }
}
