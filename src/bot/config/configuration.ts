import type { z } from 'zod';
import { chatOpsError, didYouMean, type ErrorRecord } from '../../protocol';
import {
  configurationSchema,
  loggingSchema,
  retiredKeys,
  webSchema,
  type ConfigurationValues,
  type SkillSection
} from './definition';
import { formatPath, PositionedYaml, type Include, type Path } from './positioned-yaml';
import { isMapping, readSections, type Section } from './sections';
import { expandVariables, type Variables } from './variables';

/** The keys of the file that hold modules. */
const MODULE_KEYS = ['connectors', 'databases', 'parsers', 'skills'] as const;

/** The keys of the file that hold modules. */
export type ModuleKey = (typeof MODULE_KEYS)[number];

type Issue = z.core.$ZodIssue;

const TRUTHS: Readonly<Record<string, boolean>> = { yes: true, on: true, no: false, off: false };

/** A configuration that has been read: what holds, and everything that is wrong with it. */
export class Configuration {
  private constructor(
    /** What holds: the file's values where they are right, the defaults elsewhere. */
    readonly values: ConfigurationValues,
    /** Values that are not used because they are wrong. */
    readonly errors: readonly ErrorRecord[],
    /** What the author should know although it does no harm. */
    readonly warnings: readonly ErrorRecord[],
    private readonly yaml: PositionedYaml,
    private readonly origins: Readonly<Record<string, readonly Path[]>>,
    private readonly keys: ReadonlySet<string>
  ) {}

  /**
   * Reads a configuration from its text.
   *
   * @param file - what errors call it.
   * @param include - reads what it includes; nothing can be included when absent.
   * @throws ChatOpsError `CHATOPS_CONFIG_SYNTAX`. Every other mistake is reported in
   * {@link errors} and {@link warnings}, and the rest of the file holds.
   */
  static parse(
    text: string,
    file: string,
    variables: Variables,
    include: Include = noInclude
  ): Configuration {
    const yaml = PositionedYaml.parse(text, file);
    const unread = yaml.include(include);
    const { value, errors } = expandVariables(yaml, variables);
    errors.unshift(...unread);
    const root = isMapping(value) ? value : {};
    if (value !== null && !isMapping(value)) {
      errors.push(
        chatOpsError(
          'CHATOPS_CONFIG_INVALID',
          { key: file, reason: 'must hold keys such as `connectors` and `skills`' },
          yaml.place([])
        ).record
      );
    }
    const warnings = unknownKeys(root, yaml);
    // A section with nothing in it is there, and says nothing.
    const raw: Record<string, unknown> = { ...root, web: root.web ?? {} };
    const origins: Record<string, Path[]> = {};
    for (const key of MODULE_KEYS) {
      const sections = withoutDoubles(readSections(root[key], key), key, yaml, errors);
      raw[key] = sections.map(section => section.value);
      origins[key] = sections.map(section => section.path);
    }
    const values = validate(
      raw,
      (issue, path) => {
        errors.push(
          chatOpsError(
            'CHATOPS_CONFIG_INVALID',
            { key: formatPath(toOrigin(path, origins)), reason: complaint(issue) },
            yaml.place(toOrigin(path, origins))
          ).record
        );
      },
      origins
    );
    return new Configuration(values, errors, warnings, yaml, origins, new Set(Object.keys(root)));
  }

  /** The files it is made of, as errors call them: its own, then those it includes. */
  get files(): string[] {
    return this.yaml.files;
  }

  /** The file's text. */
  get text(): string {
    return this.yaml.text;
  }

  /** How often files are looked at, in milliseconds; found out when it is not said. */
  get watchInterval(): number | undefined {
    const { poll } = this.values.watch;
    return poll === undefined ? undefined : poll * 1000;
  }

  /** The skills to load. */
  get skills(): SkillSection[] {
    return this.values.skills.filter(skill => skill.enabled);
  }

  /** True when the file has this key, whatever stands under it. */
  has(key: keyof ConfigurationValues): boolean {
    return this.keys.has(key);
  }

  /** Where a module's section, or one of its keys, stands in the file. */
  placeOf(kind: ModuleKey, name: string, key?: string): Pick<ErrorRecord, 'where' | 'excerpt'> {
    const index = this.values[kind].findIndex(module => module.name === name);
    const path = this.origins[kind]?.[index] ?? [];
    return this.yaml.place(key === undefined ? path : [...path, key]);
  }
}

/**
 * The options of a module, as its own schema reads them from its section.
 *
 * @throws ChatOpsError `CHATOPS_CONFIG_INVALID`.
 */
export function readOptions<S extends z.ZodObject>(
  schema: S,
  section: { name: string }
): z.infer<S> {
  const result = schema.safeParse(section);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    throw chatOpsError('CHATOPS_CONFIG_INVALID', {
      key: formatPath([section.name, ...issue.path.map(String)]),
      reason: complaint(issue)
    });
  }
  return result.data;
}

