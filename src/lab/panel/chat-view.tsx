import { ReactWidget } from '@jupyterlab/ui-components';
import { PromiseDelegate } from '@lumino/coreutils';
import { Fragment } from 'react';
import type { ErrorRecord } from '../../protocol';
import type { ChatModel } from '../chat/chat-model';
import { readConversation, type WholeConversation } from '../chat/read-conversation';
import { RoomsModel } from '../chat/rooms-model';
import type { SaidEntry } from '../chat/entry';
import type { IOpenLink } from '../tokens';
import { Announcer } from './announcer';
import { ChatContext, type ChatActions, type ChatContextValue } from './chat-context';
import { ChatHeader } from './chat-header';
import { Composer, type ComposerHandle } from './composer';
import { ConnectionBanner } from './connection-banner';
import { Conversation } from './conversation';
import { PacedChanges } from './paced-changes';
import { RoomBar } from './room-bar';
import { SkillsView } from './skills/skills-view';
import { ViewSwitch, type ViewName } from './view-switch';
import { ViewPanel, ViewTabs } from './view-tabs';

/** Something was said just now. */
export interface Arrival {
  readonly room: string;
  readonly entry: SaidEntry;
  /** Whether someone is looking at that room. */
  readonly isSeen: boolean;
}

/** What a view is made of. */
export interface ChatViewOptions extends Omit<
  ChatContextValue,
  'rooms' | 'model' | 'changes' | 'actions' | 'views'
> {
  actions: Omit<ChatActions, 'write' | 'reply' | 'edit'>;
  /** Told how many messages came while nobody looked. */
  onUnread: (count: number) => void;
  /** Told of what was said just now, in whatever room. */
  onArrived: (arrival: Arrival) => void;
  /** Told of frames that one side sent and the other did not understand. */
  onTrouble: (error: ErrorRecord) => void;
}

/** Everything one sees of a chat: whom it is with, the conversation, and where to write. */
export class ChatView extends ReactWidget {
  private readonly options: ChatViewOptions;
  private readonly views = new ViewSwitch();
  private readonly composed = new PromiseDelegate<void>();
  private composer: ComposerHandle | null = null;
  private context: ChatContextValue;
  private current: IOpenLink;
  /** Counts the bots that this panel has been led to. */
  private generation = 0;

  constructor(options: ChatViewOptions, link: IOpenLink) {
    super();
    this.options = options;
    this.addClass('jp-ChatOps');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', options.trans.__('Chat with the bot'));
    this.current = link;
    this.context = this.createContext(link);
    options.link.replaced.connect(this.onReplaced, this);
  }

  /** Puts the cursor into the input. */
  async focusInput(): Promise<void> {
    await this.composed.promise;
    this.views.show('chat');
    this.composer?.focus();
  }

  /** Puts the cursor where one begins in whatever part is shown: into the input, or on the tab. */
  async focusShown(): Promise<void> {
    await this.composed.promise;
    if (this.views.current === 'chat') {
      this.composer?.focus();
    } else {
      this.focusTab();
    }
  }

  /** Puts a text into the input, and the cursor behind it. */
  async write(text: string): Promise<void> {
    await this.composed.promise;
    this.views.show('chat');
    this.composer?.focus(text);
  }

  /**
   * Everything that was said in the room that is shown.
   *
   * @throws ChatOpsError `CHATOPS_CONNECTION_LOST`.
   */
  readConversation(): Promise<WholeConversation> {
    return readConversation(this.current.connection, this.context.model.name);
  }

  /** Shows a part of the panel, with the cursor on its tab. */
  async showView(view: ViewName): Promise<void> {
    await this.composed.promise;
    this.views.show(view);
    this.focusTab();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.options.link.replaced.disconnect(this.onReplaced, this);
      this.context.changes.dispose();
      this.context.rooms.dispose();
      this.context.rendered.dispose();
      super.dispose();
    }
  }

  protected override render(): React.JSX.Element {
    return (
      <ChatContext.Provider key={this.generation} value={this.context}>
        <ChatHeader />
        <ViewTabs />
        <ConnectionBanner />
        <ViewPanel view="chat">
          <RoomBar />
          {/* Another room is another conversation, with a draft of its own. */}
          <Fragment key={this.context.model.name}>
            <Conversation />
            <Composer ref={this.onComposer} />
          </Fragment>
        </ViewPanel>
        <ViewPanel view="skills">
          <SkillsView />
        </ViewPanel>
        {/* What is hidden is not read out, and news are for whoever looks elsewhere too. */}
        <Announcer key={this.context.model.name} />
      </ChatContext.Provider>
    );
  }

  private focusTab(): void {
    this.node.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  }

  private readonly onComposer = (composer: ComposerHandle | null): void => {
    this.composer = composer;
    if (composer) {
      this.composed.resolve();
    }
  };

  private createContext(link: IOpenLink): ChatContextValue {
    const { onUnread, onArrived, onTrouble, actions, ...rest } = this.options;
    const rooms = new RoomsModel(link);
    const tell = (): void => onUnread(rooms.state.unread);
    rooms.changed.on(tell);
    rooms.arrived.on(({ room, entry }) =>
      onArrived({ room: room.name, entry, isSeen: room.isAttended })
    );
    rooms.lobby.trouble.on(onTrouble);
    rooms.moved.on(model => this.onMoved(model));
    tell();
    return {
      ...rest,
      views: this.views,
      rooms,
      model: rooms.current,
      changes: new PacedChanges(rooms.current),
      actions: {
        ...actions,
        write: text => {
          this.views.show('chat');
          this.composer?.focus(text);
        },
        reply: entry => this.composer?.reply(entry),
        edit: entry => this.composer?.edit(entry)
      }
    };
  }

  /** Another room is shown: the cursor stays where one writes. */
  private onMoved(model: ChatModel): void {
    this.context.changes.dispose();
    this.context = { ...this.context, model, changes: new PacedChanges(model) };
    this.update();
    requestAnimationFrame(() => this.composer?.focus());
  }

  /** Another bot, another conversation. */
  private onReplaced(_: unknown, link: IOpenLink): void {
    this.context.changes.dispose();
    this.context.rooms.dispose();
    this.current = link;
    this.context = this.createContext(link);
    this.generation++;
    this.update();
  }
}
