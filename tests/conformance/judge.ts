import type { Case, Driver, Verdict } from './case';
import { meets } from './compare';
import { playChat } from './drivers/chat';
import { playCrontab } from './drivers/crontab';

/** Who knows which cases; the first who does plays it. */
const DRIVERS: readonly Driver[] = [playChat, playCrontab];

/** Plays a case and says whether what happened is what should. */
export async function judge(given: Case): Promise<Verdict> {
  const { id } = given;
  const isQuirk = given.quirk === true || given.successor !== undefined;
  try {
    for (const drive of DRIVERS) {
      const finding = await drive(given);
      if (finding) {
        const expected = finding.expected ?? given.expect;
        if (isQuirk && !finding.expected) {
          return {
            id,
            passed: false,
            expected: { successor: given.successor },
            got: 'no rule for it'
          };
        }
        return { id, passed: meets(expected, finding.observed), expected, got: finding.observed };
      }
    }
  } catch (error) {
    return { id, passed: false, expected: given.expect, got: error };
  }
  return { id, passed: false, expected: given.expect, got: 'a case of no known form' };
}
