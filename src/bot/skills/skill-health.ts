import { chatOpsError, type ErrorCode, type ErrorRecord } from '../../protocol';
import type { SkillOutcome } from '../runtime';

/** What harms more than the skill itself. */
const GRAVE: readonly string[] = [
  'CHATOPS_SKILL_BLOCKED',
  'CHATOPS_SKILL_THREAD_LOST',
  'CHATOPS_SKILL_MEMORY',
  'CHATOPS_SKILL_FLOOD',
  'CHATOPS_MATCHER_SLOW'
] satisfies ErrorCode[];

/** What is not the skill's doing. */
const INNOCENT: readonly string[] = [
  'CHATOPS_SKILL_CUT_SHORT',
  'CHATOPS_SKILL_CHANGED',
  'CHATOPS_SKILL_ON_HOLD',
  'CHATOPS_QUESTION_TIMEOUT',
  'CHATOPS_QUESTION_CANCELLED'
] satisfies ErrorCode[];

/** So many grave faults within {@link GRAVE_SPAN} are too many. */
const MOST_GRAVE = 3;

/** In milliseconds. */
const GRAVE_SPAN = 10 * 60_000;

/** So many failures in a row, with no run in between that went well, are too many. */
const MOST_FAILURES = 10;

interface Record {
  grave: number[];
  failures: number;
}

/** Keeps count of what goes wrong with skills, and says when it is enough. */
export class SkillHealth {
  private readonly records = new Map<string, Record>();

  /**
   * @param elapsed - milliseconds, never going back.
   * @param onTooMuch - told once about a skill that keeps failing, with the reason.
   */
  constructor(
    private readonly elapsed: () => number,
    private readonly onTooMuch: (skill: string, error: ErrorRecord) => void
  ) {}

  /** Something that a skill did has ended. */
  note({ skill, error }: SkillOutcome): void {
    if (!error) {
      const record = this.records.get(skill);
      if (record) {
        record.failures = 0;
      }
      return;
    }
    if (INNOCENT.includes(error.code)) {
      return;
    }
    const record = this.records.get(skill) ?? { grave: [], failures: 0 };
    this.records.set(skill, record);
    record.failures++;
    if (GRAVE.includes(error.code)) {
      const since = this.elapsed() - GRAVE_SPAN;
      record.grave = [...record.grave.filter(time => time > since), this.elapsed()];
    }
    const reason =
      record.grave.length >= MOST_GRAVE
        ? `it had to be stopped ${record.grave.length} times within ${GRAVE_SPAN / 60_000} minutes`
        : record.failures >= MOST_FAILURES
          ? `it failed ${record.failures} times in a row`
          : undefined;
    if (reason !== undefined) {
      this.forget(skill);
      const { where, excerpt } = error;
      this.onTooMuch(
        skill,
        chatOpsError(
          'CHATOPS_SKILL_ON_HOLD',
          { name: skill, reason },
          { ...(where && { where }), ...(excerpt && { excerpt }) }
        ).record
      );
    }
  }

  /** Begins anew with a skill that was changed or released. */
  forget(skill: string): void {
    this.records.delete(skill);
  }
}
