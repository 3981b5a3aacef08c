import type { Case, Facts, Finding, Observed } from '../case';
import { isSame } from '../compare';

/** Plays the case once more, with other skills. */
type Replay = (skills: readonly Facts[]) => Promise<Observed>;

interface Rule {
  /** The successors, in words, that this rule is about. */
  about: RegExp;
  expect(given: Case, observed: Observed, replay: Replay): Promise<Facts> | Facts;
}

/** What happens instead of each kind of defect; the first rule that is about it holds. */
const RULES: readonly Rule[] = [
  {
    // A skill that could never work is turned away when it is loaded; the others are there.
    about: /reject|at load/,
    expect: async ({ given }, { rejected }, replay) => {
      const names = rejected as string[];
      const others = (given.skills as Facts[]).filter(({ name }) => !names.includes(name));
      const { ran } = await replay(others);
      return { rejected: names.length > 0 ? names : ['a skill'], ran };
    }
  },
  {
    about: /case-insensitive condition/,
    expect: async ({ given }, _, replay) => {
      const { ran, entities } = await replay(
        (given.skills as Facts[]).map(skill => ({
          ...skill,
          matchers: (skill.matchers as Facts[]).map(matcher => ({
            ...matcher,
            matching_condition: String(matcher.matching_condition).toLowerCase()
          }))
        }))
      );
      return { ran, entities, rejected: [] };
    }
  },
  {
    // What a skill sees is what it would see if it were alone.
    about:
      /own match|own (?:entities|captures|result)|each candidate|per.candidate|los(?:es|ers?|ing)|leak|behind/,
    expect: async ({ given, expect }, { ran }, replay) => {
      const [winner] = expect.ran as string[];
      const alone = (given.skills as Facts[]).filter(({ name }) => name === winner);
      const { entities } = await replay(alone);
      return { ran: ran === undefined ? [] : expect.ran, entities };
    }
  },
  {
    about: /constraints? (?:apply|hold)/,
    expect: ({ given, input, expect }) => ({
      ran: (expect.ran as string[]).filter(name =>
        accepts(
          (given.skills as Facts[]).find(skill => skill.name === name)!,
          input
        )
      )
    })
  },
  {
    about: /^(\w+) runs?$/,
    expect: ({ successor }) => ({ ran: [/^(\w+)/.exec(successor!)![1]] })
  },
  {
    about: /messages only/,
    expect: ({ given, input, expect }) => ({
      ran:
        input.text !== undefined
          ? expect.ran
          : (expect.ran as string[]).filter(name => {
              const skill = (given.skills as Facts[]).find(each => each.name === name)!;
              return (skill.matchers as Facts[]).some(
                ({ type, messages_only }) => type !== 'catchall' || messages_only === false
              );
            })
    })
  },
  {
    about: /once/,
    expect: ({ expect }) => ({ ran: [...new Set(expect.ran as string[])] })
  },
  {
    // Lists are compared by what is in them.
    about: /as sets|order/,
    expect: ({ given, input }) => ({
      ran: (given.skills as Facts[]).flatMap(({ name, matchers }) =>
        (matchers as Facts[]).some(matcher => hasSameMembers(matcher, input.entities ?? {}))
          ? [name]
          : []
      )
    })
  },
  {
    // An event skill goes beside whatever answers; a catch-all answers what nobody else does.
    about: /decide explicitly/,
    expect: ({ expect }) => expect
  },
  {
    about: /factor|honou?r|\b0\b|zero/,
    expect: ({ given }) => ({
      ranking: (given.skills as Facts[])
        .flatMap(({ name, matchers }) =>
          (matchers as Facts[]).map(matcher => [name, scoreOf(matcher)] as [string, number])
        )
        .toSorted(([, a], [, b]) => b - a)
    })
  },
  {
    // A field at the end of a format that is looked for runs to the end of the text.
    about: /trailing|greedy|\brest\b|\bend\b/,
    expect: ({ given, input, expect }) => ({
      matched: true,
      entities: { ...expect.entities, ...restOf(given, input, expect) }
    })
  },
  {
    about: /sync|plain function/,
    expect: ({ expect }) => ({ ran: expect.ran ?? [] })
  }
];

/** What should have happened in a case whose defect is not repeated here. */
export async function chatSuccessor(
  given: Case,
  observed: Observed,
  replay: Replay
): Promise<Finding | undefined> {
  const rule = RULES.find(({ about }) => about.test(given.successor!));
  return rule && { observed, expected: await rule.expect(given, observed, replay) };
}

function accepts({ constraints = [] }: Facts, input: Facts): boolean {
  const { room = 'room', user = 'user' } = input;
  const connector = 'connector' in input ? (input.connector as unknown) : 'rec';
  return (constraints as Facts[]).every(({ rooms, users, connectors, invert = false }) => {
    const [list, value] = rooms ? [rooms, room] : users ? [users, user] : [connectors, connector];
    return (list as unknown[]).includes(value) !== invert;
  });
}

function hasSameMembers(matcher: Facts, entities: Facts): boolean {
  return Object.entries(matcher)
    .filter(([key]) => key !== 'type' && key !== 'event')
    .every(([key, wanted]) => {
      const [a, b] = [wanted, entities[key] as unknown].map(value =>
        Array.isArray(value) ? value.map(item => JSON.stringify(item)).toSorted() : value
      );
      return isSame(a, b);
    });
}

/** opsdroid's formula; a factor of 0 is one too. */
function scoreOf({ expression, format, score_factor = 0.6 }: Facts): number {
  const { length } = Array.from((expression ?? format) as string);
  return (1 - 1 / (length + 1) ** 2) * (score_factor as number);
}

/** What the last field of a format has when it runs to the end, where opsdroid gives it one letter. */
function restOf({ skills }: Facts, { text }: Facts, { entities = {} }: Facts): Facts {
  const [{ matchers }] = skills as [Facts];
  const { format } = (matchers as [Facts])[0] as { format: string };
  const [, before = '', name = ''] = /([^{}]*)\{([^{}:]*)[^{}]*\}$/.exec(format) ?? [];
  const start = (text as string).indexOf(before + String(entities[name] ?? ''));
  return { [name]: (text as string).slice(start + before.length) };
}
