declare module '@babel/runtime/helpers/*' {
  const helper: (...values: unknown[]) => unknown;
  export default helper;
}

declare module '@babel/plugin-*' {
  import type { PluginTarget } from '@babel/core';
  const plugin: PluginTarget;
  export default plugin;
}
