import { chatOpsError, createId, type ChatEvent, type ErrorRecord, type User } from '../protocol';
import type { EngineParts } from './engine-parts';
import { EventHandling } from './event-handling';
import type { HandlingResult } from './handling-result';
import type { HandledEvents } from './handled-events';
import type { RoomQueues } from './room-queues';
import type { LiveMatcher, LiveMatcherOf } from './skill-registry';
import type { RunResult } from './skill-runner';

/** What direct runs need besides what every handling does. */
export interface DirectRunsParts {
  engine: EngineParts;
  queues: RoomQueues;
  events: HandledEvents;
  /** The bot as it appears in rooms. */
  bot: User;
  onTrouble(error: ErrorRecord): void;
}

/** Calls of matchers that no room waits for, and that nothing is matched for: schedules and webhooks. */
export class DirectRuns {
  constructor(private readonly parts: DirectRunsParts) {}

  /**
   * Calls the handler of a webhook and waits for its end.
   *
   * @param event - what was posted.
   */
  async callWebhook(matcher: LiveMatcherOf<'webhook'>, event: ChatEvent): Promise<RunResult> {
    const { value, trace } = await this.run(matcher, event);
    const error = trace.run?.error;
    return error
      ? { outcome: trace.outcome === 'stopped' ? 'stopped' : 'failed', error }
      : { outcome: 'answered', value };
  }

  /** Calls what is due, unless its last run goes on. */
  runScheduled(matcher: LiveMatcherOf<'crontab'>): void {
    const { skill, record } = matcher;
    const { engine, queues, onTrouble } = this.parts;
    if (engine.registry.heldBecause(skill)) {
      return;
    }
    if (queues.size(lineOf(matcher)) > 0) {
      const { schedule } = record;
      onTrouble(chatOpsError('CHATOPS_SCHEDULE_OVERLAP', { name: skill, schedule }).record);
      return;
    }
    void this.run(matcher, { type: 'Crontab', data: { schedule: record.schedule } });
  }

  /** Runs a matcher after what the same matcher still does. */
  private async run(matcher: LiveMatcher, event: ChatEvent): Promise<HandlingResult> {
    const { engine, queues, events, bot } = this.parts;
    const { journal, clock } = engine;
    const line = lineOf(matcher);
    queues.checkRoom(line);
    const message = journal.add({
      id: createId(),
      connector: '',
      room: '',
      user: bot,
      text: '',
      time: clock.now(),
      event
    });
    return new Promise<HandlingResult>(resolve => {
      queues.push(line, async release => {
        await journal.flush();
        const result = await new EventHandling(engine, message, release).finishBy(matcher);
        events.conclude(message, result);
        resolve(result);
      });
    });
  }
}

function lineOf({ skill, record }: LiveMatcher): string {
  return `\n${skill}\n${record.id}`;
}
