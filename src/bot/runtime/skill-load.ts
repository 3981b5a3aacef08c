import type { ModuleLoader } from '../../loader';
import { ChatOpsError, chatOpsError, type ErrorRecord, type MatcherRecord } from '../../protocol';
import * as chatops from '../../skill';
import type { Bot, Matched, Setup, SkillConfig } from '../../skill';
import {
  applyConfigSchema,
  MatchedSkill,
  registerMatchers,
  type RegisteredMatcher
} from '../../skill/host';
import { parseStack } from '../../source';
import type { SkillScope } from './skill-scope';

/** So many calls of a matcher are looked at closely. */
const NEW_CALLS = 3;

/** What a version of a skill is made from. */
export interface SkillLoadParts {
  skill: string;
  /** An absolute path. */
  entry: string;
  /** The entry's text, when it is not to be read from the file. */
  text: string | undefined;
  config: SkillConfig;
  bot: Bot;
  scope: LoadScope;
  loader: ModuleLoader;
  /** Asked before anything of it runs; what it throws ends the load. */
  admit?: (keepsState: boolean) => void;
  /** Modules that the host provides besides `chatops`, by name. */
  provided?: Readonly<Record<string, Record<string, unknown>>>;
}

/** What the modules of a skill see around them. */
export type LoadScope = Pick<SkillScope, 'globals' | 'dispose'> &
  Partial<Pick<SkillScope, 'modules'>>;

/** A version of a skill that has been loaded. */
export class SkillLoad {
  readonly skill: string;
  /** With the defaults of the skill's own schema, once it has been read. */
  config: SkillConfig;
  readonly bot: Bot;
  readonly scope: LoadScope;
  /** In the order in which the author wrote them. */
  matchers: MatcherRecord[] = [];
  /** What the author should know although the skill is fine. */
  warnings: ErrorRecord[] = [];
  /** Every local file that was read so far, as absolute paths. */
  readonly files: string[] = [];

  private readonly calls = new Map<string, number>();
  private readonly registered = new Map<string, RegisteredMatcher>();
  private readonly entry: string;
  private readonly text: string | undefined;
  private readonly loader: ModuleLoader;
  private readonly admit: ((keepsState: boolean) => void) | undefined;

  private readonly provided: Readonly<Record<string, Record<string, unknown>>>;

  constructor(parts: SkillLoadParts) {
    const { skill, entry, text, config, bot, scope, loader, provided = {}, admit } = parts;
    this.skill = skill;
    this.entry = entry;
    this.text = text;
    this.config = config;
    this.bot = bot;
    this.scope = scope;
    this.loader = loader;
    this.admit = admit;
    this.provided = provided;
  }

  /**
   * Loads the skill's modules, finds its matchers and runs its `setup`.
   *
   * @throws ChatOpsError what the loader throws, `CHATOPS_SKILL_NOT_EXPORTED` or
   * `CHATOPS_SKILL_EMPTY`.
   */
  async open(): Promise<void> {
    const declared = new Set<Matched>();
    const module = trackingModule(declared);
    const { exports } = await this.loader.load(
      this.entry,
      {
        provided: { ...this.provided, chatops: module, ...this.scope.modules },
        globals: this.scope.globals
      },
      { text: this.text, files: this.files, ...(this.admit && { admit: this.admit }) }
    );
    await this.adopt(exports, declared);
  }

  /**
   * Takes what a skill's module exports, finds its matchers and runs its `setup`.
   *
   * @param declared - the matchers that were made while it was loaded, if that is known.
   * @throws ChatOpsError `CHATOPS_SKILL_NOT_EXPORTED`, `CHATOPS_SKILL_EMPTY`, or
   * `CHATOPS_CONFIG_INVALID` when its section is not as its `configSchema` says.
   */
  async adopt(
    exports: Readonly<Record<string, unknown>>,
    declared: ReadonlySet<Matched> = new Set()
  ): Promise<void> {
    // Exports may be getters: to read them is to run the author's code.
    try {
      this.register(declared, exports);
      const schema = exports.configSchema ?? exports.CONFIG_SCHEMA;
      if (schema !== undefined) {
        const { name } = this.config;
        this.config = Object.freeze({ ...applyConfigSchema(name, schema, this.config), name });
      }
      if (typeof exports.setup === 'function') {
        await (exports.setup as Setup)(this.bot, this.config);
      }
    } catch (error) {
      throw this.loader.sources.loadError(error, this.entry);
    }
  }

  /** True the first few times it is asked about a matcher: mistakes show early. */
  isNew(matcher: string): boolean {
    const count = (this.calls.get(matcher) ?? 0) + 1;
    this.calls.set(matcher, count);
    return count <= NEW_CALLS;
  }

  /** A matcher with what it calls. */
  matcher(id: string): RegisteredMatcher | undefined {
    return this.registered.get(id);
  }

  private register(
    declared: ReadonlySet<Matched>,
    exports: Readonly<Record<string, unknown>>
  ): void {
    const names = new Map<unknown, string>();
    for (const [name, value] of Object.entries(exports)) {
      // A default export that has a name too goes by that.
      if (value instanceof MatchedSkill && (!names.has(value) || names.get(value) === 'default')) {
        names.set(value, name);
      }
    }
    // What was declared elsewhere and handed on is registered too, after the skill's own.
    for (const matched of new Set([...declared, ...names.keys()]) as Set<MatchedSkill>) {
      const name = names.get(matched);
      if (name === undefined) {
        this.warnings.push(this.notExported(matched));
      } else {
        for (const matcher of registerMatchers(matched, name, declared => this.placeOf(declared))) {
          this.matchers.push(matcher.record);
          this.registered.set(matcher.record.id, matcher);
        }
      }
    }
    if (this.matchers.length === 0 && typeof exports.setup !== 'function') {
      const [warning] = this.warnings;
      throw warning
        ? new ChatOpsError(warning)
        : chatOpsError(
            'CHATOPS_SKILL_EMPTY',
            { name: this.skill },
            { where: { file: this.loader.sources.display(this.entry) } }
          );
    }
  }

  private notExported({ matchers }: MatchedSkill): ErrorRecord {
    const { where, excerpt } = this.loader.sources.contextOf(matchers[0]!.declared);
    return chatOpsError('CHATOPS_SKILL_NOT_EXPORTED', {}, { where, excerpt }).record;
  }

  private placeOf(declared: Error): MatcherRecord['where'] {
    for (const { file, line, column } of parseStack(declared.stack ?? '')) {
      const where = this.loader.sources.locate(file, line, column);
      if (where) {
        return where;
      }
    }
    return undefined;
  }
}

/** The module `chatops`, noting which matchers are declared and not used up by another one. */
function trackingModule(declared: Set<Matched>): Record<string, unknown> {
  const track =
    (make: (...values: unknown[]) => unknown) =>
    (...values: unknown[]): unknown => {
      const made = make(...values);
      if (made instanceof MatchedSkill) {
        declared.add(made);
        values.forEach(value => declared.delete(value as Matched));
      }
      return made;
    };
  return Object.fromEntries(
    Object.entries(chatops).map(([name, value]) => [
      name,
      /^(?:match|constrain)[A-Z]/.test(name)
        ? track(value as (...values: unknown[]) => unknown)
        : value
    ])
  );
}
