import { useMemo, useState, type KeyboardEvent } from 'react';
import { complete, type Completion, type Suggestion } from '../chat/completion';
import { peopleOf } from '../chat/people';
import { slashCommands } from '../chat/slash-commands';
import { useBotStatus, useChatContext } from './chat-context';

/** What is offered while one writes. */
export interface OpenCompletion {
  readonly completion: Completion | undefined;
  /** The suggestion that is meant now, or -1. */
  readonly active: number;
  /** Takes a key that concerns the list. True when it did. */
  onKey(event: KeyboardEvent): boolean;
  /** Writes a suggestion into the text. */
  choose(suggestion: Suggestion): void;
  /** Offers nothing until something else is written. */
  close(): void;
}

/**
 * Offers what could be written: commands of the panel, people, and what the live skills understand.
 *
 * @param write - puts a text into the input, with the cursor at a place.
 */
export function useCompletion(
  text: string,
  cursor: number,
  write: (text: string, cursor: number) => void
): OpenCompletion {
  const { model, trans } = useChatContext();
  const { skills } = useBotStatus();
  const [closedFor, setClosedFor] = useState<string>();
  const [chosen, setChosen] = useState<{ text: string; index: number }>();
  const completion = useMemo(() => {
    if (text === '' || text === closedFor) {
      return undefined;
    }
    return complete(text, cursor, {
      slash: slashCommands(trans),
      people: () => peopleOf(model.state),
      skills
    });
  }, [text, cursor, closedFor, trans, model, skills]);
  const count = completion?.suggestions.length ?? 0;
  const initial = completion?.isEager ? 0 : -1;
  const active = Math.min(chosen?.text === text ? chosen.index : initial, count - 1);

  const choose = (suggestion: Suggestion): void => {
    const { start, end } = completion!;
    const words = text.slice(0, start) + suggestion.text + text.slice(end);
    setClosedFor(words);
    write(words, start + suggestion.text.length);
  };
  const close = (): void => setClosedFor(text);

  const onKey = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    if (!completion || shiftKey || ctrlKey || metaKey || altKey) {
      return false;
    }
    const meant = completion.suggestions[active];
    switch (key) {
      case 'ArrowDown':
        setChosen({ text, index: (active + 1) % count });
        return true;
      case 'ArrowUp':
        // From above the first one the arrow leads to what was said before, as it does without a list.
        if (active < 0) {
          return false;
        }
        setChosen({ text, index: completion.isEager ? (active + count - 1) % count : active - 1 });
        return true;
      case 'Tab':
        choose(meant ?? completion.suggestions[0]!);
        return true;
      case 'Enter':
        // What is written in full is meant as it stands.
        if (!meant || meant.text.trim() === text.trim()) {
          return false;
        }
        choose(meant);
        return true;
      case 'Escape':
        close();
        return true;
      default:
        return false;
    }
  };
  return { completion, active, onKey, choose, close };
}
