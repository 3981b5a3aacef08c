import { completeMagic, inspectMagic, magics, type MagicContext } from '../magics';
import type { MimeBundle } from '../thread';
import type { JsonObject } from '../wire';
import { toCodePoints, toCodeUnits } from './cursor';
import type { SessionLink } from './session-link';

/** Helps with what is being written: completions and information on what is under the cursor. */
export class Assistance {
  constructor(
    private readonly link: SessionLink,
    private readonly bot: MagicContext['bot']
  ) {}

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
