import type { PatternMatch, PatternParts } from '../../engine';

/** A text and the patterns to be held against it. */
export interface PatternJob {
  text: string;
  patterns: {
    /** Names the pattern for as long as the thread lives. */
    id: number;
    /** Sent once. */
    parts?: PatternParts;
  }[];
}

/** What came of each pattern of a job, in the same order. */
export type PatternAnswer = { match?: PatternMatch; reason?: string }[];

/** What a pattern thread is told when it starts. */
export interface PatternThreadData {
  /** One cell: how many patterns of the job at hand are done. */
  progress: SharedArrayBuffer;
}
