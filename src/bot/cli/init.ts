import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chatOpsError } from '../../protocol';
import { CONFIGURATION_NAME, defaultConfiguration, addSkill, writeFileAtomically } from '../config';
import { fileReason } from '../file-reason';
import { programs } from './program';

const HELLO = `import { matchRegex } from 'chatops';

export const hello = matchRegex(/^(hi|hello|hey|hallo)$/, async (bot, config, message) => {
  const greetings = ['Hi', 'Hello', 'Hey'];
  const greeting = greetings[Math.floor(Math.random() * greetings.length)];
  await message.respond(\`\${greeting} \${message.user}\`);
});
`;

const TSCONFIG = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "ESNext",
    "moduleResolution": "bundler",
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true,
    "allowImportingTsExtensions": true,
    "erasableSyntaxOnly": true,
    "paths": {
      "chatops": ["./.chatops/types/index.d.ts"],
      "chatops/testing": ["./.chatops/types/testing/index.d.ts"]
    }
  },
  "include": ["skills"]
}
`;

const GITIGNORE = `.chatops/*
!.chatops/skills.lock.json
.env
node_modules/
`;

/** Where the types of the module `chatops` lie in a workspace, for editors. */
const TYPES = path.join('.chatops', 'types');

/**
 * Makes a folder a workspace: a configuration, a first skill, and what editors need to know the
 * types of `chatops`. Files that are there already stay as they are.
 *
 * @returns what was written, relative to the folder.
 * @throws ChatOpsError `CHATOPS_WORKSPACE_READ_ONLY`.
 */
export function initWorkspace(folder: string): string[] {
  const files: Record<string, string> = {
    [CONFIGURATION_NAME]: addSkill(defaultConfiguration, 'hello', 'skills/hello'),
    'skills/hello/index.ts': HELLO,
    'tsconfig.json': TSCONFIG,
    '.gitignore': GITIGNORE
  };
  const written: string[] = [];
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      if (!existsSync(file)) {
        writeFileAtomically(file, text);
        written.push(name);
      }
    }
    // Types follow the installed version, so they are always written.
    cpSync(path.join(programs, 'types'), path.join(folder, TYPES), { recursive: true });
    written.push(TYPES);
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_WORKSPACE_READ_ONLY',
      { path: folder, consequence: `it cannot become a workspace (${fileReason(error)})` },
      { cause: error }
    );
  }
  return written;
}
