/**
 * A part of a message that is more than text. Connectors that cannot show one say the same in words.
 * Made by `markdown`, `code`, `table`, `card`, `buttons`, `image`, `file` and `video`.
 */
export interface Part {
  readonly type: string;
}

/**
 * What can be said: a text, a {@link Part}, or a list of both that is said as one message. Anything
 * else is shown as JSON.
 */
export type Content = unknown;

/** A message that was said, to be changed later. */
export interface Sent {
  /** Its place in the bot's journal. */
  readonly seq: number;
  /** Says something else in its place. On connectors that cannot change a message it is said anew. */
  update(content: Content): Promise<void>;
  /** Takes it back. */
  delete(): Promise<void>;
  /** Adds a reaction. False when the connector cannot show it. */
  react(emoji: string): Promise<boolean>;
  pin(): Promise<void>;
  unpin(): Promise<void>;
}

/** A text that grows while it is written. */
export interface Stream {
  /** Its place in the bot's journal. */
  readonly seq: number;
  /** Adds to the text. What is added faster than it can be shown is shown together. */
  write(text: string): Promise<void>;
  /** Says that it is complete. */
  end(text?: string): Promise<void>;
}

/** Work that is shown while it goes on. */
export interface Progress {
  /** Its place in the bot's journal. */
  readonly seq: number;
  /**
   * Shows how far it is.
   *
   * @param value - from 0 to 1; nothing when nobody knows.
   */
  update(value?: number, label?: string): Promise<void>;
  /** Says that it is done. */
  done(label?: string): Promise<void>;
  /** Says that it failed. */
  fail(label?: string): Promise<void>;
}

/** A file: by its address, or with its content. */
export interface Media {
  /** Where it is. Either this or `data`. */
  url?: string;
  /** Its content. */
  data?: Uint8Array;
  name?: string;
  /** Such as `image/png`. */
  mimetype?: string;
}

/** Facts at a glance. */
export interface CardContent {
  title: string;
  text?: string;
  fields?: Readonly<Record<string, unknown>>;
  url?: string;
  tone?: 'info' | 'success' | 'warning' | 'error';
}

/** Something to press instead of writing it. */
export interface ButtonContent {
  label: string;
  /** What pressing it says; the label when absent. */
  value?: string;
  style?: 'primary' | 'danger';
}
