import type { Capture, Entity } from '../../../protocol';
import { useChatContext } from '../chat-context';
import { CAPTURE_COLOURS } from './marked-text-view';

/** What the groups of a pattern caught, each in its colour, and what a language service found. */
export function CaptureList({
  captures,
  entities = {}
}: {
  captures: readonly Capture[];
  entities?: Readonly<Record<string, Entity>> | undefined;
}): React.JSX.Element | null {
  const { trans } = useChatContext();
  // What a service says about a capture of the same name adds nothing.
  const found = Object.entries(entities).filter(
    ([name]) => !captures.some(capture => capture.name === name)
  );
  if (captures.length + found.length === 0) {
    return null;
  }
  return (
    <ul className="jp-ChatOps-captures" aria-label={trans.__('What was captured')}>
      {captures.map(({ name, value, typed }, index) => (
        <li key={name} data-capture={index % CAPTURE_COLOURS}>
          <span className="jp-ChatOps-captureName">{name}</span>{' '}
          {value === null ? (
            <span className="jp-ChatOps-captureNone">{trans.__('took no part')}</span>
          ) : (
            <code>{value === '' ? '""' : value}</code>
          )}
          {typed && (
            <span className="jp-ChatOps-captureType">
              {' '}
              {trans.__('%1 %2', typed.type, String(typed.value))}
            </span>
          )}
        </li>
      ))}
      {found.map(([name, { value, confidence }]) => (
        <li key={name}>
          <span className="jp-ChatOps-captureName">{name}</span>{' '}
          <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
          {confidence !== undefined && (
            <span className="jp-ChatOps-captureType">
              {' '}
              {trans.__('%1 % sure', Math.round(confidence * 100))}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
