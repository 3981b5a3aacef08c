import type { SkillRecord } from '../../protocol';
import { liveSkills } from '../bot-link/bot-status';
import { chatIcon } from '../icons';
import { useBotStatus, useChatContext } from './chat-context';

/** How many things to say are offered. */
const MOST_OFFERS = 4;

/** What stands where nothing has been said: what this is, and what to try. */
export function EmptyConversation(): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const status = useBotStatus();
  const offers = offersOf(liveSkills(status));
  return (
    <div className="jp-ChatOps-empty">
      <chatIcon.react tag="span" className="jp-ChatOps-emptyIcon" aria-hidden="true" />
      <h3>{trans.__('Say something to your bot')}</h3>
      <p>
        {trans.__(
          'It answers when one of its skills matches what you say. Under each message you see which skill that was, and why.'
        )}
      </p>
      {offers.length > 0 && (
        <ul className="jp-ChatOps-offers" aria-label={trans.__('Things to try')}>
          {offers.map(example => (
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

/** An example of each matcher that has one, and the word that every newcomer should know. */
function offersOf(skills: readonly SkillRecord[]): string[] {
  const own = skills.filter(({ source }) => source.kind !== 'builtin');
  const examples = own.flatMap(({ matchers }) =>
    matchers.flatMap(({ examples = [] }) => examples.slice(0, 1))
  );
  const hasHelp = skills.some(({ name }) => name === 'devtools');
  return [...examples.slice(0, MOST_OFFERS), ...(hasHelp ? ['help'] : [])];
}
