import * as z from 'zod/mini';
import { userSchema } from './user';

/** Something a person can press instead of writing it. */
export const buttonSchema = z.object({
  label: z.string(),
  /** What pressing it says. */
  value: z.string(),
  style: z.optional(z.enum(['primary', 'danger']))
});

/** Something a person can press. */
export type Button = z.infer<typeof buttonSchema>;

/** A file, picture or film: by its address, or with its content. */
const media = {
  name: z.optional(z.string()),
  url: z.optional(z.string()),
  /** The content, as base64. */
  data: z.optional(z.string()),
  mimetype: z.optional(z.string()),
  /** In bytes. */
  size: z.optional(z.number())
};

/**
 * A part of a message. Where a message has blocks they are the whole of it, and its text says the
 * same in words, for connectors that cannot show them.
 */
export const blockSchema = z.discriminatedUnion('type', [
  /** Text without any markup. */
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('markdown'), text: z.string() }),
  z.object({ type: z.literal('code'), text: z.string(), language: z.optional(z.string()) }),
  z.object({
    type: z.literal('table'),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string()))
  }),
  z.object({
    type: z.literal('card'),
    title: z.string(),
    text: z.optional(z.string()),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    url: z.optional(z.string()),
    tone: z.optional(z.enum(['info', 'success', 'warning', 'error']))
  }),
  z.object({
    type: z.literal('buttons'),
    /** Names the choice, so that pressing can be told from pressing on another message. */
    id: z.string(),
    buttons: z.array(buttonSchema),
    /** Set once it was answered; then the buttons are of no use any more. */
    answer: z.optional(z.object({ value: z.string(), user: z.optional(userSchema) }))
  }),
  z.object({
    type: z.literal('progress'),
    label: z.string(),
    /** From 0 to 1; absent when nobody knows. */
    value: z.optional(z.number()),
    state: z.enum(['running', 'done', 'failed'])
  }),
  z.object({ type: z.literal('file'), ...media }),
  z.object({ type: z.literal('image'), ...media, alt: z.optional(z.string()) }),
  z.object({ type: z.literal('video'), ...media })
]);

/** A part of a message. */
export type Block = z.infer<typeof blockSchema>;

/** The block of one type. */
export type BlockOf<T extends Block['type']> = Extract<Block, { type: T }>;

/** The types of blocks. */
export const blockTypes: readonly Block['type'][] = [
  'text',
  'markdown',
  'code',
  'table',
  'card',
  'buttons',
  'progress',
  'file',
  'image',
  'video'
];
