import { ReactWidget } from '@jupyterlab/ui-components';
import { CurrentStep } from './current-step';
import { StepsContext, useSteps, type StepsContextValue } from './steps-context';
import { StepsList } from './steps-list';
import { wordsIn } from './words';

/** Where the learner is, what to do there, and all the other steps. */
export class StepsView extends ReactWidget {
  constructor(private readonly context: StepsContextValue) {
    super();
    this.addClass('jp-ChatOps');
    this.addClass('jp-ChatOps-workshop');
    this.node.setAttribute('role', 'region');
    const words = wordsIn(context.model.language, context.bundle);
    this.node.setAttribute('aria-label', words.__('Workshop'));
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.context.model.dispose();
      super.dispose();
    }
  }

  protected override render(): React.JSX.Element {
    return (
      <StepsContext.Provider value={this.context}>
        <Steps />
      </StepsContext.Provider>
    );
  }
}

function Steps(): React.JSX.Element {
  const { trans, state } = useSteps();
  const { workshop, error, done } = state;
  const count = workshop?.steps.filter(step => step.done).length ?? 0;
  return (
    <div className="jp-ChatOps-stepsFrame" lang={workshop?.language}>
      <div className="jp-ChatOps-header">
        <div className="jp-ChatOps-identity">
          <h1 className="jp-ChatOps-name">{workshop?.title ?? trans.__('Workshop')}</h1>
          {workshop && (
            <>
              <progress
                max={workshop.steps.length}
                value={count}
                aria-label={trans.__('Steps that are done')}
              />
              <p>{trans.__('%1 of %2 steps done', count, workshop.steps.length)}</p>
            </>
          )}
        </div>
      </div>
      <div className="jp-ChatOps-stepsBody">
        {/* Always there, so that a screen reader hears what comes into it. */}
        <output className="jp-ChatOps-done" data-shown={done !== undefined}>
          {done !== undefined && trans.__('✓ Done: %1', done)}
        </output>
        {error !== undefined && (
          <p className="jp-ChatOps-stepsError" role="alert">
            {error}
          </p>
        )}
        {!workshop && error === undefined && <p>{trans.__('Waiting for the bot…')}</p>}
        {workshop?.current && (
          <CurrentStep key={workshop.current.id} workshop={workshop} current={workshop.current} />
        )}
        {workshop && !workshop.current && (
          <section className="jp-ChatOps-step">
            <h2>{trans.__('Every step is done.')}</h2>
            <p>
              {trans.__(
                'You have a bot that asks before it acts and knows who may. The folder you have worked in is all there is to it.'
              )}
            </p>
          </section>
        )}
        {workshop && <StepsList workshop={workshop} />}
      </div>
    </div>
  );
}
