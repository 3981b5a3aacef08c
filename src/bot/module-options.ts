import type { ModuleOptions } from './config';
import { slackSchema } from './connectors/slack';
import { websocketSchema } from './connectors/websocket';
import { databaseSchemas } from './memory';
import { parserSchemas } from './understanding';

/** What the modules that come with ChatOps may be told, besides what holds for all of their kind. */
export const moduleOptions: ModuleOptions = {
  connectors: { slack: slackSchema, websocket: websocketSchema },
  databases: databaseSchemas,
  parsers: parserSchemas,
  skills: {}
};
