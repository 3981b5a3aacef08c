export * from './language-service';
export type { TypeFolders } from './project';
export type { TypeProblem } from './type-problem';
