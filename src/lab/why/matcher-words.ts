import type { TranslationBundle } from '@jupyterlab/translation';
import type { Constraint, MatcherRecord, RoleGrant } from '../../protocol';

/** A matcher as someone reads it who has never seen one. */
export interface MatcherWords {
  /** What kind of matcher it is, in a word or two. */
  readonly kind: string;
  /** What is compared, as its author wrote it; empty where there is nothing to compare. */
  readonly code: string;
  /** How it is compared. */
  readonly how: string;
}

/** A matcher in words. */
export function matcherWords(record: MatcherRecord, trans: TranslationBundle): MatcherWords {
  switch (record.kind) {
    case 'regex':
      return {
        kind:
          record.dialect === 'opsdroid'
            ? trans.__('Pattern, as Python reads it')
            : trans.__('Pattern'),
        code: `/${record.pattern}/${record.flags}`,
        how: conditionWords(record.condition, trans)
      };
    case 'parse':
      return {
        kind: trans.__('Format'),
        code: record.format,
        how: [
          record.condition === 'search'
            ? trans.__('anywhere in the text')
            : trans.__('must be the whole text'),
          ...(record.caseSensitive ? [trans.__('capitals count')] : [])
        ].join(', ')
      };
    case 'intent':
      return {
        kind: trans.__('Meaning'),
        code: record.intent,
        how: trans.__('like one of its examples, by %1 at least', String(record.threshold))
      };
    case 'nlu':
      return {
        kind: trans.__('Language service %1', record.parser),
        code: record.value,
        how: record.field === 'intent' ? trans.__('as the intent') : trans.__('as the action')
      };
    case 'always':
      return { kind: trans.__('Every event'), code: '', how: trans.__('beside whoever answers') };
    case 'catchall':
      return {
        kind: trans.__('Whatever is left'),
        code: '',
        how: record.messagesOnly
          ? trans.__('messages that nothing else matches')
          : trans.__('events that nothing else matches')
      };
    case 'event':
      return {
        kind: trans.__('Event'),
        code: record.event,
        how: filterWords(record.filters, trans)
      };
    case 'crontab':
      return {
        kind: trans.__('Schedule'),
        code: record.schedule,
        how: record.timezone === undefined ? '' : trans.__('in the time zone %1', record.timezone)
      };
    case 'webhook':
      return {
        kind: trans.__('Web address'),
        code: record.path,
        how: record.signature
          ? trans.__('signed with %1', record.signature.algorithm)
          : trans.__('with the token of the configuration')
      };
  }
}

/** Under which conditions a matcher may be used, a sentence part for each. */
export function requirementWords(record: MatcherRecord, trans: TranslationBundle): string[] {
  const { constraints = [], roles, confirm, approvers } = record;
  return [
    ...constraints.map(constraint => constraintWords(constraint, trans)),
    ...(roles
      ? [trans.__('only for %1', roles.map(role => roleWords(role, trans)).join(', '))]
      : []),
    ...(confirm === undefined
      ? []
      : [
          approvers
            ? trans.__('asks %1 or the one who said it to confirm', approvers.join(', '))
            : trans.__('asks to confirm')
        ])
  ];
}

function conditionWords(
  condition: 'search' | 'match' | 'fullmatch' | 'findall',
  trans: TranslationBundle
): string {
  switch (condition) {
    case 'search':
      return trans.__('anywhere in the text');
    case 'match':
      return trans.__('from the start of the text');
    case 'fullmatch':
      return trans.__('must be the whole text');
    case 'findall':
      return trans.__('at every place in the text');
  }
}

function filterWords(filters: Readonly<Record<string, unknown>>, trans: TranslationBundle): string {
  const parts = Object.entries(filters).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`
  );
  return parts.length === 0 ? '' : trans.__('where %1', parts.join(', '));
}

function constraintWords({ on, values, invert }: Constraint, trans: TranslationBundle): string {
  const list = values.join(', ');
  switch (on) {
    case 'rooms':
      return invert ? trans.__('not in %1', list) : trans.__('only in %1', list);
    case 'users':
      return invert ? trans.__('not for %1', list) : trans.__('only for %1', list);
    case 'connectors':
      return invert ? trans.__('not by %1', list) : trans.__('only by %1', list);
  }
}

function roleWords({ role, when }: RoleGrant, trans: TranslationBundle): string {
  const limits = Object.entries(when ?? {}).map(([name, values]) => `${name}: ${values.join('|')}`);
  return limits.length === 0 ? role : trans.__('%1 (%2)', role, limits.join(', '));
}
