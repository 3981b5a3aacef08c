import type { Clock } from '../../engine';
import { chatOpsError, type ErrorRecord } from '../../protocol';
import type { LoadRequest, RefusedSkill } from './loaded-skill';
import type { Load, Resident } from './resident';
import type { SkillThreadHandle } from './skill-thread-handle';
import type { SkillThreads } from './skill-threads';
import type { LoadFrame, ThreadEvent } from './thread-frames';

/** A load may take as long as a run; an endless one must not hold up the bot's start. In seconds. */
const LOADING_LIMIT = 30;

/**
 * A skill with state that is edited while it keeps its own thread busy gets another one after so
 * many milliseconds.
 */
const OWN_PATIENCE = 300;

/**
 * While a thread loads a skill, those that are to be loaded after it wait so many milliseconds: the first
 * one warms the thread up, and another thread would have to be warmed up just so.
 */
const LOADING_PATIENCE = 300;

type Loaded = Extract<ThreadEvent, { type: 'loaded' }> & { load: number; place: Load };

/** What became of a load. */
type Outcome = Loaded | RefusedSkill | { turnedAway: 'state' | 'files' };

interface Opening {
  sent: number;
  place: Load;
  frame: Omit<LoadFrame, 'load' | 'shared'>;
  resolve(outcome: Outcome): void;
}

/** Which version of which skill lives in which thread, and how it gets there. */
export class Residency {
  private readonly loads = new Map<number, Load>();
  private readonly opening = new Map<number, Opening>();
  private readonly residents = new Map<number, Resident>();
  /** Skills whose last version kept state, and so are tried in a thread of their own at once. */
  private readonly keepers = new Set<string>();

  /** @param nextNumber - numbers tasks and residents. */
  constructor(
    private readonly threads: SkillThreads,
    private readonly clock: Clock,
    private readonly nextNumber: () => number
  ) {}

  /** Loads a version of a skill, in the thread where it belongs. */
  async open(request: LoadRequest): Promise<(Loaded & { resident: Resident }) | RefusedSkill> {
    const resident: Resident = {
      ...request,
      id: this.nextNumber(),
      files: {},
      matchers: [],
      keepsState: false,
      load: undefined,
      moving: undefined,
      wanted: 0,
      retired: false
    };
    const { skill } = request;
    const isKeeper = this.keepers.has(skill);
    let outcome = await this.attempt(
      resident,
      isKeeper ? this.threads.forOneself(skill) : this.threads.forSharing()
    );
    if ('turnedAway' in outcome) {
      outcome = await this.attempt(resident, this.threads.forOneself(skill));
    }
    if ('turnedAway' in outcome) {
      throw new Error('a thread for oneself turns nobody away');
    }
    if ('error' in outcome) {
      return outcome;
    }
    this.settle(resident, outcome);
    this.residents.set(resident.id, resident);
    if (outcome.keepsState) {
      this.keepers.add(skill);
    } else {
      this.keepers.delete(skill);
    }
    return { ...outcome, resident };
  }

  /** The resident of this number, while it is in use. */
  get(id: number): Resident | undefined {
    return this.residents.get(id);
  }

  load(number: number): Load | undefined {
    return this.loads.get(number);
  }

  /** The load that a file belongs to, in one thread. */
  ownerOf(file: string, thread: SkillThreadHandle): Load | undefined {
    return [...this.loads.values()].findLast(
      ({ resident, thread: place }) =>
        place === thread && (file in resident.files || file === resident.entry)
    );
  }

  /** Where a resident lives now; brings it back when its thread is gone. Nothing when that fails. */
  async placeOf(resident: Resident): Promise<Load | undefined> {
    const { skill, keepsState, moving, load } = resident;
    return (
      moving ??
      load ??
      this.move(resident, keepsState ? this.threads.forOneself(skill) : this.threads.forSharing())
    );
  }

  /**
   * Brings a resident to another thread. It stays where it is when that is not possible.
   *
   * @returns where it lives now.
   */
  move(resident: Resident, thread: SkillThreadHandle): Promise<Load | undefined> {
    resident.moving ??= this.bring(resident, thread).finally(() => (resident.moving = undefined));
    return resident.moving;
  }

  /** Takes a version out of use. What it still runs may end first. */
  retire(id: number): void {
    const resident = this.residents.get(id);
    this.residents.delete(id);
    if (resident) {
      resident.retired = true;
      if (resident.load) {
        this.retireLoad(resident.load);
      }
    }
  }

  /** A run of it is wanted: until it ends, the resident stays, retired or not. */
  enter(resident: Resident): void {
    resident.wanted++;
  }

  /** A run of it has ended. */
  exit(resident: Resident): void {
    resident.wanted--;
    if (resident.load) {
      this.dropIfOver(resident.load);
    }
  }

  /** A run is no longer where it was sent. */
  leave(load: Load, run: number): void {
    load.active.delete(run);
    this.dropIfOver(load);
  }

  /** The thread has an answer to a load. */
  take(event: Extract<ThreadEvent, { type: 'loaded' | 'refused' | 'turnedAway' }>): void {
    const place = this.opening.get(event.load)?.place;
    if (place) {
      switch (event.type) {
        case 'loaded':
          this.finish(event.load, { ...event, place });
          break;
        case 'refused':
          this.finish(event.load, { error: event.error, files: event.files });
          break;
        case 'turnedAway':
          this.finish(event.load, { turnedAway: event.reason });
          break;
      }
    }
  }

  /** Ends a load that goes on. False when this is none. */
  refuse(number: number, error: ErrorRecord): boolean {
    return this.finish(number, { error, files: {} });
  }

