export * from './bot-link';
export * from './conversation';
export * from './ensure';
export type { BotServices } from './services';
export * from './workspace';
