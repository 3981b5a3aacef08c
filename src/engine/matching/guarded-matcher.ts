import type { ErrorRecord } from '../../protocol';
import type { PatternMatch } from '../pattern';
import type { LiveMatcher } from '../skill-registry';

/** What came of holding one guarded pattern against a text. */
export interface GuardedResult {
  matcher: LiveMatcher;
  match?: PatternMatch;
  /** Why it gave up. */
  error?: ErrorRecord;
}

/**
 * Matches patterns that have no linear form, somewhere that a deadline can stop: in the skill
 * thread on Node, in a worker in a browser.
 */
export interface GuardedMatcher {
  /** The results of those that matched or gave up; never rejects. */
  match(matchers: readonly LiveMatcher[], text: string): Promise<GuardedResult[]>;
}
