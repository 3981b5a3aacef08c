import { useState } from 'react';
import { createPortal } from 'react-dom';
import { commandIds } from '../command-ids';
import { useChatContext } from './chat-context';
import { Glyph } from './glyph';
import { useRowTabIndex } from './row';

/** A block of code that JupyterLab has rendered, and where its tools go. */
export interface CodePlace {
  readonly code: string;
  readonly host: HTMLElement;
}

/** Finds the blocks of code in what was rendered, and makes room for the tools of each. */
export function codePlaces(node: HTMLElement): CodePlace[] {
  return [...node.querySelectorAll('pre')].map(pre => {
    const known = pre.previousElementSibling;
    const host = known?.classList.contains('jp-ChatOps-codeTools')
      ? (known as HTMLElement)
      : document.createElement('div');
    host.className = 'jp-ChatOps-codeTools';
    pre.before(host);
    return { code: (pre.textContent ?? '').replace(/\n$/, ''), host };
  });
}

/** What one can do with blocks of code: copy them, or put them into the notebook. */
export function CodeTools({ places }: { places: readonly CodePlace[] }): React.JSX.Element {
  return (
    <>{places.map(({ code, host }, index) => createPortal(<Tools code={code} />, host, index))}</>
  );
}

function Tools({ code }: { code: string }): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const tabIndex = useRowTabIndex();
  const [isCopied, setCopied] = useState(false);
  const insert = (place: string): void => void actions.run(commandIds.insertCode, { code, place });
  const tools = [
    {
      glyph: 'copy',
      label: isCopied ? trans.__('Copied') : trans.__('Copy the code'),
      run: () => void navigator.clipboard?.writeText(code).then(() => setCopied(true))
    },
    { glyph: 'into', label: trans.__('Into the active cell'), run: () => insert('active') },
    { glyph: 'above', label: trans.__('Into a new cell above'), run: () => insert('above') },
    { glyph: 'below', label: trans.__('Into a new cell below'), run: () => insert('below') }
  ] as const;
  return (
    <div
      className="jp-ChatOps-codeBar"
      role="toolbar"
      tabIndex={-1}
      aria-label={trans.__('Code')}
      onBlur={() => setCopied(false)}
    >
      {tools.map(({ glyph, label, run }) => (
        <button
          key={glyph}
          type="button"
          className="jp-ChatOps-action"
          tabIndex={tabIndex}
          aria-label={label}
          title={label}
          onClick={run}
        >
          <Glyph name={glyph} />
        </button>
      ))}
      {isCopied && <output className="jp-ChatOps-copied">{trans.__('Copied')}</output>}
    </div>
  );
}
