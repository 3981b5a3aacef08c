import { Widget } from '@lumino/widgets';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Span } from '../../protocol';
import { isPlain } from '../chat/chat-text';
import { highlight } from '../chat/highlight';
import { useChatContext } from './chat-context';
import { codePlaces, CodeTools, type CodePlace } from './code-tools';
import { markDirections } from './mark-directions';
import { markRendered } from './mark-rendered';
import { nestHeadings } from './nest-headings';
import { watchScrollables } from './scrollable';

/** What a body shows. */
export interface MessageBodyProps {
  /** The key of the message. */
  message: string;
  text: string;
  /** The part of the text that a skill matched. */
  matched?: Span | undefined;
  /** The id of the element, by which a label refers to it. */
  id?: string | undefined;
}

/** What was said. Plain words are there at once; Markdown is shown by what JupyterLab has for it. */
export function MessageBody(props: MessageBodyProps): React.JSX.Element {
  return isPlain(props.text) ? (
    <div className="jp-ChatOps-body" id={props.id} dir="auto">
      <MatchedText {...props} />
    </div>
  ) : (
    <RenderedBody {...props} />
  );
}

function MatchedText({ text, matched }: MessageBodyProps): React.JSX.Element {
  return (
    <>
      {highlight(text, matched ? [matched] : []).map(({ part, marked }, index) =>
        marked ? <mark key={index}>{part}</mark> : part
      )}
    </>
  );
}

function RenderedBody({ message, text, matched, id }: MessageBodyProps): React.JSX.Element {
  const { rendered } = useChatContext();
  const host = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState<readonly CodePlace[]>([]);
  const [state, setState] = useState<'waiting' | 'shown' | 'failed'>('waiting');
  useLayoutEffect(() => {
    const { widget, ready } = rendered.get(message, text);
    let stop: (() => void) | undefined;
    let isCurrent = true;
    ready.then(
      () => {
        if (isCurrent) {
          Widget.attach(widget, host.current!);
          stop = watchScrollables(widget.node);
          markDirections(widget.node);
          nestHeadings(widget.node);
          setPlaces(codePlaces(widget.node));
          setState('shown');
        }
      },
      () => isCurrent && setState('failed')
    );
    return () => {
      isCurrent = false;
      stop?.();
      if (widget.isAttached) {
        Widget.detach(widget);
      }
    };
  }, [rendered, message, text]);
  useEffect(
    () => (state === 'shown' && matched ? markRendered(host.current!, text, matched) : undefined),
    [state, text, matched]
  );
  return (
    <div className="jp-ChatOps-body" id={id} dir="auto" data-state={state}>
      {state !== 'shown' && <div className="jp-ChatOps-raw">{text}</div>}
      <div ref={host} />
      <CodeTools places={places} />
    </div>
  );
}
