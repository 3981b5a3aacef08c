import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DryRun, TYPING_PAUSE } from '../../../src/lab/why/dry-run';
import { chatOpsError, type Timers, type Trace } from '../../../src/protocol';
import { trace } from './traces';

describe('a dry run', () => {
  const asked: { text: string; answer: (trace: Trace) => void; fail: (error: Error) => void }[] =
    [];
  let run: DryRun;

  beforeEach(() => {
    vi.useFakeTimers();
    asked.length = 0;
    run = new DryRun({
      explain: text => new Promise((answer, fail) => asked.push({ text, answer, fail })),
      timers: globalThis as unknown as Timers
    });
  });

  it('asks once, when whoever types pauses', () => {
    run.setText('h');
    run.setText('he');
    vi.advanceTimersByTime(TYPING_PAUSE - 1);
    run.setText('hello');
    expect(asked).toHaveLength(0);
    vi.advanceTimersByTime(TYPING_PAUSE);
    expect(asked.map(({ text }) => text)).toEqual(['hello']);
    expect(run.state.isPending).toBe(true);
  });

  it('never shows the answer to an older text', async () => {
    run.setText('one');
    vi.advanceTimersByTime(TYPING_PAUSE);
    run.setText('two');
    vi.advanceTimersByTime(TYPING_PAUSE);
    asked[1]!.answer(trace({ text: 'two' }));
    await vi.runAllTimersAsync();
    asked[0]!.answer(trace({ text: 'one' }));
    await vi.runAllTimersAsync();
    expect(run.state.trace?.text).toBe('two');
    expect(run.state.isPending).toBe(false);
  });

  it('keeps the last answer while the next one is on its way, and forgets it with the text', async () => {
    run.setText('one');
    vi.advanceTimersByTime(TYPING_PAUSE);
    asked[0]!.answer(trace({ text: 'one' }));
    await vi.runAllTimersAsync();
    run.setText('one two');
    expect(run.state.trace?.text).toBe('one');
    run.setText('  ');
    expect(run.state).toMatchObject({ trace: undefined, isPending: false });
    vi.advanceTimersByTime(TYPING_PAUSE);
    expect(asked).toHaveLength(1);
  });

  it('tries the same text again when it is told to, and nothing where there is none', () => {
    run.refresh();
    expect(asked).toHaveLength(0);
    run.setText('one');
    vi.advanceTimersByTime(TYPING_PAUSE);
    run.refresh();
    expect(asked.map(({ text }) => text)).toEqual(['one', 'one']);
  });

  it('shows why it got no answer', async () => {
    run.setText('one');
    vi.advanceTimersByTime(TYPING_PAUSE);
    asked[0]!.fail(chatOpsError('CHATOPS_CONNECTION_LOST', {}));
    await vi.runAllTimersAsync();
    expect(run.state.error?.code).toBe('CHATOPS_CONNECTION_LOST');
    expect(run.state.trace).toBeUndefined();
  });
});
