/**
 * Rewrites newer syntax: a bundle of its own, loaded when a cell first needs it. It is larger than
 * the rest of the kernel together.
 */
export { lower } from './lower';
