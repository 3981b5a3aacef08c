export * from './catalogue';
export * from './view-words';
