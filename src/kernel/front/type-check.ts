import { chatOpsError } from '../../protocol';
import { excerpt } from '../../source';
import type { LanguageService, Source, TypeProblem } from '../language';
import type { ErrorContent, MimeBundle } from '../thread';
import { errorContent, typeProblemsBundle, typeProblemText } from '../views';

/** What is done about type errors: `warn` shows them beside the cell that runs, `error` does not run it. */
export type TypeCheckMode = 'warn' | 'error' | 'off';

/** How long the first check waits for the cell to end, in milliseconds. */
const FIRST_WAIT = 300;

/** A cell that is checked. */
export interface CheckedCell {
  /** What people call it. */
  label: string;
  /** The whole cell. */
  text: string;
  source: Source;
  /** Shows something below it, also after it has ended. */
  display: (bundle: MimeBundle) => void;
  /** Resolves when it has ended. */
  ended: Promise<void>;
}

/** Looks for type errors in cells, beside their execution or, when told so, before it. */
export class TypeCheck {
  mode: TypeCheckMode = 'warn';

  constructor(private readonly language: LanguageService) {}

  /** The version of TypeScript that does it; nothing when none was found. */
  get version(): string | undefined {
    return this.language.version;
  }

  /** Checks a cell while it runs, and shows what is wrong. */
  beside({ label, text, source, display, ended }: CheckedCell): void {
    if (this.mode !== 'warn') {
      return;
    }
    // Its start costs more than most cells; the first cell has the machine for itself.
    const when = this.language.started ? undefined : Promise.race([ended, wait(FIRST_WAIT)]);
    void this.language.check(source, when).then(problems => {
      if (problems && problems.length > 0) {
        display(typeProblemsBundle(label, text, problems));
      }
    });
  }

  /** Checks a cell before it runs; what it must not run for, if there is anything. */
  async before({ label, text, source }: CheckedCell): Promise<ErrorContent | undefined> {
    if (this.mode !== 'error') {
      return undefined;
    }
    const problems = await this.language.check(source);
    return problems && problems.length > 0 ? refusal(label, text, problems) : undefined;
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

function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds).unref());
}
