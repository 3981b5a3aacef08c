/**
 * What the main thread needs only once an author's code fails or imports a file: a bundle of its
 * own, so that a kernel that just computes never loads a parser on its main thread.
 */
export { ModuleStore } from '../../loader';
export { excerpt, originalPosition, placeInMap } from '../../source';
export { helpers } from '../lowering/helpers';
