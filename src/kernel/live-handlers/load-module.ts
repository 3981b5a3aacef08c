import { createRequire } from 'node:module';
import path from 'node:path';
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
