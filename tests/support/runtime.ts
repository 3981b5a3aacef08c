import path from 'node:path';
import { onTestFinished } from 'vitest';
import {
  SkillRuntime,
  type LoadedSkill,
  type LoadRequest,
  type RefusedSkill,
  type SkillOutcome
} from '../../src/bot/runtime';
import { systemClock, type RunResult } from '../../src/engine';
import type { ChatMessage, ErrorRecord, HttpCall, LogLine } from '../../src/protocol';
import { temporaryFolder } from './temporary-folder';

/** The folder of the built programs. */
const programs = path.resolve('dist');

/** The number of everything that is said after a run's end. */
const LATE_SEQ = 100;

/** What one run did. */
export interface RunReport {
  result: RunResult;
  replies: string[];
  logs: LogLine[];
  http: HttpCall[];
}

/** A real skill thread in a workspace of its own. */
export class RuntimeHarness {
  readonly strays: ErrorRecord[] = [];
  readonly late: string[] = [];
  /** What was asked of a person, each to be called with the answer. */
  readonly questions: ((answer: string) => void)[] = [];
  readonly ended: SkillOutcome[] = [];
  /** Called whenever one of the lists above grew. */
  onEvent: () => void = () => undefined;
  readonly runtime: SkillRuntime;

  private constructor(readonly workspace: string) {
    this.runtime = new SkillRuntime(
      programs,
      { workspace, bot: { name: 'chatops', version: '1' } },
      systemClock,
      {
        serve: async (_skill, request) => {
          if (request.method === 'say') {
            this.late.push(request.content.text);
            this.onEvent();
          }
          return LATE_SEQ as never;
        },
        log: () => undefined,
        stray: error => {
          this.strays.push(error);
          this.onEvent();
        }
      }
    );
    this.runtime.ended.on(outcome => {
      this.ended.push(outcome);
      this.onEvent();
    });
  }

  static start(files: Record<string, string> = {}): RuntimeHarness {
    const harness = new RuntimeHarness(temporaryFolder(files));
    onTestFinished(() => harness.runtime.stop());
    return harness;
  }

  /** Loads a source as a skill. */
  load(text: string, more: Partial<LoadRequest> = {}): Promise<LoadedSkill | RefusedSkill> {
    const skill = more.skill ?? 'test';
    return this.runtime.load({
      skill,
      entry: path.join(this.workspace, 'skills', skill, 'index.ts'),
      text: `import { matchRegex } from 'chatops';\n${text}`,
      config: {},
      limits: { waiting: 10, blocking: 1 },
      ...more
    });
  }

  /** Loads a source that must load. */
  async loaded(text: string, more: Partial<LoadRequest> = {}): Promise<LoadedSkill> {
    const result = await this.load(text, more);
    if ('error' in result) {
      throw new Error(JSON.stringify(result.error));
    }
    return result;
  }

  /** Loads a source that must not load. */
  async refused(text: string): Promise<ErrorRecord> {
    const result = await this.load(text);
    if (!('error' in result)) {
      throw new Error('it loaded');
    }
    return result.error;
  }

  /** Calls a handler the way the engine does. */
  async run(
    { runner, matchers }: LoadedSkill,
    text = 'x',
    matcher = matchers[0]!.id
  ): Promise<RunReport> {
    const report: Omit<RunReport, 'result'> = { replies: [], logs: [], http: [] };
    const message: ChatMessage = {
      seq: 7,
      id: 'm',
      room: 'general',
      connector: 'test',
      user: { id: 'u', name: 'Ann' },
      text,
      time: 0
    };
    const result = await runner.run(
      {
        skill: 'test',
        version: 1,
        matcher,
        message,
        text,
        spans: [{ start: 0, end: text.length }],
        captures: []
      },
      {
        request: async request => {
          if (request.method === 'ask') {
            return new Promise<never>(resolve => {
              this.questions.push(answer => resolve(answer as never));
              this.onEvent();
            });
          }
          if (request.method === 'say' && request.content.text === 'undeliverable') {
            throw new Error('the platform is down');
          }
          if (request.method === 'say') {
            report.replies.push(request.content.text);
          }
          return (message.seq + report.replies.length) as never;
        },
        log: line => report.logs.push(line),
        http: call => report.http.push(call)
      }
    );
    return { result, ...report };
  }

  /** Resolves when a condition holds; looked at whenever something happened. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>(resolve => (this.onEvent = resolve));
    }
  }
}
