import type { ModuleLoader } from '../../loader';
import { ChatOpsError, chatOpsError, type ErrorRecord, type MatcherRecord } from '../../protocol';
import * as chatops from '../../skill';
import type { Bot, Handler, Matched, Setup, SkillConfig } from '../../skill';
import { MatchedSkill, type MatcherDeclaration } from '../../skill/host';
import { parseStack } from '../../source';
import { guardedProcess } from './guarded-process';
import type { SkillScope } from './skill-scope';

/** What a version of a skill is made from. */
export interface SkillLoadParts {
  skill: string;
  /** An absolute path. */
  entry: string;
  /** The entry's text, when it is not to be read from the file. */
  text: string | undefined;
  config: SkillConfig;
  bot: Bot;
  scope: SkillScope;
  loader: ModuleLoader;
}

/** A version of a skill that has been loaded. */
export class SkillLoad {
  readonly skill: string;
  readonly config: SkillConfig;
  readonly bot: Bot;
  readonly scope: SkillScope;
  /** In the order in which the author wrote them. */
  matchers: MatcherRecord[] = [];
  /** What the author should know although the skill is fine. */
  warnings: ErrorRecord[] = [];
  /** Every local file that was read so far, as absolute paths. */
  readonly files: string[] = [];

  private readonly handlers = new Map<string, Handler>();
  private readonly entry: string;
  private readonly text: string | undefined;
  private readonly loader: ModuleLoader;

  constructor({ skill, entry, text, config, bot, scope, loader }: SkillLoadParts) {
    this.skill = skill;
    this.entry = entry;
    this.text = text;
    this.config = config;
    this.bot = bot;
    this.scope = scope;
    this.loader = loader;
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
        provided: { chatops: module, process: processModule, 'node:process': processModule },
        globals: this.scope.globals
      },
      this.text,
      this.files
    );
    this.register(declared, exports);
    if (typeof exports.setup === 'function') {
      try {
        await (exports.setup as Setup)(this.bot, this.config);
      } catch (error) {
        throw this.loader.sources.loadError(error, this.entry);
      }
    }
  }

  /** The handler of a matcher. */
  handler(matcher: string): Handler | undefined {
    return this.handlers.get(matcher);
  }

  private register(declared: Set<Matched>, exports: Record<string, unknown>): void {
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
        matched.matchers.forEach((declaration, i) => {
          const id = i === 0 ? name : `${name}#${i + 1}`;
          this.matchers.push(this.toRecord(id, declaration));
          this.handlers.set(id, matched.handler);
        });
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

  private notExported(matched: MatchedSkill): ErrorRecord {
    const place = this.loader.sources.contextOf(declarationError(matched.matchers[0]!));
    return chatOpsError(
      'CHATOPS_SKILL_NOT_EXPORTED',
      {},
      { where: place.where, excerpt: place.excerpt }
    ).record;
  }

  private toRecord(id: string, { stack, ...declaration }: MatcherDeclaration): MatcherRecord {
    for (const { file, line, column } of parseStack(stack)) {
      const where = this.loader.sources.locate(file, line, column);
      if (where) {
        return { ...declaration, id, where };
      }
    }
    return { ...declaration, id };
  }
}

const processModule = { default: guardedProcess };

/** The module `chatops`, noting which matchers are declared and not used up by another one. */
function trackingModule(declared: Set<Matched>): Record<string, unknown> {
  const track =
    (matcher: (...values: unknown[]) => Matched) =>
    (...values: unknown[]): Matched => {
      const matched = matcher(...values);
      declared.add(matched);
      values.forEach(value => declared.delete(value as Matched));
      return matched;
    };
  return {
    ...chatops,
    matchRegex: track(chatops.matchRegex as (...values: unknown[]) => Matched)
  };
}

function declarationError({ stack }: MatcherDeclaration): Error {
  return Object.assign(new Error('declared here'), { stack });
}
