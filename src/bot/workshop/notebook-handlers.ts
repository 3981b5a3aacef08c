import { systemClock, type Engine } from '../../engine';
import { createId, type ServerFrame } from '../../protocol';
import { matchRegex } from '../../skill';
import { registerMatchers, type MatchedSkill } from '../../skill/host';
import { LiveSkills } from '../live-handlers';

/** What the handlers of a notebook are called that nobody has opened. */
const NOTEBOOK = 'workshop';

/** Handlers that answer as those of a notebook's cells do, for learners whose steps are done for them. */
export class NotebookHandlers {
  private readonly live: LiveSkills;
  private readonly replies = new Map<string, string>();
  private readonly owners = new Set<string>();

  constructor(engine: Engine) {
    this.live = new LiveSkills(engine, systemClock, frame => this.take(frame));
  }

  /** Answers what fits a pattern, until {@link close}. */
  hear(pattern: string, reply: string): void {
    const matched = matchRegex(new RegExp(pattern), () => undefined) as unknown as MatchedSkill;
    const owner = `${NOTEBOOK}:${pattern}`;
    this.replies.set(owner, reply);
    this.owners.add(owner);
    this.live.put({
      type: 'live.put',
      id: createId(),
      owner,
      notebook: NOTEBOOK,
      name: `${NOTEBOOK} cell ${this.owners.size}`,
      matchers: registerMatchers(matched, 'handler').map(({ record }) => record)
    });
  }

  /** Takes all of them away. */
  close(): void {
    this.live.remove([...this.owners]);
    this.owners.clear();
    this.replies.clear();
  }

  private take(frame: ServerFrame): void {
    if (frame.type === 'live.run') {
      void this.answer(frame);
    }
  }

  private async answer({ run, owner, invocation }: Run): Promise<void> {
    const { connector, room, seq } = (invocation as unknown as { message: Asked }).message;
    const request = {
      method: 'say',
      place: { connector, room },
      content: { text: this.replies.get(owner) ?? '' },
      answers: seq
    };
    // A handler that is gone meanwhile has nothing to say.
    await this.live
      .ask({ type: 'live.ask', id: createId(), run, notebook: NOTEBOOK, request })
      .catch(() => undefined);
    this.live.end({ type: 'live.end', id: createId(), run });
  }
}

type Run = Extract<ServerFrame, { type: 'live.run' }>;

interface Asked {
  connector: string;
  room: string;
  seq: number;
}
