import { isMap, isSeq, parseDocument } from 'yaml';

/**
 * A configuration's text with one more skill in it. Comments, order and style stay as they are.
 *
 * @param text - valid YAML.
 */
export function addSkill(text: string, name: string, path: string): string {
  const document = parseDocument(text);
  const skills = document.get('skills', true);
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
