export * from './entry-in-folder';
export * from './notebook-source';
export * from './skill-installer';
export * from './skill-lock';
export * from './skill-origin';
