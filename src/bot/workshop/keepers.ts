import { Emitter, type User } from '../../protocol';
import type { Workshop } from '../../workshop';
import { personKey } from './learner';
import type { Observations } from './observations';
import { hasProgress, progressKeys } from './progress-folder';
import type { WorkshopHost } from './workshop-host';
import type { WorkshopChange, WorkshopKeeper } from './workshop-keeper';

/** Something is different for one of the learners. */
export interface LearnerChange extends WorkshopChange {
  /** Whose progress it is about, as {@link WorkshopKeeper.key}. */
  key: string | undefined;
}

/**
 * Everyone who follows the workshop with this bot, each with a progress of their own. The first person
 * whom the bot knows is the owner of the workspace, and notebooks and terminals count for them too.
 */
export class Keepers {
  readonly changed = new Emitter<LearnerChange>();
  /** Someone has begun, or goes on. */
  readonly begun = new Emitter<WorkshopKeeper>();

  private readonly keepers = new Map<string | undefined, Promise<WorkshopKeeper>>();
  private beginning: Promise<{ workshop: Workshop; observations: Observations }> | undefined;

  /** @param folder - the workshop: its steps, and a folder for each language. */
  constructor(
    private readonly host: WorkshopHost,
    private readonly folder: string
  ) {}

  /**
   * The keeper of a person's progress; of the owner's when nobody in particular asks.
   *
   * @throws ChatOpsError `CHATOPS_WORKSHOP_INVALID`.
   */
  async of(user?: User, language?: string): Promise<WorkshopKeeper> {
    const owner = await this.withKey(undefined, language);
    const key = user && personKey(user);
    if (key === undefined) {
      return owner;
    }
    if (owner.person === undefined) {
      owner.claim(user!);
    }
    if (personKey(owner.person!) === key) {
      return owner;
    }
    const keeper = await this.withKey(key, language);
    if (keeper.person === undefined) {
      keeper.claim(user!);
    }
    return keeper;
  }

  /** Goes on with what was begun in this workspace before. */
  async resume(): Promise<void> {
    const { workspace } = this.host;
    if (hasProgress(workspace)) {
      await this.withKey(undefined);
      for (const key of progressKeys(workspace)) {
        await this.withKey(key);
      }
    }
  }

  /** Everyone who follows the workshop. */
  async all(): Promise<WorkshopKeeper[]> {
    const keepers = await Promise.allSettled(this.keepers.values());
    return keepers.flatMap(each => (each.status === 'fulfilled' ? each.value : []));
  }

  /** Someone asked why a text is answered as it is. */
  async looked(text: string, by: User | undefined): Promise<void> {
    const begun = await this.beginning?.catch(() => undefined);
    begun?.observations.looked(text, by);
  }

  async close(): Promise<void> {
    const begun = await this.beginning?.catch(() => undefined);
    begun?.observations.stop();
    for (const keeper of await this.all()) {
      await keeper.close();
    }
  }

  private withKey(key: string | undefined, language?: string): Promise<WorkshopKeeper> {
    let keeper = this.keepers.get(key);
    if (!keeper) {
      keeper = this.begin(key, language).catch(error => {
        // A workshop that is being written is tried again when its mistake is mended.
        this.keepers.delete(key);
        this.beginning = undefined;
        throw error;
      });
      this.keepers.set(key, keeper);
    }
    return keeper;
  }

  private async begin(key: string | undefined, language?: string): Promise<WorkshopKeeper> {
    this.beginning ??= this.load();
    const { workshop, observations } = await this.beginning;
    const { WorkshopKeeper } = await import('./workshop-keeper');
    const keeper = await WorkshopKeeper.begin(this.host, workshop, {
      observations,
      ...(language !== undefined && { language }),
      ...(key !== undefined && { key })
    });
    keeper.changed.on(change => this.changed.emit({ ...change, key }));
    this.begun.emit(keeper);
    return keeper;
  }

  /** What the workshop takes is loaded late: most bots have no learner. */
  private async load(): Promise<{ workshop: Workshop; observations: Observations }> {
    const { loadWorkshop } = await import('./workshop-folder');
    const { Observations } = await import('./observations');
    const workshop = loadWorkshop(this.folder);
    const observations = new Observations(this.host);
    await observations.begin();
    return { workshop, observations };
  }
}
