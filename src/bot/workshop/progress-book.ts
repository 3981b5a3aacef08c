import {
  currentStep,
  type Progress,
  type Step,
  type StepProgress,
  type Workshop
} from '../../workshop';
import { BEGINNING, type Moment } from './observations';
import type { ProgressFile } from './progress-file';

/** A learner's progress, and when in this process each step was begun. */
export class ProgressBook {
  private readonly begun = new Map<string, Moment>();

  constructor(
    private readonly workshop: Workshop,
    readonly progress: Progress,
    private readonly file: ProgressFile
  ) {}

  get language(): string {
    return this.progress.language;
  }

  /** The step the learner looks at: the one they went to, though it be done, or the one at work. */
  viewed(): Step | undefined {
    const { current } = this.progress;
    return this.workshop.steps.find(step => step.id === current) ?? this.current();
  }

  /** The step at work; nothing when all are done. */
  current(): Step | undefined {
    const id = currentStep(this.progress, this.workshop.steps);
    return this.workshop.steps.find(step => step.id === id);
  }

  /** How far one step is. */
  of(id: string): StepProgress {
    return (this.progress.steps[id] ??= {});
  }

  /** When each step was done that is. */
  doneTimes(): Record<string, number> {
    return Object.fromEntries(
      this.workshop.steps.flatMap(({ id }) => {
        const time = this.progress.steps[id]?.doneAt;
        return time === undefined ? [] : [[id, time]];
      })
    );
  }

  /** When a step was begun: only what came after it counts. */
  begunAt(id: string): Moment {
    return this.begun.get(id) ?? { ...BEGINNING, seq: this.of(id).begun ?? 0 };
  }

  isBegun(id: string): boolean {
    return this.of(id).begun !== undefined;
  }

  /** What a learner did before they opened the workshop counts for its first step. */
  isFirst({ id }: Step): boolean {
    return id === this.workshop.steps[0]!.id;
  }

  /** Notes that a step begins, and how its files are then. */
  begin(id: string, moment: Moment, files: Record<string, string | null>): void {
    Object.assign(this.of(id), { begun: moment.seq, begunAt: Date.now(), files });
    this.begun.set(id, moment);
  }

  /** Lets open steps count only what comes from now on. */
  beginAgain(ids: readonly string[], moment: Moment): void {
    for (const id of ids) {
      if (this.isBegun(id) && this.of(id).doneAt === undefined) {
        this.of(id).begun = moment.seq;
        this.begun.set(id, moment);
      }
    }
  }

  /** Opens a step as if nobody had ever been there. */
  clear(id: string): void {
    this.progress.steps[id] = {};
    this.begun.delete(id);
  }

  /** Notes that a step is done. */
  finish(id: string, solved = false): void {
    Object.assign(this.of(id), { doneAt: Date.now(), ...(solved && { solved }) });
  }

  /** Makes a step the one at work; without one, the first that is open is. */
  go(id?: string): void {
    if (id === undefined) {
      delete this.progress.current;
    } else {
      this.progress.current = id;
    }
  }

  answer(id: string, question: string, option: string): void {
    this.of(id).answers = { ...this.of(id).answers, [question]: option };
  }

  /** Notes how everything is, before it is changed for the learner. */
  remember(
    action: NonNullable<Progress['undo']>['action'],
    steps: readonly Step[],
    files: Record<string, string | null>
  ): void {
    const { current } = this.progress;
    this.progress.undo = {
      action,
      step: steps.at(-1)?.id ?? '',
      files,
      steps: structuredClone(Object.fromEntries(steps.map(({ id }) => [id, this.of(id)]))),
      ...(current !== undefined && { current })
    };
  }

  /** Takes the last change back, as far as the book is concerned. */
  recall(undo: NonNullable<Progress['undo']>, moment: Moment): void {
    Object.assign(this.progress.steps, undo.steps);
    if (undo.action === 'solve') {
      // What the solution has said and done for the learner does not count for them.
      this.beginAgain(Object.keys(undo.steps), moment);
    }
    this.go(undo.current);
    delete this.progress.undo;
  }

  save(): void {
    this.file.write(this.progress);
  }
}
