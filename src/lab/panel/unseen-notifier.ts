import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Arrival } from './chat-view';

/** How much of a message a notification shows, in UTF-16 code units. */
const SHOWN = 120;

/** What a notifier works with. */
export interface UnseenNotifierOptions {
  trans: TranslationBundle;
  /** Whether the person wants to be told. */
  isWanted: () => boolean;
  /** Whether the panel can be seen. */
  isVisible: () => boolean;
  /** Shows the panel. */
  open: () => void;
}

/** Tells in JupyterLab of messages that came while the panel was out of sight: one notification for all of them. */
export class UnseenNotifier {
  private id: string | undefined;
  private count = 0;

  constructor(private readonly options: UnseenNotifierOptions) {}

  /** Something was said just now. */
  tell({ entry, isSeen }: Arrival): void {
    const { trans, isWanted, isVisible, open } = this.options;
    if (isSeen || isVisible() || entry.own || !isWanted()) {
      return;
    }
    this.count++;
    const { user, text } = entry.message;
    const words = `${user.name}: ${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}`;
    const message =
      this.count === 1
        ? words
        : trans._n('%1 new message in the chat', '%1 new messages in the chat', this.count);
    if (this.id !== undefined && Notification.manager.has(this.id)) {
      Notification.update({ id: this.id, message });
    } else {
      this.id = Notification.info(message, {
        autoClose: 8000,
        actions: [{ label: trans.__('Open the chat'), callback: open }]
      });
    }
  }

  /** How many messages nobody has seen: with none left, there is nothing to tell of. */
  setUnread(count: number): void {
    if (count === 0) {
      this.count = 0;
      if (this.id !== undefined) {
        Notification.dismiss(this.id);
        this.id = undefined;
      }
    }
  }
}
