import type { LearnerReport } from '../../protocol';
import type { Workshop } from '../../workshop';
import type { ProgressBook } from './progress-book';

/** What a report may hold of an id, of a name and of what is missing. */
const LONGEST = { id: 200, name: 100, unmet: 500 };

/** What is reported of a learner. */
export interface ReportParts {
  /** The journal of the bot. */
  journal: string;
  /** Whose progress it is, where it is not that of the workspace's owner. */
  key: string | undefined;
  name: string;
  workshop: Workshop;
  book: ProgressBook;
  /** The first thing that is missing, in words. */
  missing: string | undefined;
}

/** How a learner does, for whoever runs the workshop. */
export function reportOn({
  journal,
  key,
  name,
  workshop,
  book,
  missing
}: ReportParts): LearnerReport {
  const step = book.current();
  return {
    id: (key === undefined ? journal : `${journal}:${key}`).slice(0, LONGEST.id),
    name: name.slice(0, LONGEST.name),
    workshop: workshop.id,
    time: Date.now(),
    steps: workshop.steps.map(({ id }) => id),
    done: book.doneTimes(),
    ...(step && {
      current: {
        step: step.id,
        since: book.of(step.id).begunAt ?? Date.now(),
        ...(missing !== undefined && { unmet: missing.slice(0, LONGEST.unmet) }),
        hints: book.of(step.id).hints ?? 0
      }
    })
  };
}
