import { useRef } from 'react';
import { useChatContext } from './chat-context';
import { Glyph } from './glyph';

/** Properties of the button. */
export interface AttachButtonProps {
  isDisabled: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Lets a person choose files of their computer, to send them along. */
export function AttachButton({ isDisabled, onFiles }: AttachButtonProps): React.JSX.Element {
  const { trans } = useChatContext();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
      <button
        type="button"
        className="jp-ChatOps-action jp-ChatOps-attach"
        aria-label={trans.__('Attach files')}
        title={trans.__('Attach files; or drop them here, or paste a picture')}
        disabled={isDisabled}
        onClick={() => chooser.current?.click()}
      >
        <Glyph name="attach" />
      </button>
    </>
  );
}
