import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent
} from 'react';
import { MAX_TEXT_LENGTH } from '../../protocol';
import { InputHistory } from '../chat/input-history';
import { sendIcon } from '../icons';
import { caretLine } from './caret-line';
import { useBotStatus, useChatContext, useSettings } from './chat-context';
import { TypingLine } from './typing-line';

/** What others may do with the input. */
export interface ComposerHandle {
  /** Puts the cursor into the input, with a text if one is given. */
  focus(text?: string): void;
}

/** From here on the person is told how much room is left. */
const NEARLY_FULL = MAX_TEXT_LENGTH * 0.9;

/** Where one writes. */
export const Composer = forwardRef<ComposerHandle>(function Composer(_, ref) {
  const { model, trans } = useChatContext();
  const { sendKey } = useSettings();
  const { ready } = useBotStatus();
  const [text, setText] = useState(model.draft);
  const [history] = useState(() => new InputHistory());
  const input = useRef<HTMLTextAreaElement>(null);
  const isTooLong = text.length > MAX_TEXT_LENGTH;
  const canSend = text.trim() !== '' && !isTooLong;

  const write = (words: string): void => {
    setText(words);
    model.keepDraft(words);
  };

  const send = (): void => {
    if (model.send(text)) {
      setText('');
      history.leave();
    }
    input.current?.focus();
  };

  useImperativeHandle(ref, () => ({
    focus: words => {
      if (words !== undefined) {
        history.leave();
        write(words);
      }
      input.current?.focus();
    }
  }));

  useLayoutEffect(() => fitHeight(input.current!));
  useEffect(() => {
    const observer = new ResizeObserver(() => fitHeight(input.current!));
    observer.observe(input.current!.parentElement!);
    return () => observer.disconnect();
  }, []);

  const recall = (event: KeyboardEvent<HTMLTextAreaElement>, words: string | undefined): void => {
    if (words !== undefined) {
      event.preventDefault();
      write(words);
      placeCursor(input.current!, words.length);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes, its keys choose words. Safari ends a composition before the
    // key that ended it arrives, which then has the code 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return;
    }
    const { altKey, ctrlKey, metaKey, shiftKey } = event;
    if (event.key === 'Enter' && !altKey && shiftKey === (sendKey === 'shift-enter')) {
      event.preventDefault();
      send();
    } else if (!altKey && !ctrlKey && !metaKey && !shiftKey) {
      const line = caretLine(event.currentTarget);
      if (event.key === 'ArrowUp' && line.isFirst) {
        recall(event, history.older(model.ownTexts, text));
      } else if (event.key === 'ArrowDown' && line.isLast) {
        recall(event, history.newer());
      }
    }
  };

  const bot = ready?.bot.name ?? 'chatops';
  const isNearlyFull = text.length > NEARLY_FULL;
  return (
    <div className="jp-ChatOps-composer">
      <TypingLine />
      <form
        className="jp-ChatOps-field"
        onSubmit={event => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={input}
          className="jp-ChatOps-input"
          rows={1}
          dir="auto"
          value={text}
          placeholder={trans.__('Message %1', bot)}
          aria-label={trans.__('Message')}
          aria-describedby="jp-ChatOps-inputHelp"
          aria-invalid={isTooLong}
          onChange={event => {
            history.leave();
            write(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="jp-ChatOps-send"
          disabled={!canSend}
          aria-label={trans.__('Send')}
          title={trans.__('Send')}
        >
          <sendIcon.react tag="span" aria-hidden="true" />
        </button>
      </form>
      <p id="jp-ChatOps-inputHelp" className={isNearlyFull ? 'jp-ChatOps-count' : 'jp-mod-hidden'}>
        {isTooLong
          ? trans.__('Too long to send: %1 of at most %2 characters.', text.length, MAX_TEXT_LENGTH)
          : isNearlyFull
            ? trans.__('%1 of at most %2 characters.', text.length, MAX_TEXT_LENGTH)
            : keyWords(sendKey, trans)}
      </p>
    </div>
  );
});

function keyWords(
  sendKey: 'enter' | 'shift-enter',
  trans: ReturnType<typeof useChatContext>['trans']
): string {
  return sendKey === 'enter'
    ? trans.__('Enter sends, Shift+Enter breaks the line.')
    : trans.__('Shift+Enter sends, Enter breaks the line.');
}

/** Makes the input as high as its text; the style sheet sets the limit. */
function fitHeight(input: HTMLTextAreaElement): void {
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}

/** Sets the cursor once the text is there. */
function placeCursor(input: HTMLTextAreaElement, at: number): void {
  requestAnimationFrame(() => input.setSelectionRange(at, at));
}
