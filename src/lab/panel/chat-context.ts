import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Where } from '../../protocol';
import type { BotStatus } from '../bot-link/bot-status';
import type { Attachment } from '../chat/attachment';
import type { ChatModel } from '../chat/chat-model';
import type { ChatState } from '../chat/chat-state';
import type { SaidEntry } from '../chat/entry';
import type { RoomsModel, RoomsState } from '../chat/rooms-model';
import type { ChatSettingValues } from '../settings/chat-settings';
import type { IBotLink, IChatSettings } from '../tokens';
import type { PacedChanges } from './paced-changes';
import type { RenderedTexts } from './rendered-texts';
import type { ViewSwitch } from './view-switch';

/** What a person can make happen from within the panel. */
export interface ChatActions {
  /** Opens a file at a place; undefined where it is not one that can be opened. */
  openSource(where: Where): (() => void) | undefined;
  openWorkshop(): void;
  /** Loads skills again whose files were edited: those named, or all. */
  reloadSkills(names?: readonly string[]): void;
  /** Tries at once to reach the bot, and starts it if it was stopped. */
  connect(): void;
  /** Puts the cursor into the input, with a text if one is given. */
  write(text?: string): void;
  /** Lets the input add to the thread that begins with a message. */
  reply(entry: SaidEntry): void;
  /** Puts a message of one's own into the input, to be changed. */
  edit(entry: SaidEntry): void;
  /** Reads a file of JupyterLab to send it along. @throws ChatOpsError `CHATOPS_ATTACHMENT_UNREADABLE`. */
  readFile(path: string): Promise<Attachment>;
  /** Runs one of JupyterLab's commands. False where there is none of that name. */
  run(command: string, args?: ReadonlyPartialJSONObject): boolean;
}

/** What every part of the panel works with. */
export interface ChatContextValue {
  /** All rooms of this page. */
  readonly rooms: RoomsModel;
  /** The room that is shown. */
  readonly model: ChatModel;
  /** When to show anew what that room holds. */
  readonly changes: PacedChanges;
  readonly link: IBotLink;
  readonly settings: IChatSettings;
  readonly trans: TranslationBundle;
  readonly rendered: RenderedTexts;
  /** Which part of the panel is shown. */
  readonly views: ViewSwitch;
  readonly actions: ChatActions;
}

/** What every part of the panel works with. */
export const ChatContext = createContext<ChatContextValue | undefined>(undefined);

/** What this part of the panel works with. */
export function useChatContext(): ChatContextValue {
  return useContext(ChatContext)!;
}

/** The conversation, now and after each change. */
export function useChat(): ChatState {
  return useOfChat(state => state);
}

/**
 * A part of the conversation, now and whenever that part changes: what looks at nothing else is not
 * rendered anew for each word that is said.
 *
 * @param select - takes the part; the same one as long as nothing about it changes.
 */
export function useOfChat<T>(select: (state: ChatState) => T): T {
  const { model, changes } = useChatContext();
  const subscribe = useCallback((listener: () => void) => changes.changed.on(listener), [changes]);
  return useSyncExternalStore(subscribe, () => select(model.state));
}

/** The rooms, now and after each change. */
export function useRooms(): RoomsState {
  const { rooms } = useChatContext();
  const subscribe = useCallback((listener: () => void) => rooms.changed.on(listener), [rooms]);
  return useSyncExternalStore(subscribe, () => rooms.state);
}

/** What is known about the bot, now and after each change. */
export function useBotStatus(): BotStatus {
  const { link } = useChatContext();
  const subscribe = useCallback(
    (listener: () => void) => {
      link.statusChanged.connect(listener);
      return () => void link.statusChanged.disconnect(listener);
    },
    [link]
  );
  return useSyncExternalStore(subscribe, () => link.status);
}

/** The settings, now and after each change. */
export function useSettings(): ChatSettingValues {
  const { settings } = useChatContext();
  const subscribe = useCallback(
    (listener: () => void) => {
      settings.changed.connect(listener);
      return () => void settings.changed.disconnect(listener);
    },
    [settings]
  );
  return useSyncExternalStore(subscribe, () => settings.values);
}
