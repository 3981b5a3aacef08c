import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { LiveMatcherOf } from '../../engine';
import { chatOpsError, createId, DEFAULT_ROOM, reasonOf, type User } from '../../protocol';
import {
  patchConfiguration,
  runsBetween,
  skillFile,
  type Action,
  type Step,
  type Workshop
} from '../../workshop';
import { setVariable, writeFileAtomically } from '../config';
import { PANEL } from '../connectors/panel/panel-host';
import { startFixture, type RunningFixture } from '../fixtures';
import { personaOf, readText } from './bot-world';
import { exportWorkshop } from './export';
import { NotebookHandlers } from './notebook-handlers';
import type { Observations } from './observations';
import type { WorkshopHost } from './workshop-host';

/** The configuration, as workshops name it. */
const CONFIGURATION = 'configuration.yaml';

/** How long one waits for what an action brings about, in milliseconds: a skill may be asking back. */
const PATIENCE = 5_000;

/** What actions are done with. */
export interface ActionParts {
  host: WorkshopHost;
  workshop: Workshop;
  observations: Observations;
  /** Whose workshop it is. */
  learner(): User;
  /** Notes the answer to a step's question. */
  answer(step: string, question: string, option: string): void;
  /** When each step was done. */
  done(): Readonly<Record<string, number>>;
}

/** Does what a learner could do by hand. */
export class Actions {
  private readonly fixtures = new Map<string, RunningFixture>();
  private readonly notebook: NotebookHandlers;

  constructor(private readonly parts: ActionParts) {
    this.notebook = new NotebookHandlers(parts.host.engine);
  }

  /**
   * Does some things one after another, each to its end.
   *
   * @throws ChatOpsError `CHATOPS_WORKSHOP_ACTION`, or what the bot refuses.
   */
  async perform(step: Step, actions: readonly Action[]): Promise<void> {
    for (const action of actions) {
      await this.one(step, action);
      // An answer may be out before the bot has noted that it is done.
      await atMost(PATIENCE, this.parts.host.engine.whenIdle());
    }
  }

