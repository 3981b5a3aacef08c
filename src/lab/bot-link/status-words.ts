import type { TranslationBundle } from '@jupyterlab/translation';
import { liveSkills, type BotStatus } from './bot-status';

/** How a state of the bot is coloured. */
export type Tone = 'good' | 'busy' | 'bad' | 'off';

/** A state of the bot in words. */
export interface StatusWords {
  readonly tone: Tone;
  /** One or two words. */
  readonly label: string;
  /** A sentence part that says more, or nothing. */
  readonly detail: string;
}

/** What keeps a bot from starting, as opposed to a connection that was lost. */
const START_ERRORS: ReadonlySet<string> = new Set([
  'CHATOPS_BOT_START',
  'CHATOPS_INSTALLATION',
  'CHATOPS_NODE_MISSING',
  'CHATOPS_NODE_VERSION',
  'CHATOPS_WORKSPACE',
  'CHATOPS_CONFIG_UNREADABLE',
  'CHATOPS_CONFIG_SYNTAX',
  'CHATOPS_CONFIG_INVALID'
]);

/** Errors that say all there is to say: the bot will not be there until someone does something. */
const LASTING_ERRORS: ReadonlySet<string> = new Set([
  ...START_ERRORS,
  'CHATOPS_SIGNED_OUT',
  'CHATOPS_RELAY_MISSING',
  'CHATOPS_SERVER_URL'
]);

/** Whether the bot could be reached, and would not start. */
export function cannotStart({ error }: BotStatus): boolean {
  return error !== undefined && START_ERRORS.has(error.code);
}

/** Whether a person has to do something before the bot can be reached. */
export function needsPerson({ state, error }: BotStatus): boolean {
  return (
    state === 'stopped' ||
    state === 'refused' ||
    (error !== undefined && LASTING_ERRORS.has(error.code))
  );
}

/** The state of the bot in words, for header, status bar and screen reader. */
export function statusWords(status: BotStatus, trans: TranslationBundle): StatusWords {
  switch (status.state) {
    case 'idle':
    case 'closed':
      return { tone: 'off', label: trans.__('Not connected'), detail: '' };
    case 'connected':
      return { tone: 'good', label: trans.__('Ready'), detail: skillWords(status, trans) };
    case 'stopped':
      return {
        tone: 'off',
        label: trans.__('Stopped'),
        detail: trans.__('someone told it to quit')
      };
    case 'refused':
      return { tone: 'bad', label: trans.__('Not let in'), detail: '' };
    case 'connecting':
    case 'waiting':
      return troubleWords(status, trans);
  }
}

function troubleWords(status: BotStatus, trans: TranslationBundle): StatusWords {
  if (cannotStart(status)) {
    return { tone: 'bad', label: trans.__('The bot cannot start'), detail: '' };
  }
  if (needsPerson(status)) {
    return { tone: 'bad', label: trans.__('Cannot connect'), detail: '' };
  }
  return status.isLost
    ? { tone: 'bad', label: trans.__('Offline'), detail: '' }
    : { tone: 'busy', label: trans.__('Connecting…'), detail: '' };
}

function skillWords(status: BotStatus, trans: TranslationBundle): string {
  const names = liveSkills(status).map(({ name }) => name);
  return names.length === 0
    ? trans.__('no skills live')
    : trans._n('%1 skill live: %2', '%1 skills live: %2', names.length, names.join(', '));
}
