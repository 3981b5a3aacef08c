import {
  Emitter,
  type LearnerReport,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import { FIRST_LANGUAGE, type Workshop } from '../../workshop';
import { copyWorkshop } from '../workshop-files';
import { ProgressFile } from './progress-file';
import { loadWorkshop } from './workshop-folder';
import type { WorkshopHost } from './workshop-host';
import { WorkshopKeeper, type WorkshopChange } from './workshop-keeper';

/** Where whoever asks for the workshop is served. Nothing is loaded before someone does. */
export class WorkshopDesk {
  /** How far the learner is changed. */
  readonly changed = new Emitter<WorkshopChange>();

  private keeper: Promise<WorkshopKeeper> | undefined;

  /** @param folder - the workshop: its steps, and a folder for each language. */
  constructor(
    private readonly host: WorkshopHost,
    private readonly folder: string
  ) {}

  /** Goes on with a workshop that was begun in this workspace before. */
  async resume(): Promise<void> {
    if (await new ProgressFile(this.host.workspace).exists()) {
      await this.opened();
    }
  }

  /**
   * Puts the workshop's files into the workspace where they are missing.
   *
   * @returns the notebook, relative to the workspace.
   */
  async open(language?: string): Promise<string> {
    const notebook = copyWorkshop(this.folder, this.host.workspace, language);
    await this.opened(language);
    return notebook;
  }

  async state(language?: string): Promise<WorkshopState> {
    return (await this.opened(language)).state(language);
  }

  /** @throws ChatOpsError what keeps it from being done. */
  async do(action: WorkshopAction, language?: string): Promise<WorkshopState> {
    const keeper = await this.opened(language);
    await keeper.do(action);
    const state = await keeper.state(language);
    const step = action.do === 'check' ? (action.step ?? state.current?.id) : undefined;
    if (step === undefined) {
      return state;
    }
    const { result, unmet, mistake } = await keeper.check(step, language);
    const { passed } = result;
    return {
      ...state,
      checked: {
        step,
        passed,
        ...(unmet && { unmet: unmet.text }),
        ...(mistake && { mistake: mistake.text })
      }
    };
  }

  /** How the learner does; nothing when nobody has begun. */
  async report(): Promise<LearnerReport | undefined> {
    return (await this.keeper)?.report();
  }

  /** The workshop itself. */
  async workshop(): Promise<Workshop> {
    return (await this.opened()).workshop;
  }

  /** Someone asked why a text is answered as it is. */
  looked(text: string): void {
    void this.keeper?.then(
      keeper => keeper.looked(text),
      () => undefined
    );
  }

  async close(): Promise<void> {
    await (await this.keeper?.catch(() => undefined))?.close();
  }

  private opened(language = FIRST_LANGUAGE): Promise<WorkshopKeeper> {
    this.keeper ??= this.begin(language).catch(error => {
      // A workshop that is being written is tried again when its mistake is mended.
      this.keeper = undefined;
      throw error;
    });
    return this.keeper;
  }

  private async begin(language: string): Promise<WorkshopKeeper> {
    const workshop = loadWorkshop(this.folder);
    const keeper = await WorkshopKeeper.begin(this.host, workshop, language);
    keeper.changed.on(change => this.changed.emit(change));
    return keeper;
  }
}
