/** What an error says to a person: what happened, and what to do about it. */
export function errorWords(error: unknown): string {
  // The class is part of a module that is loaded late; its shape tells as much.
  const { record } = Object(error) as { record?: { message: string; hint: string } };
  return record ? `${record.message} ${record.hint}` : String(error);
}
