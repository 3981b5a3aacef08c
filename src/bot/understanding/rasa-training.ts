import { parse, stringify } from 'yaml';
import { isMapping } from '../config/sections';

/**
 * The training data of several skills as one document.
 *
 * Lists of the same key, such as `nlu`, are joined; of other values the first one holds. opsdroid
 * puts the texts one behind the other, which is YAML only when no key comes twice.
 *
 * @param documents - the `intents.yml` of each skill.
 * @returns nothing when there are none.
 * @throws Error when one of them is not YAML, or no mapping.
 */
export function joinTrainingData(documents: readonly string[]): string | undefined {
  const joined: Record<string, unknown> = {};
  for (const document of documents) {
    const data: unknown = parse(document);
    if (!isMapping(data)) {
      throw new Error('an intents.yml must hold keys such as `nlu`');
    }
    for (const [key, value] of Object.entries(data)) {
      const known = joined[key];
      if (Array.isArray(known) && Array.isArray(value)) {
        joined[key] = [...(known as unknown[]), ...(value as unknown[])];
      } else {
        joined[key] ??= value;
      }
    }
  }
  return documents.length === 0 ? undefined : stringify(joined);
}
