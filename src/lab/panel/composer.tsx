import {
  forwardRef,
  useImperativeHandle,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent
} from 'react';
import { chatOpsError, MAX_TEXT_LENGTH, toErrorRecord } from '../../protocol';
import { fitsFrame, MAX_ATTACHED_BYTES } from '../chat/attachment';
import { textOfCells } from '../chat/cell-text';
import type { SaidEntry } from '../chat/entry';
import { InputHistory } from '../chat/input-history';
import { parseSlash } from '../chat/slash-commands';
import { sendIcon } from '../icons';
import { AttachButton } from './attach-button';
import { AttachmentList } from './attachment-list';
import { caretLine } from './caret-line';
import { useBotStatus, useChatContext, useSettings } from './chat-context';
import { COMPLETION_LIST, CompletionList, optionId } from './completion-list';
import { ComposerModes, type ComposerMode } from './composer-mode';
import { ErrorCard } from './error-card';
import { INPUT_HELP, InputHelp } from './input-help';
import { runSlash } from './run-slash';
import { TypingLine } from './typing-line';
import { useAttachments } from './use-attachments';
import { useCompletion } from './use-completion';
import { useDrop } from './use-drop';
import { useFittingHeight } from './use-fitting-height';

/** What others may do with the input. */
export interface ComposerHandle {
  /** Puts the cursor into the input, with a text if one is given. */
  focus(text?: string): void;
  /** Lets the input add to the thread that begins with a message. */
  reply(entry: SaidEntry): void;
  /** Puts a message of one's own into the input, to be changed. */
  edit(entry: SaidEntry): void;
}

