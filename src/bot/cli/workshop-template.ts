/** What a workshop of one's own begins with: one step that works, in one language. */
export const workshopTemplate: Readonly<Record<string, string>> = {
  'workshop.yaml': `id: my-workshop
title:
  en: My workshop
notebook: my-workshop
steps:
  - ping
`,
  'en/my-workshop.md': `---
kernelspec:
  name: chatops
  display_name: TypeScript (ChatOps)
  language: typescript
jupytext:
  text_representation:
    format_name: myst
---

# My workshop

Who is it for, and what can they do at the end?

(step-ping)=

## A first step

Run this cell, then say \`ping\` in the chat.

\`\`\`{code-cell} typescript
:name: skill-ping
%%skill ping
import { matchRegex } from 'chatops';

export const ping = matchRegex(/^ping$/, async (bot, config, message) => {
  await message.respond('ping');
});
\`\`\`

It answers the same word. Change it so that it answers \`pong\`.
`,
  'steps/ping/step.yaml': `minutes: 3
show:
  - cell: skill-ping
  - panel: chat
check:
  - id: live
    is: { skill: { name: ping } }
  - id: pong
    is: { said: { text: '^ping$', skill: ping, outcome: answered, reply: '^pong$' } }
mistakes:
  - id: not-run
    when: [{ said: { text: '^ping$', outcome: unmatched } }]
  - id: echo
    when: [{ said: { text: '^ping$', skill: ping, reply: '^ping$' } }]
  - id: nearly
    when: [{ said: { text: '^ping$', skill: ping, reply: pong } }]
solution:
  - apply: solution
  - say: ping
attempts:
  - id: not-run
    do: [{ say: ping }]
    unmet: live
    mistake: not-run
  - id: echo
    do:
      - cell: ping
        source: |
          import { matchRegex } from 'chatops';
          export const ping = matchRegex(/^ping$/, async (bot, config, message) => {
            await message.respond('ping');
          });
      - say: ping
    unmet: pong
    mistake: echo
  - id: nearly
    do:
      - apply: solution
      - edit: skills/ping/index.ts
        find: 'pong'
        put: 'pong!'
      - say: ping
    unmet: pong
    mistake: nearly
`,
  'steps/ping/en.yaml': `title: A first step
task: |
  Make the bot answer \`pong\` to \`ping\`.
conditions:
  live: There is no live skill \`ping\` yet. {got}
  pong: Say \`ping\` in the chat; the answer should be \`pong\`.
mistakes:
  not-run: Nobody has answered, since the cell has not been run. Run it, and say \`ping\` again.
  echo: It says back what you said. Change the text inside \`respond\`.
  nearly: That is nearly it. The answer should be \`pong\` and nothing else.
hints:
  - The cell has to be run before the bot knows the skill.
  - What the bot says stands between the brackets of \`message.respond\`.
  - Write \`await message.respond('pong')\`, run the cell, and say \`ping\`.
`,
  'steps/ping/solution/skills/ping/index.ts': `import { matchRegex } from 'chatops';

export const ping = matchRegex(/^ping$/, async (bot, config, message) => {
  await message.respond('pong');
});
`
};
