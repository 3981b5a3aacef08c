export * from './live-skills';
