export * from './compile-cell';
export * from './completeness';
export * from './lowering';
export * from './program';
export * from './session-names';
export * from './text-edits';
