import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import {
  cellStateOf,
  cellStateWords,
  type CellFacts,
  type CellStateKind
} from '../../../src/lab/notebook/cell-state';
import { parseSkillCell } from '../../../src/lab/notebook/skill-cell';
import { fingerprint } from '../../../src/protocol';
import { chatOpsError, type SkillRecord } from '../../../src/protocol';

const cell = parseSkillCell('%%skill hello\nnow')!;
const record: SkillRecord = {
  name: 'hello',
  state: 'live',
  version: 2,
  source: { kind: 'path', file: 'skills/hello/index.ts' },
  matchers: []
};
const { record: error } = chatOpsError('CHATOPS_CONNECTION_LOST', {});

function stateOf(facts: Partial<CellFacts>): CellStateKind {
  return cellStateOf({
    cell,
    isConnected: true,
    record,
    file: 'now\n',
    ran: undefined,
    failed: undefined,
    others: new Set(),
    ...facts
  });
}

describe('the state of a skill cell', () => {
  it.each<[string, Partial<CellFacts>, CellStateKind]>([
    ['what stands in it answers', {}, 'live'],
    ['the bot is away', { isConnected: false }, 'unknown'],
    ['the bot has no such skill', { record: undefined, file: undefined }, 'new'],
    ['it was edited since it ran', { file: 'then', ran: fingerprint('then') }, 'changed'],
    ['what stands in it would not load', { failed: fingerprint('now'), file: 'then' }, 'error'],
    ['it is on hold', { record: { ...record, state: 'held', error } }, 'held'],
    ['it never loaded', { failed: fingerprint('now'), record: undefined }, 'error'],
    ['it was mended since it failed', { failed: fingerprint('broken') }, 'live'],
    ['its file would not load', { record: { ...record, error } }, 'error'],
    [
      'it stands there again as it ran',
      { record: { ...record, error }, ran: fingerprint('now') },
      'live'
    ],
    [
      'another cell ran',
      {
        file: 'other',
        ran: fingerprint('now'),
        others: new Set([fingerprint('other')])
      },
      'replaced'
    ],
    ['it never ran here', { file: 'other' }, 'replaced'],
    ['its file was edited elsewhere', { file: 'other', ran: fingerprint('now') }, 'conflict'],
    ['its file and itself were edited', { file: 'other', ran: fingerprint('then') }, 'conflict'],
    ['the file cannot be read', { file: undefined, ran: fingerprint('now') }, 'live'],
    ['the file cannot be read, edited', { file: undefined, ran: fingerprint('x') }, 'changed'],
    ['nothing is known', { file: undefined }, 'unknown']
  ])('%s', (_, facts, state) => {
    expect(stateOf(facts)).toBe(state);
  });

  it('is said in words', () => {
    const trans = nullTranslator.load('');
    expect(cellStateWords('live', cell, record, trans)).toBe('hello is live, version 2');
    expect(cellStateWords('error', cell, undefined, trans)).toBe('hello would not load');
    expect(cellStateWords('error', cell, record, trans)).toBe(
      'hello would not load; version 2 answers'
    );
  });
});
