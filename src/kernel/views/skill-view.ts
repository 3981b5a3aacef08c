import {
  formatError,
  matcherText,
  type ErrorRecord,
  type MatcherRecord,
  type SkillChange,
  type SkillRecord
} from '../../protocol';
import type { MimeBundle } from '../thread';
import { markup, type Html } from './html';
import { htmlTable, textTable } from './table';

/** What running a skill cell did. */
export interface SavedSkillView {
  change: SkillChange;
  /** The matchers that are live now. */
  matchers: readonly MatcherRecord[];
  file: string | undefined;
  configured: boolean;
}

/** A matcher of a skill, and what happened to it. */
interface MatcherLine {
  sign: ' ' | '+' | '-' | '~';
  matcher: MatcherRecord;
  /** Set when it was changed. */
  before?: MatcherRecord;
}

/** Says what is live now, and what changed. */
export function savedSkillBundle(view: SavedSkillView): MimeBundle {
  const { change, file, configured } = view;
  const head = headOf(change);
  const lines = matcherLines(view);
  const place = [
    ...(file === undefined ? [] : [`written to ${file}`]),
    ...(configured ? ['entered into the configuration'] : []),
    `${milliseconds(change.duration)}`
  ].join(' · ');
  return {
    'text/plain': [
      head,
      ...lines.map(lineText),
      `  ${place}`,
      ...change.warnings.flatMap(warning => ['', formatError(warning)])
    ].join('\n'),
    'text/html': markup`<div>
      <strong>${head}</strong>
      <ul style="list-style:none;margin:0.25em 0;padding-left:1em">
        ${lines.map(lineHtml)}
      </ul>
      <div style="opacity:0.8">${place}</div>
      ${change.warnings.map(warningHtml)}
    </div>`.source
  };
}

/** What a reload, or a new configuration, did to each skill. */
export function changesBundle(
  title: string,
  changes: readonly SkillChange[],
  warnings: readonly ErrorRecord[] = []
): MimeBundle {
  const told = changes.filter(({ kind }) => kind !== 'unchanged');
  const same = changes.length - told.length;
  const summary =
    told.length === 0
      ? `${title}: nothing changed.`
      : `${title}.${same > 0 ? ` ${same} ${same === 1 ? 'skill is' : 'skills are'} as before.` : ''}`;
  const items = told.map(change => ({
    head: headOf(change),
    lines: changedLines(change),
    problems: [...(change.error ? [change.error] : []), ...change.warnings]
  }));
  return {
    'text/plain': [
      summary,
      ...items.flatMap(({ head, lines, problems }) => [
        head,
        ...lines.map(lineText),
        ...problems.map(formatError)
      ]),
      ...warnings.flatMap(warning => ['', formatError(warning)])
    ].join('\n'),
    'text/html': markup`<div>
      <div>${summary}</div>
      ${items.map(
        ({ head, lines, problems }) =>
          markup`<div style="margin-top:0.5em">
            <strong>${head}</strong>
            <ul style="list-style:none;margin:0.25em 0;padding-left:1em">
              ${lines.map(lineHtml)}
            </ul>
            ${problems.map(warningHtml)}
          </div>`
      )}${warnings.map(warningHtml)}
    </div>`.source
  };
}

/** The skills of a bot as a table. */
export function skillsBundle(skills: readonly SkillRecord[]): MimeBundle {
  if (skills.length === 0) {
    const text = 'No skill is live.';
    return { 'text/plain': text, 'text/html': markup`<p>${text}</p>`.source };
  }
  const columns = ['skill', 'state', 'version', 'answers to', 'file'];
  const patterns = skills.map(({ matchers }) => matchers.map(matcherText));
  const rows = (shown: readonly unknown[]): unknown[][] =>
    skills.map(({ name, state, version, source, error }, index) => [
      name,
      error && state === 'live' ? 'live, newest version refused' : state,
      version === 0 ? '' : String(version),
      shown[index],
      source.kind === 'builtin' ? 'comes with ChatOps' : (source.file ?? source.path ?? '')
    ]);
  const asHtml = patterns.map(list =>
    list.map((pattern, index) => markup`${index > 0 && markup`<br>`}<code>${pattern}</code>`)
  );
  return {
    'text/plain': textTable(columns, rows(patterns.map(list => list.join('  '))) as string[][]),
    'text/html': htmlTable(columns, rows(asHtml)).source
  };
}

function headOf({ skill, kind, version }: SkillChange): string {
  switch (kind) {
    case 'held':
      return `${skill} is on hold`;
    case 'added':
      return `${skill} is live: version ${version}, new`;
    case 'changed':
      return `${skill} is live: version ${version}`;
    case 'unchanged':
      return `${skill} is live as before: version ${version}`;
    case 'removed':
      return `${skill} is gone`;
    case 'failed':
      return version > 0
        ? `${skill} could not be loaded; version ${version}, which worked, keeps answering`
        : `${skill} could not be loaded`;
  }
}

function matcherLines({ change, matchers }: SavedSkillView): MatcherLine[] {
  const added = new Set(change.added.map(({ id }) => id));
  const changed = new Map(change.changed.map(({ before, after }) => [after.id, before]));
  return [
    ...matchers.map((matcher): MatcherLine => {
      const before = changed.get(matcher.id);
      return before
        ? { sign: '~', matcher, before }
        : { sign: added.has(matcher.id) && change.kind !== 'added' ? '+' : ' ', matcher };
    }),
    ...change.removed.map((matcher): MatcherLine => ({ sign: '-', matcher }))
  ];
}

function changedLines({ kind, added, removed, changed }: SkillChange): MatcherLine[] {
  return kind === 'removed'
    ? []
    : [
        ...added.map((matcher): MatcherLine => ({ sign: '+', matcher })),
        ...changed.map(({ before, after }): MatcherLine => ({ sign: '~', matcher: after, before })),
        ...removed.map((matcher): MatcherLine => ({ sign: '-', matcher }))
      ];
}

const signWords = { ' ': '', '+': 'new', '-': 'gone', '~': 'changed' } as const;

function lineText({ sign, matcher, before }: MatcherLine): string {
  const was = before && wasText(before, matcher);
  return `${sign} ${matcher.id}  ${matcherText(matcher)}${was ? `   ${was}` : ''}`;
}

function lineHtml({ sign, matcher, before }: MatcherLine): Html {
  const was = before && wasText(before, matcher);
  const words = [signWords[sign], was].filter(Boolean).join(', ');
  return markup`<li>
    ${matcher.id} <code>${matcherText(matcher)}</code>${words && markup` <em>${words}</em>`}
  </li>`;
}

/** What a matcher was before, where that shows in its line. */
function wasText(before: MatcherRecord, after: MatcherRecord): string {
  return matcherText(before) === matcherText(after) ? '' : `was ${matcherText(before)}`;
}

function warningHtml(warning: ErrorRecord): Html {
  return markup`<pre
    style="white-space:pre-wrap;border-left:3px solid rgba(255,152,0,0.8);padding-left:0.75em"
  >
${formatError(warning)}</pre>`;
}

function milliseconds(duration: number): string {
  return `${duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms`;
}
