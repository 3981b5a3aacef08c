import type { SaidEntry } from '../chat/entry';
import { useChatContext, useOfChat } from './chat-context';
import { Glyph } from './glyph';

/** What the text in the input will become, when it is no message of its own. */
export type ComposerMode =
  | { readonly kind: 'reply'; readonly entry: SaidEntry }
  | { readonly kind: 'edit'; readonly entry: SaidEntry };

/** Says what the text in the input will become and whom one speaks as, and ends either. */
export function ComposerModes({
  mode,
  onEnd
}: {
  mode: ComposerMode | undefined;
  onEnd: () => void;
}): React.JSX.Element | null {
  const { model, trans } = useChatContext();
  const speaker = useOfChat(state => state.speaker);
  return mode === undefined && speaker === undefined ? null : (
    <div className="jp-ChatOps-modes">
      {speaker !== undefined && (
        <Mode
          words={trans.__('Speaking as %1', speaker)}
          end={trans.__('Speak as yourself')}
          onEnd={() => model.speakAs(undefined)}
        />
      )}
      {mode && (
        <Mode
          words={
            mode.kind === 'edit'
              ? trans.__('Changing your message')
              : trans.__('In the thread of: %1', mode.entry.message.text)
          }
          end={trans.__('Cancel')}
          onEnd={onEnd}
        />
      )}
    </div>
  );
}

function Mode({
  words,
  end,
  onEnd
}: {
  words: string;
  end: string;
  onEnd: () => void;
}): React.JSX.Element {
  return (
    <p className="jp-ChatOps-mode">
      <span className="jp-ChatOps-modeWords" dir="auto">
        {words}
      </span>
      <button
        type="button"
        className="jp-ChatOps-action"
        aria-label={end}
        title={end}
        onClick={onEnd}
      >
        <Glyph name="dismiss" />
      </button>
    </p>
  );
}
