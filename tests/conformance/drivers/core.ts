import { Configuration, engineSettings } from '../../../src/bot/config';
import { sqliteSection } from '../../../src/bot/memory/memory-config';
import type { LanguageParser } from '../../../src/engine';
import { matchRegex } from '../../../src/skill';
import { testBot } from '../../../src/testing';
import { EngineHarness, Recorder } from '../../support/engine';
import { matcher, record, skill } from '../../support/skills';
import type { Case, Facts, Finding } from '../case';

/** Connectors by name, memory, language services, and the testing kit itself. */
export async function playCore(given: Case): Promise<Finding | undefined> {
  switch (given.area) {
    case 'core':
      return playConnectors(given);
    case 'memory':
      return playMemory(given);
    case 'nlu':
      return playService(given);
    case 'testing':
      return playTesting(given);
    default:
      return undefined;
  }
}

async function playConnectors({ given, input, successor }: Case): Promise<Finding | undefined> {
  if (successor !== undefined && /several bots/.test(successor)) {
    const bots = [1, 2].map(() => new EngineHarness([skill('hi', [matcher(/hi/)])]));
    const seen = await Promise.all(bots.map(bot => bot.say('hi')));
    return { observed: { bots: seen.length }, expected: { bots: 2 } };
  }
  if (!Array.isArray(given.connectors)) {
    return undefined;
  }
  const named = (given.connectors as (string | Facts)[]).map(each =>
    typeof each === 'string' ? { name: each } : each
  );
  const { values, errors } = Configuration.parse(
    JSON.stringify({ connectors: named, databases: [{ name: 'memory' }] }),
    'c.json',
    {}
  );
  if (input.connector_names) {
    return {
      replaced: 'an error that names the second of the two; the first is connected',
      observed: {
        names: values.connectors.map(({ name }) => name),
        errors: errors.map(({ code }) => code)
      },
      expected: { names: [named[0]!.name], errors: ['CHATOPS_CONFIG_DUPLICATE'] }
    };
  }
  const harness = new EngineHarness([]);
  const { engine } = harness;
  engine.removeConnector(harness.connector.name);
  const recorders = values.connectors.map(({ name }) => new Recorder(name));
  recorders.forEach(recorder => engine.addConnector(recorder));
  engine.configure(engineSettings(values));
  if (input.send) {
    const { text, connector } = input.send as Facts;
    const place = connector === null ? {} : { connector };
    await engine.serve('case', { method: 'say', place, content: { text } });
  }
  const [sender] = recorders.filter(({ delivered }) => delivered.length > 0);
  const { connector: chosen } = engine.speaker.placeOf({});
  const found = (names: readonly string[] = []): unknown[] =>
    names.map(name => (engine.speaker.connector(name) ? 'object' : null));
  return {
    observed: {
      sent_by: (words: string) => sender?.name === (words === 'default connector' ? chosen : words),
      target: (words: string) =>
        words === 'connector.default_target' && sender?.delivered[0]?.room === sender?.defaultRoom,
      // The one memory there is goes by opsdroid's name for it.
      result: input.get_connector
        ? [
            ...found(input.get_connector),
            ...(input.get_database as string[]).map(name => (name === 'inmem' ? 'object' : null))
          ]
        : chosen
    }
  };
}

async function playMemory({ given, input, expect, successor }: Case): Promise<Finding | undefined> {
  if ('init' in input) {
    return playDatabase(given, expect);
  }
  const steps = stepsOf(input);
  if (steps.length === 0) {
    return undefined;
  }
  const values: unknown[] = [];
  const go = matchRegex(/^go$/, async (bot, _config) => {
    for (const [step, about] of steps) {
      // What stands behind a key that is asked for is what comes back when there is nothing.
      const [key, value] = Array.isArray(about)
        ? (about as [string, unknown])
        : [String(about), undefined];
      if (step === 'put') {
        await bot.memory.put(key, value);
        values.push(value);
      } else {
        values[0] =
          step === 'get' ? await bot.memory.get(key, value) : void (await bot.memory.delete(key));
      }
    }
  });
  const chat = testBot({ skills: [{ name: 'go', exports: { go } }] });
  await chat.user('user').says('go');
  await chat.close();
  const put = steps.find(([step]) => step === 'put')?.[1] as [string, unknown] | undefined;
  return {
    // Python's None is nothing here.
    observed: { value: values[0] ?? null },
    // What was put comes back exactly, whatever it is.
    ...(successor !== undefined && { expected: { value: put === undefined ? null : put[1] } })
  };
}

