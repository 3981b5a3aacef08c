/** Something a person can put right: shown as one sentence, without a stack trace. */
export class Problem extends Error {
  /** @param {string} message - what is wrong and what to do about it */
  constructor(message) {
    super(message);
    this.name = 'Problem';
  }
}
