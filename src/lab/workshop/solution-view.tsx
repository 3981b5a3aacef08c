import type { FileDifference, WorkshopCurrent } from '../../protocol';
import { useSteps } from './steps-context';

const SIGNS = { added: '+', removed: '−', same: ' ' } as const;

/** The solution: what of the files it changes, what to say besides, and a button that does it all. */
export function SolutionView({
  step,
  solution
}: {
  step: string;
  solution: NonNullable<WorkshopCurrent['solution']>;
}): React.JSX.Element {
  const { model, trans, state } = useSteps();
  const { files, actions } = solution;
  return (
    <div className="jp-ChatOps-solution">
      <h3>{trans.__('One solution')}</h3>
      {files.map(file => (
        <Difference key={file.path} file={file} />
      ))}
      {actions.length > 0 && (
        <figure>
          <figcaption>{trans.__('Then say, or run in a cell:')}</figcaption>
          <pre className="jp-ChatOps-code">{actions.join('\n')}</pre>
        </figure>
      )}
      <button
        className="jp-ChatOps-button jp-mod-primary"
        disabled={state.busy}
        onClick={() => void model.do({ do: 'solve', step })}
      >
        {trans.__('Apply it for me')}
      </button>
    </div>
  );
}

function Difference({ file: { path, lines } }: { file: FileDifference }): React.JSX.Element {
  const { trans } = useSteps();
  const words = { added: trans.__('added'), removed: trans.__('removed'), same: '' };
  return (
    <figure>
      <figcaption>{path}</figcaption>
      <pre className="jp-ChatOps-code jp-ChatOps-difference">
        {lines.map(({ kind, text }, i) => (
          // Lines of one comparison do not move.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={i} data-kind={kind}>
            <span aria-hidden="true">{SIGNS[kind]} </span>
            {words[kind] && <span className="jp-mod-hidden">{words[kind]}: </span>}
            {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </figure>
  );
}