  /** The skill that a task of loading is about. */
  loading(number: number): Resident | undefined {
    return this.opening.get(number)?.place.resident;
  }

  /** Brings a load that its thread has not begun to another one. False when this is none. */
  reroute(number: number): boolean {
    const opening = this.opening.get(number);
    if (!opening) {
      return false;
    }
    const { thread, resident } = opening.place;
    const isLong = this.clock.elapsed() - opening.sent >= OWN_PATIENCE;
    const isLoading = this.opening.has(thread.claims.last);
    const isWarming = isLoading && thread.stuckFor < LOADING_PATIENCE;
    const other = this.threads.isShared(thread)
      ? !isWarming && this.threads.forSharingBeside(thread)
      : isLong
        ? this.threads.anewForOneself(resident.skill)
        : undefined;
    if (other && other !== thread && thread.claims.withdraw(number)) {
      this.resend(number, opening, other);
    }
    return true;
  }

  /**
   * A thread is gone.
   *
   * @param culprit - whoever brought it down; not tried again.
   * @returns the residents that lived there.
   */
  lose(thread: SkillThreadHandle, culprit: Resident | undefined, error: ErrorRecord): Resident[] {
    const lost: Resident[] = [];
    for (const load of this.loads.values()) {
      if (load.thread === thread) {
        this.loads.delete(load.number);
        if (load.resident.load === load) {
          load.resident.load = undefined;
          lost.push(load.resident);
        }
      }
    }
    for (const [number, opening] of this.opening) {
      const { place } = opening;
      // One that never came to life would not do so the next time either.
      if (place.thread === thread && (place.resident === culprit || !thread.isReady)) {
        this.finish(number, { error, files: {} });
      } else if (place.thread === thread) {
        this.resend(number, opening, this.threadLike(opening));
      }
    }
    return lost;
  }

  private async bring(resident: Resident, thread: SkillThreadHandle): Promise<Load | undefined> {
    const old = resident.load;
    const outcome = await this.attempt(resident, thread, resident.files);
    if (!('place' in outcome)) {
      return resident.load;
    }
    if (resident.retired) {
      // It was replaced on the way; what waits for it still runs, and then it ends.
      outcome.place.retired = true;
    }
    this.settle(resident, outcome);
    if (old && this.loads.has(old.number)) {
      this.retireLoad(old);
    }
    return outcome.place;
  }

  private settle(resident: Resident, { place, files, matchers, keepsState }: Loaded): void {
    resident.load = place;
    resident.files = files;
    resident.matchers = matchers;
    resident.keepsState = keepsState;
  }

  private async attempt(
    resident: Resident,
    thread: SkillThreadHandle,
    files?: Record<string, string>
  ): Promise<Outcome> {
    const { skill, entry, text, config } = resident;
    const frame = {
      type: 'load' as const,
      skill,
      entry,
      config,
      ...(text !== undefined && { text }),
      ...(files && { files })
    };
    let timer: unknown;
    const outcome = await new Promise<Outcome>(resolve => {
      const opening = { frame, resolve, sent: 0, place: this.newPlace(resident, thread) };
      timer = this.clock.setTimeout(() => {
        const seconds = LOADING_LIMIT;
        const { record } = chatOpsError('CHATOPS_SKILL_LOAD_TIMEOUT', { name: skill, seconds });
        this.refuse(opening.place.number, record);
      }, LOADING_LIMIT * 1000);
      this.send(opening);
    });
    this.clock.clearTimeout(timer);
    return outcome;
  }

  private newPlace(resident: Resident, thread: SkillThreadHandle): Load {
    return { number: this.nextNumber(), resident, thread, active: new Set(), retired: false };
  }

  private send(opening: Opening): void {
    const { number, thread } = opening.place;
    opening.sent = this.clock.elapsed();
    this.opening.set(number, opening);
    this.loads.set(number, opening.place);
    thread.loads.add(number);
    thread.offer(number, {
      ...opening.frame,
      load: number,
      shared: this.threads.isShared(thread)
    });
  }

  private resend(number: number, opening: Opening, thread: SkillThreadHandle): void {
    const { place } = opening;
    this.opening.delete(number);
    this.loads.delete(number);
    this.threads.release(place.thread, number);
    opening.place = this.newPlace(place.resident, thread);
    this.send(opening);
  }

  private threadLike({ place: { thread, resident } }: Opening): SkillThreadHandle {
    // The lost thread is forgotten by now, so what it was for is known by its skill only.
    return this.keepers.has(resident.skill) || resident.keepsState
      ? this.threads.forOneself(resident.skill)
      : (this.threads.forSharingBeside(thread) ?? this.threads.forSharing());
  }

  private finish(number: number, outcome: Outcome): boolean {
    const opening = this.opening.get(number);
    this.opening.delete(number);
    if (opening && !('place' in outcome)) {
      this.drop(opening.place);
    }
    opening?.resolve(outcome);
    return opening !== undefined;
  }

  private retireLoad(load: Load): void {
    load.retired = true;
    this.dropIfOver(load);
  }

  private dropIfOver(load: Load): void {
    const { resident, active, retired } = load;
    const isWanted = resident.load === load && resident.wanted > 0;
    if (retired && active.size === 0 && !isWanted) {
      this.drop(load);
    }
  }

  private drop(load: Load): void {
    if (this.loads.delete(load.number)) {
      load.thread.send({ type: 'dispose', load: load.number });
      this.threads.release(load.thread, load.number);
    }
  }
}
