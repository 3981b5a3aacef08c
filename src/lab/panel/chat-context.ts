import type { TranslationBundle } from '@jupyterlab/translation';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Where } from '../../protocol';
import type { BotStatus } from '../bot-link/bot-status';
import type { ChatModel, ChatState } from '../chat/chat-model';
import type { ChatSettingValues } from '../settings/chat-settings';
import type { IBotLink, IChatSettings } from '../tokens';
import type { RenderedTexts } from './rendered-texts';

/** What a person can make happen from within the panel. */
export interface ChatActions {
  /** Opens a file at a place; undefined where it is not one that can be opened. */
  openSource(where: Where): (() => void) | undefined;
  openWorkshop(): void;
  reloadSkills(): void;
  /** Tries at once to reach the bot, and starts it if it was stopped. */
  connect(): void;
  /** Puts the cursor into the input, with a text if one is given. */
  write(text?: string): void;
}

/** What every part of the panel works with. */
export interface ChatContextValue {
  readonly model: ChatModel;
  readonly link: IBotLink;
  readonly settings: IChatSettings;
  readonly trans: TranslationBundle;
  readonly rendered: RenderedTexts;
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
  const { model } = useChatContext();
  return useSyncExternalStore(
    listener => model.changed.on(listener),
    () => model.state
  );
}

/** What is known about the bot, now and after each change. */
export function useBotStatus(): BotStatus {
  const { link } = useChatContext();
  return useSyncExternalStore(
    listener => {
      link.statusChanged.connect(listener);
      return () => link.statusChanged.disconnect(listener);
    },
    () => link.status
  );
}

/** The settings, now and after each change. */
export function useSettings(): ChatSettingValues {
  const { settings } = useChatContext();
  return useSyncExternalStore(
    listener => {
      settings.changed.connect(listener);
      return () => settings.changed.disconnect(listener);
    },
    () => settings.values
  );
}
