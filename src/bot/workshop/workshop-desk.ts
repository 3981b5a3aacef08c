import {
  DEFAULT_ROOM,
  Emitter,
  type LearnerRow,
  type User,
  type WorkshopAction,
  type WorkshopState
} from '../../protocol';
import { PANEL } from '../connectors/panel/panel-host';
import type { HttpHost } from '../server';
import { copyWorkshop } from '../workshop-files';
import { mountBoard } from './board-routes';
import { Keepers, type LearnerChange } from './keepers';
import { LearnerBoard } from './learner-board';
import { Reporter, reportTarget } from './reporter';
import type { WorkshopHost } from './workshop-host';
import type { WorkshopKeeper } from './workshop-keeper';

/** How long a step of an unknown workshop may take. */
const DEFAULT_MINUTES = 5;

/** Where whoever asks for the workshop is served. Nothing is loaded before someone does. */
export class WorkshopDesk {
  /** How far a learner is changed. */
  readonly changed = new Emitter<LearnerChange>();

  private readonly board = new LearnerBoard(
    () => Date.now(),
    step => this.minutes.get(step) ?? DEFAULT_MINUTES
  );
  private minutes: ReadonlyMap<string, number> = new Map();
  private readonly keepers: Keepers;
  private readonly reporters: Reporter[] = [];

  /** @param folder - the workshop: its steps, and a folder for each language. */
  constructor(
    private readonly host: WorkshopHost,
    private readonly folder: string
  ) {
    this.board.told.on(({ text }) => this.announce(text));
    this.keepers = new Keepers(host, folder);
    this.keepers.begun.on(keeper => this.follow(keeper));
    this.keepers.changed.on(change => this.changed.emit(change));
  }

  /** Goes on with a workshop that was begun in this workspace before. */
  resume(): Promise<void> {
    return this.keepers.resume();
  }

  /**
   * Puts the workshop's files into the workspace where they are missing.
   *
   * @param user - whose progress is meant; the owner's when absent.
   * @returns the notebook, relative to the workspace.
   */
  async open(language?: string, user?: User): Promise<string> {
    const notebook = copyWorkshop(this.folder, this.host.workspace, language);
    // It is there whatever the steps are like: what is wrong with them is told to whoever asks for them.
    await this.keepers.of(user, language).catch(() => undefined);
    return notebook;
  }

  /**
   * The language for someone at a browser: the one that whoever runs the workshop has chosen for all, by
   * `CHATOPS_WORKSHOP_LANGUAGE`, or that of their JupyterLab.
   */
  languageFor(asked: string | undefined): string | undefined {
    return this.host.environment().CHATOPS_WORKSHOP_LANGUAGE || asked;
  }

  async state(language?: string, user?: User): Promise<WorkshopState> {
    return (await this.keepers.of(user, language)).state(language);
  }

  /** Names the progress of a person, as changes do. */
  async keyOf(user: User, language?: string): Promise<string | undefined> {
    return (await this.keepers.of(user, language)).key;
  }

  /** @throws ChatOpsError what keeps it from being done. */
  async do(action: WorkshopAction, language?: string, user?: User): Promise<WorkshopState> {
    const keeper = await this.keepers.of(user, language);
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
    for (const keeper of await this.keepers.all()) {
      this.board.take(await keeper.report());
    }
    return this.board.rows();
  }

  /** Puts the facilitator's page on a web server, for those who know its token. */
  mountBoard(web: HttpHost, token: string): void {
    mountBoard(web, token, this.board);
  }

  /** Someone asked why a text is answered as it is. */
  looked(text: string, by?: User): void {
    void this.keepers.looked(text, by);
  }

  async close(): Promise<void> {
    this.reporters.forEach(reporter => reporter.stop());
    await this.keepers.close();
  }

  /** Says something to the learners of this bot. */
  private announce(text: string): void {
    const place = { connector: PANEL, room: DEFAULT_ROOM };
    void this.host.engine.say(place, text, { notice: 'info' }).catch(() => undefined);
  }

  /** Tells the board how a learner does, and the facilitator's bot where there is one. */
  private follow(keeper: WorkshopKeeper): void {
    this.minutes = new Map(keeper.workshop.steps.map(({ id, minutes }) => [id, minutes]));
    const target = reportTarget(this.host.environment());
    // All learners of this bot read the same room: what is told to everyone is said there once.
    const isFirst = this.reporters.length === 0;
    const reporter =
      target &&
      new Reporter(
        target,
        () => keeper.report(),
        ({ text }) => (isFirst ? this.announce(text) : undefined)
      );
    if (reporter) {
      this.reporters.push(reporter);
    }
    void reporter?.beat();
    keeper.changed.on(() => {
      void keeper.report().then(report => this.board.take(report));
      void reporter?.beat();
    });
  }
}
