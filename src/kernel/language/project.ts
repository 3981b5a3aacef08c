import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { guides } from '../guide';
import { liveBotType } from '../live-handlers/methods';

/** Where the types lie that come with the kernel. */
export interface TypeFolders {
  /** The module `chatops`: `index.d.ts`. */
  skill: string;
  /** What cells find around them, `cell-api.d.ts`, and Node's types, in `node` and `undici-types`. */
  kernel: string;
}

/**
 * The `tsconfig.json` that TypeScript's server is shown in the place of whatever lies in a folder:
 * cells follow the kernel's rules, not those of the project around the notebook.
 *
 * @param files - the virtual files in that folder that are looked at.
 */
export function projectText(
  folder: string,
  files: readonly string[],
  { skill, kernel }: TypeFolders
): string {
  const own = nodeTypesOf(folder);
  return JSON.stringify({
    compilerOptions: {
      target: 'esnext',
      lib: ['esnext'],
      module: 'esnext',
      moduleResolution: 'bundler',
      moduleDetection: 'force',
      strict: true,
      // A cell is for trying out; what has no type yet need not be told so.
      noImplicitAny: false,
      allowJs: true,
      allowImportingTsExtensions: true,
      allowSyntheticDefaultImports: true,
      resolveJsonModule: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [own ?? kernel],
      paths: {
        chatops: [path.join(skill, 'index.d.ts')],
        'chatops/testing': [path.join(skill, 'testing', 'index.d.ts')],
        ...(!own && { 'undici-types': [path.join(kernel, 'undici-types', 'index.d.ts')] })
      }
    },
    typeAcquisition: { enable: false },
    // Itself, too: a file in no project would make the server load the library of browsers for it.
    files: [...files, 'tsconfig.json']
  });
}

/** What cells find around them, declared with the words of the kernel's own help. */
export function globalsText({ kernel }: TypeFolders): string {
  const api = JSON.stringify(path.join(kernel, 'cell-api'));
  // A guide to a member, such as `bot.hear`, declares nothing of its own.
  const globals = guides.filter(({ name }) => !name.includes('.'));
  const names = globals.map(
    ({ name, summary, details }) =>
      `/** ${commentOf(`${summary}\n\n${details}`)} */\n` +
      `const ${name}: import(${api}).CellGlobals[${JSON.stringify(name)}]${name === 'bot' ? ` & ${liveBotType}` : ''};`
  );
  return [
    'export {};',
    'declare global {',
    ...names,
    "/** The last cell's value. */",
    'const _: any;',
    '}'
  ].join('\n');
}

/** The folder of the `@types` that the notebook's own packages bring, if Node's are among them. */
function nodeTypesOf(folder: string): string | undefined {
  try {
    const from = createRequire(path.join(folder, 'cell.ts'));
    const types = path.dirname(path.dirname(from.resolve('@types/node/package.json')));
    return existsSync(types) ? types : undefined;
  } catch {
    return undefined;
  }
}

function commentOf(text: string): string {
  return text.replaceAll('*/', '*\u200b/').replaceAll('\n', '\n * ');
}
