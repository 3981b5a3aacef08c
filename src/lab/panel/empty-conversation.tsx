import { liveSkills } from '../bot-link/bot-status';
import { chatIcon } from '../icons';
import { useBotStatus, useChatContext } from './chat-context';

/** How many things to say are offered. */
const MOST_OFFERS = 4;

/** What stands where nothing has been said: what this is, and what to try. */
export function EmptyConversation(): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const status = useBotStatus();
  const examples = liveSkills(status)
    .flatMap(({ matchers }) => matchers.flatMap(({ examples = [] }) => examples.slice(0, 1)))
    .slice(0, MOST_OFFERS);
  return (
    <div className="jp-ChatOps-empty">
      <chatIcon.react tag="span" className="jp-ChatOps-emptyIcon" aria-hidden="true" />
      <h3>{trans.__('Say something to your bot')}</h3>
      <p>
        {trans.__(
          'It answers when one of its skills matches what you say. Under each message you see which skill that was, and why.'
        )}
      </p>
      {examples.length > 0 && (
        <ul className="jp-ChatOps-offers" aria-label={trans.__('Things to try')}>
          {examples.map(example => (
            <li key={example}>
              <button
                type="button"
                className="jp-ChatOps-offer"
                onClick={() => actions.write(example)}
              >
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p>
        <button type="button" className="jp-ChatOps-link" onClick={actions.openWorkshop}>
          {trans.__('Open the workshop')}
        </button>{' '}
        {trans.__('to write skills of your own.')}
      </p>
    </div>
  );
}
