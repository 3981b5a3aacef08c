import path from 'node:path';
import {
  chatOpsError,
  Emitter,
  type LearnerReport,
  type User,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import {
  checkStep,
  FIRST_LANGUAGE,
  stepOf,
  type Action,
  type CheckResult,
  type Step,
  type Workshop
} from '../../workshop';
import { FileWatcher } from '../skills';
import { Actions } from './actions';
import { worldOf } from './bot-world';
import { learnerOf } from './learner';
import { reportOn } from './learner-report';
import { BEGINNING, type Moment, type Observations } from './observations';
import { ProgressBook } from './progress-book';
import { ProgressFile } from './progress-file';
import { SkillTests } from './skill-tests';
import { filesNow, solvedFiles } from './step-files';
import { stateIn, unmetWords } from './step-words';
import type { WorkshopHost } from './workshop-host';

/** Something about the workshop is different. */
export interface WorkshopChange {
  /** The step that was done just now, if one was. */
  done?: string;
}

/** What a keeper is given besides the bot and the workshop. */
export interface KeeperOptions {
  /** What happens in the bot; of everyone who follows the workshop. */
  observations: Observations;
  /** Whose workshop it is, where it is not that of the workspace's owner. */
  key?: string;
  language?: string;
}

/** What was found about a step, in words. */
export interface CheckedStep {
  result: CheckResult;
  unmet?: { id: string; text: string };
  mistake?: { id: string; text: string };
}

/**
 * Follows a learner through a workshop: knows which step they are at, checks it whenever something
 * happens that may matter, and helps where it is asked to.
 */
export class WorkshopKeeper {
  readonly changed = new Emitter<WorkshopChange>();
  /** Whose workshop it is, where it is not that of the workspace's owner. */
  readonly key: string | undefined;

  private readonly observations: Observations;
  private readonly actions: Actions;
  private readonly tests: SkillTests;
  private readonly unsubscribe: () => void;
  private readonly watcher: FileWatcher;
  private result: { step: string; found: CheckResult } | undefined;
  /** Checks and changes wait for each other. */
  private work: Promise<unknown> = Promise.resolve();
  private acting = false;

  private constructor(
    private readonly host: WorkshopHost,
    readonly workshop: Workshop,
    private readonly book: ProgressBook,
    { observations, key }: KeeperOptions
  ) {
    this.observations = observations;
    this.key = key;
    this.tests = new SkillTests(host.workspace, host.programs);
    this.actions = new Actions({
      host,
      workshop,
      observations: this.observations,
      learner: () => this.learner(),
      answer: (step, question, option) => book.answer(step, question, option),
      done: () => book.doneTimes()
    });
    this.watcher = new FileWatcher(() => this.observations.note());
    this.unsubscribe = observations.seen.on(moment => this.seen(moment));
  }

  /** Begins to follow a learner, where they are or at the first step. */
  static async begin(
    host: WorkshopHost,
    workshop: Workshop,
    options: KeeperOptions
  ): Promise<WorkshopKeeper> {
    const file = new ProgressFile(host.workspace, options.key);
    const progress = await file.readOrBegin(workshop.id, options.language ?? FIRST_LANGUAGE);
    const book = new ProgressBook(workshop, progress, file);
    const keeper = new WorkshopKeeper(host, workshop, book, options);
    await keeper.enqueue(() => keeper.arrive(keeper.observations.now()));
    return keeper;
  }

  /** How far the learner is, in a language such as `de`. */
  async state(language = this.book.language): Promise<WorkshopState> {
    await this.work;
    const step = this.book.viewed();
    const isShown = step && this.book.of(step.id).solutionShown;
    return stateIn(language, {
      workshop: this.workshop,
      progress: this.book.progress,
      viewed: step,
      result: this.foundAbout(step),
      files: isShown ? await solvedFiles(this.host.workspace, step) : []
    });
  }

  /** Whose progress this is, where that is known. */
  get person(): User | undefined {
    return this.book.progress.learner;
  }

  /** Notes whose progress this is. */
  claim({ id, name }: User): void {
    this.book.progress.learner = { id, name };
    this.book.save();
    void this.enqueue(() => this.arrive(this.observations.now()));
  }

  /**
   * Does something about the workshop.
   *
   * @throws ChatOpsError `CHATOPS_WORKSHOP_STEP`, `CHATOPS_WORKSHOP_ACTION` or
   * `CHATOPS_WORKSHOP_UNDO`.
   */
  async do(action: WorkshopAction): Promise<void> {
    const name = 'step' in action ? action.step : undefined;
    const step = name === undefined ? undefined : stepOf(this.workshop, name);
    await this.enqueue(async () => {
      this.acting = true;
      try {
        await this.one(action, step);
      } finally {
        this.acting = false;
        this.book.save();
      }
    });
    await this.enqueue(() => this.arrive(this.observations.now()));
    this.changed.emit({});
  }

  /** Checks one step, whatever step the learner is at. */
  check(id: string, language = this.book.language): Promise<CheckedStep> {
    const step = stepOf(this.workshop, id);
    return this.enqueue(async () => {
      const result = await this.find(step, this.observations.now());
      return { result, ...unmetWords(step, result, language, this.workshop) };
    });
  }

  /** Does some things as the learner would; what the proof of a step does. */
  async perform(id: string, actions: readonly Action[]): Promise<void> {
    const step = stepOf(this.workshop, id);
    await this.enqueue(() => this.actions.perform(step, actions));
    await this.enqueue(() => this.arrive(this.observations.now()));
  }

  /** How the learner does, for whoever runs the workshop. */
  async report(language = this.book.language): Promise<LearnerReport> {
    await this.work;
    const step = this.book.current();
    const found = this.foundAbout(step);
    const { unmet, mistake } =
      step && found ? unmetWords(step, found, language, this.workshop) : {};
    return reportOn({
      journal: this.host.journal.id,
      key: this.key,
      name: this.learner().name,
      workshop: this.workshop,
      book: this.book,
      missing: (mistake ?? unmet)?.text
    });
  }

  async close(): Promise<void> {
    this.unsubscribe();
    await this.watcher.close();
    await this.actions.close();
    await this.work.catch(() => undefined);
  }

  private learner(): User {
    return learnerOf(this.person, this.observations, this.workshop.cast);
  }

  private foundAbout(step: Step | undefined): CheckResult | undefined {
    return step && this.result?.step === step.id ? this.result.found : undefined;
  }

  private seen(moment: Moment): void {
    // What an action of ours brings about is looked at when it is over.
    if (!this.acting) {
      void this.enqueue(() => this.arrive(moment));
    }
  }

  /** Checks the step at work, and goes on to the next ones for as long as they are done. */
  private async arrive(moment: Moment): Promise<void> {
    for (let step = this.book.current(); step; step = this.book.current()) {
      const before = JSON.stringify(this.result);
      await this.beginStep(step, moment);
      const found = await this.find(step, moment);
      this.result = { step: step.id, found };
      if (!found.passed) {
        this.follow(step);
        if (JSON.stringify(this.result) !== before) {
          this.changed.emit({});
        }
        return;
      }
      this.book.finish(step.id);
      this.book.go();
      this.book.save();
      this.changed.emit({ done: step.id });
    }
    this.result = undefined;
  }

  private find(step: Step, upTo: Moment): Promise<CheckResult> {
    const { host, observations, workshop, book, person, tests } = this;
    const window = {
      id: step.id,
      after: book.begunAt(step.id),
      upTo,
      done: Object.keys(book.doneTimes()),
      answers: book.of(step.id).answers ?? {}
    };
    return checkStep(step, worldOf({ host, observations, workshop, person, tests }, window));
  }

  /** The first time that someone comes to a step: puts its files there, and remembers what was. */
  private async beginStep(step: Step, moment: Moment): Promise<void> {
    if (this.book.isBegun(step.id)) {
      return;
    }
    const files = await filesNow(this.host.workspace, step);
    this.book.begin(step.id, this.book.isFirst(step) ? BEGINNING : moment, files);
    const missing = Object.entries(step.start).filter(([name]) => files[name] === null);
    if (missing.length > 0) {
      await this.actions.putFiles(Object.fromEntries(missing));
    }
    this.book.save();
  }

  /** Watches the files that a step's conditions look at. */
  private follow(step: Step): void {
    const names = JSON.stringify(step.check).matchAll(/"path":"([^"]+)"/g);
    this.watcher.setFiles([...names].map(([, name]) => path.join(this.host.workspace, name!)));
  }

  private async one(action: WorkshopAction, step: Step | undefined): Promise<void> {
    const { book } = this;
    switch (action.do) {
      case 'go':
        book.go(step!.id);
        break;
      case 'check':
        break;
      case 'hint':
        book.of(step!.id).hints = Math.min((book.of(step!.id).hints ?? 0) + 1, 3);
        break;
      case 'show-solution':
        book.of(step!.id).solutionShown = true;
        break;
      case 'solve':
        await this.remember('solve', [step!]);
        await this.solve(step!);
        book.go();
        break;
      case 'catch-up':
        await this.catchUp(step!);
        break;
      case 'reset':
        await this.remember('reset', [step!]);
        await this.reset([step!]);
        book.go(step!.id);
        break;
      case 'reset-all':
        await this.remember('reset-all', this.workshop.steps);
        await this.reset(this.workshop.steps);
        book.go();
        break;
      case 'undo':
        await this.undo();
        break;
      case 'answer':
        book.answer(step!.id, action.question, action.option);
        break;
      case 'play':
        await this.actions.perform(step!, [{ play: action.play }]);
        break;
      case 'export':
        await this.actions.perform(this.workshop.steps[0]!, [{ export: true }]);
        break;
    }
  }

  /** Does what solves a step. @throws ChatOpsError when that did not help. */
  private async solve(step: Step): Promise<void> {
    await this.beginStep(step, this.observations.now());
    await this.actions.perform(step, step.solution);
    const found = await this.find(step, this.observations.now());
    if (!found.passed) {
      const { unmet } = unmetWords(step, found, this.book.language, this.workshop);
      throw chatOpsError('CHATOPS_WORKSHOP_ACTION', {
        action: `solve the step ${step.id}`,
        reason: unmet!.text.replace(/\.$/, '')
      });
    }
    this.book.finish(step.id, true);
    this.changed.emit({ done: step.id });
  }

  private async catchUp(step: Step): Promise<void> {
    const earlier = this.workshop.steps.slice(0, this.workshop.steps.indexOf(step));
    await this.remember('solve', earlier);
    for (const one of earlier) {
      if (this.book.of(one.id).doneAt === undefined) {
        await this.solve(one);
      }
    }
    this.book.go(step.id);
  }

  private async reset(steps: readonly Step[]): Promise<void> {
    const files: Record<string, string | null> = {};
    // From the last to the first, so that what was there before the first is what stays.
    for (const { id } of steps.toReversed()) {
      Object.assign(files, this.book.of(id).files);
    }
    this.actions.forget();
    await this.actions.putFiles(files);
    for (const step of steps) {
      this.book.clear(step.id);
      if (this.book.isFirst(step)) {
        // Otherwise what was said before the reset would do it again.
        const now = await filesNow(this.host.workspace, step);
        this.book.begin(step.id, this.observations.now(), now);
      }
    }
  }

  private async undo(): Promise<void> {
    const { undo } = this.book.progress;
    if (!undo) {
      throw chatOpsError('CHATOPS_WORKSHOP_UNDO', {});
    }
    await this.actions.putFiles(undo.files);
    this.book.recall(undo, this.observations.now());
  }

  private async remember(
    action: 'reset' | 'reset-all' | 'solve',
    steps: readonly Step[]
  ): Promise<void> {
    this.book.remember(action, steps, await filesNow(this.host.workspace, ...steps));
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.work.then(work, work);
    this.work = result.catch(() => undefined);
    return result;
  }
}
