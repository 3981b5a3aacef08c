import { chatOpsError, type ErrorRecord } from '../../protocol';
import { formatPath, type Path, type PositionedYaml, type ScalarText } from './positioned-yaml';

/** The values a configuration may refer to by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** `${NAME}` or `${NAME:-default}` anywhere in a text. */
const BRACED = /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/** A whole value `$NAME`, or one that begins with `$NAME/`: what shells and opsdroid's users write. */
const BARE = /^\$([A-Z_][A-Z0-9_]*)(?=$|\/)/;

/** What became of the variables in a configuration. */
export interface Expansion {
  value: unknown;
  /** The variables that are not set. */
  errors: ErrorRecord[];
}

/**
 * Puts the values of variables into a configuration.
 *
 * An unquoted value that is one variable and nothing else becomes a number or a truth value when it
 * reads like one, so that `port: ${PORT}` works.
 */
export function expandVariables(yaml: PositionedYaml, variables: Variables): Expansion {
  const errors: ErrorRecord[] = [];
  const value = yaml.toValue((scalar, path) => {
    const look = (name: string, standIn: string | undefined): string => {
      // As in shells, an empty variable counts as not set where there is a default.
      const found = variables[name] || standIn;
      if (found === undefined && variables[name] === undefined) {
        errors.push(unset(name, path, yaml));
      }
      return found ?? '';
    };
    return expand(scalar, look);
  });
  return { value, errors };
}

function expand(
  { value, quoted }: ScalarText,
  look: (name: string, standIn: string | undefined) => string
): unknown {
  const text = value
    .replace(BARE, (_, name: string) => look(name, undefined))
    .replace(BRACED, (_, name: string, standIn: string | undefined) => look(name, standIn));
  const isWholly = /^\$(\{[^}]*\}|[A-Z_][A-Z0-9_]*)$/.test(value) && !quoted;
  return isWholly ? typed(text) : text;
}

function typed(text: string): unknown {
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) {
    return Number(text);
  }
  return text === 'true' ? true : text === 'false' ? false : text;
}

function unset(name: string, path: Path, yaml: PositionedYaml): ErrorRecord {
  return chatOpsError(
    'CHATOPS_CONFIG_VARIABLE',
    { name, key: formatPath(path), example: `\${${name}:-something}` },
    yaml.place(path)
  ).record;
}
