import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { importOutside } from '../../loader';
import type { SkillModule } from './skill-types';

let loaded: SkillModule | undefined;

/**
 * Loads the module `chatops` from its bundle, once.
 *
 * @param folder - the kernel's own, in which the bundle lies.
 */
export function loadSkillModule(folder: string): SkillModule {
  loaded ??= createRequire(__filename)(path.join(folder, 'kernel-skill-module.cjs')) as SkillModule;
  return loaded;
}

/**
 * Loads the module `chatops/testing`, for cells that test skills.
 *
 * @param folder - the kernel's own, in which the bundle lies.
 */
export function loadTestingKit(folder: string): Promise<Record<string, unknown>> {
  return importOutside(pathToFileURL(path.join(folder, 'testing.mjs')).href, __filename);
}
