const frames = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];

/** Shows steps that take a while, each in one line: a spinner on a terminal, dots elsewhere. */
export class Progress {
  /** @param {{ write(text: string): unknown, isTTY?: boolean, columns?: number }} output */
  constructor(output = process.stdout) {
    this.output = output;
  }

  /**
   * Shows a step while it lasts.
   *
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work - may return a remark to show instead of the seconds
   * @returns {Promise<T>}
   */
  async step(title, work) {
    const start = performance.now();
    const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    const stop = this.output.isTTY ? this.#spin(title, seconds) : this.#dots(title);
    try {
      const result = await work();
      stop('✓', typeof result === 'string' ? result : seconds());
      return result;
    } catch (error) {
      stop('✗', seconds());
      throw error;
    }
  }

  /**
   * @param {string} title
   * @param {() => string} seconds
   */
  #spin(title, seconds) {
    let turn = 0;
    /** @param {string} mark @param {string} remark */
    const show = (mark, remark) =>
      this.output.write(
        `\r\u001B[K${`${mark} ${title} ${remark}`.slice(0, this.output.columns || 80)}`
      );
    const draw = () => show(frames[turn++ % frames.length] ?? '', seconds());
    const timer = setInterval(draw, 100);
    draw();
    /** @param {string} mark @param {string} remark */
    return (mark, remark) => {
      clearInterval(timer);
      show(mark, remark);
      this.output.write('\n');
    };
  }

  /** @param {string} title */
  #dots(title) {
    this.output.write(`  ${title} `);
    const timer = setInterval(() => this.output.write('.'), 2000);
    /** @param {string} mark @param {string} remark */
    return (mark, remark) => {
      clearInterval(timer);
      this.output.write(` ${remark} ${mark}\n`);
    };
  }
}
