import { chatOpsError, createId, type Button, type ChatMessage, type User } from '../../protocol';
import type { Clock } from '../clock';
import { placeKey, type Place } from '../journal';
import { readChoice, readsAsCancel, readYesNo } from './words';

/** What a skill asks someone while it waits. */
export interface QuestionRequest {
  /** `ask` takes any text, `confirm` yes or no, `choose` one of the choices. */
  kind: 'ask' | 'confirm' | 'choose';
  text: string;
  place: Place;
  /** The one who may answer. */
  user: User;
  choices?: readonly Button[];
  /** How long to wait, in milliseconds. */
  timeout: number;
  /** What calls the question off; common words when absent. */
  cancelWords?: readonly string[];
}

/** What was answered. */
export type Answer = string | boolean;

interface OpenQuestion extends QuestionRequest {
  id: string;
  timer: unknown;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** What came of offering something as an answer. */
export type Reception =
  /** It answers a question, or calls it off: nobody else can any more. */
  | {
      taken: true;
      /** Hands it over to whoever asked. */
      settle(): void;
    }
  /** It is meant as an answer and is none; the text says why. */
  | { taken: false; hint: string };

/** How the buttons of a question are called. */
const BLOCK_PREFIX = 'question:';

/** True for the buttons of a question, whether or not it still waits. */
export function isQuestion(block: string): boolean {
  return block.startsWith(BLOCK_PREFIX);
}

/** The questions that wait for an answer: each bound to one person in one room, the newest first. */
export class Questions {
  private readonly open = new Map<string, OpenQuestion>();

  constructor(private readonly clock: Clock) {}

  /**
   * Waits for an answer. The id comes first, so that buttons can carry it.
   *
   * @returns the answer; rejects with `CHATOPS_QUESTION_TIMEOUT` or `CHATOPS_QUESTION_CANCELLED`.
   */
  begin(request: QuestionRequest): { id: string; answer: Promise<Answer> } {
    const id = BLOCK_PREFIX + createId();
    const answer = new Promise<Answer>((resolve, reject) => {
      const timer = this.clock.setTimeout(() => {
        const seconds = Math.round(request.timeout / 1000);
        this.end(id)?.reject(chatOpsError('CHATOPS_QUESTION_TIMEOUT', { seconds }));
      }, request.timeout);
      this.open.set(id, { ...request, id, timer, resolve, reject });
    });
    return { id, answer };
  }

  /** True when someone is asked something in a room. */
  waitsFor(message: Pick<ChatMessage, 'connector' | 'room' | 'user'>): boolean {
    return this.questionFor(message) !== undefined;
  }

  /**
   * Offers what someone said as an answer to the newest question they are asked there; nothing when
   * they are asked none.
   */
  offer(message: Pick<ChatMessage, 'connector' | 'room' | 'user' | 'text'>): Reception | undefined {
    const question = this.questionFor(message);
    if (!question) {
      return undefined;
    }
    const { kind, choices = [], cancelWords } = question;
    const { text } = message;
    const yes = kind === 'confirm' ? readYesNo(text) : undefined;
    const choice = kind === 'choose' ? readChoice(text, choices) : undefined;
    if (yes !== undefined) {
      return this.answer(question, yes);
    }
    if (choice) {
      return this.answer(question, choice.value);
    }
    if (readsAsCancel(text, cancelWords)) {
      this.end(question.id);
      const error = chatOpsError('CHATOPS_QUESTION_CANCELLED', {});
      return { taken: true, settle: () => question.reject(error) };
    }
    if (kind === 'ask') {
      return this.answer(question, text);
    }
    const wanted = kind === 'confirm' ? 'yes or no' : choices.map(({ label }) => label).join(', ');
    const [cancel] = cancelWords ?? ['cancel'];
    return { taken: false, hint: `Please answer with ${wanted}, or say ${cancel}.` };
  }

  /** Answers by one of a question's buttons. */
  press(id: string, value: string, user: User): Reception {
    const question = this.open.get(id);
    if (!question) {
      return { taken: false, hint: chatOpsError('CHATOPS_ACTION_OVER', {}).message };
    }
    if (question.user.id !== user.id) {
      return { taken: false, hint: `This question is for ${question.user.name}.` };
    }
    const { kind, choices = [] } = question;
    const known = kind === 'confirm' ? ['yes', 'no'] : choices.map(choice => choice.value);
    return known.includes(value)
      ? this.answer(question, kind === 'confirm' ? value === 'yes' : value)
      : { taken: false, hint: `\`${value}\` is none of the answers.` };
  }

  /** Ends a question that nobody waits for any more. */
  withdraw(id: string, error: unknown): void {
    this.end(id)?.reject(error);
  }

  private questionFor({
    connector,
    room,
    user
  }: Pick<ChatMessage, 'connector' | 'room' | 'user'>): OpenQuestion | undefined {
    if (this.open.size === 0) {
      return undefined;
    }
    const key = placeKey({ connector, room });
    return [...this.open.values()].findLast(
      question => placeKey(question.place) === key && question.user.id === user.id
    );
  }

  private answer(question: OpenQuestion, answer: Answer): Reception {
    this.end(question.id);
    return { taken: true, settle: () => question.resolve(answer) };
  }

  private end(id: string): OpenQuestion | undefined {
    const question = this.open.get(id);
    this.open.delete(id);
    this.clock.clearTimeout(question?.timer);
    return question;
  }
}
