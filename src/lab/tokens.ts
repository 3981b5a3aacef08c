import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import type { BotConnection } from '../protocol';
import type { WholeConversation } from './chat/read-conversation';
import type { BotStatus } from './bot-link/bot-status';
import type { PageStore } from './bot-link/page-store';
import type { ChatSettingValues } from './settings/chat-settings';

/** What a person set for the chat, and when it changes. */
export interface IChatSettings {
  /** The values in force; the defaults until {@link ready}. */
  readonly values: ChatSettingValues;
  readonly changed: ISignal<IChatSettings, ChatSettingValues>;
  /** Resolves when the settings have been read, also when they could not be. */
  readonly ready: Promise<void>;
  /** Sets a value, for good. Nothing happens where the settings could not be read. */
  set<K extends keyof ChatSettingValues>(key: K, value: ChatSettingValues[K]): Promise<void>;
}

/** What a person set for the chat. */
export const IChatSettings = new Token<IChatSettings>(
  'jupyterlab-chatops:IChatSettings',
  'What a person set for the chat: the bot to talk to, their name, the side of the panel.'
);

/** A connection and what it needs to keep across a reload of the page. */
export interface IOpenLink {
  readonly connection: BotConnection;
  readonly store: PageStore;
}

/**
 * The page's one way to the bot. Nothing is opened before {@link open} is called for the first time.
 */
export interface IBotLink {
  /** What is known about the bot right now. */
  readonly status: BotStatus;
  readonly statusChanged: ISignal<IBotLink, BotStatus>;
  /** The connection, once it was asked for. */
  readonly current: IOpenLink | undefined;
  /** The settings name another bot, and {@link current} leads to it now. */
  readonly replaced: ISignal<IBotLink, IOpenLink>;
  /** The connection; the first call opens it. It may still be on its way to the bot. */
  open(): Promise<IOpenLink>;
  /** Tries at once to reach the bot, and starts it if it was stopped. */
  retry(): Promise<void>;
}

/** The page's one way to the bot. */
export const IBotLink = new Token<IBotLink>(
  'jupyterlab-chatops:IBotLink',
  'The connection to the bot of this workspace, shared by everything on the page.'
);

/** The chat panel. */
export interface IChatPanel {
  /** The widget that lies in a side area. */
  readonly widget: Widget;
  /** Shows the panel and puts the cursor into its input. */
  reveal(): Promise<void>;
  /** Shows the skills in the panel. */
  revealSkills(): Promise<void>;
  /** Everything that was said in the room that is shown. @throws ChatOpsError `CHATOPS_CONNECTION_LOST`. */
  readConversation(): Promise<WholeConversation>;
  /** Shows the panel, with a text in its input that is not sent yet. */
  write(text: string): Promise<void>;
}

/** The chat panel. */
export const IChatPanel = new Token<IChatPanel>(
  'jupyterlab-chatops:IChatPanel',
  'The panel in which one talks to the bot.'
);
