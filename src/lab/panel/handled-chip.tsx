import type { TranslationBundle } from '@jupyterlab/translation';
import type { Handled } from '../../protocol';
import { scoreText } from '../why/verdict';
import { useChatContext } from './chat-context';
import { useRowTabIndex } from './row';

/** Properties of a chip. */
export interface HandledChipProps {
  handled: Handled;
  isOpen: boolean;
  /** The id of what it opens. */
  controls: string;
  onToggle: () => void;
}

/** Says in a few words what became of a message, and opens why. */
export function HandledChip({
  handled,
  isOpen,
  controls,
  onToggle
}: HandledChipProps): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <button
      type="button"
      className="jp-ChatOps-chip"
      tabIndex={useRowTabIndex()}
      data-outcome={handled.outcome}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      title={[handled.reason?.message, trans.__('Why? Show what was weighed for this message')]
        .filter(Boolean)
        .join('\n')}
      onClick={onToggle}
    >
      <span className="jp-ChatOps-chipArrow" aria-hidden="true" />
      <span>{chipWords(handled, trans)}</span>
      {handled.score !== undefined && (
        <span className="jp-ChatOps-chipScore" title={trans.__('Score')}>
          {scoreText(handled.score)}
        </span>
      )}
    </button>
  );
}

function chipWords(
  { outcome, skill = '', suggestion, reason }: Handled,
  trans: TranslationBundle
): string {
  switch (outcome) {
    case 'answered':
      return trans.__('answered by %1', skill);
    case 'unmatched':
      return suggestion === undefined
        ? trans.__('no skill matched')
        : trans.__('no skill matched; did you mean “%1”?', suggestion);
    case 'failed':
      return trans.__('%1 failed', skill);
    case 'stopped':
      // Only a skill on hold is kept from running for a reason that is known beforehand.
      return reason ? trans.__('%1 is on hold', skill) : trans.__('%1 was stopped', skill);
    case 'asked':
      return trans.__('%1 asks first', skill);
    case 'answer':
      return trans.__('an answer');
    case 'refused':
      return trans.__('not allowed by %1', skill);
    case 'interrupted':
      return trans.__('%1 was interrupted', skill);
  }
}
