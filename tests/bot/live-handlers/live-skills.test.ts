import { beforeEach, describe, expect, test } from 'vitest';
import type { ClientFrameOf } from '../../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const put: ClientFrameOf<'live.put'> = {
  type: 'live.put',
  id: 'put',
  owner: 'cell-1',
  notebook: 'ops.ipynb',
  name: 'ops.ipynb cell 3',
  matchers: [
    {
      id: 'hi',
      handler: 'hi',
      kind: 'regex',
      pattern: '^hi$',
      flags: '',
      condition: 'search',
      scoreFactor: 0.6
    }
  ]
};

async function botWithHandler() {
  const { endpoint } = await startBot({ 'configuration.yaml': 'skills: []\n' });
  const notebook = await RawClient.greeted(endpoint, { rooms: [] });
  const person = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
  notebook.send(put);
  return { endpoint, notebook, person, done: await notebook.next('live.done') };
}

describe('handlers of a notebook', () => {
  test('are a skill like any other, and run where they are', async () => {
    const { notebook, person, done } = await botWithHandler();
    expect(done).toMatchObject({ re: 'put', name: 'ops.ipynb cell 3', change: { kind: 'added' } });
    const answers = person.ask('hi');
    const { run, owner, invocation } = await notebook.next('live.run');
    expect([owner, invocation.matcher]).toEqual(['cell-1', 'hi']);
    const said = {
      method: 'say',
      place: { connector: 'panel', room: 'general' },
      content: { text: 'hello from the notebook' },
      answers: (invocation.message as { seq: number }).seq
    };
    notebook.send({ type: 'live.ask', id: 'ask', run, notebook: 'ops.ipynb', request: said });
    expect((await notebook.next('live.answer')).re).toBe('ask');
    notebook.send({ type: 'live.end', id: 'end', run });
    expect(await answers).toEqual(['hello from the notebook']);
  });

  test('are gone with the connection, also in the middle of a run', async () => {
    const { notebook, person } = await botWithHandler();
    const answers = person.ask('hi');
    await notebook.next('live.run');
    notebook.close();
    expect((await answers).join()).toContain('ops.ipynb cell 3');
    expect(await person.ask('hi')).toEqual([]);
  });

  test('of two notebooks of one name keep apart', async () => {
    const { endpoint } = await botWithHandler();
    const other = await RawClient.greeted(endpoint, { rooms: [] });
    other.send(put);
    expect((await other.next('live.done')).name).toBe('ops.ipynb cell 3 (2)');
  });

  test('are refused from a browser', async () => {
    const { endpoint } = await botWithHandler();
    const panel = await RawClient.greeted(endpoint, {}, { 'x-chatops-client': 'panel' });
    panel.send(put);
    expect(await panel.next('error')).toMatchObject({
      re: 'put',
      error: { code: 'CHATOPS_NOT_ALLOWED' }
    });
  });
});
