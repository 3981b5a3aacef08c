export * from './file-journal';
