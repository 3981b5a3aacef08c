import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { commandIds } from '../command-ids';
import { pluginIds, TRANSLATION_DOMAIN } from '../plugin-ids';

/** A card that opens the workshop. */
export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.launcher,
  description: 'Adds a card for the workshop to the launcher.',
  autoStart: true,
  optional: [ILauncher, ITranslator],
  activate: (_: JupyterFrontEnd, launcher: ILauncher | null, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    launcher?.add({
      command: commandIds.openWorkshop,
      args: { isCard: true },
      category: trans.__('ChatOps'),
      rank: 1
    });
  }
};
