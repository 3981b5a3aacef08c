import { formatWhere, type ErrorRecord, type Where } from '../../protocol';
import { useChatContext } from './chat-context';
import { useRowTabIndex } from './row';
import { useScrollable } from './scrollable';
import { Sentence } from './sentence';

/** An error as a person reads it: what happened, where, the code around it, what to do. */
export function ErrorCard({ error }: { error: ErrorRecord }): React.JSX.Element {
  const { trans } = useChatContext();
  const tabIndex = useRowTabIndex();
  const { message, hint, where, excerpt, stack, log } = error;
  return (
    <div className="jp-ChatOps-error">
      <p className="jp-ChatOps-errorMessage">
        <Sentence text={message} />
      </p>
      {where && <SourceLink where={where} />}
      {excerpt && <CodeLines label={trans.__('The code around the error')} text={excerpt} />}
      <p className="jp-ChatOps-errorHint">
        <Sentence text={hint} />
      </p>
      {log && log.length > 0 && (
        <figure className="jp-ChatOps-lastLines">
          <figcaption>{trans.__('The last lines of its log')}</figcaption>
          <CodeLines label={trans.__('The last lines of its log')} text={log.join('\n')} />
        </figure>
      )}
      {stack && stack.length > 1 && (
        <details className="jp-ChatOps-stack">
          <summary tabIndex={tabIndex}>{trans.__('How it got there')}</summary>
          <CodeLines label={trans.__('How it got there')} text={stack.join('\n')} />
        </details>
      )}
    </div>
  );
}

/** A place in a file; a link where the file can be opened here. */
export function SourceLink({ where }: { where: Where }): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  const open = actions.openSource(where);
  const place = formatWhere(where);
  return open ? (
    <button
      type="button"
      className="jp-ChatOps-link jp-ChatOps-place"
      tabIndex={tabIndex}
      title={trans.__('Open this file at this line')}
      onClick={open}
    >
      {place}
    </button>
  ) : (
    <span className="jp-ChatOps-place">{place}</span>
  );
}

/** Lines that must not be broken: they scroll where they are too long. */
export function CodeLines({ label, text }: { label: string; text: string }): React.JSX.Element {
  const scrollable = useScrollable<HTMLPreElement>(label);
  return (
    <pre className="jp-ChatOps-code" {...scrollable}>
      {text}
    </pre>
  );
}
