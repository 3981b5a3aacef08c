export * from './builtin-skill';
export * from './change-report';
export * from './devtools';
export * from './file-watcher';
export * from './skill-finder';
export * from './skill-set';
export * from './skill-source';
export * from './sources';
