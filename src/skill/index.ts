/**
 * The module `chatops`: exactly what a skill may import. What a host needs besides is in `host`.
 *
 * @packageDocumentation
 */
export type * from './api';
export { constrainConnectors, constrainRooms, constrainUsers } from './constrain';
export { ChatEvent, events } from './events';
export { matchCrontab, matchWebhook } from './matchers/match-crontab';
export { matchAlways, matchCatchall, matchEvent } from './matchers/match-event';
export {
  matchDialogflowAction,
  matchDialogflowIntent,
  matchIntent,
  matchLexIntent,
  matchLuisaiIntent,
  matchRasanlu,
  matchWatson,
  matchWitai
} from './matchers/match-intent';
export { matchParse } from './matchers/match-parse';
export { matchRegex } from './matchers/match-regex';
export { buttons, card, code, file, image, markdown, table, video } from './parts';
