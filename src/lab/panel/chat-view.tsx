import { ReactWidget } from '@jupyterlab/ui-components';
import { PromiseDelegate } from '@lumino/coreutils';
import type { ErrorRecord } from '../../protocol';
import { ChatModel } from '../chat/chat-model';
import type { IOpenLink } from '../tokens';
import { Announcer } from './announcer';
import { ChatContext, type ChatActions, type ChatContextValue } from './chat-context';
import { ChatHeader } from './chat-header';
import { Composer, type ComposerHandle } from './composer';
import { ConnectionBanner } from './connection-banner';
import { Conversation } from './conversation';

/** What a view is made of. */
export interface ChatViewOptions extends Omit<ChatContextValue, 'model' | 'actions'> {
  actions: Omit<ChatActions, 'write'>;
  /** Told how many messages came while nobody looked. */
  onUnread: (count: number) => void;
  /** Told of frames that one side sent and the other did not understand. */
  onTrouble: (error: ErrorRecord) => void;
}

/** Everything one sees of a chat: whom it is with, the conversation, and where to write. */
export class ChatView extends ReactWidget {
  private readonly options: ChatViewOptions;
  private readonly composed = new PromiseDelegate<void>();
  private composer: ComposerHandle | null = null;
  private context: ChatContextValue;
  /** Counts the bots that this panel has been led to. */
  private generation = 0;

  constructor(options: ChatViewOptions, link: IOpenLink) {
    super();
    this.options = options;
    this.addClass('jp-ChatOps');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', options.trans.__('Chat with the bot'));
    this.context = this.createContext(link);
    options.link.replaced.connect(this.onReplaced, this);
  }

  /** Puts the cursor into the input. */
  async focusInput(): Promise<void> {
    await this.composed.promise;
    this.composer?.focus();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.options.link.replaced.disconnect(this.onReplaced, this);
      this.context.model.dispose();
      this.context.rendered.dispose();
      super.dispose();
    }
  }

  protected override render(): React.JSX.Element {
    return (
      <ChatContext.Provider key={this.generation} value={this.context}>
        <ChatHeader />
        <ConnectionBanner />
        <Conversation />
        <Composer ref={this.onComposer} />
        <Announcer />
      </ChatContext.Provider>
    );
  }

  private readonly onComposer = (composer: ComposerHandle | null): void => {
    this.composer = composer;
    if (composer) {
      this.composed.resolve();
    }
  };

  private createContext(link: IOpenLink): ChatContextValue {
    const { onUnread, onTrouble, actions, ...rest } = this.options;
    const model = new ChatModel(link);
    const tell = (): void => onUnread(model.state.unread);
    model.changed.on(tell);
    model.trouble.on(onTrouble);
    tell();
    const write = (text?: string): void => this.composer?.focus(text);
    return { ...rest, model, actions: { ...actions, write } };
  }

  /** Another bot, another conversation. */
  private onReplaced(_: unknown, link: IOpenLink): void {
    this.context.model.dispose();
    this.context = this.createContext(link);
    this.generation++;
    this.update();
  }
}
