import { chatOpsError } from '../../protocol';
import { excerpt } from '../../source';
import type { LanguageService, Source, TypeProblem } from '../language';
import type { ErrorContent, MimeBundle } from '../thread';
import { errorContent, typeProblemsBundle, typeProblemText } from '../views';
import type { Lull } from './lull';

/** What is done about type errors: `warn` shows them beside the cell that runs, `error` does not run it. */
export type TypeCheckMode = 'warn' | 'error' | 'off';

/** A cell that is checked. */
export interface CheckedCell {
  /** What people call it. */
  label: string;
  /** The whole cell. */
  text: string;
  source: Source;
  /** Shows something below it, also after it has ended. */
  display: (bundle: MimeBundle) => void;
}

/** Looks for type errors in cells, beside their execution or, when told so, before it. */
export class TypeCheck {
  mode: TypeCheckMode = 'warn';

  /** Resolves when the latest check beside a cell is done. */
  private latest: Promise<unknown> = Promise.resolve();

  /** @param lull - when checks do not take the machine from cells. */
  constructor(
    private readonly language: LanguageService,
    private readonly lull: Lull
  ) {}

  /** The version of TypeScript that does it; nothing when none was found. */
  get version(): string | undefined {
    return this.language.version;
  }

  /** Checks a cell as it is now, once the machine has time for it, and shows what is wrong. */
  beside({ label, text, source, display }: CheckedCell): void {
    if (this.mode !== 'warn') {
      return;
    }
    // A check costs more than most cells, so those of many quick cells come one by one behind them.
    const next = (): Promise<void> => this.lull.next();
    const when = this.latest.then(next, next);
    this.latest = this.language.check(source, when).then(problems => {
      if (problems && problems.length > 0) {
        display(typeProblemsBundle(label, text, problems));
      }
    });
  }

  /** Checks a cell before it runs where that is asked for; what it must not run for, if there is anything. */
  before({ label, text, source }: CheckedCell): Promise<ErrorContent | undefined> | undefined {
    return this.mode === 'error'
      ? this.language
          .check(source)
          .then(problems =>
            problems && problems.length > 0 ? refusal(label, text, problems) : undefined
          )
      : undefined;
  }
}

function refusal(label: string, text: string, problems: readonly TypeProblem[]): ErrorContent {
  const [first, ...others] = problems;
  const { line, column, message, code } = first!;
  return errorContent(
    chatOpsError(
      'CHATOPS_CELL_TYPES',
      { reason: `${message.replace(/\.$/, '')} (TS${code})` },
      {
        where: { file: label, line, column },
        excerpt: excerpt(text, line, column),
        ...(others.length > 0 && {
          log: others.map(problem => typeProblemText(label, problem))
        })
      }
    ).record
  );
}
