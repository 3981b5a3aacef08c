import { MAX_TEXT_LENGTH } from '../../protocol';
import { useChatContext, useSettings } from './chat-context';

/** The id of the help, by which the input refers to it. */
export const INPUT_HELP = 'jp-ChatOps-inputHelp';

/** From here on the person is told how much room is left. */
const NEARLY_FULL = MAX_TEXT_LENGTH * 0.9;

/** Says which keys send, and once it matters how much room is left. */
export function InputHelp({ length }: { length: number }): React.JSX.Element {
  const { trans } = useChatContext();
  const { sendKey } = useSettings();
  const isNearlyFull = length > NEARLY_FULL;
  const keys =
    sendKey === 'enter'
      ? trans.__('Enter sends, Shift+Enter breaks the line.')
      : trans.__('Shift+Enter sends, Enter breaks the line.');
  return (
    <p id={INPUT_HELP} className={isNearlyFull ? 'jp-ChatOps-count' : 'jp-ChatOps-spoken'}>
      {length > MAX_TEXT_LENGTH
        ? trans.__('Too long to send: %1 of at most %2 characters.', length, MAX_TEXT_LENGTH)
        : isNearlyFull
          ? trans.__('%1 of at most %2 characters.', length, MAX_TEXT_LENGTH)
          : keys}
    </p>
  );
}
