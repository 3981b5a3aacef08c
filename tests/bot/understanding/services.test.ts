import { describe, expect, test } from 'vitest';
import { ParserBusy } from '../../../src/engine';
import { deadAddress, FixtureService } from '../../support/fixture-service';
import {
  languageServices,
  SENTENCE,
  startFailing,
  startService
} from '../../support/language-services';
import { failure, parserOf, understand } from '../../support/parsers';

describe.each(languageServices)('$name', service => {
  test('finds intents and entities, each with its confidence', async () => {
    const { url } = await startService(service);
    const { findings, entities } = await understand(parserOf(service.section(url)), SENTENCE);
    expect(findings[0]).toMatchObject({ field: 'intent', value: 'restart', confidence: 0.87 });
    const found = { ...entities, ...findings[0]!.entities };
    expect(found.server!.value).toBe('web1');
    expect(['Berlin', 'BER']).toContain((found.city ?? found.city_target)!.value);
    expect(Object.keys(found)).not.toContain('date');
  });

  test('is not sent what is empty or too long for it', async () => {
    const { url, requests } = await startService(service);
    const parser = parserOf(service.section(url));
    for (const text of ['  ', 'x'.repeat(5000)]) {
      expect(await understand(parser, text)).toEqual({ findings: [], entities: {} });
    }
    expect(requests).toEqual([]);
  });

  test.each([401, 403, 404, 429, 500])('says that it answered %i, and no secret', async status => {
    const repeated = service.secrets.join(' ');
    const answer = service.error(status, `The key ${repeated} will not do`);
    const { url } = await startFailing(service, answer);
    const error = await failure(understand(parserOf(service.section(url)), SENTENCE));
    expect(error.message).toContain(`answered ${status}`);
    for (const secret of service.secrets) {
      expect(error.message).not.toContain(secret);
    }
  });

  test.each([
    ['no JSON', '<html>Sign in</html>'],
    ['another form', '{"hello":"world"}'],
    ['half an answer', '{"result":']
  ])('fails when it answers %s', async (_, body) => {
    const { url } = await startFailing(service, { status: 200, body });
    const found = understand(parserOf(service.section(url)), SENTENCE);
    if (service.name === 'lex' && body.includes('world')) {
      // The SDK leaves out what it does not know.
      expect((await found).findings).toEqual([]);
    } else if (service.name === 'rasanlu' && body.includes('world')) {
      // A model without intents answers without them.
      expect((await found).findings).toEqual([]);
    } else {
      expect((await failure(found)).message).not.toContain('Sign in');
    }
  });

  test('fails when nothing listens, and when it hangs up', async () => {
    const dead = await failure(
      understand(parserOf(service.section(await deadAddress())), SENTENCE)
    );
    expect(dead.message).toContain('nothing listens there');
    const { url } = await startFailing(service, 'hang up');
    await failure(understand(parserOf(service.section(url)), SENTENCE));
  });

  test('is let go when nobody waits any more', async () => {
    const silent = await startFailing(service, 'silence');
    const controller = new AbortController();
    const reason = new Error('nobody waits');
    const { signal } = controller;
    const asked = failure(understand(parserOf(service.section(silent.url)), SENTENCE, { signal }));
    await silent.got(service.requests);
    controller.abort(reason);
    expect(await asked).toBe(reason);
  });

  test('is asked about each sentence by itself', async () => {
    const running = await startService(service);
    const parser = parserOf(service.section(running.url));
    await understand(parser, SENTENCE);
    await understand(parser, SENTENCE, { user: 'ben' });
    const paths = running.requests.map(({ path }) => path).filter(path => path.includes('session'));
    expect(new Set(paths).size).toBe(paths.length);
    // Nobody is told who it was.
    expect(JSON.stringify(running.requests.map(({ path, body }) => [path, body]))).not.toMatch(
      /"ann"|"ben"/
    );
  });
});

test.each(languageServices.filter(({ name }) => name !== 'lex'))(
  '$name says for how long it is not to be asked',
  async service => {
    const { status, body } = service.error(429, 'slow down') as { status: number; body: unknown };
    const { url } = await startFailing(service, { status, body, headers: { 'retry-after': '7' } });
    const error = await failure(understand(parserOf(service.section(url)), SENTENCE));
    expect(error).toBeInstanceOf(ParserBusy);
    expect((error as ParserBusy).retryAfter).toBe(7000);
  }
);

test('a redirection is not followed with the token', async () => {
  const elsewhere = await FixtureService.start(() => ({ status: 200, body: {} }));
  const service = languageServices.find(({ name }) => name === 'luisai')!;
  const { url } = await startFailing(service, {
    status: 307,
    headers: { location: `${elsewhere.url}/` }
  });
  const error = await failure(understand(parserOf(service.section(url)), SENTENCE));
  expect(error.message).toContain('answered 307');
  expect(elsewhere.requests).toEqual([]);
});
