import path from 'node:path';
import { chatOpsError, ChatOpsError, type ErrorContext, type Where } from '../protocol';
import { excerpt, originalPosition, parseStack, type ModuleForm, type StackFrame } from '../source';
import { describeThrown, textOfThrown } from './thrown';

/** What is known of a source that runs. */
interface SourceEntry {
  text: string;
  form: ModuleForm;
}

/** The sources that run, so that an error can be shown at its place in the author's own text. */
export class SourceRegistry {
  private readonly entries = new Map<string, SourceEntry>();

  /** @param root - the folder that files are named relative to. */
  constructor(private readonly root: string) {}

  /** Remembers a source under the name that stack traces give it. */
  add(file: string, text: string, form: ModuleForm = 'commonjs'): void {
    this.entries.set(file, { text, form });
  }

  /** True for a source that was loaded. */
  has(file: string): boolean {
    return this.entries.has(file);
  }

  /** The text that was loaded last under this name. */
  textOf(file: string): string | undefined {
    return this.entries.get(file)?.text;
  }

  /** A file as people should see it: relative to the root when it is inside, with forward slashes. */
  display(file: string): string {
    const relative = path.relative(this.root, file);
    const inside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
    return (inside ? relative : file).split(path.sep).join('/');
  }

  /** A place in running code as a place in the author's text, or nothing for code that is not the author's. */
  locate(file: string, line: number, column: number): Required<Where> | undefined {
    const entry = this.entries.get(file);
    return (
      entry && {
        file: this.display(file),
        ...originalPosition(entry.text, entry.form, { line, column })
      }
    );
  }

  /** Where something was thrown, in the author's files: place, code around it, and the author's stack frames. */
  contextOf(thrown: unknown): ErrorContext {
    return {
      ...this.contextOfFrames(parseStack(textOfThrown(thrown, 'stack') ?? '')),
      cause: thrown
    };
  }

  /** The same for frames that are known otherwise. */
  contextOfFrames(frames: readonly StackFrame[]): ErrorContext {
    const own = frames.flatMap(frame => {
      const where = this.locate(frame.file, frame.line, frame.column);
      return where ? [{ file: frame.file, name: frame.name, where }] : [];
    });
    const first = own[0];
    if (!first) {
      return {};
    }
    const { line, column } = first.where;
    return {
      where: first.where,
      excerpt: excerpt(this.entries.get(first.file)!.text, line, column),
      stack: own.map(({ name, where }) => {
        const place = `${where.file}:${where.line}:${where.column}`;
        return name ? `${name} (${place})` : place;
      })
    };
  }

  /**
   * An error of ours for whatever an author's module threw while it was loading.
   *
   * @param file - named when the error itself does not say where it comes from.
   */
  loadError(thrown: unknown, file: string): ChatOpsError {
    const context = this.contextOf(thrown);
    if (thrown instanceof ChatOpsError) {
      return thrown.record.where
        ? thrown
        : new ChatOpsError({ ...thrown.record, ...withoutCause(context) }, thrown);
    }
    return chatOpsError(
      'CHATOPS_SKILL_LOAD',
      { reason: describeThrown(thrown) },
      { where: { file: this.display(file) }, ...context }
    );
  }
}

function withoutCause({ cause: _, ...context }: ErrorContext): Omit<ErrorContext, 'cause'> {
  return context;
}
