export * from './excerpt';
export * from './module-source';
export * from './module-state';
export * from './pattern-literals';
export * from './stack';
export * from './tokens';
export * from './typescript';
