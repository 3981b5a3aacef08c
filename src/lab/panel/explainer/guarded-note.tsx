import type { SkillRecord, Trace } from '../../../protocol';
import { guardedPatterns } from '../../why/guarded-patterns';
import { useBotStatus, useChatContext } from '../chat-context';
import { Sentence } from '../sentence';
import { Folded } from './folded';

/** Says of which patterns the bot is careful, and what that means to someone who wrote one. */
export function GuardedNote({ trace }: { trace: Trace }): React.JSX.Element | null {
  const { trans } = useChatContext();
  const { skills } = useBotStatus();
  const patterns = guardedPatterns(trace, skills as readonly SkillRecord[], trans);
  if (patterns.length === 0) {
    return null;
  }
  return (
    <Folded
      title={trans._n(
        '%1 pattern was tried apart from the others',
        '%1 patterns were tried apart from the others',
        patterns.length
      )}
    >
      <p className="jp-ChatOps-noteText">
        {trans.__(
          'Some patterns take very long for some texts. Such a pattern is tried where it can be stopped, so that it never holds up the chat. It counts like any other; without what is named here it would be tried faster, together with the rest.'
        )}
      </p>
      <ul>
        {patterns.map(({ skill, matcher, code, reason }) => (
          <li key={`${skill} ${matcher}`}>
            <strong>{skill}</strong>{' '}
            <span className="jp-ChatOps-matcher">
              {code !== '' && <code className="jp-ChatOps-pattern">{code}</code>}{' '}
              <Sentence text={trans.__('because %1', reason)} />
            </span>
          </li>
        ))}
      </ul>
    </Folded>
  );
}
