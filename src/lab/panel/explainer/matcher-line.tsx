import type { MatcherRecord } from '../../../protocol';
import { matcherWords, requirementWords } from '../../why/matcher-words';
import { useChatContext } from '../chat-context';

/** A matcher: what kind it is, what it compares and how, and who may use it. */
export function MatcherLine({ matcher }: { matcher: MatcherRecord }): React.JSX.Element {
  const { trans } = useChatContext();
  const { kind, code, how } = matcherWords(matcher, trans);
  const requirements = requirementWords(matcher, trans);
  return (
    <div className="jp-ChatOps-matcher">
      <span className="jp-ChatOps-matcherKind">{kind}</span>{' '}
      {code !== '' && <code className="jp-ChatOps-pattern">{code}</code>}{' '}
      {how !== '' && <span className="jp-ChatOps-matcherHow">{how}</span>}
      {requirements.map(words => (
        <span key={words} className="jp-ChatOps-requirement">
          {words}
        </span>
      ))}
    </div>
  );
}
