import { useSyncExternalStore } from 'react';
import type { BotStatus } from '../bot-link/bot-status';
import { needsPerson } from '../bot-link/status-words';
import { useBotStatus, useChatContext } from './chat-context';
import { ErrorCard } from './error-card';

/** What keeps one from the bot, and what can be done about it. Nothing while all is well. */
export function ConnectionBanner(): React.JSX.Element | null {
  const { trans } = useChatContext();
  const status = useBotStatus();
  const { state, error, isLost } = status;
  switch (state) {
    case 'stopped':
      return (
        <Banner tone="off" action={trans.__('Start the bot')}>
          <p>
            {trans.__('The bot was told to quit. What is said here waits until it is started.')}
          </p>
        </Banner>
      );
    case 'refused':
      return (
        <Banner tone="bad" action={trans.__('Try again')}>
          {error ? (
            <ErrorCard error={error} />
          ) : (
            <p>{trans.__('The bot does not take this connection.')}</p>
          )}
        </Banner>
      );
    case 'connecting':
    case 'waiting':
      return error || isLost ? <Unreachable status={status} /> : null;
    default:
      return null;
  }
}

/** The bot cannot be reached, and it is tried again by itself. Stays in place while that happens. */
function Unreachable({ status }: { status: BotStatus }): React.JSX.Element {
  const { trans } = useChatContext();
  const { state, error, retryAt } = status;
  const isTrying = state === 'connecting';
  return (
    <Banner
      tone={needsPerson(status) ? 'bad' : 'busy'}
      action={isTrying ? trans.__('Trying again…') : trans.__('Try now')}
      isBusy={isTrying}
    >
      {error ? (
        <ErrorCard error={error} />
      ) : (
        <p>{trans.__('No connection to the bot. What you write is kept and delivered later.')}</p>
      )}
      {!isTrying && <NextTry at={retryAt} />}
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
  /** What one can do: connect at once. */
  action: string;
  /** It is being done. */
  isBusy?: boolean;
  children: React.ReactNode;
}

function Banner({ tone, action, isBusy = false, children }: BannerProps): React.JSX.Element {
  const { trans, actions } = useChatContext();
  return (
    <section className="jp-ChatOps-banner" data-tone={tone} aria-label={trans.__('Connection')}>
      <div className="jp-ChatOps-bannerText">{children}</div>
      <button
        type="button"
        className="jp-ChatOps-button"
        // A button that had the focus and is taken away would throw the reader to the page's top.
        aria-disabled={isBusy}
        onClick={isBusy ? undefined : actions.connect}
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
