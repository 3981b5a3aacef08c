import {
  DEFAULT_ROOM,
  Emitter,
  type LearnerRow,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import { FIRST_LANGUAGE } from '../../workshop';
import { PANEL } from '../connectors/panel/panel-host';
import type { HttpHost } from '../server';
import { copyWorkshop } from '../workshop-files';
import { mountBoard } from './board-routes';
import { LearnerBoard } from './learner-board';
import { ProgressFile } from './progress-file';
import { Reporter, reportTarget } from './reporter';
import { loadWorkshop } from './workshop-folder';
import type { WorkshopHost } from './workshop-host';
import { WorkshopKeeper, type WorkshopChange } from './workshop-keeper';

/** How long a step of an unknown workshop may take. */
const DEFAULT_MINUTES = 5;

/** Where whoever asks for the workshop is served. Nothing is loaded before someone does. */
export class WorkshopDesk {
  /** How far the learner is changed. */
  readonly changed = new Emitter<WorkshopChange>();

  private readonly board = new LearnerBoard(
    () => Date.now(),
    step => this.minutes.get(step) ?? DEFAULT_MINUTES
  );
  private minutes: ReadonlyMap<string, number> = new Map();
  private keeper: Promise<WorkshopKeeper> | undefined;
  private reporter: Reporter | undefined;

  /** @param folder - the workshop: its steps, and a folder for each language. */
  constructor(
    private readonly host: WorkshopHost,
    private readonly folder: string
  ) {
    this.board.told.on(({ text }) => this.announce(text));
  }

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
    // It is there whatever the steps are like: what is wrong with them is told to whoever asks for them.
    await this.opened(language).catch(() => undefined);
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

  /** How everyone does who follows the workshop or reports to this bot. */
  async learners(): Promise<LearnerRow[]> {
    await this.noteOwn();
    return this.board.rows();
  }

  /** Puts the facilitator's page on a web server, for those who know its token. */
  mountBoard(web: HttpHost, token: string): void {
    mountBoard(web, token, this.board);
  }

  /** Someone asked why a text is answered as it is. */
  looked(text: string): void {
    void this.keeper?.then(
      keeper => keeper.looked(text),
      () => undefined
    );
  }

  async close(): Promise<void> {
    this.reporter?.stop();
    await (await this.keeper?.catch(() => undefined))?.close();
  }

  /** Says something to the learners of this bot. */
  private announce(text: string): void {
    const place = { connector: PANEL, room: DEFAULT_ROOM };
    void this.host.engine.say(place, text, { notice: 'info' }).catch(() => undefined);
  }

  private async noteOwn(): Promise<void> {
    const report = await (await this.keeper)?.report();
    if (report) {
      this.board.take(report);
    }
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
    this.minutes = new Map(workshop.steps.map(({ id, minutes }) => [id, minutes]));
    const keeper = await WorkshopKeeper.begin(this.host, workshop, language);
    const target = reportTarget(this.host.environment());
    this.reporter =
      target &&
      new Reporter(
        target,
        () => keeper.report(),
        ({ text }) => this.announce(text)
      );
    void this.reporter?.beat();
    keeper.changed.on(change => {
      this.changed.emit(change);
      void this.noteOwn();
      void this.reporter?.beat();
    });
    return keeper;
  }
}
