export * from './block-text';
export * from './speaker';
