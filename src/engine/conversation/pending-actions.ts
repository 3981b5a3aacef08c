import { createId, type Capture, type Entity, type Span, type User } from '../../protocol';
import type { Clock } from '../clock';
import { placeKey, type Place } from '../journal';

/** Something that was proposed and waits for a yes: exactly what would be done, and who may say so. */
export interface PendingAction {
  id: string;
  /** What it goes by among those that wait in its room, from 1 on: `yes 2`. */
  number: number;
  /** The message that asked for it. */
  seq: number;
  /** The message that asks back. */
  question: number;
  connector: string;
  room: string;
  /** Who asked for it. */
  user: User;
  /** Roles that may confirm; only the one who asked when absent. */
  approvers?: string[];
  skill: string;
  matcher: string;
  /** Identifies the code that would run: another version needs another yes. */
  fingerprint: string;
  /** What would be called with, exactly. */
  text: string;
  spans: Span[];
  captures: Capture[];
  entities?: Record<string, Entity>;
  /** In milliseconds since 1970. */
  expires: number;
}

/** How long a proposed action may wait for its yes, in milliseconds. */
export const ACTION_PATIENCE = 5 * 60_000;

/** Keeps pending actions beyond the end of the process. */
export interface ActionLog {
  /** Those that an earlier process left open, oldest first. */
  openActions(): PendingAction[];
  propose(action: PendingAction): void;
  /** Notes that an action was answered or has expired. */
  settle(id: string): void;
}

/** The actions that wait for a yes. Each can be taken out once. */
export class PendingActions {
  private readonly open = new Map<string, PendingAction>();
  private readonly timers = new Map<string, unknown>();

  /** @param onExpired - told of an action that nobody answered in time. */
  constructor(
    private readonly log: ActionLog,
    private readonly clock: Clock,
    private readonly onExpired: (action: PendingAction) => void
  ) {}

  /** Goes on waiting for what an earlier process proposed. */
  restore(): void {
    this.log.openActions().forEach(action => this.watch(action));
  }

  /** Proposes an action. The id is {@link newId}'s, so that the question can carry it. */
  propose(proposal: Omit<PendingAction, 'number'>): void {
    const taken = this.openIn(proposal).map(({ number }) => number);
    const action = { ...proposal, number: Math.max(0, ...taken) + 1 };
    this.log.propose(action);
    this.watch(action);
  }

  /** An id for the next action. */
  newId(): string {
    return createId();
  }

  get(id: string): PendingAction | undefined {
    return this.open.get(id);
  }

  /** The actions that wait in a room, oldest first. */
  openIn(place: Place): PendingAction[] {
    if (this.open.size === 0) {
      return [];
    }
    const key = placeKey(place);
    return [...this.open.values()].filter(action => placeKey(action) === key);
  }

  /** Takes an action out. False when someone else has, or its time is over. */
  take(id: string): boolean {
    const action = this.open.get(id);
    if (!action || action.expires <= this.clock.now()) {
      return false;
    }
    this.settle(id);
    return true;
  }

  /** Stops waiting; what is open stays open for a later process. */
  stop(): void {
    this.timers.forEach(timer => this.clock.clearTimeout(timer));
    this.timers.clear();
  }

  private watch(action: PendingAction): void {
    const { id, expires } = action;
    this.open.set(id, action);
    this.timers.set(
      id,
      this.clock.setTimeout(
        () => {
          this.settle(id);
          this.onExpired(action);
        },
        Math.max(0, expires - this.clock.now())
      )
    );
  }

  private settle(id: string): void {
    this.open.delete(id);
    this.clock.clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.log.settle(id);
  }
}
