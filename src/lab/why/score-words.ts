import type { TranslationBundle } from '@jupyterlab/translation';
import { DEFAULT_SCORE_FACTOR, type ScoreParts } from '../../protocol';
import { shortNumber } from './verdict';

/** One of the numbers that a score is made of. */
export interface ScorePart {
  readonly name: string;
  readonly value: string;
  /** Where the number comes from. */
  readonly origin: string;
}

/** What a score is made of, so that a reader can reckon it again. */
export function scoreWords(score: ScoreParts, trans: TranslationBundle): ScorePart[] {
  return [
    {
      name: baseName(score, trans),
      value: shortNumber(score.base),
      origin: baseOrigin(score, trans)
    },
    {
      name: trans.__('Factor'),
      value: shortNumber(score.factor),
      origin:
        score.factor === DEFAULT_SCORE_FACTOR
          ? trans.__('as nothing else is set: `scoreFactor`')
          : trans.__('set by the author: `scoreFactor`')
    },
    {
      name: trans.__('Covers'),
      value: trans.__('%1 %', Math.round(score.coverage * 100)),
      origin: trans.__(
        'of the text; decides between equal scores, and after it what was loaded first'
      )
    }
  ];
}

function baseName({ basis }: ScoreParts, trans: TranslationBundle): string {
  switch (basis) {
    case 'length':
      return trans.__('Length');
    case 'similarity':
      return trans.__('Likeness');
    case 'confidence':
      return trans.__('Confidence');
  }
}

function baseOrigin({ basis, length, example }: ScoreParts, trans: TranslationBundle): string {
  switch (basis) {
    case 'length':
      return length === undefined
        ? trans.__('of the pattern')
        : trans._n(
            'of a pattern of %1 character: 1 − 1 ÷ (%1 + 1)²',
            'of a pattern of %1 characters: 1 − 1 ÷ (%1 + 1)²',
            length
          );
    case 'similarity':
      return example === undefined
        ? trans.__('to one of the examples')
        : trans.__('to the example `%1`', example);
    case 'confidence':
      return trans.__('of the language service');
  }
}
