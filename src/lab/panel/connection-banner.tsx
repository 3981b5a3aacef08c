import { useSyncExternalStore } from 'react';
import { needsPerson } from '../bot-link/status-words';
import { useBotStatus, useChatContext } from './chat-context';
import { ErrorCard } from './error-card';

/** What keeps one from the bot, and what can be done about it. Nothing while all is well. */
export function ConnectionBanner(): React.JSX.Element | null {
  const { trans, actions } = useChatContext();
  const status = useBotStatus();
  const { state, error } = status;
  if (state === 'connected' || state === 'idle' || state === 'closed') {
    return null;
  }
  if (state === 'stopped') {
    return (
      <Banner tone="off" action={trans.__('Start the bot')} onAction={actions.connect}>
        <p>{trans.__('The bot was told to quit. What is said here waits until it is started.')}</p>
      </Banner>
    );
  }
  if (error) {
    const isBusy = state === 'connecting';
    return (
      <Banner
        tone={needsPerson(status) ? 'bad' : 'busy'}
        action={isBusy ? trans.__('Trying again…') : trans.__('Try again')}
        onAction={isBusy ? undefined : actions.connect}
      >
        <ErrorCard error={error} />
        <NextTry at={status.retryAt} />
      </Banner>
    );
  }
  if (state === 'refused') {
    return (
      <Banner tone="bad" action={trans.__('Try again')} onAction={actions.connect}>
        <p>{trans.__('The bot does not take this connection.')}</p>
      </Banner>
    );
  }
  return state === 'waiting' ? <Offline at={status.retryAt} /> : null;
}

function Offline({ at }: { at: number | undefined }): React.JSX.Element | null {
  const { trans, actions } = useChatContext();
  const seconds = useSecondsUntil(at);
  if (seconds === 0) {
    return null;
  }
  return (
    <Banner tone="busy" action={trans.__('Try now')} onAction={actions.connect}>
      <p>{trans.__('No connection to the bot. What you write is kept and delivered later.')}</p>
      <NextTry at={at} />
    </Banner>
  );
}

/** Counts the seconds until the next attempt. A screen reader hears of the attempt, not of each second. */
function NextTry({ at }: { at: number | undefined }): React.JSX.Element | null {
  const { trans } = useChatContext();
  const seconds = useSecondsUntil(at);
  return seconds > 0 ? (
    <p className="jp-ChatOps-nextTry">
      {trans._n('Next try in %1 second.', 'Next try in %1 seconds.', seconds)}
    </p>
  ) : null;
}

interface BannerProps {
  tone: 'bad' | 'busy' | 'off';
  action: string;
  onAction: (() => void) | undefined;
  children: React.ReactNode;
}

function Banner({ tone, action, onAction, children }: BannerProps): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <section className="jp-ChatOps-banner" data-tone={tone} aria-label={trans.__('Connection')}>
      <div className="jp-ChatOps-bannerText">{children}</div>
      <button
        type="button"
        className="jp-ChatOps-button"
        // A button that had the focus and is taken away would throw the reader to the page's top.
        aria-disabled={!onAction}
        onClick={onAction}
      >
        {action}
      </button>
    </section>
  );
}

function useSecondsUntil(at: number | undefined): number {
  return useSyncExternalStore(everySecond, () =>
    at === undefined ? 0 : Math.max(0, Math.ceil((at - Date.now()) / 1000))
  );
}

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
