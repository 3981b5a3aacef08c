import { nullTranslator, type TranslationBundle } from '@jupyterlab/translation';
import type { Catalogue } from './catalogue';
import { german } from './german';

/** The languages that the view brings along, besides those that JupyterLab's language packs know. */
export const catalogues: Readonly<Record<string, Catalogue>> = { de: german };

/** What the view says with; a part of JupyterLab's own bundles. */
export type ViewWords = Pick<TranslationBundle, '__' | '_n'>;

/** Fills `%1` in, and chooses the number. */
const plain = nullTranslator.load('jupyterlab_chatops');

/**
 * The words of the view in the language that the workshop speaks, so that its frame does not speak
 * another one. A language pack of JupyterLab goes first where it knows them.
 *
 * @param language - such as `de` or `de-CH`.
 */
export function wordsIn(language: string, bundle: TranslationBundle): ViewWords {
  const catalogue = catalogues[language.split(/[-_]/)[0]!];
  if (!catalogue) {
    return bundle;
  }
  return {
    __: (text, ...values) => {
      const own = [catalogue[text] ?? text].flat()[0]!;
      return bundle.__(text) === plain.__(text)
        ? plain.__(own, ...values)
        : bundle.__(text, ...values);
    },
    _n: (one, more, count, ...values) => {
      const [ownOne = one, ownMore = more] = [catalogue[one] ?? []].flat();
      return bundle._n(one, more, 2) === plain._n(one, more, 2)
        ? plain._n(ownOne, ownMore, count, ...values)
        : bundle._n(one, more, count, ...values);
    }
  };
}
