import type * as z from 'zod/mini';
import { chatOpsError, reasonOf } from './error';
import { clientFrameSchema, type ClientFrame } from './client-frame';
import { serverFrameSchema, type ServerFrame } from './server-frame';
import { MAX_FRAME_BYTES } from './version';

/** A frame as the text that crosses the wire. */
export function encodeFrame(frame: ClientFrame | ServerFrame): string {
  return JSON.stringify(frame);
}

/**
 * Reads a frame that a client sent.
 *
 * @throws ChatOpsError `CHATOPS_FRAME_TOO_LARGE`, `CHATOPS_FRAME_SYNTAX` or `CHATOPS_FRAME_INVALID`.
 */
export function decodeClientFrame(text: string): ClientFrame {
  const size = utf8Length(text);
  if (size > MAX_FRAME_BYTES) {
    throw chatOpsError('CHATOPS_FRAME_TOO_LARGE', { size, limit: MAX_FRAME_BYTES });
  }
  return decode(clientFrameSchema, text);
}

/**
 * Reads a frame that a bot sent.
 *
 * @throws ChatOpsError `CHATOPS_FRAME_SYNTAX` or `CHATOPS_FRAME_INVALID`.
 */
export function decodeServerFrame(text: string): ServerFrame {
  return decode(serverFrameSchema, text);
}

function decode<S extends z.ZodMiniType>(schema: S, text: string): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw chatOpsError('CHATOPS_FRAME_SYNTAX', { reason: reasonOf(error) }, { cause: error });
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    throw chatOpsError('CHATOPS_FRAME_INVALID', { reason: firstIssue(result.error) });
  }
  return result.data;
}

function firstIssue(error: z.core.$ZodError): string {
  const issue = error.issues[0]!;
  return `\`${issue.path.join('.') || 'frame'}\` ${complaint(issue)}`;
}

/** zod's small edition carries no sentences; these are the few that a frame can earn. */
function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be a value of type ${issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map(value => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_union':
      return 'is not one that the protocol has';
    case 'too_small':
      return `must be at least ${issue.minimum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
    default:
      return 'is not valid';
  }
}

/** How many bytes a text takes as UTF-8, without encoding it. */
function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) {
      // Each half of a surrogate pair adds one: four bytes for two units.
      bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
    }
  }
  return bytes;
}
