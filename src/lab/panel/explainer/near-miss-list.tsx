import type { NearMiss } from '../../../protocol';
import { useChatContext } from '../chat-context';
import { useRowTabIndex } from '../row';

/** What may have been meant, to be put into the input with one press. */
export function NearMissList({ misses }: { misses: readonly NearMiss[] }): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  return (
    <div className="jp-ChatOps-nearMisses">
      <p>{trans.__('Did you mean:')}</p>
      <ul>
        {misses.map(({ skill, matcher, example, similarity }) => (
          <li key={`${skill} ${matcher}`}>
            <button
              type="button"
              className="jp-ChatOps-offer"
              tabIndex={tabIndex}
              title={trans.__('Put this into the input')}
              onClick={() => actions.write(example)}
            >
              {example}
            </button>{' '}
            <span>{trans.__('%1, %2 % alike', skill, Math.round(similarity * 100))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
