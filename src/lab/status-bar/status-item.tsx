import { ReactWidget } from '@jupyterlab/ui-components';
import { GroupItem, TextItem } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { liveSkills } from '../bot-link/bot-status';
import { statusWords } from '../bot-link/status-words';
import { chatIcon } from '../icons';
import type { IBotLink } from '../tokens';

/** How the bot is, and how many skills are live; a click opens the chat. */
export class StatusItem extends ReactWidget {
  constructor(
    private readonly link: IBotLink,
    private readonly trans: TranslationBundle,
    private readonly openChat: () => void
  ) {
    super();
    this.addClass('jp-ChatOps-statusItem');
    this.addClass('jp-mod-highlighted');
    link.statusChanged.connect(this.onStatus, this);
  }

  override dispose(): void {
    this.link.statusChanged.disconnect(this.onStatus, this);
    super.dispose();
  }

  protected override render(): React.JSX.Element {
    const { trans } = this;
    const { status } = this.link;
    const { tone, label, detail } = statusWords(status, trans);
    const count = liveSkills(status).length;
    const words =
      status.state === 'connected' ? trans._n('%1 skill live', '%1 skills live', count) : label;
    const title = detail ? `${label} · ${detail}` : label;
    return (
      <button
        type="button"
        className="jp-ChatOps-statusButton"
        data-tone={tone}
        title={trans.__('ChatOps: %1. Click to open the chat.', title)}
        onClick={this.openChat}
      >
        <GroupItem spacing={4}>
          <chatIcon.react tag="span" className="jp-ChatOps-statusIcon" aria-hidden="true" />
          <TextItem source={trans.__('ChatOps: %1', words)} />
        </GroupItem>
      </button>
    );
  }

  private onStatus(): void {
    this.update();
  }
}
