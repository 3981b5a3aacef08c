import path from 'node:path';

declare const CHATOPS_VERSION: string;

/** The version of ChatOps, from package.json when the program was bundled. */
export const version = CHATOPS_VERSION;

/** The folder of this program, where the skill thread and the workshop lie beside it. */
export const programs = __dirname;

/** The program itself, for starting it once more. */
export const programFile = path.join(programs, 'chatops.cjs');
