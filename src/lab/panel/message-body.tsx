import { Widget } from '@lumino/widgets';
import { useLayoutEffect, useRef, useState } from 'react';
import { isPlain } from '../chat/chat-text';
import { useChatContext } from './chat-context';
import { watchScrollables } from './scrollable';

/** What a body shows. */
export interface MessageBodyProps {
  /** The key of the message. */
  message: string;
  text: string;
  /** The id of the element, by which a label refers to it. */
  id?: string | undefined;
}

/** What was said. Plain words are there at once; Markdown is shown by what JupyterLab has for it. */
export function MessageBody(props: MessageBodyProps): React.JSX.Element {
  return isPlain(props.text) ? (
    <div className="jp-ChatOps-body" id={props.id} dir="auto">
      {props.text}
    </div>
  ) : (
    <RenderedBody {...props} />
  );
}

function RenderedBody({ message, text, id }: MessageBodyProps): React.JSX.Element {
  const { rendered } = useChatContext();
  const host = useRef<HTMLDivElement>(null);
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
  return (
    <div className="jp-ChatOps-body" id={id} dir="auto" data-state={state}>
      {state !== 'shown' && <div className="jp-ChatOps-raw">{text}</div>}
      <div ref={host} />
    </div>
  );
}
