import type { Magic } from './magic';

/** What a front end is told so that it ends the session. Source: Jupyter's messaging protocol, payloads. */
export const ASK_EXIT = { source: 'ask_exit', keepkernel: false } as const;

/** `%exit`: leaves a terminal. */
export const exit: Magic = {
  name: '%exit',
  usage: '%exit',
  summary: 'Ends the session of a terminal, as of `jupyter console`.',
  details: [
    '`exit` and `quit` do the same where no cell has declared such a name. Notebooks pay no attention',
    'to it: they end a session from their menu.'
  ].join('\n'),
  run: (_, { payload }) => payload(ASK_EXIT)
};
