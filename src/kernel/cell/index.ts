export * from './completeness';
export * from './lowering';
export * from './program';
export * from './read';
export * from './session-names';
export * from './text-edits';