/** What is done with a memory: `{ put: [key, value], get: key }`, or in words as `put n=0, get n`. */
function stepsOf(input: Facts): [step: string, about: unknown][] {
  return Object.entries(input).flatMap(([key, about]): [string, unknown][] => {
    if (/^(get|put|delete)$/.test(key)) {
      const isPairs = key === 'put' && typeof about === 'object' && !Array.isArray(about);
      return isPairs ? Object.entries(about as Facts).map(pair => ['put', pair]) : [[key, about]];
    }
    const words = [...key.matchAll(/(put|get|delete) (\w+)(?:=([^,]+))?/g)];
    return words.map(([, step, name, value]) => [
      step!,
      value === undefined ? name : [name, JSON.parse(value.replaceAll("'", '"')) as unknown]
    ]);
  });
}

function playDatabase(given: Facts, expect: Facts): Finding | undefined {
  if (!('sqlite defaults' in given)) {
    return undefined;
  }
  const { values, errors } = Configuration.parse('databases:\n  sqlite: {}\n', 'c.yaml', {});
  const { table } = sqliteSection.parse(values.databases[0]);
  return {
    replaced: `a file of the workspace, and the table ${table} in place of ${String(expect.table)}, with versions and expiry`,
    observed: { table: /^\w+$/.test(table), errors: errors.length },
    expected: { table: true, errors: 0 }
  };
}

/** A language service that finds something, is unsure, or is not there. */
async function playService({ given, input }: Case): Promise<Finding | undefined> {
  const { parser, matcher: value, 'min-score': minScore = 0 } = given;
  const isDown = input['service unreachable'] === true;
  if (!isDown && typeof input['service says'] !== 'string') {
    return undefined;
  }
  const weigh = async (confidence: number) => {
    const service: LanguageParser = {
      name: parser,
      purpose: 'matchers',
      minScore,
      understand: () =>
        isDown
          ? Promise.reject(new Error('nothing answers there'))
          : Promise.resolve({
              findings: [{ field: 'intent', value, confidence }],
              entities: {}
            })
    };
    const harness = new EngineHarness([
      skill('meant', [
        record('nlu', { parser, field: 'intent', value: value ?? 'x', scoreFactor: 1 })
      ]),
      skill('plain', [matcher(/^something$/)])
    ]);
    harness.engine.parsers.configure([service]);
    return { trace: await harness.trace('something'), troubles: harness.troubles };
  };
  if (isDown) {
    const { trace, troubles } = await weigh(1);
    const others = trace.candidates.filter(({ skill }) => skill === 'plain');
    return {
      observed: {
        candidates: trace.candidates.filter(({ skill }) => skill === 'meant'),
        log: (words: string) =>
          words.startsWith('No response from') &&
          troubles.some(({ code }) => code === 'CHATOPS_PARSER_FAILED') &&
          others.length === 1
      }
    };
  }
  const scoreAt = async (confidence: number): Promise<number | undefined> => {
    const { trace } = await weigh(confidence);
    const found = trace.candidates.find(
      ({ skill, excluded }) => skill === 'meant' && excluded === undefined
    );
    return found?.score.score;
  };
  const [above, at, below] = [
    await scoreAt(0.9),
    await scoreAt(minScore),
    await scoreAt(minScore - 0.01)
  ];
  return {
    observed: {
      'c>=min-score': (words: string) =>
        words.startsWith('candidate with score=c') && above === 0.9 && at === minScore,
      'c<min-score': (words: string) => words === 'no candidate' && below === undefined
    }
  };
}

async function playTesting({ given, input }: Case): Promise<Finding | undefined> {
  if ('run_unit_test' in input) {
    let called = false;
    const hello = matchRegex(/hello/, () => void (called = true));
    const chat = testBot({ skills: [{ name: 'hello', exports: { hello } }] });
    await chat.user('user').says('hello');
    await chat.close();
    return { observed: { 'skill.called': called } };
  }
  const answers = given.ExternalAPIMockServer as string[] | undefined;
  if (answers) {
    const fetched: string[] = [];
    const go = matchRegex(/^go$/, async (_bot, _config) => {
      for (const [i] of answers.entries()) {
        const response = await fetch('http://service.example/test');
        fetched[i] = await response.text();
      }
    });
    const chat = testBot({ skills: [{ name: 'go', exports: { go } }] });
    chat.http.get('http://service.example/test', ...answers.map((_, i) => `answer ${i}`));
    await chat.user('user').says('go');
    const { requests } = chat.http;
    await chat.close();
    const isInOrder = fetched.every((text, i) => text === `answer ${i}`);
    return {
      observed: { call_count: isInOrder ? requests.length : 'out of order', called: true }
    };
  }
  return undefined;
}
