import {
  chatOpsError,
  describeError,
  type Block,
  type ChatMessage,
  type ErrorRecord,
  type MatcherRecord,
  type User
} from '../protocol';
import {
  ACTION_PATIENCE,
  readApproval,
  readNumbered,
  readsAsCancel,
  readYesNo,
  type PendingAction
} from './conversation';
import type { EngineParts } from './engine-parts';
import { placeKey } from './journal';
import { argumentAgainst } from './matching';
import type { Asker } from './permission';
import type { Invocation } from './skill-runner';

/** How the buttons of a proposal are called. */
const BLOCK_PREFIX = 'action:';

/** What became of a proposal that was answered. */
export type Settlement =
  /** It is confirmed, and is to be run now. */
  | 'confirmed'
  | 'declined'
  /** It cannot be run any more. */
  | { error: ErrorRecord };

/** What comes of saying or pressing something while a proposal waits. */
export type Reaction =
  | { action: PendingAction; yes: boolean }
  /** It was meant as an answer, and cannot be one. */
  | { refusal: string };

/** True for the buttons of a proposal, whether or not it still waits. */
export function isAction(block: string): boolean {
  return block.startsWith(BLOCK_PREFIX);
}

/** Asks before acting: may this person, and do they mean it? */
export class Proposer {
  constructor(private readonly parts: EngineParts) {}

  /** Why someone may not, or nothing when they may; a promise only where roles have a say. */
  refusal(
    matcher: MatcherRecord,
    invocation: Invocation,
    asker: Asker
  ): string | undefined | Promise<string | undefined> {
    return matcher.roles === undefined
      ? argumentAgainst(matcher, invocation.captures)
      : this.roleRefusal(matcher, invocation, asker);
  }

  /** Whether something may have to be confirmed before a matcher's handler is called. */
  mayAsk({ confirm, approvers, sideEffects }: MatcherRecord, reading: string | undefined): boolean {
    const isDoubtful = reading !== undefined && sideEffects !== false;
    return confirm !== undefined || approvers !== undefined || isDoubtful;
  }

  /**
   * What has to be confirmed before a matcher's handler is called, in words; nothing when it may be
   * called at once. Rejects when the function that should say so fails.
   */
  async questionFor(
    { confirm, approvers, sideEffects }: MatcherRecord,
    invocation: Invocation,
    reading: string | undefined
  ): Promise<string | undefined> {
    const { skill } = invocation;
    if (confirm === true) {
      const runner = this.parts.registry.get(skill)?.runner;
      const answer = await runner?.consult?.(invocation, { about: 'confirm' });
      if (typeof answer === 'string' && answer !== '') {
        return answer;
      }
    } else if (confirm !== undefined) {
      return fillIn(confirm, invocation);
    }
    if (reading !== undefined && sideEffects !== false) {
      return `I understand this as ${quoted(reading)}. Shall I do it?`;
    }
    return approvers === undefined || confirm === true
      ? undefined
      : `Shall ${quoted(invocation.text)} be done?`;
  }

  /** States what would be done, and waits for a yes. */
  async propose(matcher: MatcherRecord, invocation: Invocation, question: string): Promise<void> {
    const { actions, speaker, clock, registry } = this.parts;
    const { message, skill, text, spans, captures, entities } = invocation;
    const { connector, room, user, seq, thread } = message;
    // Whoever asks for the same once more means it once.
    const earlier = actions
      .openIn(message)
      .filter(action => action.user.id === user.id && action.text === text);
    for (const action of earlier) {
      if (actions.take(action.id)) {
        await this.expire(action);
      }
    }
    const id = actions.newId();
    const { approvers } = matcher;
    const who = approvers
      ? `\nIt takes a yes of someone with the role ${approvers.join(' or ')}.`
      : '';
    const asked = await speaker.post({
      connector,
      room,
      text: '',
      blocks: [{ type: 'markdown', text: question + who }, yesNo(BLOCK_PREFIX + id)],
      answers: seq,
      skill,
      ...(thread !== undefined && { thread })
    });
    actions.propose({
      id,
      seq,
      question: asked.seq,
      connector,
      room,
      user,
      ...(approvers && { approvers }),
      skill,
      matcher: matcher.id,
      fingerprint: registry.get(skill)?.fingerprint ?? '',
      text,
      spans,
      captures,
      ...(entities && { entities }),
      expires: clock.now() + ACTION_PATIENCE
    });
  }

  /** The proposal that someone answers by what they say or press, and how; or why they cannot. */
  answeredBy(message: ChatMessage): Reaction | undefined {
    const { event, text } = message;
    const block = event?.type === 'Press' ? String(event.data.block) : '';
    if (isAction(block)) {
      return this.pressed(block.slice(BLOCK_PREFIX.length), message);
    }
    if (event && event.type !== 'Message' && event.type !== 'Reply') {
      return undefined;
    }
    const open = this.parts.actions.openIn(message);
    if (open.length === 0) {
      return undefined;
    }
    const { words, number } = readNumbered(text);
    const answers = open.flatMap(action => {
      const yes = this.mayAnswer(action, message)
        ? readAnswer(number === undefined ? text : words, action, message.user)
        : undefined;
      return yes === undefined ? [] : [{ action, yes }];
    });
    const meant = this.meant(answers, message, number);
    if (meant || answers.length === 0) {
      return meant;
    }
    // What is said with a number may be meant for a skill while nothing else is in question.
    return answers.length === 1 ? undefined : { refusal: this.listOf(answers) };
  }

