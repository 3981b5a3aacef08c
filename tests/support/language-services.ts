import { createVerify, generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import * as z from 'zod';
import type { ParserSection } from '../../src/bot/config';
import { FixtureService, type ServedAnswer, type ServedRequest } from './fixture-service';
import { temporaryFolder } from './temporary-folder';

/** A language service as its documentation describes it: strict about requests, exact in answers. */
export interface LanguageService {
  /** The parser's name. */
  name: string;
  /** What must never be seen in an error. */
  secrets: readonly string[];
  /** Its client speaks HTTP/2 and nothing else. */
  protocol?: 'http2';
  /** How many requests one question takes at first: some services hand out a token before. */
  requests: number;
  /** The section that makes a parser ask at this address. */
  section(url: string): ParserSection;
  /** Answers one request: with what the service would say to "restart web1 in Berlin", or an error. */
  answer(request: ServedRequest): ServedAnswer;
  /** An error in the form of this service. */
  error(status: number, message: string): ServedAnswer;
}

/** The sentence that all services know. */
export const SENTENCE = 'restart web1 in Berlin';

const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
});

function refused(service: LanguageService, status: number, message: string): ServedAnswer {
  return service.error(status, message);
}

/** Holds a request's body against what the documentation says, to the letter. */
function check<S extends z.ZodType>(
  service: LanguageService,
  schema: S,
  value: unknown,
  answer: (body: z.infer<S>) => ServedAnswer
): ServedAnswer {
  const result = schema.safeParse(value);
  return result.success
    ? answer(result.data)
    : refused(service, 400, z.prettifyError(result.error));
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** https://cloud.google.com/dialogflow/es/docs/reference/rest/v2/projects.agent.sessions/detectIntent */
export const dialogflow: LanguageService = {
  name: 'dialogflow',
  secrets: ['ya29.secret'],
  requests: 2,
  section: url => {
    const folder = temporaryFolder({
      'key.json': JSON.stringify({
        type: 'service_account',
        project_id: 'my-agent',
        private_key_id: 'key1',
        private_key: KEYS.privateKey,
        client_email: 'bot@my-agent.iam.gserviceaccount.com',
        client_id: '1',
        token_uri: `${url}/token`
      })
    });
    return {
      name: 'dialogflow',
      enabled: true,
      'project-id': 'my-agent',
      'key-file': path.join(folder, 'key.json'),
      url
    };
  },
  error: (status, message) => ({ status, body: { error: { code: status, message } } }),
  answer(request) {
    if (request.path === '/token') {
      return grantToken(this, request);
    }
    if (request.headers.authorization !== 'Bearer ya29.secret') {
      return refused(this, 401, 'Request had invalid authentication credentials.');
    }
    if (
      request.method !== 'POST' ||
      !/^\/v2\/projects\/my-agent\/agent\/sessions\/[\w-]{1,36}:detectIntent$/.test(request.path)
    ) {
      return refused(this, 404, `no ${request.method} ${request.path}`);
    }
    const body = z.strictObject({
      queryInput: z.strictObject({
        text: z.strictObject({ text: z.string().max(256), languageCode: z.literal('en') })
      })
    });
    return check(this, body, json(request.body), ({ queryInput: { text } }) => ({
      status: 200,
      body: {
        responseId: 'r1',
        queryResult: {
          queryText: text.text,
          action: 'server.restart',
          parameters: { server: 'web1', city: 'Berlin', date: '', tags: [] },
          allRequiredParamsPresent: true,
          fulfillmentText: '',
          intent: { name: 'projects/my-agent/agent/intents/1', displayName: 'restart' },
          intentDetectionConfidence: 0.87,
          languageCode: 'en'
        }
      }
    }));
  }
};

/** https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests */
function grantToken(service: LanguageService, { body, headers }: ServedRequest): ServedAnswer {
  const form = new URLSearchParams(body);
  const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const read = (part: string): unknown => json(Buffer.from(part, 'base64url').toString());
  const isSigned = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(KEYS.publicKey, signature, 'base64url');
  const schema = z.strictObject({
    type: z.literal('application/x-www-form-urlencoded;charset=UTF-8'),
    grant: z.literal('urn:ietf:params:oauth:grant-type:jwt-bearer'),
    header: z.strictObject({
      alg: z.literal('RS256'),
      typ: z.literal('JWT'),
      kid: z.literal('key1')
    }),
    claims: z.strictObject({
      iss: z.literal('bot@my-agent.iam.gserviceaccount.com'),
      scope: z.literal('https://www.googleapis.com/auth/dialogflow'),
      aud: z.literal(`http://${headers.host}/token`),
      iat: z.number().int(),
      exp: z.number().int()
    }),
    isSigned: z.literal(true)
  });
  const given = {
    type: headers['content-type'],
    grant: form.get('grant_type'),
    header: read(header),
    claims: read(claims),
    isSigned
  };
  return check(service, schema, given, ({ claims: { iat, exp } }) =>
    exp - iat === 3600
      ? {
          status: 200,
          body: { access_token: 'ya29.secret', expires_in: 3599, token_type: 'Bearer' }
        }
      : refused(service, 400, 'Token must be a short-lived token (60 minutes).')
  );
}

/** https://learn.microsoft.com/rest/api/language/analyze-conversations/analyze-conversations */
export const luisai: LanguageService = {
  name: 'luisai',
  secrets: ['0123456789abcdef'],
  requests: 1,
  section: url => ({
    name: 'luisai',
    enabled: true,
    endpoint: `${url}/`,
    appid: 'servers',
    appkey: '0123456789abcdef',
    verbose: true
  }),
  error: (status, message) => ({ status, body: { error: { code: String(status), message } } }),
  answer({ method, path: at, query, headers, body }) {
    if (headers['ocp-apim-subscription-key'] !== '0123456789abcdef') {
      return refused(this, 401, 'Access denied due to invalid subscription key.');
    }
    if (
      method !== 'POST' ||
      at !== '/language/:analyze-conversations' ||
      query['api-version'] !== '2023-04-01'
    ) {
      return refused(this, 404, `no ${method} ${at}`);
    }
    const schema = z.strictObject({
      kind: z.literal('Conversation'),
      analysisInput: z.strictObject({
        conversationItem: z.strictObject({
          id: z.string(),
          participantId: z.string(),
          modality: z.literal('text'),
          language: z.literal('en'),
          text: z.string()
        })
      }),
      parameters: z.strictObject({
        projectName: z.literal('servers'),
        deploymentName: z.literal('production'),
        stringIndexType: z.enum(['TextElement_V8', 'UnicodeCodePoint', 'Utf16CodeUnit'])
      })
    });
    return check(this, schema, json(body), ({ analysisInput }) => ({
      status: 200,
      body: {
        kind: 'ConversationResult',
        result: {
          query: analysisInput.conversationItem.text,
          prediction: {
            topIntent: 'restart',
            projectKind: 'Conversation',
            intents: [
              { category: 'restart', confidenceScore: 0.87 },
              { category: 'status', confidenceScore: 0.09 },
              { category: 'None', confidenceScore: 0 }
            ],
            entities: [
              {
                category: 'server',
                text: 'web1',
                offset: 8,
                length: 4,
                confidenceScore: 0.95
              },
              {
                category: 'city',
                text: 'Berlin',
                offset: 16,
                length: 6,
                confidenceScore: 1,
                extraInformation: [{ extraInformationKind: 'ListKey', key: 'BER' }]
              }
            ]
          }
        }
      }
    }));
  }
};

/** https://docs.aws.amazon.com/lexv2/latest/APIReference/API_runtime_RecognizeText.html */
export const lex: LanguageService = {
  name: 'lex',
  secrets: ['wJalrXUtnFEMI'],
  protocol: 'http2',
  requests: 1,
  section: url => ({
    name: 'lex',
    enabled: true,
    'bot-id': 'ABCDEFGHIJ',
    region: 'eu-west-1',
    'access-key-id': 'AKIDEXAMPLE',
    'secret-access-key': 'wJalrXUtnFEMI',
    url
  }),
  error: (status, message) => ({
    status,
    headers: {
      'x-amzn-errortype': status === 429 ? 'ThrottlingException' : 'AccessDeniedException'
    },
    body: { message }
  }),
  answer({ method, path: at, headers, body }) {
    const signed =
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/lex\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/;
    if (!signed.test(headers.authorization ?? '')) {
      return refused(this, 403, 'The request signature does not match.');
    }
    if (
      method !== 'POST' ||
      !/^\/bots\/ABCDEFGHIJ\/botAliases\/TSTALIASID\/botLocales\/en_US\/sessions\/[\w.:-]{2,100}\/text$/.test(
        at
      )
    ) {
      return refused(this, 404, `no ${method} ${at}`);
    }
    const schema = z.strictObject({ text: z.string().min(1).max(1024) });
    const slot = (value: string): unknown => ({
      shape: 'Scalar',
      value: { interpretedValue: value, originalValue: value, resolvedValues: [value] }
    });
    return check(this, schema, json(body), () => ({
      status: 200,
      body: {
        sessionId: 's1',
        interpretations: [
          {
            intent: {
              name: 'restart',
              slots: {
                server: slot('web1'),
                city: slot('Berlin'),
                date: null,
                tags: { shape: 'List', values: [slot('a'), slot('b')] }
              },
              state: 'ReadyForFulfillment',
              confirmationState: 'None'
            },
            interpretationSource: 'Lex',
            nluConfidence: { score: 0.87 }
          },
          { intent: { name: 'FallbackIntent', slots: {} }, interpretationSource: 'Lex' },
          {
            intent: { name: 'status', slots: { server: slot('web1') } },
            interpretationSource: 'Lex',
            nluConfidence: { score: 0.09 }
          }
        ],
        sessionState: { dialogAction: { type: 'Close' }, sessionAttributes: {} },
        messages: []
      }
    }));
  }
};

/** https://rasa.com/docs/rasa/pages/http-api */
export const rasanlu: LanguageService = {
  name: 'rasanlu',
  secrets: ['thisismysecret'],
  requests: 1,
  section: url => ({ name: 'rasanlu', enabled: true, url, token: 'thisismysecret' }),
  error: (status, message) => ({
    status,
    body: {
      version: '3.6.20',
      status: 'failure',
      reason: 'NotAuthenticated',
      message,
      code: status
    }
  }),
  answer({ method, path: at, query, headers, body }) {
    if (query.token !== 'thisismysecret') {
      return refused(this, 401, 'User is not authenticated.');
    }
    switch (`${method} ${at}`) {
      case 'POST /model/parse':
        return check(this, z.strictObject({ text: z.string() }), json(body), ({ text }) => ({
          status: 200,
          body: {
            text,
            intent: { name: 'restart', confidence: 0.87 },
            entities: [
              {
                entity: 'server',
                start: 8,
                end: 12,
                confidence_entity: 0.95,
                value: 'web1',
                extractor: 'DIETClassifier'
              },
              {
                entity: 'city',
                role: 'target',
                start: 16,
                end: 22,
                confidence_entity: 1,
                value: 'Berlin',
                extractor: 'DIETClassifier'
              }
            ],
            text_tokens: [
              [0, 7],
              [8, 12]
            ],
            intent_ranking: [
              { name: 'restart', confidence: 0.87 },
              { name: 'status', confidence: 0.09 }
            ]
          }
        }));
      case 'POST /model/train':
        // Rasa reads any other type as JSON.
        return headers['content-type'] === 'application/x-yaml'
          ? {
              status: 200,
              body: 'a tar of the model',
              headers: { 'content-type': 'application/octet-stream', filename: 'nlu-1.tar.gz' }
            }
          : refused(this, 400, 'Missing training data');
      case 'PUT /model':
        return check(
          this,
          z.strictObject({ model_file: z.literal('models/nlu-1.tar.gz') }),
          json(body),
          () => ({ status: 204 })
        );
      default:
        return refused(this, 404, `no ${method} ${at}`);
    }
  }
};

/** https://cloud.ibm.com/apidocs/assistant-v2#messagestateless */
export const watson: LanguageService = {
  name: 'watson',
  secrets: ['my-iam-key', Buffer.from('apikey:my-iam-key').toString('base64')],
  requests: 1,
  section: url => ({
    name: 'watson',
    enabled: true,
    'assistant-id': 'assistant-1',
    token: 'my-iam-key',
    url
  }),
  error: (status, message) => ({ status, body: { error: message, code: status } }),
  answer({ method, path: at, query, headers, body }) {
    const credentials = Buffer.from('apikey:my-iam-key').toString('base64');
    if (headers.authorization !== `Basic ${credentials}`) {
      return refused(this, 401, 'Unauthorized');
    }
    if (
      method !== 'POST' ||
      at !== '/v2/assistants/assistant-1/message' ||
      query.version !== '2021-11-27'
    ) {
      return refused(this, 404, `no ${method} ${at}`);
    }
    const schema = z.strictObject({
      input: z.strictObject({
        message_type: z.literal('text'),
        text: z.string().max(2048),
        options: z.strictObject({ alternate_intents: z.literal(true) })
      }),
      user_id: z.string().min(1).max(256)
    });
    return check(this, schema, json(body), () => ({
      status: 200,
      body: {
        output: {
          generic: [{ response_type: 'text', text: 'ok' }],
          intents: [
            { intent: 'restart', confidence: 0.87, skill: 'main skill' },
            { intent: 'status', confidence: 0.09, skill: 'main skill' }
          ],
          entities: [
            { entity: 'server', location: [8, 12], value: 'web1', confidence: 0.95 },
            { entity: 'city', location: [16, 22], value: 'Berlin', confidence: 1 },
            { entity: 'sys-number', location: [0, 1], value: '1' },
            { entity: 'sys-number', location: [2, 3], value: '2' }
          ]
        },
        context: { global: { system: { turn_count: 1 } } },
        user_id: 'u'
      }
    }));
  }
};

/** https://wit.ai/docs/http#get__message_link */
export const witai: LanguageService = {
  name: 'witai',
  secrets: ['WITSERVERTOKEN'],
  requests: 1,
  section: url => ({ name: 'witai', enabled: true, token: 'WITSERVERTOKEN', url }),
  error: (status, message) => ({ status, body: { error: message, code: 'error' } }),
  answer({ method, path: at, query, headers }) {
    if (headers.authorization !== 'Bearer WITSERVERTOKEN') {
      return refused(this, 401, 'Bad auth, check token/params');
    }
    if (method !== 'GET' || at !== '/message') {
      return refused(this, 404, `no ${method} ${at}`);
    }
    const schema = z.strictObject({
      v: z.string().regex(/^20\d{6}$/),
      q: z.string().min(1).max(280),
      n: z.literal('8')
    });
    const entity = (name: string, role: string, value: string, confidence: number): unknown => ({
      id: '1',
      name,
      role,
      start: 0,
      end: 1,
      body: value,
      value,
      confidence,
      entities: {},
      type: 'value'
    });
    return check(this, schema, query, ({ q }) => ({
      status: 200,
      body: {
        text: q,
        intents: [
          { id: '1', name: 'restart', confidence: 0.87 },
          { id: '2', name: 'status', confidence: 0.09 }
        ],
        entities: {
          'server:server': [entity('server', 'server', 'web1', 0.95)],
          'wit$location:city': [entity('wit$location', 'city', 'Berlin', 1)]
        },
        traits: { wit$sentiment: [{ id: '3', value: 'neutral', confidence: 0.7 }] }
      }
    }));
  }
};

/** Every service whose findings matchers are compared with. */
export const languageServices: readonly LanguageService[] = [
  dialogflow,
  luisai,
  lex,
  rasanlu,
  watson,
  witai
];

/** Starts a service as it is when all is well. */
export function startService(service: LanguageService): Promise<FixtureService> {
  return FixtureService.start(request => service.answer(request), service.protocol);
}

/** Starts a service that lets people in, and then gives this answer instead of its own. */
export function startFailing(
  service: LanguageService,
  answer: ServedAnswer
): Promise<FixtureService> {
  return FixtureService.start(
    request => (request.path === '/token' ? service.answer(request) : answer),
    service.protocol
  );
}
