import type { TranslationBundle } from '@jupyterlab/translation';
import { MessageLoop, type Message } from '@lumino/messaging';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { WholeConversation } from '../chat/read-conversation';
import { chatIcon } from '../icons';
import type { IChatPanel } from '../tokens';
import type { ChatView } from './chat-view';

/** What a panel is made of. */
export interface ChatPanelOptions {
  trans: TranslationBundle;
  /** Brings the panel to the front of its side area. */
  activate: (panel: Widget) => void;
  /** Resolves when the page is as it was when it was left. */
  restored: Promise<unknown>;
  /** Loads and makes what the panel shows, when it is shown for the first time. */
  createView: () => Promise<ChatView>;
}

/**
 * The panel's place in a side area. Its content, and with it the connection to the bot, comes into
 * being when someone looks for the first time.
 */
export class ChatPanel extends Widget implements IChatPanel {
  private readonly options: ChatPanelOptions;
  private view: Promise<ChatView> | undefined;
  private unread = 0;
  private isRestored = false;

  constructor(options: ChatPanelOptions) {
    super();
    this.options = options;
    this.layout = new PanelLayout();
    this.id = 'jupyterlab-chatops-chat';
    this.addClass('jp-ChatOps-panel');
    this.title.icon = chatIcon;
    this.describe();
    void options.restored.then(() => (this.isRestored = true));
  }

  get widget(): this {
    return this;
  }

  async reveal(): Promise<void> {
    this.options.activate(this);
    await (await this.fill()).focusInput();
  }

  async revealSkills(): Promise<void> {
    this.options.activate(this);
    await (await this.fill()).showView('skills');
  }

  async write(text: string): Promise<void> {
    this.options.activate(this);
    await (await this.fill()).write(text);
  }

  async readConversation(): Promise<WholeConversation> {
    return (await this.fill()).readConversation();
  }

  /** How many messages came while nobody looked. */
  setUnread(count: number): void {
    if (count !== this.unread) {
      this.unread = count;
      this.describe();
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.takeWidth();
    void this.fill();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this.takeWidth();
      void this.fill();
    }
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    const { isRestored } = this;
    // Restoring a page activates what was open. The cursor belongs to the notebook then.
    void this.fill().then(view => (isRestored ? view.focusShown() : undefined));
  }

  private fill(): Promise<ChatView> {
    this.view ??= this.options.createView().then(
      view => {
        (this.layout as PanelLayout).addWidget(view);
        this.letDraw();
        return view;
      },
      error => {
        // Jupyter may be away; the next look tries again.
        this.view = undefined;
        throw error;
      }
    );
    return this.view;
  }

  /** A page that is restored knows how wide the panel was. */
  private takeWidth(): void {
    if (!this.isRestored) {
      this.letDraw();
    }
  }

  /** It has been given a comfortable width; from now on it may be drawn narrower. */
  private letDraw(): void {
    this.addClass('jp-mod-drawable');
    if (this.parent) {
      MessageLoop.postMessage(this.parent, Widget.Msg.FitRequest);
    }
  }

  private describe(): void {
    const { trans } = this.options;
    this.title.caption = this.unread
      ? trans._n(
          'Chat with the bot (%1 new message)',
          'Chat with the bot (%1 new messages)',
          this.unread
        )
      : trans.__('Chat with the bot');
    this.title.className = this.unread ? 'jp-ChatOps-tab jp-mod-unread' : 'jp-ChatOps-tab';
  }
}
