import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IChatSettings } from '../tokens';

/** Where the panel may lie. */
export const chatSides = ['left', 'right', 'main'] as const;

/** Where the panel may lie: on a side of the window, or among the tabs in its middle. */
export type ChatSide = (typeof chatSides)[number];

/** What a person can set for the chat; `schema/chat.json` explains each value. */
export interface ChatSettingValues {
  /** The websocket address of a bot, or empty for the bot of this workspace. */
  readonly serverUrl: string;
  /** What the person is called in the chat, or empty for what Jupyter calls them. */
  readonly userName: string;
  /** Where the panel lies. */
  readonly side: ChatSide;
  /** The key that sends a message; the other one of the two breaks the line. */
  readonly sendKey: 'enter' | 'shift-enter';
  /** Whether JupyterLab tells of messages that come while the panel is out of sight. */
  readonly notifications: boolean;
}

/** What holds where nothing was set. */
export const defaultSettings: ChatSettingValues = {
  serverUrl: '',
  userName: '',
  side: 'right',
  sendKey: 'enter',
  notifications: true
};

/** The part of JupyterLab's settings of one plugin that is used here. */
export interface SettingSource {
  readonly composite: ISettingRegistry.ISettings['composite'];
  readonly changed: ISignal<SettingSource, void>;
  set(key: string, value: string | boolean): Promise<void>;
}

/** The chat's settings, kept up to date. */
export class ChatSettings implements IChatSettings {
  readonly ready: Promise<void>;

  private current = defaultSettings;
  private source: SettingSource | undefined;
  private readonly changedSignal = new Signal<this, ChatSettingValues>(this);

  /** @param load - reads the settings; when it fails, the defaults stay in force. */
  constructor(load: () => Promise<SettingSource>) {
    this.ready = this.begin(load);
  }

  get values(): ChatSettingValues {
    return this.current;
  }

  get changed(): ISignal<this, ChatSettingValues> {
    return this.changedSignal;
  }

  async set<K extends keyof ChatSettingValues>(key: K, value: ChatSettingValues[K]): Promise<void> {
    await this.ready;
    await this.source?.set(key, value);
  }

  private async begin(load: () => Promise<SettingSource>): Promise<void> {
    try {
      const source = await load();
      this.source = source;
      this.take(source);
      source.changed.connect(this.take, this);
    } catch {
      // A chat with the defaults is better than none.
    }
  }

  private take(source: SettingSource): void {
    const values = readSettings(source.composite);
    if (JSON.stringify(values) !== JSON.stringify(this.current)) {
      this.current = values;
      this.changedSignal.emit(values);
    }
  }
}

/** Takes from a person's settings what is usable; whatever else stands there counts as not set. */
function readSettings(raw: SettingSource['composite']): ChatSettingValues {
  const { serverUrl, userName, side, sendKey, notifications } = raw;
  return {
    serverUrl: typeof serverUrl === 'string' ? serverUrl.trim() : defaultSettings.serverUrl,
    userName: typeof userName === 'string' ? userName.trim() : defaultSettings.userName,
    side: chatSides.find(name => name === side) ?? defaultSettings.side,
    sendKey: sendKey === 'enter' || sendKey === 'shift-enter' ? sendKey : defaultSettings.sendKey,
    notifications:
      typeof notifications === 'boolean' ? notifications : defaultSettings.notifications
  };
}
