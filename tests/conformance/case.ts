/** What a case says about a bot: in keys and values whose meaning depends on its area. */
export type Facts = Readonly<Record<string, any>>;

/** Something that was observed on opsdroid, or read from it. */
export interface Case {
  readonly id: string;
  readonly area: string;
  readonly given: Facts;
  readonly input: Facts;
  readonly expect: Facts;
  readonly source: string;
  readonly verified: 'executed' | 'observed' | 'code';
  /** True for what counts as a defect; `successor` says what happens here instead. */
  readonly quirk?: boolean;
  readonly successor?: string;
}

/** What happened here in a case. A value may be a function, which judges words. */
export type Observed = Record<string, unknown>;

/** What a driver found out. */
export interface Finding {
  observed: Observed;
  /**
   * What should happen instead of what opsdroid does: for a quirk, by the rule that its successor
   * names.
   */
  expected?: Facts;
  /** What there is here instead of what the case is about, for parts of opsdroid that have no counterpart. */
  replaced?: string;
}

/** Plays a case. Gives nothing for a form it does not know. */
export type Driver = (given: Case) => Promise<Finding | undefined>;

/** How a case ended. */
export interface Verdict {
  id: string;
  passed: boolean;
  /** What there is here instead of what the case is about. */
  replaced?: string;
  expected: Facts;
  got: unknown;
}
