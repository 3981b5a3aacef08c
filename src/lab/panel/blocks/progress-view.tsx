import type { BlockOf } from '../../../protocol';
import { useChatContext } from '../chat-context';

/** How far something is. */
export function ProgressView({
  block: { label, value, state }
}: {
  block: BlockOf<'progress'>;
}): React.JSX.Element {
  const { trans } = useChatContext();
  const percent =
    value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  const words = {
    running: percent === undefined ? trans.__('at work') : trans.__('%1 %', percent),
    done: trans.__('done'),
    failed: trans.__('failed')
  }[state];
  return (
    <div className="jp-ChatOps-progress" data-state={state}>
      <p>
        <bdi>{label}</bdi> {/* Who sees the tick need not read it as well. */}
        <span className={state === 'done' ? 'jp-ChatOps-spoken' : 'jp-ChatOps-progressWords'}>
          {words}
        </span>
      </p>
      {state === 'running' && (
        <progress
          className="jp-ChatOps-progressBar"
          aria-label={label}
          {...(percent !== undefined && { max: 100, value: percent })}
        />
      )}
    </div>
  );
}
