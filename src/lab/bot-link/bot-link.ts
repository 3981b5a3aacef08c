import type { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { BotConnection, ConnectionState } from '../../protocol';
import type { IBotLink, IChatSettings, IOpenLink } from '../tokens';
import { unknownStatus, type BotStatus } from './bot-status';
import type { Storage } from './page-store';

/** What a link is made of. */
export interface BotLinkOptions {
  settings: IChatSettings;
  serverSettings: ServerConnection.ISettings;
  /** Jupyter's root folder, which is the bot's. */
  workspace: string;
  /** The rooms to follow from the start. */
  rooms: readonly string[];
  storage: Storage | undefined;
}

/** The page's one way to the bot: opened when first needed, and led elsewhere when the settings say so. */
export class BotLink implements IBotLink, IDisposable {
  private readonly statusSignal = new Signal<this, BotStatus>(this);
  private readonly replacedSignal = new Signal<this, IOpenLink>(this);
  private currentStatus = unknownStatus;
  private opening: Promise<IOpenLink> | undefined;
  private link: IOpenLink | undefined;
  private serverUrl = '';
  private userName = '';
  private isHurried = false;
  private disposed = false;

  constructor(private readonly options: BotLinkOptions) {
    options.settings.changed.connect(this.onSettings, this);
    window.addEventListener('online', this.onWake);
    document.addEventListener('visibilitychange', this.onWake);
  }

  get status(): BotStatus {
    return this.currentStatus;
  }

  get statusChanged(): ISignal<this, BotStatus> {
    return this.statusSignal;
  }

  get current(): IOpenLink | undefined {
    return this.link;
  }

  get replaced(): ISignal<this, IOpenLink> {
    return this.replacedSignal;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  open(): Promise<IOpenLink> {
    this.opening ??= this.connect();
    return this.opening;
  }

  async retry(): Promise<void> {
    const { connection } = await this.open();
    // An attempt begins within this call, or none does.
    this.isHurried = true;
    connection.reconnect();
    this.isHurried = false;
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      window.removeEventListener('online', this.onWake);
      document.removeEventListener('visibilitychange', this.onWake);
      this.link?.connection.close();
      Signal.clearData(this);
    }
  }

  private async connect(): Promise<IOpenLink> {
    const { settings } = this.options;
    // The protocol and its validation are loaded when the first conversation begins.
    const [{ openLink }] = await Promise.all([import('./open-link'), settings.ready]);
    this.serverUrl = settings.values.serverUrl;
    this.userName = settings.values.userName;
    this.link?.connection.close();
    this.link = openLink(this.options, () => this.isHurried);
    this.follow(this.link.connection);
    this.link.connection.connect();
    return this.link;
  }

  private follow(connection: BotConnection): void {
    const update = (news: Partial<BotStatus> = {}): void => {
      if (connection === this.link?.connection) {
        const { state, ready, error, retryAt } = connection;
        const isLost = isTrying(state) && (this.currentStatus.isLost || isFurtherAway(retryAt));
        const now = { state, ready, error, retryAt, isLost };
        this.currentStatus = { ...this.currentStatus, ...now, ...news };
        this.statusSignal.emit(this.currentStatus);
      }
    };
    connection.stateChanged.on(() => update());
    connection.received.on(frame => {
      if (frame.type === 'ready' || frame.type === 'skills') {
        update({ skills: frame.skills });
      }
    });
    update({ skills: [], isLost: false });
  }

  private onSettings(): void {
    const { serverUrl, userName } = this.options.settings.values;
    if (!this.link) {
      return;
    }
    if (serverUrl !== this.serverUrl) {
      this.serverUrl = serverUrl;
      this.opening = this.connect();
      void this.opening.then(link => this.replacedSignal.emit(link));
    } else if (userName !== this.userName) {
      this.userName = userName;
      this.link.connection.renew();
    }
  }

  private readonly onWake = (): void => {
    if (document.visibilityState === 'visible') {
      this.link?.connection.wake();
    }
  };
}

/** Whether the next attempt is not the one that follows a loss at once. */
function isFurtherAway(retryAt: number | undefined): boolean {
  return retryAt !== undefined && retryAt > Date.now();
}

function isTrying(state: ConnectionState): boolean {
  return state === 'waiting' || state === 'connecting';
}
