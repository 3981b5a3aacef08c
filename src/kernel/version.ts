/** Put in by the bundler. */
declare const CHATOPS_VERSION: string | undefined;
/** Put in by the bundler: the TypeScript whose language cells are written in. */
declare const TYPESCRIPT_VERSION: string | undefined;

/** The version of this product. */
export const PRODUCT_VERSION =
  typeof CHATOPS_VERSION === 'string' ? CHATOPS_VERSION : 'development';

/** The version of the language that cells are written in. */
export const LANGUAGE_VERSION = typeof TYPESCRIPT_VERSION === 'string' ? TYPESCRIPT_VERSION : '7.0';
