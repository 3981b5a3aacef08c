import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Engine, MemoryJournal, SkillRegistry, systemClock } from '../../lib/engine/index.js';
import { SkillRuntime } from '../../lib/bot/runtime/index.js';
import { measure, patternOf } from '../support/workload.mjs';
import { writeFiles } from '../support/files.mjs';

/** ChatOps' engine with its journal in memory, its queue, its trace and its skill thread. */
const [skills = 10, seconds = 4, programs = 'dist'] = process.argv.slice(2);
const count = Number(skills);
const workspace = mkdtempSync(path.join(tmpdir(), 'chatops-bench-'));
const registry = new SkillRegistry(() => Date.now());
const runtime = new SkillRuntime(
  path.resolve(String(programs)),
  { workspace, bot: { name: 'bot', version: '1' } },
  systemClock,
  {
    serve: () => Promise.reject(new Error('nothing runs by itself here')),
    log: () => undefined,
    stray: error => console.error(error)
  }
);
const engine = new Engine({
  registry,
  journal: new MemoryJournal(1000),
  guard: runtime.matching,
  clock: systemClock,
  bot: { id: 'bot', name: 'bot', bot: true }
});
let replies = 0;
engine.addConnector({
  name: 'null',
  noticeRooms: [],
  connect: async () => undefined,
  disconnect: async () => undefined,
  deliver: () => void replies++
});
for (let i = 0; i < count; i++) {
  const name = `service${i}`;
  const file = `skills/${name}.js`;
  writeFiles(workspace, {
    [file]: `import { matchRegex } from 'chatops';
export const deploy = matchRegex(/${patternOf(i)}/i, async message => {
  await message.respond('Deploying service-${i} to ' + message.match[1]);
});`
  });
  const loaded = await runtime.load({
    skill: name,
    entry: path.join(workspace, file),
    config: {},
    limits: { waiting: 60, blocking: 5 }
  });
  if ('error' in loaded) {
    throw new Error(JSON.stringify(loaded.error));
  }
  registry.put({
    name,
    source: { kind: 'path' },
    matchers: loaded.matchers,
    fingerprint: name,
    runner: loaded.runner
  });
}
let said = 0;
/** @type {(() => void) | undefined} */
let handled;
engine.handled.on(() => handled?.());
const user = { id: 'ann', name: 'Ann' };
const figures = await measure({
  skills: count,
  seconds: Number(seconds),
  replies: () => replies,
  say: text => {
    const done = new Promise(resolve => (handled = () => resolve(undefined)));
    void engine.receive({ connector: 'null', room: 'general', user, id: String(said++), text });
    return done;
  }
});
console.log(JSON.stringify(figures));
await runtime.stop();
rmSync(workspace, { recursive: true, force: true });
process.exit();