/** Where one writes. */
export const Composer = forwardRef<ComposerHandle>(function Composer(_, ref) {
  const context = useChatContext();
  const { model, trans } = context;
  const { sendKey } = useSettings();
  const { ready } = useBotStatus();
  const [text, setText] = useState(model.draft);
  const [cursor, setCursor] = useState(text.length);
  const [mode, setMode] = useState<ComposerMode>();
  const [history] = useState(() => new InputHistory());
  const input = useRef<HTMLTextAreaElement>(null);
  const attachments = useAttachments();
  const isTooLong = text.length > MAX_TEXT_LENGTH;
  const canSend = (text.trim() !== '' || attachments.list.length > 0) && !isTooLong;

  const write = (words: string, at = words.length): void => {
    setText(words);
    setCursor(at);
    if (mode?.kind !== 'edit') {
      model.keepDraft(words);
    }
  };
  const put = (words: string, at = words.length): void => {
    write(words, at);
    placeCursor(input.current!, at);
  };
  const insert = (words: string): void => {
    const { selectionStart: start, selectionEnd: end } = input.current!;
    const before = text.slice(0, start);
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    put(before + gap + words + text.slice(end), (before + gap + words).length);
    input.current?.focus();
  };
  const completion = useCompletion(text, cursor, put);

  const endMode = (): void => {
    if (mode?.kind === 'edit') {
      // What was being written before stands there again.
      setText(model.draft);
      setCursor(model.draft.length);
    }
    setMode(undefined);
    input.current?.focus();
  };

  const sendEdit = ({ message }: SaidEntry): void => {
    model.edit(message.seq, text.trim()).then(endMode, (error: unknown) => {
      attachments.setError(toErrorRecord(error));
    });
  };

  const send = (): void => {
    const slash = mode ? undefined : parseSlash(text);
    if (slash) {
      write('');
      void runSlash(slash, context);
    } else if (mode?.kind === 'edit') {
      if (text.trim() !== '') {
        sendEdit(mode.entry);
      }
    } else if (!fitsFrame(text, attachments.list)) {
      const limit = Math.floor(MAX_ATTACHED_BYTES / 1000);
      const name = attachments.list.at(-1)?.name ?? trans.__('The text');
      attachments.setError(chatOpsError('CHATOPS_ATTACHMENT_SIZE', { name, limit }).record);
    } else if (
      model.send(text, {
        blocks: [...attachments.list],
        ...(mode && { thread: mode.entry.message.thread ?? mode.entry.message.seq })
      })
    ) {
      context.changes.flush();
      setText('');
      setCursor(0);
      attachments.clear();
    }
    history.leave();
    input.current?.focus();
  };

  useImperativeHandle(ref, () => ({
    focus: words => {
      if (words !== undefined) {
        history.leave();
        write(words);
      }
      input.current?.focus();
    },
    reply: entry => {
      const root = entry.message.thread ?? entry.message.seq;
      setMode({ kind: 'reply', entry: model.find(root) ?? entry });
      model.setThreadOpen(root, true);
      input.current?.focus();
    },
    edit: entry => {
      setMode({ kind: 'edit', entry });
      setText(entry.message.text);
      placeCursor(input.current!, entry.message.text.length);
      input.current?.focus();
    }
  }));

  useFittingHeight(input, text);
  const isDropTarget = useDrop(input, {
    onFiles: attachments.addFiles,
    onPaths: attachments.addPaths,
    onCells: cells => insert(textOfCells(cells))
  });
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length > 0) {
      event.preventDefault();
      attachments.addFiles(files);
    }
  };

  const recall = (event: KeyboardEvent<HTMLTextAreaElement>, words: string | undefined): void => {
    if (words !== undefined) {
      event.preventDefault();
      put(words);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes, its keys choose words. Safari ends a composition before the
    // key that ended it arrives, which then has the code 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) {
      return;
    }
    const { altKey, ctrlKey, metaKey, shiftKey } = event;
    const isPlain = !altKey && !ctrlKey && !metaKey && !shiftKey;
    if (completion.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Escape' && mode && isPlain) {
      event.preventDefault();
      event.stopPropagation();
      endMode();
    } else if (event.key === 'Enter' && !altKey && shiftKey === (sendKey === 'shift-enter')) {
      event.preventDefault();
      send();
    } else if (isPlain && mode?.kind !== 'edit') {
      const line = caretLine(event.currentTarget);
      if (event.key === 'ArrowUp' && line.isFirst) {
        recall(event, history.older(model.ownTexts, text));
      } else if (event.key === 'ArrowDown' && line.isLast) {
        recall(event, history.newer());
      }
    }
  };

  const bot = ready?.bot.name ?? 'chatops';
  const suggestions = completion.completion?.suggestions ?? [];
  const isOffering = suggestions.length > 0;
  return (
    <div className="jp-ChatOps-composer" data-drop={isDropTarget}>
      <TypingLine />
      <ComposerModes mode={mode} onEnd={endMode} />
      {attachments.error && <ErrorCard error={attachments.error} />}
      <AttachmentList attachments={attachments.list} onRemove={attachments.remove} />
      {isOffering && (
        <CompletionList
          suggestions={suggestions}
          active={completion.active}
          onChoose={completion.choose}
        />
      )}
      <output className="jp-ChatOps-spoken">
        {isOffering &&
          trans._n(
            '%1 suggestion, Tab takes it.',
            '%1 suggestions, the arrow keys choose, Tab takes one.',
            suggestions.length
          )}
      </output>
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
          aria-describedby={INPUT_HELP}
          aria-invalid={isTooLong}
          // A field of several lines is no combobox to ARIA; it may own a list all the same.
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOffering ? COMPLETION_LIST : undefined}
          aria-activedescendant={
            isOffering && completion.active >= 0 ? optionId(completion.active) : undefined
          }
          // Escape leaves the chat only when it has nothing nearer to do; see schema/chat.json.
          data-escape={isOffering || mode ? 'taken' : undefined}
          onChange={event => {
            history.leave();
            write(event.target.value, event.target.selectionStart);
          }}
          onSelect={event => setCursor(event.currentTarget.selectionStart)}
          onBlur={completion.close}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
        />
        <AttachButton
          isDisabled={mode?.kind === 'edit'}
          onFiles={files => {
            attachments.addFiles(files);
            input.current?.focus();
          }}
        />
        <button
          type="submit"
          className="jp-ChatOps-send"
          disabled={!canSend}
          aria-label={mode?.kind === 'edit' ? trans.__('Save the change') : trans.__('Send')}
          title={mode?.kind === 'edit' ? trans.__('Save the change') : trans.__('Send')}
        >
          <sendIcon.react tag="span" aria-hidden="true" />
        </button>
      </form>
      <InputHelp length={text.length} />
    </div>
  );
});

/** Sets the cursor once the text is there. */
function placeCursor(input: HTMLTextAreaElement, at: number): void {
  requestAnimationFrame(() => input.setSelectionRange(at, at));
}
