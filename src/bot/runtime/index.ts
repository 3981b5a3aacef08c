export * from './digest';
export * from './heap-trim';
export * from './loaded-skill';
export * from './skill-runtime';
export * from './thread-frames';
