import { excerpt } from '../../source';
import type { TypeProblem } from '../language';
import type { MimeBundle } from '../thread';
import { markup } from './html';

/** How many type errors of one cell are shown. */
const MOST = 10;

/** A type error in a line: where, what, and TypeScript's number for it. */
export function typeProblemText(
  label: string,
  { line, column, code, message }: TypeProblem
): string {
  return `${label}:${line}:${column} ${message} (TS${code})`;
}

/** Type errors of a cell that runs all the same. */
export function typeProblemsBundle(
  label: string,
  cell: string,
  problems: readonly TypeProblem[]
): MimeBundle {
  const shown = problems.slice(0, MOST).map(problem => ({
    title: typeProblemText(label, problem),
    lines: excerpt(cell, problem.line, problem.column)
  }));
  const left = problems.length - shown.length;
  const more = left > 0 ? `… and ${left} more` : '';
  return {
    'text/plain': [
      ...shown.flatMap(({ title, lines }) => [`Type warning: ${title}`, lines]),
      ...(more ? [more] : [])
    ].join('\n'),
    'text/html': markup`<div
      role="note"
      aria-label="Type warnings"
      style="border-left:3px solid rgba(255,152,0,0.8);padding-left:0.75em"
    >
      ${shown.map(
        ({ title, lines }) =>
          markup`<div>${title}</div>
            <pre style="margin:0 0 0.5em;opacity:0.8">${lines}</pre>`
      )}${more && markup`<div>${more}</div>`}
    </div>`.source
  };
}
