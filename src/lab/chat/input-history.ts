/**
 * Walks through what a person said before, as a terminal does: upwards to older texts, downwards
 * back to what they were writing.
 */
export class InputHistory {
  private texts: readonly string[] = [];
  private draft = '';
  /** How many texts back; 0 is the draft. */
  private back = 0;

  /** The text before the one that is shown, or undefined when there is none. */
  older(texts: readonly string[], shown: string): string | undefined {
    if (this.back === 0) {
      this.texts = texts;
      this.draft = shown;
    }
    if (this.back >= this.texts.length) {
      return undefined;
    }
    this.back++;
    return this.current;
  }

  /** The text after the one that is shown, or undefined when the draft is shown. */
  newer(): string | undefined {
    if (this.back === 0) {
      return undefined;
    }
    this.back--;
    return this.current;
  }

  /** The person writes on; what is shown now is their draft. */
  leave(): void {
    this.back = 0;
  }

  private get current(): string {
    return this.back === 0 ? this.draft : this.texts[this.texts.length - this.back]!;
  }
}
