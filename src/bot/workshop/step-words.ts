import type { FileDifference, WorkshopCurrent, WorkshopState, WorkshopStep } from '../../protocol';
import {
  fillIn,
  lineDifference,
  nearestLanguage,
  wordsOf,
  type Action,
  type CheckResult,
  type Progress,
  type Step,
  type Workshop
} from '../../workshop';

/** What a state is told of. */
export interface StateParts {
  workshop: Workshop;
  progress: Progress;
  /** The step the learner looks at. */
  viewed: Step | undefined;
  /** What was found about it. */
  result: CheckResult | undefined;
  /** Its files: as they are, and as its solution has them. */
  files: readonly { path: string; before: string; after: string }[];
}

/** How far a learner is, in their language. */
export function stateIn(language: string, parts: StateParts): WorkshopState {
  const { workshop, progress, viewed } = parts;
  const chosen = nearestLanguage(workshop.languages, language);
  return {
    title: workshop.title[chosen]!,
    language: chosen,
    notebook: `${workshop.notebook}.ipynb`,
    steps: workshop.steps.map(step => summary(step, progress, chosen)),
    ...(viewed && { current: details(viewed, chosen, parts) }),
    ...(progress.undo && {
      undo: { action: progress.undo.action, step: progress.undo.step }
    })
  };
}

/** What is missing, in words. */
export function unmetWords(
  step: Step,
  result: CheckResult,
  language: string,
  workshop: Workshop
): { unmet?: { id: string; text: string }; mistake?: { id: string; text: string } } {
  if (result.passed) {
    return {};
  }
  const words = wordsOf(step, language);
  const missing = workshop.steps.find(({ id }) => id === result.facts.step);
  const facts = {
    ...result.facts,
    ...(missing && { step: wordsOf(missing, language).title })
  };
  const { unmet, mistake } = result;
  return {
    unmet: { id: unmet, text: fillIn(words.conditions[unmet]!, facts).trim() },
    ...(mistake !== undefined && {
      mistake: { id: mistake, text: fillIn(words.mistakes[mistake]!, facts).trim() }
    })
  };
}

function summary(step: Step, { steps }: Progress, language: string): WorkshopStep {
  const { id, minutes } = step;
  const { doneAt, solved = false } = steps[id] ?? {};
  return { id, title: wordsOf(step, language).title, minutes, done: doneAt !== undefined, solved };
}

function details(step: Step, language: string, parts: StateParts): WorkshopCurrent {
  const { workshop, progress, result, files } = parts;
  const words = wordsOf(step, language);
  const { hints = 0, solutionShown = false, answers = {} } = progress.steps[step.id] ?? {};
  const { question } = step;
  const answer = question && answers[question.id];
  return {
    id: step.id,
    task: words.task.trim(),
    ...(result && unmetWords(step, result, language, workshop)),
    hints: words.hints.slice(0, hints).map(hint => hint.trim()),
    hintCount: words.hints.length,
    ...(solutionShown && {
      solution: {
        files: files
          .map(difference)
          .filter(({ lines }) => lines.some(line => line.kind !== 'same')),
        actions: step.solution.flatMap(describe)
      }
    }),
    ...(question && {
      question: {
        id: question.id,
        text: words.question!.text.trim(),
        options: question.options.map(id => ({ id, text: words.question!.options[id]! })),
        ...(answer !== undefined && { answer, afterwards: words.question!.afterwards.trim() })
      }
    }),
    plays: step.plays.map(({ id }) => ({ id, label: words.plays[id]! })),
    show: [...step.show]
  };
}

function difference({ path, before, after }: StateParts['files'][number]): FileDifference {
  return { path, lines: lineDifference(before, after) };
}

/** What an action besides changing files is, as one would write it in a cell. */
function describe(action: Action): string[] {
  if ('say' in action) {
    const options = [
      action.as === undefined ? '' : `user: '${action.as}'`,
      action.room === undefined ? '' : `room: '${action.room}'`
    ].filter(Boolean);
    const more = options.length > 0 ? `, { ${options.join(', ')} }` : '';
    return [`await chat(${JSON.stringify(action.say)}${more})`];
  }
  if ('look' in action) {
    return [`await why(${JSON.stringify(action.look)})`];
  }
  if ('fixture' in action) {
    return [`await startFixture('${action.fixture}')`];
  }
  if ('variable' in action) {
    return [`// in .env: ${action.variable}=${action.value}`];
  }
  if ('hear' in action) {
    const { hear, reply } = action;
    return [`bot.hear(/${hear}/, message => message.respond(${JSON.stringify(reply)}))`];
  }
  return [];
}
