import path from 'node:path';
import { expect, test } from 'vitest';
import { GoogleCredentials } from '../../../src/bot/understanding/google-credentials';
import { FixtureService, type ServedRequest } from '../../support/fixture-service';
import { HandClock } from '../../support/hand-clock';
import { failure, parserOf, understand } from '../../support/parsers';
import { dialogflow, SENTENCE, startService } from '../../support/language-services';
import { temporaryFolder } from '../../support/temporary-folder';

const { signal } = new AbortController();

function credentials(
  file: string | undefined,
  environment: Record<string, string> = {},
  clock = new HandClock()
): GoogleCredentials {
  const places = { file, folder: '/', environment: { HOME: '/nowhere', ...environment } };
  return new GoogleCredentials({ ...places, clock, scope: 'https://example.com/scope' });
}

/** A login as `gcloud auth application-default login` leaves it. */
function loginFile(url: string): string {
  const folder = temporaryFolder({
    'gcloud/application_default_credentials.json': JSON.stringify({
      type: 'authorized_user',
      client_id: 'id1',
      client_secret: 'hush',
      refresh_token: 'refresh1',
      quota_project_id: 'paying',
      token_uri: `${url}/token`
    })
  });
  return path.join(folder, 'gcloud');
}

function grants(requests: readonly ServedRequest[]) {
  return requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
}

test('a token is fetched once, and again shortly before its end', async () => {
  const service = await startService(dialogflow);
  const clock = new HandClock();
  const parser = parserOf(dialogflow.section(service.url), { clock });
  const fetched = (): number => service.requests.filter(({ path }) => path === '/token').length;
  await understand(parser, SENTENCE);
  await understand(parser, SENTENCE);
  expect(fetched()).toBe(1);
  await clock.advance(3_500_000);
  await understand(parser, SENTENCE);
  expect(fetched()).toBe(1);
  await clock.advance(60_000);
  await understand(parser, SENTENCE);
  expect(fetched()).toBe(2);
});

test('a login of gcloud is found where gcloud leaves it, and says who pays', async () => {
  const service = await FixtureService.start(() => ({
    status: 200,
    body: { access_token: 't1', expires_in: 3599, token_type: 'Bearer' }
  }));
  const found = credentials(undefined, { CLOUDSDK_CONFIG: loginFile(service.url) });
  expect(await found.headers(signal)).toEqual({
    authorization: 'Bearer t1',
    'x-goog-user-project': 'paying'
  });
  expect(grants(service.requests)).toEqual([
    {
      grant_type: 'refresh_token',
      client_id: 'id1',
      client_secret: 'hush',
      refresh_token: 'refresh1'
    }
  ]);
});

test('GOOGLE_APPLICATION_CREDENTIALS names the key, as for Google’s own programs', async () => {
  const service = await startService(dialogflow);
  const { 'key-file': file, ...section } = dialogflow.section(service.url);
  const environment = { GOOGLE_APPLICATION_CREDENTIALS: String(file) };
  const { findings } = await understand(parserOf(section, { environment }), SENTENCE);
  expect(findings).toContainEqual({ field: 'action', value: 'server.restart', confidence: 0.87 });
});

test('a login that is not valid any more is told without its secrets', async () => {
  const service = await FixtureService.start(() => ({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Bad hush refresh1' }
  }));
  const found = credentials(undefined, { CLOUDSDK_CONFIG: loginFile(service.url) });
  const { message } = await failure(found.headers(signal));
  expect(message).toBe('it answered 400: invalid_grant');
});

test.each([
  ['is not there', undefined, 'the key file cannot be read (ENOENT)'],
  ['is no JSON', 'private_key: hush', 'neither that of a service account'],
  ['is of another kind', '{"type":"external_account","secret":"hush"}', 'neither that of'],
  [
    'holds no key',
    '{"type":"service_account","client_email":"a@b","private_key":"hush"}',
    'the private key in the key file cannot be used'
  ]
])('a key file that %s is told without what is in it', async (_, text, words) => {
  const folder = temporaryFolder(text === undefined ? {} : { 'key.json': text });
  const error = await failure(credentials(path.join(folder, 'key.json')).headers(signal));
  expect(error.message).toContain(words);
  expect(error.message).not.toContain('hush');
});
