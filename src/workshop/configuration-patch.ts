import { Document, isMap, isSeq, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/** Lists of the configuration whose members are told apart by their names. */
const NAMED = ['connectors', 'skills', 'databases', 'parsers'];

/**
 * A configuration with some of its values changed. Comments, order and everything that the patch does
 * not speak of stay as they are; members of `skills` and `connectors` are told apart by their `name`.
 *
 * @param text - valid YAML, or nothing.
 * @param patch - the values, as YAML.
 */
export function patchConfiguration(text: string, patch: string): string {
  const document = parseDocument(text);
  const changes = (parse(patch) ?? {}) as Record<string, unknown>;
  if (!isMap(document.contents)) {
    return new Document(changes).toString({ lineWidth: 0 });
  }
  for (const [key, value] of Object.entries(changes)) {
    if (NAMED.includes(key) && Array.isArray(value)) {
      patchMembers(document, key, value as Member[]);
    } else {
      patchValue(document, document.contents, key, value);
    }
  }
  return document.toString({ lineWidth: 0 });
}

interface Member {
  name: string;
  [key: string]: unknown;
}

function patchMembers(document: Document, key: string, members: Member[]): void {
  const list = document.get(key, true);
  if (isMap(list)) {
    for (const { name, ...values } of members) {
      patchValue(document, list, name, values);
    }
    return;
  }
  const seq = isSeq(list) ? list : (document.createNode([]) as YAMLSeq);
  document.set(key, seq);
  for (const member of members) {
    const known = seq.items.find(item => isMap(item) && item.get('name') === member.name);
    if (isMap(known)) {
      for (const [name, value] of Object.entries(member)) {
        patchValue(document, known, name, value);
      }
    } else {
      seq.add(document.createNode(member));
    }
  }
}

function patchValue(document: Document, map: YAMLMap, key: string, value: unknown): void {
  const current = map.get(key, true);
  if (isMap(current) && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, item] of Object.entries(value)) {
      patchValue(document, current, name, item);
    }
  } else {
    map.set(key, document.createNode(value));
  }
}
