import type { LanguageParser, Question, Understood } from '../../src/engine';

/** A parser that a test answers for. */
export class FakeParser implements LanguageParser {
  readonly minScore: number;
  readonly timeout?: number;
  readonly purpose: LanguageParser['purpose'];
  readonly hearing?: LanguageParser['hearing'];
  readonly asked: Question[] = [];

  /** @param answer - what it understands; what this throws is how it fails. */
  constructor(
    readonly name: string,
    private readonly answer: (question: Question) => Understood | Promise<Understood>,
    {
      minScore = 0,
      purpose = 'matchers',
      timeout,
      hearing
    }: Partial<Omit<LanguageParser, 'name'>> = {}
  ) {
    this.minScore = minScore;
    this.purpose = purpose;
    if (hearing) {
      this.hearing = hearing;
    }
    if (timeout !== undefined) {
      this.timeout = timeout;
    }
  }

  async understand(question: Question): Promise<Understood> {
    this.asked.push(question);
    return this.answer(question);
  }
}

/** One intent, and nothing else. */
export function intentFound(value: string, confidence = 0.9): Understood {
  return { findings: [{ field: 'intent', value, confidence }], entities: {} };
}
