import { useEffect, useRef } from 'react';
import type { WorkshopCurrent, WorkshopState, WorkshopTarget } from '../../protocol';
import { SolutionView } from './solution-view';
import { StepText } from './step-text';
import { useSteps } from './steps-context';
import type { ViewWords } from './words';

/** The step at work: what to do, what is missing, and all the help there is. */
export function CurrentStep({
  workshop,
  current
}: {
  workshop: WorkshopState;
  current: WorkshopCurrent;
}): React.JSX.Element {
  const { model, trans, state, read } = useSteps();
  const { id, task, plays } = current;
  const position = workshop.steps.findIndex(step => step.id === id);
  const step = workshop.steps[position]!;
  const skipped = workshop.steps.slice(0, position).filter(({ done }) => !done).length;
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <section
      className="jp-ChatOps-step"
      aria-labelledby="jp-ChatOps-stepTitle"
      aria-busy={state.busy}
      data-step={id}
    >
      <p className="jp-ChatOps-stepPlace">
        {trans.__('Step %1 of %2', position + 1, workshop.steps.length)} ·{' '}
        {trans._n('%1 minute', '%1 minutes', step.minutes)}
      </p>
      <h2 ref={heading} id="jp-ChatOps-stepTitle" tabIndex={-1}>
        {step.title}
      </h2>
      {skipped > 0 && !step.done && (
        <p className="jp-ChatOps-skipped">
          {trans._n('%1 earlier step is open.', '%1 earlier steps are open.', skipped)}{' '}
          <button
            className="jp-ChatOps-link"
            disabled={state.busy}
            onClick={() => void model.do({ do: 'catch-up', step: id })}
          >
            {trans.__('Catch me up')}
          </button>
        </p>
      )}
      <div className="jp-ChatOps-task">
        <StepText text={task} />
      </div>
      <Question current={current} />
      <div className="jp-ChatOps-plays">
        {plays.map(play => (
          <button
            key={play.id}
            className="jp-ChatOps-button jp-mod-primary"
            disabled={state.busy}
            onClick={() => void model.do({ do: 'play', step: id, play: play.id })}
          >
            {play.label}
          </button>
        ))}
        <button className="jp-ChatOps-link" onClick={() => void read(id)}>
          {trans.__('Read on in the notebook')}
        </button>
      </div>
      {step.done ? (
        <div className="jp-ChatOps-check" data-state="done">
          <span className="jp-ChatOps-checkWord">{trans.__('Done')}</span>
        </div>
      ) : (
        <CheckState current={current} />
      )}
      <Help current={current} />
      <ShowMe targets={current.show} />
    </section>
  );
}

/** What is missing; the bot looks by itself, and the button is for those who want to be sure. */
function CheckState({
  current: { unmet, mistake }
}: {
  current: WorkshopCurrent;
}): React.JSX.Element {
  const { model, trans, state } = useSteps();
  return (
    <div className="jp-ChatOps-check" data-state="open">
      <output>
        <span className="jp-ChatOps-checkWord">{trans.__('Not yet')}</span>
        {unmet && <StepText text={unmet.text} />}
        {mistake && (
          <div className="jp-ChatOps-mistake" data-mistake={mistake.id}>
            <StepText text={mistake.text} />
          </div>
        )}
      </output>
      <button
        className="jp-ChatOps-button"
        disabled={state.busy}
        onClick={() => void model.do({ do: 'check' })}
      >
        {trans.__('Check now')}
      </button>
    </div>
  );
}

function Question({ current }: { current: WorkshopCurrent }): React.JSX.Element | null {
  const { model, state } = useSteps();
  const { id, question } = current;
  if (!question) {
    return null;
  }
  return (
    <fieldset className="jp-ChatOps-question">
      <legend>{question.text}</legend>
      {question.options.map(option => (
        <button
          key={option.id}
          className="jp-ChatOps-button"
          aria-pressed={question.answer === option.id}
          disabled={state.busy}
          onClick={() =>
            void model.do({ do: 'answer', step: id, question: question.id, option: option.id })
          }
        >
          {option.text}
        </button>
      ))}
      {question.afterwards !== undefined && <p>{question.afterwards}</p>}
    </fieldset>
  );
}

/** Hints one after another, then the solution, and the way back. */
function Help({ current }: { current: WorkshopCurrent }): React.JSX.Element {
  const { model, trans, state, confirm } = useSteps();
  const { id, hints, hintCount, solution } = current;
  const last = useRef<HTMLLIElement>(null);
  const shown = useRef(hints.length);
  useEffect(() => {
    // Whoever asks for a hint wants to read it; a screen reader goes there with the cursor.
    if (hints.length > shown.current) {
      last.current?.focus();
    }
    shown.current = hints.length;
  }, [hints.length]);
  const reset = async (): Promise<void> => {
    const isSure = await confirm(
      trans.__('Reset this step?'),
      trans.__('Its files become what they were when the step began. You can take that back.'),
      { cancel: trans.__('Cancel'), go: trans.__('Reset') }
    );
    if (isSure) {
      await model.do({ do: 'reset', step: id });
    }
  };
  return (
    <div className="jp-ChatOps-help">
      {hints.length > 0 && (
        <ol className="jp-ChatOps-hints" aria-label={trans.__('Hints')}>
          {hints.map((hint, i) => (
            <li key={hint} ref={i === hints.length - 1 ? last : undefined} tabIndex={-1}>
              <StepText text={hint} />
            </li>
          ))}
        </ol>
      )}
      {solution && <SolutionView step={id} solution={solution} />}
      <div className="jp-ChatOps-helpButtons">
        {hints.length < hintCount && (
          <button
            className="jp-ChatOps-button"
            disabled={state.busy}
            onClick={() => void model.do({ do: 'hint', step: id })}
          >
            {trans.__('Hint %1 of %2', hints.length + 1, hintCount)}
          </button>
        )}
        {hints.length > 0 && !solution && (
          <button
            className="jp-ChatOps-button"
            disabled={state.busy}
            onClick={() => void model.do({ do: 'show-solution', step: id })}
          >
            {trans.__('Show the solution')}
          </button>
        )}
        <button className="jp-ChatOps-button" disabled={state.busy} onClick={() => void reset()}>
          {trans.__('Reset step')}
        </button>
      </div>
    </div>
  );
}

function ShowMe({ targets }: { targets: readonly WorkshopTarget[] }): React.JSX.Element | null {
  const { trans, show } = useSteps();
  if (targets.length === 0) {
    return null;
  }
  return (
    <div className="jp-ChatOps-show">
      <h3 id="jp-ChatOps-showMe">{trans.__('Show me')}</h3>
      <ul aria-labelledby="jp-ChatOps-showMe">
        {targets.map(target => (
          <li key={JSON.stringify(target)}>
            <button className="jp-ChatOps-link" onClick={() => show(target)}>
              {targetWords(target, trans)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function targetWords(target: WorkshopTarget, trans: ViewWords): string {
  if ('file' in target) {
    return trans.__('the file %1', target.file);
  }
  if ('cell' in target) {
    return trans.__('the cell in the notebook');
  }
  return 'panel' in target
    ? trans.__('the chat')
    : trans.__('why the last message was answered so');
}
