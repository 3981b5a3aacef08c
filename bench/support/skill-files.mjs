import { patternOf } from './workload.mjs';

/** What the last one of so many skills understands. */
export const lastSentence = (/** @type {number} */ skills) =>
  `deploy service-${skills - 1} to production`;

/**
 * The skills of the workload W as files of a ChatOps workspace, with the configuration that names them.
 *
 * @param {number} count
 * @param {string[]} [others] - skills besides, whose files the caller writes.
 * @returns {Record<string, string>}
 */
export function skillFiles(count, others = []) {
  const names = Array.from({ length: count }, (_, i) => `service${i}`);
  const entries = [...names, ...others].map(
    name => `  - name: ${name}\n    path: skills/${name}\n`
  );
  return {
    'configuration.yaml': entries.length > 0 ? `skills:\n${entries.join('')}` : 'skills: []\n',
    ...Object.fromEntries(names.map((name, i) => [`skills/${name}/index.ts`, skill(i)]))
  };
}

/** @param {number} i */
function skill(i) {
  return `import { matchRegex } from 'chatops';

export const deploy = matchRegex(/${patternOf(i)}/i, async message => {
  await message.respond('Deploying service-${i} to ' + message.match[1]);
});
`;
}

/**
 * The same as scripts of Hubot.
 *
 * @param {number} count
 * @returns {Record<string, string>}
 */
export function hubotScripts(count) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `service${i}.mjs`,
      `export default robot => {
  robot.hear(/${patternOf(i)}/i, async response => {
    await response.send('Deploying service-${i} to ' + response.match[1]);
  });
};
`
    ])
  );
}
