import type { SkillRecord, Trace } from '../../../protocol';
import { otherMatchers } from '../../why/other-matchers';
import { useBotStatus, useChatContext } from '../chat-context';
import { SourceLink } from '../error-card';
import { Folded } from './folded';
import { MatcherLine } from './matcher-line';

/** The live matchers that do not match: what a learner who expected one of them looks for. */
export function OthersList({ trace }: { trace: Trace }): React.JSX.Element | null {
  const { trans } = useChatContext();
  const { skills } = useBotStatus();
  const others = otherMatchers(trace, skills as readonly SkillRecord[]);
  if (others.length === 0) {
    return null;
  }
  return (
    <Folded
      title={trans._n(
        '%1 other matcher does not match',
        '%1 other matchers do not match',
        others.length
      )}
    >
      <ul>
        {others.map(({ skill, matcher }) => (
          <li key={`${skill} ${matcher.id}`}>
            <strong>{skill}</strong> <MatcherLine matcher={matcher} />
            {matcher.where && <SourceLink where={matcher.where} />}
          </li>
        ))}
      </ul>
    </Folded>
  );
}
