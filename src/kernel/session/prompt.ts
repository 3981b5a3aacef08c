import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { chatOpsError } from '../../protocol';
import type { PromptOptions } from '../cell-api';
import { answerState, word } from '../thread';
import { cellStorage } from './cell-context';
import type { Outlet } from './outlet';

/** Asks the person at the notebook, and blocks until there is an answer, as in a browser. */
export class Prompt {
  constructor(
    private readonly outlet: Outlet,
    private readonly state: Int32Array,
    private readonly answers: MessagePort
  ) {}

  /**
   * Asks for a line of text.
   *
   * @param options - with `password`, what is typed is not shown.
   * @returns what was typed; `initial` when that is nothing.
   * @throws ChatOpsError `CHATOPS_CELL_INPUT` where nobody can answer, `CHATOPS_CELL_INTERRUPTED`.
   */
  readonly prompt = (
    question: unknown = '',
    initial = '',
    { password = false }: PromptOptions = {}
  ): string => {
    const hint = initial === '' ? '' : `[${initial}] `;
    const answer = this.ask('prompt', `${String(question)} ${hint}`, password);
    return answer === '' ? initial : answer;
  };

  /** Asks for a yes or a no; anything but a yes is a no. */
  readonly confirm = (question: unknown = 'Are you sure?'): boolean =>
    /^\s*y(es)?\s*$/i.test(this.ask('confirm', `${String(question)} [y/N] `, false));

  private ask(name: string, prompt: string, password: boolean): string {
    const context = cellStorage.getStore();
    if (!context?.allowStdin) {
      throw chatOpsError('CHATOPS_CELL_INPUT', {
        name,
        reason: 'nobody is there who could answer'
      });
    }
    while (receiveMessageOnPort(this.answers)) {
      // An answer to a question that was interrupted belongs to nobody.
    }
    Atomics.store(this.state, word.answer, answerState.open);
    this.outlet.post({ type: 'input', cell: context.id, prompt, password });
    Atomics.wait(this.state, word.answer, answerState.open);
    switch (Atomics.load(this.state, word.answer)) {
      case answerState.given:
        return (receiveMessageOnPort(this.answers) as { message: string }).message;
      case answerState.refused:
        throw chatOpsError('CHATOPS_CELL_INPUT', { name, reason: 'the notebook does not listen' });
      default:
        throw chatOpsError('CHATOPS_CELL_INTERRUPTED', {});
    }
  }
}
