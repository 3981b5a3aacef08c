// A select would take the focus, which stays in the input.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import type { Suggestion } from '../chat/completion';
import { useChatContext } from './chat-context';

/** The id of the list, by which the input refers to it. */
export const COMPLETION_LIST = 'jp-ChatOps-completion';

/** The id of one of its options. */
export function optionId(index: number): string {
  return `${COMPLETION_LIST}-${index}`;
}

/** What could be written, above the input. The focus stays in the input, which says which option is meant. */
export function CompletionList({
  suggestions,
  active,
  onChoose
}: {
  suggestions: readonly Suggestion[];
  /** The option that is meant now, or -1. */
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <div
      id={COMPLETION_LIST}
      className="jp-ChatOps-completion"
      role="listbox"
      aria-label={trans.__('Suggestions')}
    >
      {suggestions.map((suggestion, index) => (
        // The keys that choose are those of the input, which has the focus.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={suggestion.text}
          id={optionId(index)}
          className="jp-ChatOps-option"
          role="option"
          // The focus stays in the input.
          tabIndex={-1}
          aria-selected={index === active}
          ref={index === active ? intoView : undefined}
          // A press of the mouse would take the focus from the input.
          onPointerDown={event => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
        >
          <span className="jp-ChatOps-optionLabel" dir="auto">
            {suggestion.label}
          </span>
          {suggestion.detail && (
            <span className="jp-ChatOps-optionDetail" dir="auto">
              {suggestion.detail}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

function intoView(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}
