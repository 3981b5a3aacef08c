export * from './program';
export * from './text-edits';
