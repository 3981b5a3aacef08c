import * as z from 'zod';

/** The address of a service. Credentials have keys of their own: an address is shown in errors. */
const address = z.string().refine(isAddress, 'must be an address such as `https://example.com`');

const secret = z.string().min(1);

/** What the section of every service may say. */
const common = {
  name: z.string(),
  enabled: z.boolean().default(true),
  'min-score': z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('What it finds counts only from this confidence on, 0 to 1.'),
  rooms: z
    .array(z.string().min(1))
    .optional()
    .describe('Only what is said in these rooms is sent to it. Default: in all of them.'),
  addressed: z
    .boolean()
    .default(false)
    .describe('Only what is said to the bot is sent to it: by its name, or where nobody else is.'),
  timeout: z.number().positive().default(5).describe('How many seconds it may take to answer.'),
  lang: z
    .string()
    .min(2)
    .optional()
    .describe('The language people write in. Default: `lang` of the whole configuration.')
};

/** Google Dialogflow ES. */
export const dialogflowSchema = z.looseObject({
  ...common,
  'project-id': z.string().min(1).describe('The Google Cloud project of the agent.'),
  'key-file': z
    .string()
    .min(1)
    .optional()
    .describe('The key of a service account. Default: `GOOGLE_APPLICATION_CREDENTIALS`.'),
  location: z
    .string()
    .min(1)
    .optional()
    .describe('The region of the agent, such as `europe-west1`.'),
  url: address.optional().describe('Where Dialogflow is reached instead of its usual address.')
});

/** Azure's conversational language understanding (CLU), the successor of LUIS. */
export const luisaiSchema = z.looseObject({
  ...common,
  endpoint: address.describe('The endpoint of the Language resource.'),
  appid: z.string().min(1).describe('The name of the CLU project.'),
  appkey: secret.describe('A key of the Language resource.'),
  deployment: z.string().min(1).default('production').describe('The deployment of the project.'),
  verbose: z.boolean().optional().describe('Nothing depends on it any more.')
});

/** Amazon Lex V2. */
export const lexSchema = z.looseObject({
  ...common,
  'bot-id': z.string().min(1).describe('The id of the bot.'),
  'bot-alias-id': z
    .string()
    .min(1)
    .default('TSTALIASID')
    .describe('The id of its alias. Default: the alias that Lex gives for tests.'),
  locale: z.string().min(2).optional().describe('Such as `en_US`. Default: by the language.'),
  region: z.string().min(1).optional().describe('Such as `eu-west-1`. Default: `AWS_REGION`.'),
  'access-key-id': z.string().min(1).optional().describe('Default: where the AWS SDK looks.'),
  'secret-access-key': secret.optional(),
  'session-token': secret.optional(),
  url: address.optional().describe('Where Lex is reached instead of its usual address.')
});

/** Rasa with its HTTP API switched on. */
export const rasanluSchema = z.looseObject({
  ...common,
  url: address.default('http://localhost:5000').describe('Where Rasa listens.'),
  token: secret.optional().describe('The token that Rasa was started with.'),
  train: z
    .boolean()
    .default(true)
    .describe('Train a model from the `intents.yml` of the skills, where there are any.'),
  'models-path': z
    .string()
    .min(1)
    .default('models')
    .describe('The folder in which Rasa keeps its models.')
});

/** IBM watsonx Assistant, formerly Watson Assistant. */
export const watsonSchema = z.looseObject({
  ...common,
  gateway: z.string().min(1).default('us-south').describe('The region, such as `eu-de`.'),
  'assistant-id': z.string().min(1).describe('The id of the assistant.'),
  'environment-id': z.string().min(1).optional().describe('The id of its environment.'),
  token: secret.describe('The API key of the service.'),
  url: address.optional().describe('The URL of the service’s credentials, instead of `gateway`.')
});

/** wit.ai. */
export const witaiSchema = z.looseObject({
  ...common,
  token: secret.describe('The server access token of the app.'),
  url: address.default('https://api.wit.ai')
});

/** A language model that proposes commands. */
export const llmSchema = z.looseObject({
  ...common,
  api: z
    .enum(['openai', 'ollama'])
    .default('openai')
    .describe('`openai` for everything that speaks `/chat/completions`, or `ollama`.'),
  url: address
    .optional()
    .describe('Where the API is. Default: https://api.openai.com/v1, or Ollama on this machine.'),
  model: z.string().min(1).describe('The name of the model.'),
  token: secret.optional().describe('The API key.'),
  'min-score': common['min-score'].default(0.5),
  timeout: common.timeout.default(20),
  'max-commands': z
    .number()
    .int()
    .positive()
    .default(60)
    .describe('How many commands it is shown at most; the likeliest ones.')
});

/** What the section of each parser may say, by the parser's name. */
export const parserSchemas = {
  dialogflow: dialogflowSchema,
  luisai: luisaiSchema,
  lex: lexSchema,
  rasanlu: rasanluSchema,
  watson: watsonSchema,
  witai: witaiSchema,
  llm: llmSchema
} as const;

/** The section of Dialogflow. */
export type DialogflowConfig = z.infer<typeof dialogflowSchema>;

/** The section of Azure CLU. */
export type LuisaiConfig = z.infer<typeof luisaiSchema>;

/** The section of Amazon Lex. */
export type LexConfig = z.infer<typeof lexSchema>;

/** The section of Rasa. */
export type RasanluConfig = z.infer<typeof rasanluSchema>;

/** The section of Watson. */
export type WatsonConfig = z.infer<typeof watsonSchema>;

/** The section of wit.ai. */
export type WitaiConfig = z.infer<typeof witaiSchema>;

/** The section of a language model. */
export type LlmConfig = z.infer<typeof llmSchema>;

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) {
    return false;
  }
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
