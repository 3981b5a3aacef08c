import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { chatOpsError } from '../../protocol';
import { includeTag } from './positioned-yaml';

/**
 * A configuration's text with one more skill in it. Comments, order and style stay as they are.
 *
 * @param text - valid YAML.
 * @throws ChatOpsError `CHATOPS_CONFIG_INCLUDED` when the skills stand in another file.
 */
export function addSkill(text: string, name: string, path: string): string {
  const document = parseDocument(text, { customTags: [includeTag] });
  const skills = document.get('skills', true);
  if (isScalar(skills) && skills.tag === includeTag.tag) {
    const addition = `- { name: ${name}, path: ${path} }`;
    throw chatOpsError('CHATOPS_CONFIG_INCLUDED', { key: 'skills', addition });
  }
  if (isSeq(skills)) {
    skills.add(document.createNode({ name, path }));
  } else if (isMap(skills)) {
    skills.add(document.createPair(name, { path }));
  } else if (document.contents === null || isMap(document.contents)) {
    document.set('skills', document.createNode([{ name, path }]));
  } else {
    return text;
  }
  return document.toString({ lineWidth: 0 });
}
