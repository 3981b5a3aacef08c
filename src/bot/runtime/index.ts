export * from './digest';
export * from './skill-runtime';
export * from './thread-frames';
