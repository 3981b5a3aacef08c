import type { AsideEntry } from '../chat/entry';
import { slashCommands } from '../chat/slash-commands';
import { useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { MessageBody } from './message-body';
import { Row, useRowTabIndex } from './row';
import { TraceReport } from './explainer/trace-report';

/** Something that only the person at this page sees, until they put it away. */
export function AsideRow({ entry }: { entry: AsideEntry }): React.JSX.Element {
  const { trans } = useChatContext();
  const id = `jp-ChatOps-${entry.key.replace(' ', '-')}`;
  return (
    <Row entry={entry.key} className="jp-ChatOps-aside" aria-labelledby={id}>
      <div className="jp-ChatOps-asideHead">
        <p id={id}>{trans.__('Only you see this')}</p>
        <DismissButton entry={entry} />
      </div>
      <AsideContent entry={entry} />
    </Row>
  );
}

function DismissButton({ entry }: { entry: AsideEntry }): React.JSX.Element {
  const { model, trans, actions } = useChatContext();
  return (
    <button
      type="button"
      className="jp-ChatOps-link"
      tabIndex={useRowTabIndex()}
      onClick={() => {
        model.dismiss(entry.key);
        // What had the focus is gone.
        actions.write();
      }}
    >
      {trans.__('Dismiss')}
    </button>
  );
}

function AsideContent({ entry: { key, aside } }: { entry: AsideEntry }): React.JSX.Element {
  switch (aside.what) {
    case 'help':
      return <Help />;
    case 'words':
      return <MessageBody message={key} text={aside.text} />;
    case 'error':
      return <ErrorCard error={aside.error} />;
    case 'why':
      return <TraceReport trace={aside.trace} />;
  }
}

function Help(): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <>
      <dl className="jp-ChatOps-help">
        {slashCommands(trans).map(({ usage, description }) => (
          <div key={usage}>
            <dt>{usage}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
      <p>
        {trans.__(
          'Write @ for people. Drop files and notebook cells here, or paste pictures. Shift+Tab and the arrow keys lead to messages; Shift+F10 shows what can be done with one. Say help to the bot for what its skills can do.'
        )}
      </p>
    </>
  );
}