  /**
   * Makes files of the workspace what they should be; null removes one. The configuration comes last,
   * so that the skills it names are there.
   */
  async putFiles(files: Readonly<Record<string, string | null>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const file = this.fileOf(name);
      if (text === null) {
        await rm(file, { force: true });
      } else if ((await readText(file)) !== text) {
        await mkdir(path.dirname(file), { recursive: true });
        writeFileAtomically(file, text);
      }
    }
    // What is wrong with the configuration is told where it is looked at.
    await this.parts.host.sync().catch(() => undefined);
  }

  /** Takes away what answers in the place of a notebook. */
  forget(): void {
    this.notebook.close();
  }

  /** Ends what was started. */
  async close(): Promise<void> {
    this.forget();
    await Promise.all([...this.fixtures.values()].map(fixture => fixture.close()));
  }

  private async one(step: Step, action: Action): Promise<void> {
    const { host, observations, answer } = this.parts;
    if ('apply' in action) {
      await this.apply(step);
    } else if ('write' in action) {
      await this.putFiles({ [action.write]: action.text });
    } else if ('edit' in action) {
      await this.edit(action.edit, action.find, action.put);
    } else if ('cell' in action) {
      await host.saveSkill(action.cell, action.source);
    } else if ('remove' in action) {
      await this.putFiles({ [action.remove]: null });
    } else if ('say' in action) {
      await this.say(action.say, action.room ?? DEFAULT_ROOM, action.as);
    } else if ('look' in action) {
      observations.looked(action.look);
    } else if ('play' in action) {
      await this.perform(step, playOf(step, action.play));
    } else if ('variable' in action) {
      setVariable(this.fileOf('.env'), action.variable, action.value);
      await host.sync().catch(() => undefined);
    } else if ('answer' in action) {
      answer(step.id, action.answer, action.to);
    } else if ('clock' in action) {
      await this.letPass(action.clock, action.from, action.until);
    } else if ('post' in action) {
      await this.post(action.post, action.body, action.token ?? true);
    } else if ('tell' in action) {
      await this.tellSlack(action.text);
    } else if ('hear' in action) {
      this.notebook.hear(action.hear, action.reply);
    } else if ('fixture' in action) {
      await this.startFixture(action.fixture);
    } else {
      await exportWorkshop(this.parts);
    }
  }

  /** Skills first: the configuration may name them. */
  private async apply({ solved }: Step): Promise<void> {
    const { host } = this.parts;
    const { [CONFIGURATION]: patch, ...others } = solved;
    const rest: Record<string, string> = {};
    for (const [name, text] of Object.entries(others)) {
      const skill = /^skills\/([\w-]+)\/index\.ts$/.exec(name)?.[1];
      if (skill !== undefined && skillFile(skill) === name) {
        await host.saveSkill(skill, text);
      } else {
        rest[name] = text;
      }
    }
    if (Object.keys(rest).length > 0) {
      await this.putFiles(rest);
    }
    if (patch !== undefined) {
      await host.saveConfiguration(patchConfiguration(host.configuration().text, patch));
    }
  }

  private async edit(name: string, find: string, put: string): Promise<void> {
    const text = await readText(this.fileOf(name));
    if (text === undefined || !text.includes(find)) {
      throw cannot(`change ${name}`, `“${find}” does not stand in it`);
    }
    await this.putFiles({ [name]: text.replaceAll(find, put) });
  }

  private async say(text: string, room: string, as: string | undefined): Promise<void> {
    const { host, learner } = this.parts;
    const user: User = as === undefined ? learner() : personaOf(as);
    const id = createId();
    const handled = new Promise<void>(resolve => {
      const stop = host.engine.handled.on(({ message }) => {
        if (message.id === id) {
          stop();
          resolve();
        }
      });
    });
    await host.engine.receive({ id, connector: PANEL, room, text, user });
    await atMost(PATIENCE, handled);
  }

  private async letPass(skill: string, from: string, until: string): Promise<void> {
    const { engine } = this.parts.host;
    const matchers = engine.registry
      .matchersOf('crontab')
      .filter(matcher => matcher.skill === skill) as LiveMatcherOf<'crontab'>[];
    if (matchers.length === 0) {
      throw cannot('let the time pass', `no schedule of a skill named ${skill} is live`);
    }
    for (const matcher of matchers) {
      for (const time of runsBetween([matcher.record], from, until)) {
        engine.scheduler.due.emit({ matcher, time: Date.parse(`${time}Z`) });
        await engine.whenIdle();
      }
    }
  }

  private async post(target: string, body: unknown, withToken: boolean): Promise<void> {
    const web = this.parts.host.webAddress();
    if (!web) {
      throw cannot(
        `post to ${target}`,
        "the bot's web server is not on; it needs the section `web`"
      );
    }
    await fetch(`${web.url}/skill/${target}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(withToken && web.token !== undefined && { authorization: `Bearer ${web.token}` })
      },
      body: JSON.stringify(body)
    }).catch(error => {
      throw cannot(`post to ${target}`, reasonOf(error));
    });
  }

  /** Lets someone speak in the simulated Slack, wherever that is served. */
  private async tellSlack(text: string): Promise<void> {
    const address = this.parts.host.environment().SLACK_API_URL;
    // What is said here is for the stand-in alone, which listens on this machine.
    if (!address?.startsWith('http://127.0.0.1:')) {
      throw cannot('speak in the simulated Slack', 'it has not been started');
    }
    const answer = await fetch(new URL('/say', address), { method: 'POST', body: text }).catch(
      error => {
        throw cannot('speak in the simulated Slack', reasonOf(error));
      }
    );
    if (!answer.ok) {
      const reason = (await answer.text()).trim().replace(/\.$/, '');
      throw cannot('speak in the simulated Slack', reason);
    }
  }

  private async startFixture(name: string): Promise<void> {
    const { host } = this.parts;
    if (!this.fixtures.has(name)) {
      this.fixtures.set(name, await startFixture(name, host.workspace, 0));
    }
    await host.sync();
  }

  /** @throws ChatOpsError for a path that leads out of the workspace. */
  private fileOf(name: string): string {
    const { workspace } = this.parts.host;
    const file = path.resolve(workspace, name);
    if (!file.startsWith(workspace + path.sep)) {
      throw cannot(`touch ${name}`, 'it is outside of the workspace');
    }
    return file;
  }
}

/** What a button of a step does. @throws ChatOpsError when there is no such button. */
export function playOf({ plays }: Step, id: string): readonly Action[] {
  const play = plays.find(play => play.id === id);
  if (!play) {
    throw cannot(`play ${id}`, 'this step has nothing of that name');
  }
  return play.do;
}

function cannot(action: string, reason: string): Error {
  return chatOpsError('CHATOPS_WORKSHOP_ACTION', { action, reason });
}

/** Waits for something, and goes on without it when it takes too long. */
async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
