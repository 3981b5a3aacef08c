import type { LearnerRow } from '../../protocol';

/** How a class does, for a terminal. */
export function boardText(rows: readonly LearnerRow[], now: number): string {
  if (rows.length === 0) {
    return 'Nobody has reported yet.';
  }
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(({ name, steps, done, current, stuck, away }) => {
      const bar = steps
        .map(step => (done[step] === undefined ? (step === current?.step ? '>' : '·') : '#'))
        .join('');
      const minutes = current ? Math.round((now - current.since) / 60_000) : 0;
      const place = current ? `${current.step} for ${minutes} min` : 'all done';
      const notes = [
        stuck ? 'STUCK' : '',
        away ? 'away' : '',
        current?.hints ? `${current.hints} hints` : '',
        current?.unmet ?? ''
      ].filter(Boolean);
      return [`${name.padEnd(width)}  ${bar}  ${place}`, ...notes].join('  ');
    })
    .join('\n');
}
