import type { Trace } from '../../../protocol';
import { useChatContext } from '../chat-context';
import { Sentence } from '../sentence';

/** Says which language services were not told of a text, as the configuration wants it. */
export function UnaskedNote({
  unasked
}: {
  unasked: NonNullable<Trace['unasked']>;
}): React.JSX.Element {
  const { trans } = useChatContext();
  return (
    <div className="jp-ChatOps-unasked">
      {unasked.map(({ parser, reason }) => (
        <p key={parser}>
          <Sentence text={trans.__('`%1` was not asked: %2.', parser, reason)} />
        </p>
      ))}
    </div>
  );
}
