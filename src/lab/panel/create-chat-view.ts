import { Notification } from '@jupyterlab/apputils';
import { RenderMimeRegistry, type IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ErrorRecord, Where } from '../../protocol';
import { commandIds } from '../command-ids';
import type { IBotLink, IChatSettings, IOpenLink } from '../tokens';
import { ChatView } from './chat-view';
import { RenderedTexts } from './rendered-texts';

/** What a view needs from JupyterLab. */
export interface ChatViewParts {
  link: IBotLink;
  current: IOpenLink;
  settings: IChatSettings;
  trans: TranslationBundle;
  rendermime: IRenderMimeRegistry;
  contents: Contents.IManager;
  /** Runs one of JupyterLab's commands. */
  run: (command: string, args?: ReadonlyPartialJSONObject) => void;
  /** Told how many messages came while nobody looked. */
  onUnread: (count: number) => void;
}

/** Makes the view of a chat. Whatever it needs is loaded with this module, when it is first shown. */
export function createChatView({
  link,
  current,
  settings,
  trans,
  rendermime,
  contents,
  run,
  onUnread
}: ChatViewParts): ChatView {
  // Without a resolver, a relative link in a message would lead away from JupyterLab.
  const resolver = new RenderMimeRegistry.UrlResolver({ path: '', contents });
  const openSource = ({ file, line, column }: Where): void =>
    run(commandIds.openSource, { path: file, line: line ?? 1, column: column ?? 1 });
  return new ChatView(
    {
      link,
      settings,
      trans,
      rendered: new RenderedTexts(rendermime.clone({ resolver })),
      actions: {
        openSource: where =>
          isInWorkspace(where) && settings.values.serverUrl === ''
            ? () => openSource(where)
            : undefined,
        openWorkshop: () => run(commandIds.openWorkshop),
        reloadSkills: () => run(commandIds.reloadSkills),
        connect: () => run(commandIds.connect)
      },
      onUnread,
      onTrouble: warnOnce(trans)
    },
    current
  );
}

/** Tells of each kind of misunderstanding once: a bot of another version repeats itself. */
function warnOnce(trans: TranslationBundle): (error: ErrorRecord) => void {
  const told = new Set<string>();
  return ({ code, message }) => {
    if (!told.has(code)) {
      told.add(code);
      Notification.warning(
        trans.__(
          'The bot and this page did not understand each other: %1 They may be of different versions: install the same one on both sides, then reload the page.',
          message
        ),
        { autoClose: false }
      );
    }
  };
}

/** Whether a place is in a file that Jupyter shows: bots name those of the workspace by relative paths. */
function isInWorkspace({ file }: Where): boolean {
  return !/^(?:[/\\]|[A-Za-z]:|\.\.|cell$|<)/.test(file);
}
