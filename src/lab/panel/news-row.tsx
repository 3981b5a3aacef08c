import type { TranslationBundle } from '@jupyterlab/translation';
import { matcherText, type MatcherRecord, type SkillChange } from '../../protocol';
import type { NewsEntry } from '../chat/entry';
import { useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { Row } from './row';
import { plainSentence, Sentence } from './sentence';
import { fullTime } from './times';

/** What happened to a skill, in one quiet line. */
export function NewsRow({ entry }: { entry: NewsEntry }): React.JSX.Element {
  const { trans } = useChatContext();
  const { change, key, time } = entry;
  const words = newsWords(change, trans);
  return (
    <Row
      entry={key}
      className="jp-ChatOps-news"
      data-kind={change.kind}
      aria-label={plainSentence(words)}
      title={fullTime(time)}
    >
      <p>
        <Sentence text={words} />
      </p>
      {change.error && <ErrorCard error={change.error} />}
    </Row>
  );
}

/** What happened to a skill, as a {@link Sentence}: hello is live in version 3: `/a/` is now `/b/`. */
export function newsWords(change: SkillChange, trans: TranslationBundle): string {
  const { skill, kind, version } = change;
  switch (kind) {
    case 'removed':
      return trans.__('%1 is gone', skill);
    case 'held':
      return trans.__('%1 is on hold', skill);
    case 'failed':
      return version > 0
        ? trans.__('%1 would not load; version %2 goes on answering', skill, version)
        : trans.__('%1 would not load', skill);
    default: {
      const details = detailWords(change, trans);
      const live =
        kind === 'added'
          ? trans.__('%1 is live', skill)
          : trans.__('%1 is live in version %2', skill, version);
      return details === '' ? live : `${live}: ${details}`;
    }
  }
}

function detailWords(
  { kind, added, removed, changed }: SkillChange,
  trans: TranslationBundle
): string {
  const details = [
    ...changed.map(({ before, after }) => trans.__('%1 is now %2', codeOf(before), codeOf(after))),
    ...added.map(matcher =>
      kind === 'added' ? codeOf(matcher) : trans.__('new %1', codeOf(matcher))
    ),
    ...removed.map(matcher => trans.__('gone %1', codeOf(matcher)))
  ];
  return details.join('; ');
}

function codeOf(matcher: MatcherRecord): string {
  return `\`${matcherText(matcher)}\``;
}
