import path from 'node:path';
import {
  chatOpsError,
  Emitter,
  type LearnerReport,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import {
  checkStep,
  currentStep,
  FIRST_LANGUAGE,
  filesOf,
  patchConfiguration,
  skillFile,
  stepOf,
  type Action,
  type CheckResult,
  type Progress,
  type Step,
  type StepProgress,
  type Workshop
} from '../../workshop';
import { FileWatcher } from '../skills';
import { Actions } from './actions';
import { learner, readText, worldOf } from './bot-world';
import { Observations, type Moment } from './observations';
import { ProgressFile } from './progress-file';
import { stateIn, unmetWords } from './step-words';
import type { WorkshopHost } from './workshop-host';

/** Something about the workshop is different. */
export interface WorkshopChange {
  /** The step that was done just now, if one was. */
  done?: string;
}

/**
 * Follows a learner through a workshop: knows which step they are at, checks it whenever something
 * happens that may matter, and helps where it is asked to.
 */
export class WorkshopKeeper {
  readonly changed = new Emitter<WorkshopChange>();

  private readonly observations: Observations;
  private readonly actions: Actions;
  private readonly file: ProgressFile;
  private readonly watcher: FileWatcher;
  private progress: Progress;
  /** When steps were begun, as far as that was in this process. */
  private readonly begun = new Map<string, Moment>();
  private result: { step: string; found: CheckResult } | undefined;
  /** Checks and changes wait for each other. */
  private work: Promise<unknown> = Promise.resolve();
  private acting = false;

  private constructor(
    private readonly host: WorkshopHost,
    readonly workshop: Workshop,
    progress: Progress,
    file: ProgressFile
  ) {
    this.progress = progress;
    this.file = file;
    this.observations = new Observations(host);
    this.actions = new Actions({
      host,
      workshop,
      observations: this.observations,
      answer: (step, question, option) => this.noteAnswer(step, question, option),
      done: () => this.doneTimes()
    });
    this.watcher = new FileWatcher(() => this.observations.note());
  }

  /** Begins to follow a learner, where they are or at the first step. */
  static async begin(
    host: WorkshopHost,
    workshop: Workshop,
    language = FIRST_LANGUAGE
  ): Promise<WorkshopKeeper> {
    const file = new ProgressFile(host.workspace);
    const progress = await file.readOrBegin(workshop.id, language);
    const keeper = new WorkshopKeeper(host, workshop, progress, file);
    await keeper.observations.begin();
    keeper.observations.seen.on(moment => keeper.seen(moment));
    await keeper.enqueue(() => keeper.arrive(keeper.observations.now()));
    return keeper;
  }

  /** How far the learner is, in a language such as `de`. */
  async state(language = this.progress.language): Promise<WorkshopState> {
    await this.work;
    const step = this.current();
    return stateIn(language, {
      workshop: this.workshop,
      progress: this.progress,
      result: step && this.result?.step === step.id ? this.result.found : undefined,
      files: step && this.stepProgress(step.id).solutionShown ? await this.solutionOf(step) : []
    });
  }

  /** Someone asked why a text is answered as it is. */
  looked(text: string): void {
    this.observations.looked(text);
  }

  /**
   * Does something about the workshop.
   *
   * @throws ChatOpsError `CHATOPS_WORKSHOP_STEP`, `CHATOPS_WORKSHOP_ACTION` or
   * `CHATOPS_WORKSHOP_UNDO`.
   */
  async do(action: WorkshopAction): Promise<void> {
    const step =
      'step' in action && action.step !== undefined
        ? stepOf(this.workshop, action.step)
        : undefined;
    await this.enqueue(async () => {
      this.acting = true;
      try {
        await this.one(action, step);
      } finally {
        this.acting = false;
        this.save();
      }
    });
    await this.enqueue(() => this.arrive(this.observations.now()));
    this.changed.emit({});
  }

  /** Checks one step, whatever step the learner is at. */
  async check(
    id: string,
    language = this.progress.language
  ): Promise<{
    result: CheckResult;
    unmet?: { id: string; text: string };
    mistake?: { id: string; text: string };
  }> {
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
  async report(language = this.progress.language): Promise<LearnerReport> {
    await this.work;
    const step = this.current();
    const found = step && this.result?.step === step.id ? this.result.found : undefined;
    const words = step && found ? unmetWords(step, found, language, this.workshop) : {};
    const { name } = learner(this.observations, this.workshop.cast);
    return {
      id: this.host.journal.id,
      name,
      workshop: this.workshop.id,
      time: Date.now(),
      steps: this.workshop.steps.map(({ id }) => id),
      done: this.doneTimes(),
      ...(step && {
        current: {
          step: step.id,
          since: this.stepProgress(step.id).begunAt ?? Date.now(),
          ...(words.unmet && { unmet: (words.mistake ?? words.unmet).text }),
          hints: this.stepProgress(step.id).hints ?? 0
        }
      })
    };
  }

  async close(): Promise<void> {
    this.observations.stop();
    await this.watcher.close();
    await this.actions.close();
    await this.work.catch(() => undefined);
  }

  private current(): Step | undefined {
    const id = currentStep(this.progress, this.workshop.steps);
    return this.workshop.steps.find(step => step.id === id);
  }

  private stepProgress(id: string): StepProgress {
    return (this.progress.steps[id] ??= {});
  }

  private doneTimes(): Record<string, number> {
    return Object.fromEntries(
      this.workshop.steps.flatMap(({ id }) => {
        const time = this.progress.steps[id]?.doneAt;
        return time === undefined ? [] : [[id, time]];
      })
    );
  }

  private seen(moment: Moment): void {
    // What an action of ours brings about is looked at when it is over.
    if (!this.acting) {
      void this.enqueue(() => this.arrive(moment));
    }
  }

  /** Checks the step at work, and goes on to the next ones for as long as they are done. */
  private async arrive(moment: Moment): Promise<void> {
    for (let step = this.current(); step; step = this.current()) {
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
      this.stepProgress(step.id).doneAt = Date.now();
      delete this.progress.current;
      this.save();
      this.changed.emit({ done: step.id });
    }
    this.result = undefined;
  }

  private find(step: Step, upTo: Moment): Promise<CheckResult> {
    const after = this.begun.get(step.id) ?? {
      seq: this.stepProgress(step.id).begun ?? 0,
      count: 0
    };
    return checkStep(
      step,
      worldOf(
        { host: this.host, observations: this.observations, workshop: this.workshop },
        {
          id: step.id,
          after,
          upTo,
          done: Object.keys(this.doneTimes()),
          answers: this.stepProgress(step.id).answers ?? {}
        }
      )
    );
  }

  /** The first time that someone comes to a step: puts its files there, and remembers what was. */
  private async beginStep(step: Step, moment: Moment): Promise<void> {
    const progress = this.stepProgress(step.id);
    if (progress.begun !== undefined) {
      return;
    }
    progress.begun = this.isFirst(step) ? 0 : moment.seq;
    progress.begunAt = Date.now();
    this.begun.set(step.id, this.isFirst(step) ? { seq: 0, count: 0 } : moment);
    progress.files = await this.filesNow(step);
    const missing = Object.entries(step.start).filter(([name]) => progress.files?.[name] === null);
    if (missing.length > 0) {
      await this.actions.putFiles(Object.fromEntries(missing));
    }
    this.save();
  }

  /** What a learner did before they opened the workshop counts for its first step. */
  private isFirst({ id }: Step): boolean {
    return id === this.workshop.steps[0]!.id;
  }

  /** Watches the files that a step's conditions look at. */
  private follow(step: Step): void {
    const names = JSON.stringify(step.check).matchAll(/"path":"([^"]+)"/g);
    this.watcher.setFiles([...names].map(([, name]) => path.join(this.host.workspace, name!)));
  }

  private async one(action: WorkshopAction, step: Step | undefined): Promise<void> {
    switch (action.do) {
      case 'go':
        this.progress.current = step!.id;
        delete this.stepProgress(step!.id).doneAt;
        break;
      case 'check':
        break;
      case 'hint': {
        const progress = this.stepProgress(step!.id);
        progress.hints = Math.min((progress.hints ?? 0) + 1, 3);
        break;
      }
      case 'show-solution':
        this.stepProgress(step!.id).solutionShown = true;
        break;
      case 'solve':
        await this.remember('solve', [step!]);
        await this.solve(step!);
        break;
      case 'catch-up':
        await this.catchUp(step!);
        break;
      case 'reset':
        await this.remember('reset', [step!]);
        await this.reset([step!]);
        this.progress.current = step!.id;
        break;
      case 'reset-all':
        await this.remember('reset-all', this.workshop.steps);
        await this.reset(this.workshop.steps);
        delete this.progress.current;
        break;
      case 'undo':
        await this.undo();
        break;
      case 'answer':
        this.noteAnswer(step!.id, action.question, action.option);
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
      const { unmet } = unmetWords(step, found, this.progress.language, this.workshop);
      throw chatOpsError('CHATOPS_WORKSHOP_ACTION', {
        action: `solve the step ${step.id}`,
        reason: unmet!.text
      });
    }
    const progress = this.stepProgress(step.id);
    progress.doneAt = Date.now();
    progress.solved = true;
    this.changed.emit({ done: step.id });
  }

  private async catchUp(step: Step): Promise<void> {
    const steps = this.workshop.steps.slice(0, this.workshop.steps.indexOf(step));
    await this.remember('solve', steps);
    for (const earlier of steps) {
      if (this.stepProgress(earlier.id).doneAt === undefined) {
        await this.solve(earlier);
      }
    }
    this.progress.current = step.id;
  }

  private async reset(steps: readonly Step[]): Promise<void> {
    const files: Record<string, string | null> = {};
    // From the last to the first, so that what was there before the first is what stays.
    for (const { id } of steps.toReversed()) {
      Object.assign(files, this.stepProgress(id).files);
    }
    await this.actions.putFiles(files);
    const now = this.observations.now();
    for (const step of steps) {
      this.progress.steps[step.id] = {};
      this.begun.delete(step.id);
      if (this.isFirst(step)) {
        // Otherwise what was said before the reset would do it again.
        Object.assign(this.stepProgress(step.id), {
          begun: now.seq,
          begunAt: Date.now(),
          files: await this.filesNow(step)
        });
        this.begun.set(step.id, now);
      }
    }
  }

  private async undo(): Promise<void> {
    const { undo } = this.progress;
    if (!undo) {
      throw chatOpsError('CHATOPS_WORKSHOP_UNDO', {});
    }
    await this.actions.putFiles(undo.files);
    Object.assign(this.progress.steps, undo.steps);
    if (undo.current === undefined) {
      delete this.progress.current;
    } else {
      this.progress.current = undo.current;
    }
    delete this.progress.undo;
  }

  /** Notes how everything is, before it is changed for the learner. */
  private async remember(
    action: NonNullable<Progress['undo']>['action'],
    steps: readonly Step[]
  ): Promise<void> {
    const files: Record<string, string | null> = {};
    for (const step of steps) {
      Object.assign(files, await this.filesNow(step));
    }
    const { current } = this.progress;
    this.progress.undo = {
      action,
      step: steps.at(-1)?.id ?? '',
      files,
      steps: structuredClone(
        Object.fromEntries(steps.map(({ id }) => [id, this.stepProgress(id)]))
      ),
      ...(current !== undefined && { current })
    };
  }

  private async filesNow(step: Step): Promise<Record<string, string | null>> {
    const entries = filesOf(step).map(
      async name => [name, (await readText(path.join(this.host.workspace, name))) ?? null] as const
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  /** The files that the solution changes: as they are, and as they would be. */
  private async solutionOf(step: Step): Promise<{ path: string; before: string; after: string }[]> {
    const after: Record<string, string> = {};
    const now = await this.filesNow(step);
    for (const action of step.solution) {
      if ('apply' in action) {
        for (const [name, text] of Object.entries(step.solved)) {
          after[name] =
            name === 'configuration.yaml' ? patchConfiguration(now[name] ?? '', text) : text;
        }
      } else if ('write' in action) {
        after[action.write] = action.text;
      } else if ('cell' in action) {
        after[skillFile(action.cell)] = action.source;
      } else if ('edit' in action) {
        const text = after[action.edit] ?? now[action.edit] ?? '';
        after[action.edit] = text.replaceAll(action.find, action.put);
      }
    }
    return Object.entries(after).map(([name, text]) => ({
      path: name,
      before: now[name] ?? '',
      after: text
    }));
  }

  private noteAnswer(step: string, question: string, option: string): void {
    const progress = this.stepProgress(step);
    progress.answers = { ...progress.answers, [question]: option };
  }

  private save(): void {
    this.file.write(this.progress);
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.work.then(work, work);
    this.work = result.catch(() => undefined);
    return result;
  }
}
