import type { LearnerReport } from '../../protocol';
import type { Broadcast } from './learner-board';

/** How often a bot reports when nothing changes, in milliseconds: broadcasts come back with it. */
const BEAT = 15_000;

/** How long the facilitator's bot may take to answer, in milliseconds. */
const TIMEOUT = 10_000;

/** Where to report to; from the variables of the learner's bot. */
export interface ReportTarget {
  /** The address of the facilitator's bot. */
  url: string;
  token: string;
}

/** Where a bot shall report to, by `CHATOPS_WORKSHOP_URL` and `CHATOPS_WORKSHOP_TOKEN`. */
export function reportTarget(
  variables: Readonly<Record<string, string | undefined>>
): ReportTarget | undefined {
  const { CHATOPS_WORKSHOP_URL: url, CHATOPS_WORKSHOP_TOKEN: token } = variables;
  return url && token ? { url: url.replace(/\/$/, ''), token } : undefined;
}

/** Tells the facilitator's bot how a learner does, and passes on what is told to everyone. */
export class Reporter {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heard = 0;
  private busy = false;
  private again = false;
  private stopped = false;

  /**
   * @param report - the newest report.
   * @param onBroadcast - told of what is for everyone.
   */
  constructor(
    private readonly target: ReportTarget,
    private readonly report: () => Promise<LearnerReport | undefined>,
    private readonly onBroadcast: (broadcast: Broadcast) => void
  ) {}

  /** Reports now, and from now on. */
  async beat(): Promise<void> {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    clearTimeout(this.timer);
    try {
      do {
        this.again = false;
        await this.send();
      } while (this.again && !this.stopped);
    } catch {
      // A facilitator who is away is no reason to disturb a learner; the next beat tries again.
    } finally {
      this.busy = false;
      if (!this.stopped) {
        this.timer = setTimeout(() => void this.beat(), BEAT);
        this.timer.unref();
      }
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async send(): Promise<void> {
    const report = await this.report();
    if (!report) {
      return;
    }
    const { url, token } = this.target;
    const answer = await fetch(`${url}/workshop/report`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ report, heard: this.heard }),
      signal: AbortSignal.timeout(TIMEOUT)
    });
    if (answer.ok) {
      const { broadcasts } = (await answer.json()) as { broadcasts: Broadcast[] };
      for (const broadcast of broadcasts) {
        this.heard = Math.max(this.heard, broadcast.id);
        this.onBroadcast(broadcast);
      }
    }
  }
}
