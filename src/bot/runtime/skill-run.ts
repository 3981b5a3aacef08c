import type {
  Consultation,
  Deadline,
  HostRequest,
  Invocation,
  RunContext,
  RunResult
} from '../../engine';
import type { HttpCall } from '../../protocol';
import type { Load, Resident } from './resident';

/** How many answers a run keeps, so that it can be begun again. */
const MOST_KEPT = 500;

/** Requests of HTTP that change nothing. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

interface Asked {
  request: HostRequest;
  answer: Promise<unknown>;
}

/** What a run is made of. */
export interface SkillRunParts {
  resident: Resident;
  invocation: Invocation;
  /** Nothing for a function of the command record, which is not a run of its own. */
  context: RunContext | undefined;
  question: Consultation | undefined;
  finish(result: RunResult): void;
}

/**
 * One run of a handler, from when it is wanted to its end, in whichever thread.
 *
 * A run that waits for a person outlives its thread: it is begun again in another one, and what it
 * asked of the host before gets the answers it got then, so that nothing is said twice and the
 * question goes on waiting.
 */
export class SkillRun {
  readonly resident: Resident;
  readonly invocation: Invocation;
  readonly context: RunContext | undefined;
  readonly question: Consultation | undefined;
  readonly finish: (result: RunResult) => void;
  /** Where it was sent. */
  load: Load | undefined;
  /** The number it was sent under. */
  number = 0;
  deadline: Deadline | undefined;
  hasEnded = false;

  private readonly asked: Asked[] = [];
  private cursor = 0;
  private waits = 0;
  private open = 0;
  private isRepeatable = true;

  constructor({ resident, invocation, context, question, finish }: SkillRunParts) {
    this.resident = resident;
    this.invocation = invocation;
    this.context = context;
    this.question = question;
    this.finish = finish;
  }

  /** True when it waits for a person and has done nothing yet that must not be done twice. */
  get canBeginAgain(): boolean {
    return this.waits > 0 && this.isRepeatable;
  }

  /** True when it was answered all that it asked, and has not gone on since. */
  get isHeldUp(): boolean {
    return this.asked.length > 0 && this.open === 0;
  }

  /** Begins again: what was answered before is answered alike. */
  beginAgain(): void {
    this.cursor = 0;
  }

  /** It has called a service. */
  noteHttp({ method }: HttpCall): void {
    this.isRepeatable &&= READING.has(method);
  }

  /**
   * Answers what it asks.
   *
   * @param serve - asks the host, for what was not asked before.
   */
  ask(request: HostRequest, serve: () => Promise<unknown>): Promise<unknown> {
    const known = this.asked[this.cursor];
    if (known && isSame(known.request, request)) {
      this.cursor++;
      return known.answer;
    }
    // It took another way than before.
    this.asked.length = this.cursor;
    const answer = request.method === 'ask' ? this.wait(serve) : serve();
    this.open++;
    const settle = (): void => void this.open--;
    answer.then(settle, settle);
    if (this.cursor < MOST_KEPT) {
      this.asked.push({ request, answer });
      this.cursor++;
    } else {
      this.isRepeatable = false;
    }
    return answer;
  }

  /** A person may take longer than a skill may. */
  private async wait(serve: () => Promise<unknown>): Promise<unknown> {
    this.waits++;
    this.deadline?.pause();
    try {
      return await serve();
    } finally {
      this.waits--;
      this.deadline?.resume();
    }
  }
}

/** The words may differ, where chance has a part in them; what is done may not. */
function isSame(a: HostRequest, b: HostRequest): boolean {
  return a.method === b.method && keyOf(a) === keyOf(b);
}

function keyOf(request: HostRequest): string | undefined {
  return 'key' in request ? request.key : undefined;
}
