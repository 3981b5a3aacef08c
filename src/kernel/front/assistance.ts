import type { Completeness } from '../cell/completeness';
import {
  completeMagic,
  inspectMagic,
  isCellMagic,
  magics,
  parseMagics,
  type MagicContext
} from '../magics';
import type { MimeBundle } from '../thread';
import type { JsonObject } from '../wire';
import { toCodePoints, toCodeUnits } from './cursor';
import type { SessionLink } from './session-link';

/** A cell that asks about a name: `name?`, or `name??` for more. */
export const QUESTION = /^\s*([\p{L}\p{N}_$.%]+)(\?{1,2})\s*$/u;

/** Helps with what is being written: completions and information on what is under the cursor. */
export class Assistance {
  constructor(
    private readonly link: SessionLink,
    private readonly bot: MagicContext['bot']
  ) {}

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
    const { completenessOf } = await import('../cell');
    return completenessOf(code);
  }

  /** Answers a `complete_request`. */
  async complete(content: JsonObject): Promise<JsonObject> {
    const { code, cursor } = readCursor(content);
    const { matches, start, end } = this.completeMagic(code, cursor) ??
      (await this.link.query({ kind: 'complete', code, cursor })) ?? {
        matches: [],
        start: cursor,
        end: cursor
      };
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
    return inspectMagic(line) ?? (await this.link.query({ kind: 'inspect', code, cursor, detail }));
  }

  private completeMagic(
    code: string,
    cursor: number
  ): { matches: { text: string; type: string }[]; start: number; end: number } | undefined {
    const { line, start } = lineAt(code, cursor);
    const found = completeMagic(line.slice(0, cursor - start), { magics, bot: this.bot });
    return (
      found && {
        matches: found.matches.map(text => ({ text, type: 'keyword' })),
        start: start + found.start,
        end: cursor
      }
    );
  }
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