  /** The only proposal that an answer can be for; else the one that it names, replies to, or shares a thread with. */
  private meant<A extends { action: PendingAction }>(
    answers: readonly A[],
    { event, thread }: ChatMessage,
    number: number | undefined
  ): A | undefined {
    if (number !== undefined) {
      return answers.find(({ action }) => action.number === number);
    }
    const { journal } = this.parts;
    const pointed = answers.filter(({ action: { question } }) =>
      [event?.target, thread].includes(question)
    );
    const beside = answers.filter(({ action }) => journal.get(action.question)?.thread === thread);
    return [pointed, beside, answers].find(({ length }) => length === 1)?.[0];
  }

  private listOf(answers: readonly { action: PendingAction }[]): string {
    const { journal } = this.parts;
    const lines = answers.map(({ action: { number, question, text } }) => {
      const asked = journal.get(question)?.blocks?.find(block => block.type === 'markdown');
      return `${number}. ${(asked?.text ?? text).replace(/\s*\n\s*/g, ' ')}`;
    });
    const [first] = answers;
    return [
      'Several things wait for an answer here:',
      ...lines,
      `Say which one you mean, as in \`yes ${first!.action.number}\`, or press its button.`
    ].join('\n');
  }

  private pressed(id: string, message: ChatMessage): Reaction {
    const action = this.parts.actions.get(id);
    const yes = readYesNo(message.text);
    if (!action || placeKey(action) !== placeKey(message) || yes === undefined) {
      return { refusal: describeError(chatOpsError('CHATOPS_ACTION_OVER', {}).record) };
    }
    if (!this.mayAnswer(action, message)) {
      const { approvers, user } = action;
      const who = approvers ? `someone with the role ${approvers.join(' or ')}` : user.name;
      return { refusal: `Only ${who} can answer this.` };
    }
    return { action, yes };
  }

  /** Takes a proposal out, once, and shows how it was answered. */
  async settle(action: PendingAction, yes: boolean, user: User): Promise<Settlement> {
    const { actions, registry, journal } = this.parts;
    const { id, skill, matcher, fingerprint } = action;
    if (!actions.take(id)) {
      return { error: chatOpsError('CHATOPS_ACTION_OVER', {}).record };
    }
    await this.showAnswer(action, { value: yes ? 'yes' : 'no', user });
    if (!yes) {
      return 'declined';
    }
    if (registry.get(skill)?.fingerprint !== fingerprint || !registry.matcher(skill, matcher)) {
      return { error: chatOpsError('CHATOPS_ACTION_CHANGED', { name: skill }).record };
    }
    // From here on it counts as begun, whatever happens to this process.
    await journal.flush();
    return 'confirmed';
  }

  /** Shows that nobody answered, and that nobody can any more. */
  async expire(action: PendingAction): Promise<void> {
    await this.showAnswer(action, { value: 'expired' });
  }

  /** What a confirmed proposal calls: exactly what was shown. */
  invocationOf(action: PendingAction, version: number): Invocation {
    const { seq, connector, room, user, text, skill, matcher, spans, captures, entities } = action;
    const message = this.parts.journal.get(seq) ?? {
      seq,
      id: action.id,
      connector,
      room,
      user,
      text,
      time: this.parts.clock.now()
    };
    return {
      skill,
      version,
      matcher,
      message,
      text,
      spans,
      captures,
      ...(entities && { entities })
    };
  }

  private async roleRefusal(
    matcher: MatcherRecord,
    invocation: Invocation,
    asker: Asker
  ): Promise<string | undefined> {
    const { roles, registry } = this.parts;
    const refusal = await roles.refusal(matcher.roles, asker, invocation.captures, async role =>
      registry.get(invocation.skill)?.runner.consult?.(invocation, { about: 'role', role })
    );
    return refusal ?? argumentAgainst(matcher, invocation.captures);
  }

  private mayAnswer({ approvers, user, connector }: PendingAction, by: Asker): boolean {
    return approvers
      ? approvers.some(role => this.parts.roles.holds(role, by))
      : user.id === by.user.id && connector === by.connector;
  }

  private async showAnswer(
    { id, question }: PendingAction,
    answer: { value: string; user?: User }
  ): Promise<void> {
    const { journal, speaker } = this.parts;
    const blocks = journal
      .get(question)
      ?.blocks?.map((block): Block =>
        block.type === 'buttons' && block.id === BLOCK_PREFIX + id ? { ...block, answer } : block
      );
    if (blocks) {
      await speaker.update(question, { blocks }).catch(() => undefined);
    }
  }
}

/** What someone says to a proposal: of others' only what nobody says in passing, of one's own a cancel too. */
function readAnswer(text: string, action: PendingAction, by: User): boolean | undefined {
  if (action.user.id !== by.id) {
    return readApproval(text);
  }
  return readYesNo(text) ?? (readsAsCancel(text) ? false : undefined);
}

/** Buttons for yes and no. */
export function yesNo(id: string): Block {
  return {
    type: 'buttons',
    id,
    buttons: [
      { label: 'Yes', value: 'yes', style: 'primary' },
      { label: 'No', value: 'no' }
    ]
  };
}

/** A text as code, whatever is in it: what people say yes to must not be able to dress itself up. */
function quoted(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const space = runs.length > 0 ? ' ' : '';
  return fence + space + text + space + fence;
}

/** Puts what was captured in place of `{name}`. */
function fillIn(template: string, { captures }: Invocation): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const values = captures.filter(capture => capture.name === name && capture.value !== null);
    return values.length === 0 ? whole : values.map(({ value }) => value).join(', ');
  });
}