function noInclude(): never {
  throw new Error('there is no folder to look in');
}

/** Takes out what is wrong, one round after the other, until what is left is right. */
function validate(
  raw: Record<string, unknown>,
  report: (issue: Issue, path: Path) => void,
  origins: Record<string, Path[]>
): ConfigurationValues {
  let candidate: unknown = raw;
  for (;;) {
    const result = configurationSchema.safeParse(candidate);
    if (result.success) {
      return result.data;
    }
    const paths = new Map<string, Path>();
    for (const issue of result.error.issues) {
      const path = issue.path.map(step => (typeof step === 'number' ? step : String(step)));
      const truth = truthMeant(issue, valueAt(candidate, path));
      if (truth !== undefined) {
        candidate = changed(candidate, path, truth);
        continue;
      }
      report(issue, path);
      // A module without a proper name is no module; anything else in it can be left out alone.
      // What lacks a key it needs is of no use without it.
      const isWhole = path.at(-1) === 'name' || valueAt(candidate, path) === undefined;
      const cut = isWhole ? path.slice(0, -1) : path;
      paths.set(formatPath(cut), cut);
    }
    // From the back, so that taking one out of a list does not move the others.
    for (const path of [...paths.values()].toReversed()) {
      candidate = without(candidate, path);
      if (path.length === 2 && typeof path[1] === 'number') {
        origins[String(path[0])]?.splice(path[1], 1);
      }
    }
  }
}

/** What `yes`, `no`, `on` and `off` mean where a truth value belongs, as in YAML 1.1 and in opsdroid. */
function truthMeant(issue: Issue, value: unknown): boolean | undefined {
  const isMeant = issue.code === 'invalid_type' && issue.expected === 'boolean';
  return isMeant && typeof value === 'string' ? TRUTHS[value.toLowerCase()] : undefined;
}

function changed(value: unknown, [step, ...rest]: Path, to: unknown): unknown {
  if (step === undefined) {
    return to;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => (i === step ? changed(item, rest, to) : (item as unknown)));
  }
  const mapping = value as Record<string, unknown>;
  return { ...mapping, [step]: changed(mapping[step], rest, to) };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step],
    value
  );
}

function without(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return {};
  }
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, i) => i !== step)
      : value.map((item, i) => (i === step ? without(item, rest) : (item as unknown)));
  }
  const { [step]: child, ...others } = value as Record<string, unknown>;
  return rest.length === 0 ? others : { ...others, [step]: without(child, rest) };
}

function toOrigin(path: Path, origins: Record<string, Path[]>): Path {
  const [key, index, ...rest] = path;
  const origin = typeof index === 'number' ? origins[String(key)]?.[index] : undefined;
  return origin ? [...origin, ...rest] : path;
}

function withoutDoubles(
  sections: Section[],
  key: string,
  yaml: PositionedYaml,
  errors: ErrorRecord[]
): Section[] {
  const seen = new Set<unknown>();
  return sections.filter(({ value: { name }, path }) => {
    const isDouble = seen.has(name);
    seen.add(name);
    if (isDouble) {
      errors.push(
        chatOpsError(
          'CHATOPS_CONFIG_DUPLICATE',
          { section: key, name: String(name) },
          yaml.place([...path, 'name'])
        ).record
      );
    }
    return !isDouble;
  });
}

function unknownKeys(root: Record<string, unknown>, yaml: PositionedYaml): ErrorRecord[] {
  const check = (value: unknown, known: string[], path: Path): ErrorRecord[] =>
    Object.keys(isMapping(value) ? value : {})
      .filter(key => !known.includes(key))
      .map(key => {
        const retired = retiredKeys[formatPath([...path, key])];
        const suggestion = retired ? `: ${retired}` : didYouMean(key, known);
        return chatOpsError(
          'CHATOPS_CONFIG_UNKNOWN_KEY',
          { key: formatPath([...path, key]), suggestion },
          yaml.keyPlace([...path, key])
        ).record;
      });
  return [
    ...check(root, Object.keys(configurationSchema.shape), []),
    ...check(root.logging, Object.keys(loggingSchema.shape), ['logging']),
    ...check(root.web, Object.keys(webSchema.shape), ['web']),
    ...(isMapping(root.web)
      ? check(root.web.cors, Object.keys(webSchema.shape.cors.unwrap().shape), ['web', 'cors'])
      : [])
  ];
}

/** What is wrong with a value, as the rest of a sentence that begins with its key. */
function complaint(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_union':
      return 'must be a text, or false';
    default:
      return issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys'
};

function unit(origin: string): string {
  return origin === 'string' ? ' characters long' : '';
}
