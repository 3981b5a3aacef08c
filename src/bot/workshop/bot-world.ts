import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_ROOM, type Trace, type User } from '../../protocol';
import type { Workshop, World } from '../../workshop';
import { PANEL } from '../connectors/panel/panel-host';
import { learnerOf } from './learner';
import type { Moment, Observations } from './observations';
import type { SkillTests } from './skill-tests';
import type { WorkshopHost } from './workshop-host';

/** What a world is a view of. */
export interface WorldParts {
  host: WorkshopHost;
  observations: Observations;
  workshop: Workshop;
  /** Whose progress it is, where that is known. */
  person: User | undefined;
  tests: SkillTests;
}

/**
 * What the conditions of a step look at.
 *
 * @param after - when the step was begun.
 * @param upTo - what came later is left out.
 */
export function worldOf(
  { host, observations, workshop, person, tests }: WorldParts,
  step: {
    id: string;
    after: Moment;
    upTo: Moment;
    done: readonly string[];
    answers: Readonly<Record<string, string>>;
  }
): World {
  const { engine } = host;
  const learner = learnerOf(person, observations, workshop.cast);
  const ids = workshop.steps.map(({ id }) => id);
  return {
    ...observations.between(step.after, step.upTo, person),
    answers: step.answers,
    skills: engine.registry.list(),
    configuration: host.configuration(),
    connectors: host.connectorNames(),
    learner: learner.name,
    cast: workshop.cast,
    done: step.done,
    earlier: ids.slice(0, ids.indexOf(step.id)),
    file: name => readText(path.join(host.workspace, name)),
    explain: (text, as): Promise<Trace> =>
      engine.explain(text, {
        connector: PANEL,
        room: DEFAULT_ROOM,
        user: as === undefined ? learner : personaOf(as)
      }),
    test: (file, instead) => tests.run(file, instead)
  };
}

/** Someone that a notebook speaks as. */
export function personaOf(name: string): User {
  return { id: `as:${name}`, name };
}

/** The text of a file; nothing where there is none. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
