import type { LanguageParser, Question, Understood } from '../../engine';
import { chatModel, type ChatModel } from './chat-model';
import { CommandMenu } from './command-menu';
import type { LlmConfig } from './parser-config';
import { RemoteParser } from './remote-parser';

/**
 * A language model that puts what nothing else understood into the words of a command.
 *
 * It only proposes: the engine asks the person before anything with effects is done.
 */
export class LlmParser extends RemoteParser {
  override readonly purpose: LanguageParser['purpose'] = 'commands';
  private readonly model: ChatModel;

  constructor(private readonly config: LlmConfig) {
    super(config);
    this.model = chatModel(config);
  }

  protected async ask({ text, commands, signal }: Question): Promise<Understood> {
    const menu = new CommandMenu(commands(), text, this.config['max-commands']);
    const answer = menu.isEmpty ? undefined : await this.model.complete(menu.prompt, signal);
    const proposal = answer === undefined ? undefined : menu.read(answer);
    return { findings: [], entities: {}, proposals: proposal ? [proposal] : [] };
  }
}
