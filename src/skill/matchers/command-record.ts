import {
  DEFAULT_SCORE_FACTOR,
  type Argument,
  type Constraint,
  type RoleGrant
} from '../../protocol';
import type { CommandOptions, ConstraintOptions, Selection } from '../api';
import type { RecordFunction, RecordFunctions } from '../matched-skill';
import { flag, isObject, isTexts, size, text, texts, type Rule, type Rules } from './checks';

const selection: Rule = [
  'a list of texts, or `{ not: […] }`',
  value => isTexts(value) || (isObject(value) && isTexts(value.not))
];

/** What may be said about where and for whom a matcher holds. */
export const constraintRules: Rules = {
  rooms: selection,
  users: selection,
  connectors: selection,
  roles: [
    'a list of roles, or an object with a condition for each',
    value => isTexts(value) || (isObject(value) && Object.values(value).every(isCondition))
  ]
};

/** What may be said about every command. */
export const commandRules: Rules = {
  ...constraintRules,
  description: text,
  examples: texts,
  arguments: [
    'an object with a description, or `{ description, choices }`, for each argument',
    value => isObject(value) && Object.values(value).every(isArgument)
  ],
  confirm: [
    'a text, a function, true or false',
    value => ['string', 'function', 'boolean'].includes(typeof value)
  ],
  approvers: texts,
  sideEffects: flag,
  scoreFactor: size
};

/** The fields of a matcher record that come from the options of constraints. */
export interface ConstraintFields {
  constraints?: Constraint[];
  roles?: RoleGrant[];
  functions?: RecordFunctions;
}

/** What options say about where and for whom, as data and as functions. */
export function constraintFields({
  rooms,
  users,
  connectors,
  roles
}: ConstraintOptions): ConstraintFields {
  const constraints = [
    ...constraintOf('rooms', rooms),
    ...constraintOf('users', users),
    ...constraintOf('connectors', connectors)
  ];
  const grants = roles && grantsOf(roles);
  const functions = roles && functionsOf(roles);
  return {
    ...(constraints.length > 0 && { constraints }),
    ...(grants && { roles: grants }),
    ...(functions && { functions: { roles: functions } })
  };
}

/** What options say about a command, as data and as functions. */
export function commandFields(options: CommandOptions, scoreFactor = DEFAULT_SCORE_FACTOR) {
  const { description, examples, confirm, approvers, sideEffects } = options;
  const constrained = constraintFields(options);
  const asked = typeof confirm === 'function' ? (confirm as RecordFunction) : undefined;
  return {
    ...constrained,
    scoreFactor: options.scoreFactor ?? scoreFactor,
    ...(description !== undefined && { description }),
    ...(examples !== undefined && { examples: [...examples] }),
    ...(options.arguments && { arguments: argumentsOf(options.arguments) }),
    ...(approvers && { approvers: [...approvers] }),
    ...(sideEffects !== undefined && { sideEffects }),
    ...confirmation(confirm),
    ...((asked ?? constrained.functions) && {
      functions: { ...constrained.functions, ...(asked && { confirm: asked }) }
    })
  };
}

/** A constraint as data. */
export function constraintOf(on: Constraint['on'], chosen: Selection | undefined): Constraint[] {
  if (!chosen) {
    return [];
  }
  return 'not' in chosen
    ? [{ on, values: [...chosen.not], invert: true }]
    : [{ on, values: [...chosen], invert: false }];
}

function confirmation(confirm: CommandOptions['confirm']): { confirm?: string | true } {
  if (confirm === undefined || confirm === false) {
    return {};
  }
  return {
    confirm: typeof confirm === 'function' ? true : confirm === true ? 'Shall I do this?' : confirm
  };
}

function grantsOf(roles: NonNullable<ConstraintOptions['roles']>): RoleGrant[] {
  if (isTexts(roles)) {
    return roles.map(role => ({ role }));
  }
  return Object.entries(roles as Record<string, unknown>).map(([role, condition]) => ({
    role,
    ...(isObject(condition) && { when: condition as Record<string, string[]> }),
    ...(typeof condition === 'function' && { asks: true })
  }));
}

function functionsOf(
  roles: NonNullable<ConstraintOptions['roles']>
): Record<string, RecordFunction> | undefined {
  const functions = Object.entries(isTexts(roles) ? {} : (roles as Record<string, unknown>)).filter(
    (entry): entry is [string, RecordFunction] => typeof entry[1] === 'function'
  );
  return functions.length > 0 ? Object.fromEntries(functions) : undefined;
}

function argumentsOf(given: NonNullable<CommandOptions['arguments']>): Record<string, Argument> {
  return Object.fromEntries(
    Object.entries(given).map(([name, about]) => [
      name,
      typeof about === 'string'
        ? { description: about }
        : {
            ...(about.description !== undefined && { description: about.description }),
            ...(about.choices && { choices: [...about.choices] })
          }
    ])
  );
}

function isCondition(value: unknown): boolean {
  return (
    value === true ||
    typeof value === 'function' ||
    (isObject(value) && Object.values(value).every(isTexts))
  );
}

function isArgument(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    (isObject(value) &&
      Object.keys(value).every(key => key === 'description' || key === 'choices') &&
      (value.description === undefined || typeof value.description === 'string') &&
      (value.choices === undefined || isTexts(value.choices)))
  );
}
