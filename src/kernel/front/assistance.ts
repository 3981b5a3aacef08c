import type { Completeness } from '../cell/completeness';
import type { Lower } from '../cell/lowering';
import type { LanguageService, Source } from '../language';
import {
  completeMagic,
  HOW_TO_GET_TYPES,
  inspectMagic,
  isCellMagic,
  magics,
  parseMagics,
  sourceOf,
  type MagicContext
} from '../magics';
import type { Completion, MimeBundle } from '../thread';
import type { JsonObject } from '../wire';
import type { Aside } from './aside';
import { cellReader } from './cell-reader';
import { mergeCompletions } from './completions';
import { toCodePoints, toCodeUnits } from './cursor';
import { descriptionBundle } from './description';
import type { SessionLink } from './session-link';

/** A cell that asks about a name: `name?`, or `name??` for more. */
export const QUESTION = /^\s*([\p{L}\p{N}_$.%]+)(\?{1,2})\s*$/u;

/** How long TypeScript may take before people get an answer without it, in milliseconds. */
const PATIENCE = 2000;

/** What {@link Assistance} works with. */
export interface AssistanceParts {
  link: SessionLink;
  bot: MagicContext['bot'];
  language: LanguageService;
  /** What the language service is still to be told of. */
  aside: Aside;
  lower: Lower;
}

/** Helps with what is being written: completions and information on what is under the cursor. */
export class Assistance {
  private hasToldOfTypes = false;

  constructor(private readonly parts: AssistanceParts) {}

  /** Answers an `is_complete_request`. */
  async isComplete(content: JsonObject): Promise<Completeness> {
    const text = String(content.code ?? '');
    const { calls, code } = parseMagics(text);
    const last = calls.at(-1);
    if (last && isCellMagic(last.name)) {
      // Its text may be in any language; as in IPython, an empty line ends it.
      const isEnded = last.body.trim() !== '' && /\n\s*$/.test(text);
      return isEnded ? { status: 'complete' } : { status: 'incomplete', indent: '' };
    }
    if (code === undefined || QUESTION.test(text)) {
      return { status: 'complete' };
    }
    const { completenessOf } = await cellReader();
    return completenessOf(code, this.parts.lower);
  }

  /** Answers a `complete_request`. */
  async complete(content: JsonObject): Promise<JsonObject> {
    const { code, cursor } = readCursor(content);
    const { matches, start, end } =
      this.completeMagic(code, cursor) ?? (await this.completeCode(code, cursor));
    const range = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
    return {
      status: 'ok',
      matches: matches.map(({ text }) => text),
      cursor_start: range.start,
      cursor_end: range.end,
      metadata: {
        // Gives JupyterLab the icons beside the names.
        _jupyter_types_experimental: matches.map(({ text, type }) => ({ ...range, text, type }))
      }
    };
  }

  /** Answers an `inspect_request`. */
  async inspect(content: JsonObject): Promise<JsonObject> {
    const { code, cursor } = readCursor(content);
    const data = await this.describe(code, cursor, content.detail_level === 1 ? 1 : 0);
    return { status: 'ok', found: data !== undefined, data: data ?? {}, metadata: {} };
  }

  /** What is known about the name at a place, in several formats; nothing when there is none. */
  async describe(code: string, cursor: number, detail: number): Promise<MimeBundle | undefined> {
    const { line } = lineAt(code, cursor);
    const magic = inspectMagic(line);
    const source = magic ? undefined : this.sourceOf(code);
    if (!source) {
      return magic;
    }
    const [live, typed] = await Promise.all([
      source.file === undefined
        ? this.parts.link.query({ kind: 'inspect', code, cursor, detail })
        : undefined,
      unlessLate(this.parts.language.inspect(source, cursor))
    ]);
    return this.withNote(descriptionBundle(live, typed));
  }

  private async completeCode(code: string, cursor: number): Promise<Completion> {
    const source = this.sourceOf(code);
    const [live, typed] = source
      ? await Promise.all([
          source.file === undefined
            ? this.parts.link.query({ kind: 'complete', code, cursor })
            : undefined,
          unlessLate(this.parts.language.complete(source, cursor))
        ])
      : [];
    return mergeCompletions(code, cursor, typed, live);
  }

  /** What TypeScript is asked about, which knows the cells so far by then. */
  private sourceOf(code: string): Source | undefined {
    this.parts.aside.finish();
    return sourceOf(code, this.parts);
  }

  private completeMagic(code: string, cursor: number): Completion | undefined {
    const { line, start } = lineAt(code, cursor);
    const found = completeMagic(line.slice(0, cursor - start), { magics, bot: this.parts.bot });
    return (
      found && {
        matches: found.matches.map(text => ({ text, type: 'keyword' })),
        start: start + found.start,
        end: cursor
      }
    );
  }

  /** Says once that there could be more to tell. */
  private withNote(bundle: MimeBundle | undefined): MimeBundle | undefined {
    if (!bundle || this.hasToldOfTypes || this.parts.language.version !== undefined) {
      return bundle;
    }
    this.hasToldOfTypes = true;
    return {
      'text/plain': `${String(bundle['text/plain'])}\n\n${HOW_TO_GET_TYPES.replaceAll('`', '')}`,
      'text/markdown': `${String(bundle['text/markdown'])}\n\n*${HOW_TO_GET_TYPES}*`
    };
  }
}

function unlessLate<T>(work: Promise<T>): Promise<T | undefined> {
  const late = new Promise<undefined>(resolve => {
    setTimeout(() => resolve(undefined), PATIENCE).unref();
  });
  return Promise.race([work, late]);
}

function readCursor(content: JsonObject): { code: string; cursor: number } {
  const code = String(content.code ?? '');
  const position = content.cursor_pos;
  const cursor = typeof position === 'number' ? toCodeUnits(code, position) : code.length;
  return { code, cursor };
}

function lineAt(code: string, cursor: number): { line: string; start: number } {
  const start = code.lastIndexOf('\n', cursor - 1) + 1;
  const end = code.indexOf('\n', cursor);
  return { line: code.slice(start, end < 0 ? undefined : end), start };
}
