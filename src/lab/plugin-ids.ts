const PACKAGE = 'jupyterlab-chatops';

/** The plugins of this extension; the one with settings is named after its schema file. */
export const pluginIds = {
  settings: `${PACKAGE}:chat`,
  botLink: `${PACKAGE}:bot-link`,
  panel: `${PACKAGE}:panel`,
  conversation: `${PACKAGE}:conversation`,
  commands: `${PACKAGE}:commands`,
  sourceOpener: `${PACKAGE}:source-opener`,
  workshop: `${PACKAGE}:workshop`,
  launcher: `${PACKAGE}:launcher`,
  notebook: `${PACKAGE}:notebook`,
  statusBar: `${PACKAGE}:status-bar`
} as const;

/** The name under which this extension's texts are translated. */
export const TRANSLATION_DOMAIN = 'jupyterlab_chatops';
