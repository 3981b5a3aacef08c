import { formatError, matcherText, type Candidate, type Run, type Trace } from '../../protocol';
import type { MimeBundle } from '../thread';
import { markup, type Html } from './html';
import { htmlTable, textTable, withoutEmptyColumns } from './table';

const allColumns = [
  '',
  'skill',
  'pattern',
  'matched',
  'captures',
  'score',
  'coverage',
  'not chosen because'
];

/** What was, or would be, weighed for a text: a sentence, the text with its match, and the ranking. */
export function traceBundle(trace: Trace): MimeBundle {
  const { candidates, winner, run } = trace;
  const sentence = verdict(trace);
  const { columns, rows } = withoutEmptyColumns(
    allColumns,
    candidates.map((candidate, index) => rowOf(candidate, trace, index === winner))
  );
  const notes = [...(run ? runLines(run) : []), ...trace.troubles.map(formatError)];
  const asHtml = markup`<div>
    <p>${markedText(trace)}</p>
    <p>${sentence}</p>
    ${
      rows.length > 0 && htmlTable(columns, rows)
    }${notes.length > 0 && markup`<pre style="white-space:pre-wrap">${notes.join('\n')}</pre>`}
  </div>`;
  return {
    'text/plain': [
      JSON.stringify(trace.text),
      sentence,
      ...(rows.length > 0 ? ['', textTable(columns, rows)] : []),
      ...(notes.length > 0 ? ['', ...notes] : [])
    ].join('\n'),
    'text/html': asHtml.source
  };
}

function verdict({ seq, candidates, winner, considered, outcome }: Trace): string {
  const tried = `${considered} ${considered === 1 ? 'matcher was' : 'matchers were'} tried`;
  const chosen = winner === undefined ? undefined : candidates[winner];
  if (!chosen) {
    return candidates.length === 0
      ? `No skill matches; ${tried}.`
      : `${candidates.length} matched, and none of them may answer; ${tried}.`;
  }
  const { skill, matcher, score } = chosen;
  const tense = seq === 0 ? 'would answer' : (endings[outcome] ?? 'answered');
  return (
    `${skill} ${tense}: its matcher ${matcher.id} has the best score, ${number(score.score)} = ` +
    `${number(score.base)} × ${number(score.factor)}; ${tried}.`
  );
}

const endings: Partial<Record<Trace['outcome'], string>> = {
  failed: 'was chosen and failed',
  stopped: 'was chosen and stopped',
  interrupted: 'was chosen and interrupted'
};

function rowOf(candidate: Candidate, { text }: Trace, won: boolean): string[] {
  const { skill, matcher, spans, captures, score, excluded = '' } = candidate;
  return [
    won ? '★' : '',
    `${skill} ${matcher.id}`,
    matcherText(matcher),
    spans.map(({ start, end }) => text.slice(start, end)).join(', '),
    captures.map(({ name, value }) => `${name}=${value ?? '–'}`).join(' '),
    number(score.score),
    `${Math.round(score.coverage * 100)} %`,
    excluded
  ];
}

/** The text, with the part that the first candidate matched marked in it. */
function markedText({ text, candidates, winner = 0 }: Trace): Html {
  const span = candidates[winner]?.spans[0];
  return span
    ? markup`${text.slice(0, span.start)}<mark>${text.slice(span.start, span.end)}</mark>${text.slice(span.end)}`
    : markup`${text}`;
}

function runLines({ skill, duration, replies, logs, http, error }: Run): string[] {
  return [
    `${skill} ran for ${Math.round(duration)} ms and sent ${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}.`,
    ...http.map(
      ({ method, url, status, error, duration }) =>
        `${method} ${url}: ${status ?? error ?? 'no answer'} (${Math.round(duration)} ms)`
    ),
    ...logs.map(({ level, text }) => `${level}: ${text}`),
    ...(error ? [formatError(error)] : [])
  ];
}

function number(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}
