/** How long the source of a big skill is, in bytes. */
const LENGTH = 20_000;

/**
 * The functions of a skill of 20 kB, in plain JavaScript.
 *
 * @param {number} version - somewhere in the text, so that no two versions are the same.
 */
export function bigSource(version) {
  let text = `const version = ${version};\n`;
  for (let i = 0; text.length < LENGTH - 200; i++) {
    text += `
/** Describes the state of service ${i} in a sentence. */
export function describe${i}(service, states) {
  const { name = 'service-${i}', healthy = true } = service;
  const known = states.filter(state => state.name === name && state.healthy === healthy);
  return known.length > 0 ? \`\${name} is as it was, version \${version}\` : \`\${name} has changed\`;
}
`;
  }
  return text;
}
