/** What a client of opsdroid's websocket connector said. */
export interface LegacyMessage {
  text: string;
  user?: string;
  /** The room it named; its own socket when it named none. */
  room?: string;
}

/**
 * Reads a text frame of opsdroid's protocol: a JSON object with a `message`, or any text at all.
 * What is JSON and no such object is a text like any other, so that no frame can do harm.
 */
export function readLegacyFrame(data: string): LegacyMessage {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return { text: data };
  }
  if (typeof value !== 'object' || value === null || !('message' in value)) {
    return { text: data };
  }
  const { message, user, socket } = value as Record<string, unknown>;
  return {
    text: typeof message === 'string' ? message : JSON.stringify(message),
    ...(typeof user === 'string' && user !== '' && { user }),
    ...(typeof socket === 'string' && socket !== '' && { room: socket })
  };
}
