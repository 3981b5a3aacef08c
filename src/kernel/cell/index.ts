export * from './compile';
export * from './completeness';
export * from './program';
export * from './text-edits';
