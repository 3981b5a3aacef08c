import { useEffect, useId, useState, useSyncExternalStore } from 'react';
import type { Timers } from '../../../protocol';
import { DryRun } from '../../why/dry-run';
import type { BotStatus } from '../../bot-link/bot-status';
import { useChatContext } from '../chat-context';
import { ErrorCard } from '../error-card';
import { useRowTabIndex } from '../row';
import { TraceReport } from './trace-report';
import { verdictOf } from '../../why/verdict';

/**
 * Tries texts against the live skills while one types; nothing is said, and nothing runs. A skill
 * that goes live meanwhile is tried at once.
 */
export function DryRunBox({ text = '' }: { text?: string }): React.JSX.Element {
  const { model, link, trans, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  const id = useId();
  const [run] = useState(
    () =>
      new DryRun({
        explain: words => model.explain(words),
        timers: globalThis as unknown as Timers
      })
  );
  const state = useSyncExternalStore(
    listener => run.changed.on(listener),
    () => run.state
  );
  const [words, setWords] = useState(text);

  useEffect(() => () => run.stop(), [run]);
  useEffect(() => {
    let known = link.status.skills;
    const onStatus = (_: unknown, { state: connection, skills }: BotStatus): void => {
      if (connection === 'connected' && skills !== known) {
        known = skills;
        run.refresh();
      }
    };
    link.statusChanged.connect(onStatus);
    return () => void link.statusChanged.disconnect(onStatus);
  }, [run, link]);

  const { trace, error, isPending } = state;
  return (
    <div className="jp-ChatOps-dryRun">
      <label htmlFor={id}>{trans.__('Try a text, without saying it')}</label>
      <div className="jp-ChatOps-dryRunField">
        <input
          id={id}
          type="text"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          tabIndex={tabIndex}
          value={words}
          placeholder={trans.__('What would answer this?')}
          onFocus={() => run.state.text === '' && run.setText(words)}
          onChange={({ target }) => {
            setWords(target.value);
            run.setText(target.value);
          }}
        />
        <button
          type="button"
          className="jp-ChatOps-button"
          tabIndex={tabIndex}
          disabled={words.trim() === ''}
          onClick={() => actions.write(words)}
        >
          {trans.__('Say it')}
        </button>
      </div>
      <output className="jp-ChatOps-spoken" htmlFor={id}>
        {trace && !isPending ? verdictOf(trace, trans).headline : ''}
      </output>
      <fieldset
        className="jp-ChatOps-dryRunAnswer"
        aria-label={trans.__('What would answer')}
        aria-busy={isPending}
      >
        {error && <ErrorCard error={error} />}
        {trace && <TraceReport trace={trace} />}
      </fieldset>
    </div>
  );
}
