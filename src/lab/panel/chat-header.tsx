import { refreshIcon, saveIcon, ToolbarButtonComponent } from '@jupyterlab/ui-components';
import { statusWords } from '../bot-link/status-words';
import { commandIds } from '../command-ids';
import { testIcon } from '../icons';
import { useBotStatus, useChatContext } from './chat-context';

/** Whom one talks to, and how they are. */
export function ChatHeader(): React.JSX.Element {
  const { trans, actions } = useChatContext();
  const status = useBotStatus();
  const { tone, label, detail } = statusWords(status, trans);
  const words = detail ? `${label} · ${detail}` : label;
  return (
    <div className="jp-ChatOps-header">
      <div className="jp-ChatOps-identity">
        <h2 className="jp-ChatOps-name">{status.ready?.bot.name ?? 'chatops'}</h2>
        <p className="jp-ChatOps-status" data-tone={tone} title={words}>
          <span className="jp-ChatOps-dot" aria-hidden="true" />
          <span className="jp-ChatOps-statusWords">{words}</span>
        </p>
      </div>
      <ToolbarButtonComponent
        icon={saveIcon}
        tooltip={trans.__('Save the conversation')}
        enabled={status.state === 'connected'}
        onClick={() => void actions.run(commandIds.exportChat)}
        noFocusOnClick
      />
      <ToolbarButtonComponent
        icon={testIcon}
        tooltip={trans.__('Make a skill test of the conversation')}
        enabled={status.state === 'connected'}
        onClick={() => void actions.run(commandIds.makeTest)}
        noFocusOnClick
      />
      <ToolbarButtonComponent
        icon={refreshIcon}
        tooltip={trans.__('Load edited skills again')}
        enabled={status.state === 'connected'}
        onClick={() => actions.reloadSkills()}
        noFocusOnClick
      />
    </div>
  );
}
