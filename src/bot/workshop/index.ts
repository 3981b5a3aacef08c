export * from './board-text';
export * from './learner-board';
export * from './proof';
export * from './workshop-desk';
export * from './workshop-folder';
export * from './workshop-host';
export * from './workshop-keeper';
