import type { WorkshopState, WorkshopStep } from '../../protocol';
import { useSteps } from './steps-context';

/** All steps in their order, each with a way to it. */
export function StepsList({ workshop }: { workshop: WorkshopState }): React.JSX.Element {
  const { model, trans, state, confirm } = useSteps();
  const { steps, current, undo } = workshop;
  const resetAll = async (): Promise<void> => {
    const isSure = await confirm(
      trans.__('Reset the whole workshop?'),
      trans.__(
        'Every step is open again, and its files become what they were. You can take that back.'
      ),
      { cancel: trans.__('Cancel'), go: trans.__('Reset all') }
    );
    if (isSure) {
      await model.do({ do: 'reset-all' });
    }
  };
  return (
    <nav className="jp-ChatOps-steps" aria-label={trans.__('All steps')}>
      <ol>
        {steps.map(step => (
          <li key={step.id} data-state={stateOf(step, current?.id)}>
            <button
              className="jp-ChatOps-stepButton"
              aria-current={step.id === current?.id ? 'step' : undefined}
              disabled={state.busy}
              onClick={() => void model.do({ do: 'go', step: step.id })}
            >
              <span className="jp-ChatOps-stepMark" aria-hidden="true" />
              <span className="jp-ChatOps-stepName">{step.title}</span>
              <span className="jp-mod-hidden">
                {step.done
                  ? step.solved
                    ? trans.__('done for you')
                    : trans.__('done')
                  : trans.__('open')}
              </span>
              <span className="jp-ChatOps-stepMinutes">{trans.__('%1 min', step.minutes)}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className="jp-ChatOps-helpButtons">
        <button className="jp-ChatOps-button" disabled={state.busy} onClick={() => void resetAll()}>
          {trans.__('Reset all')}
        </button>
        {undo && (
          <button
            className="jp-ChatOps-button"
            disabled={state.busy}
            onClick={() => void model.do({ do: 'undo' })}
          >
            {undo.action === 'solve' ? trans.__('Undo the solution') : trans.__('Undo the reset')}
          </button>
        )}
      </div>
    </nav>
  );
}

function stateOf({ id, done }: WorkshopStep, current: string | undefined): string {
  return done ? 'done' : id === current ? 'current' : 'open';
}
