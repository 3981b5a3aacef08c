import type { ChatModel } from './chat-model';
import type { SaidEntry } from './entry';

/** What a skill shall answer, and with what. */
export interface SkillWords {
  text: string;
  reply?: string;
}

/**
 * What a skill made from a message shall answer: what is selected in it, or all of it. What the bot
 * said is taken for the answer to the message before.
 */
export function wishOf(
  { message }: SaidEntry,
  model: Pick<ChatModel, 'find' | 'state'>,
  selection = selectedText(message.id)
): SkillWords & { [key: string]: string } {
  const question = message.user.bot ? model.find(message.answers ?? 0)?.message : undefined;
  if (question) {
    return { text: question.text, reply: selection || message.text };
  }
  const answer = model.state.entries.find(
    entry =>
      entry.kind === 'said' &&
      entry.message.answers === message.seq &&
      !entry.message.error &&
      !entry.message.notice
  );
  return {
    text: selection || message.text,
    // Part of a message was not what the answer was for.
    ...(answer?.kind === 'said' && selection === '' && { reply: answer.message.text })
  };
}

/** What is selected within one message of the page. */
function selectedText(key: string): string {
  const selection = globalThis.getSelection?.();
  const row = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const isInside =
    selection &&
    row &&
    !selection.isCollapsed &&
    row.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isInside ? selection.toString().trim() : '';
}
