import { Emitter } from '../../protocol';
import type { SkillThreadHandle, ThreadLoss } from './skill-thread-handle';
import type { ThreadEvent } from './thread-frames';

/** How many threads the skills without state may spread over. */
const MOST_SHARED = 3;

/** How many threads there are for skills with state; further ones share. */
export const MOST_OWN = 12;

/**
 * The threads that skills run in.
 *
 * Skills that keep nothing in variables share a thread: should one of them keep it busy, the others
 * go on in another one, and lose nothing by it. Each skill that keeps something has a thread of its
 * own, so that it stands in nobody's way and nobody in its.
 */
export class SkillThreads {
  readonly heard = new Emitter<{ thread: SkillThreadHandle; event: ThreadEvent }>();
  readonly stuck = new Emitter<{ thread: SkillThreadHandle; tasks: number[] }>();
  readonly lost = new Emitter<{ thread: SkillThreadHandle; loss: ThreadLoss }>();

  private readonly shared = new Set<SkillThreadHandle>();
  private readonly own = new Map<string, SkillThreadHandle>();
  private current: SkillThreadHandle | undefined;

  /** @param create - starts a thread. */
  constructor(private readonly create: () => SkillThreadHandle) {}

  /** The thread for skills without state, which starts with the first of them: it takes its memory. */
  forSharing(): SkillThreadHandle {
    this.current ??= this.open(this.shared);
    return this.current;
  }

  /** Another thread for skills without state than one that is stuck; nothing when there are too many already. */
  forSharingBeside(stuck: SkillThreadHandle): SkillThreadHandle | undefined {
    if (this.current && this.current !== stuck) {
      return this.current;
    }
    if (this.shared.size >= MOST_SHARED) {
      // Round in a circle: one of them will be free first.
      const others = [...this.shared].filter(thread => thread !== stuck);
      this.current = others[0];
      return this.current;
    }
    this.current = this.open(this.shared);
    return this.current;
  }

  /** True for a thread that only takes skills without state. */
  isShared(thread: SkillThreadHandle): boolean {
    return this.shared.has(thread);
  }

  /** The thread of a skill with state. */
  forOneself(skill: string): SkillThreadHandle {
    const thread = this.own.get(skill) ?? this.leastUsed() ?? this.open();
    this.own.set(skill, thread);
    return thread;
  }

  /** A new thread for a skill with state, whose old one is stuck. */
  anewForOneself(skill: string): SkillThreadHandle {
    this.own.delete(skill);
    return this.forOneself(skill);
  }

  /** A load is gone from its thread; a thread that nobody needs any more ends. */
  release(thread: SkillThreadHandle, load: number): void {
    thread.loads.delete(load);
    if (thread.loads.size === 0 && thread !== this.current) {
      this.forget(thread);
      void thread.stop();
    }
  }

  async stop(): Promise<void> {
    const threads = new Set([...this.shared, ...this.own.values()]);
    await Promise.all([...threads].map(thread => thread.stop()));
  }

  private leastUsed(): SkillThreadHandle | undefined {
    const threads = [...new Set(this.own.values())];
    return threads.length < MOST_OWN
      ? undefined
      : threads.reduce((least, thread) => (thread.loads.size < least.loads.size ? thread : least));
  }

  private open(group?: Set<SkillThreadHandle>): SkillThreadHandle {
    const thread = this.create();
    group?.add(thread);
    thread.heard.on(event => this.heard.emit({ thread, event }));
    thread.stuck.on(tasks => this.stuck.emit({ thread, tasks }));
    thread.lost.on(loss => {
      this.forget(thread);
      this.lost.emit({ thread, loss });
    });
    return thread;
  }

  private forget(thread: SkillThreadHandle): void {
    this.shared.delete(thread);
    if (this.current === thread) {
      this.current = undefined;
    }
    for (const [skill, candidate] of this.own) {
      if (candidate === thread) {
        this.own.delete(skill);
      }
    }
  }
}
