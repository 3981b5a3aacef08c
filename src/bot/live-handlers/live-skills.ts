import {
  Deadline,
  type Clock,
  type Consultation,
  type Engine,
  type HostRequest,
  type Invocation,
  type RunContext,
  type RunResult
} from '../../engine';
import {
  ChatOpsError,
  chatOpsError,
  type ClientFrameOf,
  type ErrorRecord,
  type ServerFrame,
  type ServerFrameOf
} from '../../protocol';

/** How long a handler may take, waiting for people not counted, in seconds. */
const LIMIT = 60;

/** What remembers what a notebook's handlers remember, in place of a skill of the configuration. */
const MEMORY_OF = 'notebook';

/** Sends a frame to the client behind a connection. */
type Send = (frame: ServerFrame) => void;

interface LiveSkill {
  name: string;
  notebook: string;
}

interface Run {
  skill: LiveSkill;
  /** Nothing for a function of the command record. */
  context: RunContext | undefined;
  deadline: Deadline;
  finish: (result: RunResult) => void;
}

/**
 * Skills whose handlers run in a client, such as those of notebook cells. They are matched, ranked and
 * traced like every other skill, and are gone with the connection.
 */
export class LiveSkills {
  private readonly runs = new Map<number, Run>();
  private readonly owners = new Map<string, LiveSkill>();
  private next = 1;

  /** @param send - to the client that runs the handlers. */
  constructor(
    private readonly engine: Engine,
    private readonly clock: Clock,
    private readonly send: Send
  ) {}

  /**
   * Makes the handlers of a cell live, in place of those it had.
   *
   * @throws ChatOpsError `CHATOPS_MATCHER_PATTERN` or `CHATOPS_MATCHER_CRONTAB`; then those it had stay.
   */
  put({
    id,
    owner,
    name,
    notebook,
    matchers
  }: ClientFrameOf<'live.put'>): ServerFrameOf<'live.done'> {
    const { registry } = this.engine;
    const old = this.owners.get(owner);
    const skill = {
      name: old?.name === name ? name : freeName(name, taken => registry.has(taken)),
      notebook
    };
    const change = registry.put({
      name: skill.name,
      source: { kind: 'cell', path: notebook },
      matchers,
      // Nobody but the client knows what its functions do.
      fingerprint: `live:${id}`,
      runner: {
        run: (invocation, context) => this.run(skill, owner, invocation, { context }),
        consult: async (invocation, question) => {
          const result = await this.run(skill, owner, invocation, { question });
          if (result.outcome !== 'answered') {
            throw new ChatOpsError(result.error);
          }
          return result.value;
        }
      }
    });
    this.owners.set(owner, skill);
    const gone = old && old.name !== skill.name ? [this.withdraw(old)] : [];
    registry.announce({ cause: 'cell', changes: [change, ...gone] });
    return { type: 'live.done', re: id, name: skill.name, change };
  }

  /** Takes the handlers of cells away. */
  remove(owners: readonly string[]): void {
    const changes = owners.flatMap(owner => {
      const skill = this.owners.get(owner);
      this.owners.delete(owner);
      return skill ? [this.withdraw(skill)] : [];
    });
    if (changes.length > 0) {
      this.engine.registry.announce({ cause: 'cell', changes });
    }
  }

  /**
   * Serves what a handler, or the notebook itself, asks for.
   *
   * @throws ChatOpsError when it cannot be had.
   */
  async ask({ run, notebook, request }: ClientFrameOf<'live.ask'>): Promise<unknown> {
    const asked = request as unknown as HostRequest;
    const running = run === undefined ? undefined : this.runs.get(run);
    if (run !== undefined && !running) {
      throw chatOpsError('CHATOPS_LIVE_GONE', { name: notebook });
    }
    if (!running?.context || asked.method.startsWith('memory.')) {
      // The name of a cell's skill changes each time it runs; what is remembered shall stay.
      return this.engine.serve(`${MEMORY_OF}:${notebook}`, asked);
    }
    if (asked.method !== 'ask') {
      return running.context.request(asked);
    }
    running.deadline.pause();
    try {
      return await running.context.request(asked);
    } finally {
      running.deadline.resume();
    }
  }

  /** A handler wrote a line to the log. */
  log({ run, line }: ClientFrameOf<'live.log'>): void {
    this.runs.get(run)?.context?.log(line);
  }

  /** A handler has ended. */
  end({ run, value, error }: ClientFrameOf<'live.end'>): void {
    this.finish(run, error ? { outcome: 'failed', error } : { outcome: 'answered', value });
  }

  /** The client is gone, and its handlers with it. */
  close(): void {
    for (const [run, { skill }] of this.runs) {
      this.finish(run, { outcome: 'stopped', error: gone(skill.name) });
    }
    this.remove([...this.owners.keys()]);
  }

  private run(
    skill: LiveSkill,
    owner: string,
    invocation: Invocation,
    { context, question }: { context?: RunContext; question?: Consultation }
  ): Promise<RunResult> {
    const run = this.next++;
    return new Promise(resolve => {
      const deadline = new Deadline(this.clock, LIMIT * 1000, () => {
        const seconds = LIMIT;
        const { record } = chatOpsError('CHATOPS_SKILL_TIMEOUT', { name: skill.name, seconds });
        this.send({ type: 'live.stop', run, reason: 'It took too long.' });
        this.finish(run, { outcome: 'stopped', error: record });
      });
      this.runs.set(run, { skill, context, deadline, finish: resolve });
      this.send({
        type: 'live.run',
        run,
        owner,
        invocation: { ...invocation },
        ...(question && { question: { ...question } })
      });
    });
  }

  private finish(run: number, result: RunResult): void {
    const running = this.runs.get(run);
    this.runs.delete(run);
    running?.deadline.stop();
    running?.finish(result);
  }

  private withdraw({ name }: LiveSkill) {
    return this.engine.registry.remove(name);
  }
}

function gone(name: string): ErrorRecord {
  return chatOpsError('CHATOPS_LIVE_GONE', { name }).record;
}

/** Two notebooks may have one name. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let number = 2; isTaken(free); number++) {
    free = `${name} (${number})`;
  }
  return free;
}
