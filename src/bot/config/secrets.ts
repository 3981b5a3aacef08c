/** Key and variable names whose values are nobody's business. */
const SECRET_NAME =
  /(token|password|passwd|secret|credential|api[-_]?key|appkey|private[-_]?key|cookie)/i;

/** What stands in a secret's place. */
export const MASK = '••••••';

/** Values shorter than this are not masked: they would blot out ordinary words. */
const SHORTEST = 4;

/**
 * The secrets this process knows, by value, so that they can be taken out of whatever is about to
 * be written or sent.
 */
export class Secrets {
  private values: string[] = [];

  /** Adds the values of a configuration that stand under a name such as `token`. */
  learn(value: unknown, name = ''): void {
    if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        this.learn(child, Array.isArray(value) ? name : key);
      }
    } else if (SECRET_NAME.test(name) && (typeof value === 'string' || typeof value === 'number')) {
      this.add(String(value));
    } else if (typeof value === 'string') {
      passwordsOf(value).forEach(password => this.add(password));
    }
  }

  /** A text with every known secret masked. */
  mask(text: string): string {
    let masked = text;
    for (const value of this.values) {
      if (masked.includes(value)) {
        masked = masked.replaceAll(value, MASK);
      }
    }
    return masked;
  }

  /** A value with every known secret masked in its texts; the value itself when there is none. */
  maskAll<T>(value: T): T {
    if (this.values.length === 0) {
      return value;
    }
    const json = JSON.stringify(value);
    return this.values.some(secret => json.includes(secret)) ? (this.maskTexts(value) as T) : value;
  }

  private maskTexts(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.mask(value);
    }
    if (Array.isArray(value)) {
      return value.map(item => this.maskTexts(item));
    }
    if (typeof value === 'object' && value !== null) {
      // The type of a frame is none of the bot's words.
      return Object.fromEntries(
        Object.entries(value).map(([key, child]) => [
          key,
          key === 'type' ? (child as unknown) : this.maskTexts(child)
        ])
      );
    }
    return value;
  }

  private add(value: string): void {
    // In JSON a secret looks different when it holds quotes or backslashes.
    const forms = new Set([value, JSON.stringify(value).slice(1, -1)]);
    for (const form of forms) {
      if (form.length >= SHORTEST && !this.values.includes(form)) {
        this.values.push(form);
      }
    }
    // A secret may contain another one; the longer goes first.
    this.values.sort((a, b) => b.length - a.length);
  }
}

/** The password inside an address such as `redis://user:password@host`, as it stands there and in clear. */
export function passwordsOf(address: string): string[] {
  const password = /^[\w+.-]+:\/\/[^\s:@/]*:(.+)@/.exec(address)?.[1];
  if (password === undefined) {
    return [];
  }
  try {
    return [...new Set([password, decodeURIComponent(password)])];
  } catch {
    return [password];
  }
}
