import { createRequire } from 'node:module';
import path from 'node:path';
import { tokensOf, type Position, type Token } from '../../source';

/** A text in which syntax that V8 does not know was put into words that it does. */
export interface LoweredText {
  /** JavaScript without types; a `return` may stand at its top level. */
  code: string;
  /** The source map back to the text, as JSON. */
  map: string;
}

/** A mistake in a text; line and column count from 1. */
export interface LoweringMistake extends Position {
  reason: string;
}

/** Rewrites a text, or says what is wrong in it. */
export type Lower = (text: string) => LoweredText | LoweringMistake;

/** A quick look before the close one. */
const SUSPICIOUS = /@|\b(?:accessor|using|namespace|module)\b/;

/**
 * True for a text that must be rewritten before V8 can run it: one with decorators, `accessor` fields,
 * `using` declarations or namespaces. Most cells have none, and those that have pay for it alone.
 */
export function needsLowering(text: string): boolean {
  return SUSPICIOUS.test(text) && tokensOf(text).some(isLowered);
}

function isLowered(token: Token, index: number, tokens: readonly Token[]): boolean {
  if (token.kind === 'sign') {
    return token.text === '@';
  }
  const next = tokens[index + 1];
  if (token.kind !== 'name' || !next || next.newline) {
    return false;
  }
  switch (token.text) {
    case 'accessor':
      return next.kind !== 'sign' || next.text === '[';
    case 'using':
    case 'namespace':
    case 'module':
      return next.kind === 'name';
    default:
      return false;
  }
}

/**
 * The way to rewrite texts that is loaded when it is first needed.
 *
 * @param folder - the kernel's own, with the bundle that does it.
 */
export function lazyLower(folder: string): Lower {
  let loaded: { lower: Lower } | undefined;
  return text => {
    loaded ??= createRequire(__filename)(path.join(folder, 'kernel-lowering.cjs')) as {
      lower: Lower;
    };
    return loaded.lower(text);
  };
}
