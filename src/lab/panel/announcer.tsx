import type { TranslationBundle } from '@jupyterlab/translation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { statusWords } from '../bot-link/status-words';
import type { NewsEntry, SaidEntry } from '../chat/entry';
import { useBotStatus, useChatContext } from './chat-context';
import { newsWords } from './news-row';
import { plainSentence } from './sentence';

/** How many announcements stay for a screen reader that is slow. */
const KEPT = 5;

/** A state that does not last so long is not worth interrupting anyone, in milliseconds. */
const SETTLED = 1000;

/** Tells a screen reader what is new: what others say, what happens to skills, how the bot is. */
export function Announcer(): React.JSX.Element {
  const { model, trans } = useChatContext();
  const [lines, setLines] = useState<{ id: number; text: string }[]>([]);
  const count = useRef(0);
  const { label } = statusWords(useBotStatus(), trans);
  const announce = useCallback((text: string): void => {
    const line = { id: ++count.current, text };
    setLines(known => [...known, line].slice(-KEPT));
  }, []);

  useEffect(
    () =>
      model.arrived.on(entry => {
        const words = entryWords(entry, trans);
        if (words !== undefined) {
          announce(words);
        }
      }),
    [model, trans, announce]
  );

  const announced = useRef<string>();
  useEffect(() => {
    const timer = setTimeout(() => {
      if (announced.current !== label) {
        announced.current = label;
        announce(label);
      }
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [label, announce]);

  return (
    <div className="jp-ChatOps-spoken" aria-live="polite" aria-relevant="additions">
      {lines.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}

function entryWords(entry: SaidEntry | NewsEntry, trans: TranslationBundle): string | undefined {
  if (entry.kind === 'news') {
    return plainSentence(newsWords(entry.change, trans));
  }
  return entry.own ? undefined : `${entry.message.user.name}: ${spoken(entry.message.text)}`;
}

/** A text without the signs that only mark it up. */
function spoken(text: string): string {
  return text.replace(/[`*_#>|~]+/g, '');
}
