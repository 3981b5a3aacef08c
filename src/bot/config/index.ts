export * from './config-path';
export * from './configuration';
export * from './configuration-file';
export * from './default-configuration';
export * from './definition';
export * from './secrets';
export * from './skill-entry';
export * from './variables';
