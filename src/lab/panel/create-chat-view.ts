import { Notification } from '@jupyterlab/apputils';
import { RenderMimeRegistry, type IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { chatOpsError, reasonOf, type ErrorRecord, type Where } from '../../protocol';
import { commandIds } from '../command-ids';
import type { IBotLink, IChatSettings, IOpenLink } from '../tokens';
import { attachment, type Attachment } from '../chat/attachment';
import { ChatView, type Arrival } from './chat-view';
import { RenderedTexts } from './rendered-texts';
import { SparingTypesetter } from './sparing-typesetter';

/** What a view needs from JupyterLab. */
export interface ChatViewParts {
  link: IBotLink;
  current: IOpenLink;
  settings: IChatSettings;
  trans: TranslationBundle;
  rendermime: IRenderMimeRegistry;
  contents: Contents.IManager;
  /** Runs one of JupyterLab's commands. */
  run: (command: string, args?: ReadonlyPartialJSONObject) => boolean;
  /** Told how many messages came while nobody looked. */
  onUnread: (count: number) => void;
  /** Told of what was said just now. */
  onArrived: (arrival: Arrival) => void;
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
  onUnread,
  onArrived
}: ChatViewParts): ChatView {
  // Without a resolver, a relative link in a message would lead away from JupyterLab.
  const resolver = new RenderMimeRegistry.UrlResolver({ path: '', contents });
  const { latexTypesetter: typesetter } = rendermime;
  const rendered = new RenderedTexts(
    rendermime.clone({
      resolver,
      ...(typesetter && { latexTypesetter: new SparingTypesetter(typesetter) })
    })
  );
  rendered.prepare();
  const openSource = ({ file, line, column }: Where): void => {
    const place = { path: file, line: line ?? 1, column: column ?? 1 };
    const skill = link.status.skills.find(({ source }) => source.file === file)?.name;
    // The cell that a skill was written in, where a notebook with it is open, says more than its file.
    if (skill === undefined || !run(commandIds.openSkill, { skill, ...place })) {
      run(commandIds.openSource, place);
    }
  };
  return new ChatView(
    {
      link,
      settings,
      trans,
      rendered,
      actions: {
        openSource: where =>
          isInWorkspace(where) && settings.values.serverUrl === ''
            ? () => openSource(where)
            : undefined,
        openWorkshop: () => void run(commandIds.openWorkshop),
        reloadSkills: names =>
          void run(commandIds.reloadSkills, names ? { skills: [...names] } : {}),
        connect: () => void run(commandIds.connect),
        readFile: path => readContents(contents, path),
        run
      },
      onUnread,
      onArrived,
      onTrouble: warnOnce(trans)
    },
    current
  );
}

/** A file that JupyterLab shows, with its content. */
async function readContents(contents: Contents.IManager, path: string): Promise<Attachment> {
  const name = path.split('/').at(-1)!;
  try {
    const model = await contents.get(path, { type: 'file', format: 'base64', content: true });
    // Some servers break base64 into lines.
    return attachment(name, model.mimetype ?? '', String(model.content).replace(/\s/g, ''));
  } catch (error) {
    const reason = reasonOf(error);
    throw chatOpsError('CHATOPS_ATTACHMENT_UNREADABLE', { name, reason }, { cause: error });
  }
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
