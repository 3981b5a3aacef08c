import { useState } from 'react';
import { toErrorRecord, type BlockOf, type ErrorRecord } from '../../../protocol';
import { useBotStatus, useChatContext } from '../chat-context';
import { ErrorCard } from '../error-card';
import { SAYS } from '../scroll-keeper';

/** Things to press, until one of them was: then what was chosen, and by whom. */
export function ButtonsView({
  seq,
  block: { id, buttons, answer }
}: {
  seq: number;
  block: BlockOf<'buttons'>;
}): React.JSX.Element {
  const { model, trans } = useChatContext();
  const { state } = useBotStatus();
  const [pressed, setPressed] = useState<string>();
  const [error, setError] = useState<ErrorRecord>();
  const isOver = answer !== undefined;

  const press = (value: string): void => {
    setPressed(value);
    setError(undefined);
    model.press(seq, id, value).catch((reason: unknown) => setError(toErrorRecord(reason)));
  };

  return (
    <div className="jp-ChatOps-buttonsBlock">
      <fieldset className="jp-ChatOps-buttons" aria-label={trans.__('Choices')}>
        {buttons.map(({ label, value, style }) => (
          <button
            key={value}
            type="button"
            className="jp-ChatOps-button jp-ChatOps-choice"
            data-style={style}
            data-chosen={answer?.value === value || (!isOver && pressed === value)}
            {...{ [SAYS]: '' }}
            // Not `disabled`, which would take the focus away from whoever pressed it.
            aria-disabled={isOver || state !== 'connected'}
            onClick={() => !isOver && state === 'connected' && press(value)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {isOver && (
        <p className="jp-ChatOps-chosen">
          {chosenWords(
            answer.value,
            buttons.find(({ value }) => value === answer.value)?.label ?? answer.value,
            answer.user?.name,
            trans
          )}
        </p>
      )}
      {error && <ErrorCard error={error} />}
    </div>
  );
}

function chosenWords(
  value: string,
  label: string,
  name: string | undefined,
  trans: ReturnType<typeof useChatContext>['trans']
): string {
  if (value === 'expired') {
    return trans.__('Nobody answered in time.');
  }
  if (value === 'cancel') {
    return name === undefined ? trans.__('Called off.') : trans.__('%1 called it off.', name);
  }
  return name === undefined ? trans.__('Chosen: %1', label) : trans.__('%1 chose %2', name, label);
}
