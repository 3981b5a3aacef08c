import { chatOpsError, ChatOpsError } from '../../protocol';
import { MASK, passwordsOf } from '../config';
import { fileReason } from '../file-reason';

/** How long a database may take for one answer, in milliseconds. */
export const PATIENCE = 10_000;

/** Calls of a database that may fail or hang, without letting its password out. */
export class DatabaseCalls {
  private closed = false;

  /**
   * @param name - of the database, for errors.
   * @param secrets - what must not be in an error.
   * @param patience - how long a call may take, in milliseconds.
   */
  constructor(
    private readonly name: string,
    private readonly secrets: readonly string[],
    private readonly patience: number = PATIENCE
  ) {}

  /**
   * What a call resolves to.
   *
   * @throws ChatOpsError `CHATOPS_MEMORY_UNAVAILABLE`, when it fails or takes too long.
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.closed) {
      throw this.unavailable('it has been closed');
    }
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      const seconds = this.patience / 1000;
      const late = new Error(`it did not answer within ${seconds} s`);
      timer = setTimeout(() => reject(late), this.patience);
    });
    try {
      return await Promise.race([call(), tooLong]);
    } catch (error) {
      throw this.unavailable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets no call through any more. False when that has been so already. */
  close(): boolean {
    const isFirst = !this.closed;
    this.closed = true;
    return isFirst;
  }

  /** The error for whatever a driver has thrown. */
  unavailable(error: unknown): ChatOpsError {
    if (error instanceof ChatOpsError) {
      return error;
    }
    // The driver's error is not kept as the cause: it may hold the address with the password.
    const reason = withoutSecrets(fileReason(firstOf(error)), this.secrets);
    return chatOpsError('CHATOPS_MEMORY_UNAVAILABLE', { name: this.name, reason });
  }
}

/** The secrets of a section: its password, as it is and inside an address. */
export function secretsOf({ password, url = '' }: { password?: string; url?: string }): string[] {
  const plain = [...(password ? [password] : []), ...passwordsOf(url)];
  return plain.flatMap(secret => [secret, encodeURIComponent(secret)]);
}

/** A text without these secrets, and without any password of an address. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
    .replace(/(:\/\/[^\s:@/]*:)[^\s@]*@/g, `$1${MASK}@`);
}

/** An address that has several numbers fails with one error for each. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}
