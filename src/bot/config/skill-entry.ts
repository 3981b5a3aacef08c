import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type YAMLMap,
  type YAMLSeq
} from 'yaml';
import { chatOpsError } from '../../protocol';
import { includeTag } from './positioned-yaml';

/**
 * A configuration's text with one more skill in it. Comments, order and style stay as they are.
 *
 * @param text - valid YAML.
 * @param options - its path, or all that its section says besides the name.
 * @throws ChatOpsError `CHATOPS_CONFIG_INCLUDED` when the skills stand in another file.
 */
export function addSkill(
  text: string,
  name: string,
  options: string | Readonly<Record<string, unknown>>
): string {
  const section = typeof options === 'string' ? { path: options } : options;
  const document = parse(text);
  const written = Object.entries(section).map(([key, value]) => `, ${key}: ${String(value)}`);
  const skills = skillsOf(document, `add \`- { name: ${name}${written.join('')} }\``);
  if (isSeq(skills)) {
    skills.add(document.createNode({ name, ...section }));
  } else if (isMap(skills)) {
    skills.add(document.createPair(name, section));
  } else if (document.contents === null || isMap(document.contents)) {
    document.set('skills', document.createNode([{ name, ...section }]));
  } else {
    return text;
  }
  return document.toString({ lineWidth: 0 });
}

/**
 * A configuration's text without a skill, in whichever style it is written. What else stands there
 * stays as it is.
 *
 * @param text - valid YAML.
 * @throws ChatOpsError `CHATOPS_CONFIG_INCLUDED` when the skills stand in another file.
 */
export function removeSkill(text: string, name: string): string {
  const document = parse(text);
  const skills = skillsOf(document, `remove the skill ${name}`);
  if (isMap(skills)) {
    skills.delete(name);
  } else if (isSeq(skills)) {
    const index = skills.items.findIndex(
      item =>
        (isScalar(item) && item.value === name) ||
        // opsdroid's older style: a mapping with one name.
        (isMap(item) && (item.get('name') === name || (item.items.length === 1 && item.has(name))))
    );
    if (index >= 0) {
      skills.delete(index);
    }
  }
  return document.toString({ lineWidth: 0 });
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { customTags: [includeTag] });
}

function skillsOf(document: Document.Parsed, change: string): YAMLSeq | YAMLMap | undefined {
  const skills = document.get('skills', true);
  if (isScalar(skills) && skills.tag === includeTag.tag) {
    throw chatOpsError('CHATOPS_CONFIG_INCLUDED', { key: 'skills', change });
  }
  return isSeq(skills) || isMap(skills) ? skills : undefined;
}
