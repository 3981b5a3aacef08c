import { reasonOf } from '../../protocol';
import type { Step, Workshop } from '../../workshop';
import { Observations } from './observations';
import type { WorkshopHost } from './workshop-host';
import { WorkshopKeeper } from './workshop-keeper';

/** So many wrong but plausible attempts are written down for each step. */
export const FEWEST_ATTEMPTS = 3;

type Attempt = Step['attempts'][number];

/** Names of facts in a text that nothing has been put in for. */
const UNFILLED = /\{(text|got|count|step|line|outcome)\}/;

/**
 * Goes through a workshop with a real bot as a learner would who makes every mistake that is known
 * before doing what is right. Each finding is a sentence on what is not as it should be.
 */
export class WorkshopProof {
  private constructor(
    private readonly workshop: Workshop,
    private readonly keeper: WorkshopKeeper,
    private readonly observations: Observations
  ) {}

  /** Begins at the first step, in the workspace of a bot that nobody has used. */
  static async begin(host: WorkshopHost, workshop: Workshop): Promise<WorkshopProof> {
    const observations = new Observations(host);
    await observations.begin();
    const keeper = await WorkshopKeeper.begin(host, workshop, { observations });
    return new WorkshopProof(workshop, keeper, observations);
  }

  /** What is wrong with a step's beginning: it must not be done, and say what is missing. */
  async beginning(step: Step, language: string): Promise<string[]> {
    const first = step.first ?? step.check[0]!.id;
    const { current } = await this.keeper.state(language);
    if (current?.id !== step.id) {
      return [
        `the learner is at \`${current?.id ?? 'the end'}\`: the step is done before it begins`
      ];
    }
    return [
      ...different('the first condition', current.unmet?.id, first),
      ...different('the mistake', current.mistake?.id, undefined),
      ...filledIn(current.unmet?.text)
    ];
  }

  /** Makes an attempt at the beginning of a step; what kept it from being made. */
  async attempt(step: Step, attempt: Attempt): Promise<string[]> {
    try {
      await this.keeper.do({ do: 'reset', step: step.id });
      await this.keeper.perform(step.id, attempt.do);
      return [];
    } catch (error) {
      return [reasonOf(error)];
    }
  }

  /** What is wrong with what is said about the attempt that was made last. */
  async answer(step: Step, { unmet, mistake }: Attempt, language: string): Promise<string[]> {
    const { current } = await this.keeper.state(language);
    if (current?.id !== step.id) {
      return ['the attempt is taken for a solution'];
    }
    return [
      ...different('the condition', current.unmet?.id, unmet),
      ...different('the mistake', current.mistake?.id, mistake),
      ...filledIn(current.unmet?.text),
      ...filledIn(current.mistake?.text)
    ];
  }

  /** What is wrong with a step's solution: it must pass, where the beginning did not. */
  async solution(step: Step): Promise<string[]> {
    await this.keeper.do({ do: 'reset', step: step.id });
    if ((await this.keeper.check(step.id)).result.passed) {
      return ['the step is done before it is solved'];
    }
    try {
      await this.keeper.do({ do: 'solve', step: step.id });
    } catch (error) {
      return [reasonOf(error)];
    }
    const { steps } = await this.keeper.state();
    const { done, solved } = steps.find(({ id }) => id === step.id)!;
    return done && solved ? [] : ['the solution does not do the step'];
  }

  /** Solves what stands before a step, without any attempts; what could not be solved. */
  async skipTo(step: Step): Promise<string[]> {
    try {
      await this.keeper.do({ do: 'catch-up', step: step.id });
      return [];
    } catch (error) {
      return [reasonOf(error)];
    }
  }

  /** Steps for which fewer mistakes are known than people make. */
  get poorSteps(): string[] {
    return this.workshop.steps
      .filter(({ attempts }) => attempts.length < FEWEST_ATTEMPTS)
      .map(({ id }) => id);
  }

  async close(): Promise<void> {
    this.observations.stop();
    await this.keeper.close();
  }
}

function different(what: string, found: string | undefined, wanted: string | undefined): string[] {
  return found === wanted
    ? []
    : [`${what} is \`${found ?? 'none'}\`, and should be \`${wanted ?? 'none'}\``];
}

function filledIn(text: string | undefined): string[] {
  if (text === undefined || text === '') {
    return ['nothing is said'];
  }
  return UNFILLED.test(text) ? [`“${text}” has a name in it for which nothing was found`] : [];
}
