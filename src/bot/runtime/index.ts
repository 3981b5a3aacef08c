export * from './digest';
export * from './loaded-skill';
export * from './skill-runtime';
export * from './thread-frames';
