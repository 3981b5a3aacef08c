import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { chatOpsError, toErrorRecord } from '../../protocol';
import type { SlashName } from '../chat/slash-commands';
import { commandIds } from '../command-ids';
import type { ChatContextValue } from './chat-context';

/** Does what a person asked the panel for in the input. */
export async function runSlash(
  { name, rest }: { name: SlashName; rest: string },
  { model, rooms, link, actions, trans }: ChatContextValue
): Promise<void> {
  const run = (command: string, args?: ReadonlyPartialJSONObject): void => {
    if (!actions.run(command, args)) {
      const text = trans.__('This JupyterLab has no command `%1`.', command);
      model.tellAside({ what: 'words', text });
    }
  };
  switch (name) {
    case 'help':
      model.tellAside({ what: 'help' });
      break;
    case 'clear':
      model.clear();
      break;
    case 'rooms':
      if (rest === '') {
        rooms.listWanted.emit();
      } else {
        rooms.enter(rest);
      }
      break;
    case 'as':
      if (rest === '') {
        model.speakAs(undefined);
      } else if (link.status.ready?.speakAs) {
        model.speakAs(rest);
      } else {
        const { record } = chatOpsError('CHATOPS_NOT_ALLOWED', {
          action: trans.__('speak as another person'),
          advice: trans.__(
            'Write `speak-as: true` under `panel` in the configuration to try what holds for other people.'
          )
        });
        model.tellAside({ what: 'error', error: record });
      }
      break;
    case 'why':
      await explain(rest, model, trans.__('Write a text behind `/why`: `/why restart web`.'));
      break;
    case 'export':
      run(commandIds.exportChat, rest === '' ? {} : { format: rest });
      break;
    case 'test':
      run(commandIds.makeTest);
      break;
  }
}

async function explain(
  text: string,
  model: ChatContextValue['model'],
  usage: string
): Promise<void> {
  if (text === '') {
    model.tellAside({ what: 'words', text: usage });
    return;
  }
  try {
    model.tellAside({ what: 'why', trace: await model.explain(text) });
  } catch (error) {
    model.tellAside({ what: 'error', error: toErrorRecord(error) });
  }
}
