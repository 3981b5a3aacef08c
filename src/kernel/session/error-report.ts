import { ChatOpsError } from '../../protocol';
import type { ErrorContent } from '../thread';
import { cellErrorContent, errorContent, traceback } from '../views/error-view';
import { adopted } from './adopted-error';
import { plainText } from './mime-bundle';
import { formatFrame, type Frame, type StackTraces } from './stack-traces';

/** How many causes of an error are told. */
const MOST_CAUSES = 5;

/** Words whatever was thrown for people: the author's own lines, and what led there. */
export class ErrorReport {
  constructor(private readonly stacks: StackTraces) {}

  /** The content of Jupyter's `error` message. */
  contentOf(thrown: unknown): ErrorContent {
    const ours = adopted(thrown);
    if (ours instanceof ChatOpsError) {
      return this.withPlace(ours, thrown as Error);
    }
    if (!(thrown instanceof Error)) {
      const text = plainText(thrown);
      return {
        ename: 'Thrown',
        evalue: text,
        traceback: traceback({ name: 'Thrown', message: text })
      };
    }
    const name = textOf(thrown.name, 'Error');
    const evalue = textOf(thrown.message, '');
    return { ename: name, evalue, traceback: this.linesOf(thrown, new Set()) };
  }

  /** The place where code was cut off, as the lines of a traceback show it. */
  contentAt(error: ChatOpsError, stack: object): ErrorContent {
    const frame = this.stacks.framesOf(stack)?.find(({ place }) => place !== undefined);
    return errorContent({ ...error.record, ...contextOf(frame) });
  }

  /** An error of ours says itself where it happened; one that does not happened where it was thrown. */
  private withPlace(error: ChatOpsError, thrown: Error): ErrorContent {
    const frame = this.stacks.framesOf(thrown)?.find(({ place }) => place !== undefined);
    return cellErrorContent(
      error.record.where ? error.record : { ...error.record, ...contextOf(frame) }
    );
  }

  private linesOf(error: Error, told: Set<unknown>): string[] {
    told.add(error);
    const frames = this.stacks.framesOf(error);
    const first = frames?.find(({ place }) => place !== undefined);
    const lines = traceback({
      name: textOf(error.name, 'Error'),
      message: textOf(error.message, ''),
      place: first && `${first.label}:${first.line}:${first.column}`,
      excerpt: first?.place?.excerpt,
      calls: frames ? frames.map(formatFrame) : foreignCalls(error),
      lines: propertyLines(error)
    });
    const inner = [
      ...(error instanceof AggregateError ? (error.errors as unknown[]) : []),
      ...(error.cause === undefined ? [] : [error.cause])
    ].filter(item => !told.has(item));
    if (told.size > MOST_CAUSES) {
      return lines;
    }
    return [...lines, ...inner.flatMap(item => ['', ...this.causeLines(item, told)])];
  }

  private causeLines(cause: unknown, told: Set<unknown>): string[] {
    const [first = '', ...rest] =
      cause instanceof Error ? this.linesOf(cause, told) : [plainText(cause)];
    return [`Caused by ${first}`, ...rest];
  }
}

function contextOf(frame: Frame | undefined): Pick<ErrorContentContext, 'where' | 'excerpt'> {
  return frame?.place
    ? {
        where: { file: frame.label, line: frame.line, column: frame.column },
        excerpt: frame.place.excerpt
      }
    : {};
}

interface ErrorContentContext {
  where?: { file: string; line: number; column: number };
  excerpt?: string;
}

/** What else an error says: its code, a status, an address. */
function propertyLines(error: Error): string[] {
  const known = new Set(['name', 'message', 'stack', 'cause', 'errors']);
  return Object.entries(error)
    .filter(([key, value]) => !known.has(key) && typeof value !== 'function')
    .slice(0, 10)
    .map(([key, value]) => `    ${key}: ${plainText(value).split('\n')[0]!}`);
}

/** The calls of an error from elsewhere, such as another realm, as it words them itself. */
function foreignCalls(error: Error): string[] {
  return textOf(error.stack, '')
    .split('\n')
    .flatMap(line => /^\s*at (?!.*\(?node:)(.*)$/.exec(line)?.[1] ?? []);
}

/** Anyone may put anything into an error's properties. */
function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
