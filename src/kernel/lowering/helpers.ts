import applyDecs2311 from '@babel/runtime/helpers/applyDecs2311';
import checkInRHS from '@babel/runtime/helpers/checkInRHS';
import identity from '@babel/runtime/helpers/identity';
import setFunctionName from '@babel/runtime/helpers/setFunctionName';
import toPropertyKey from '@babel/runtime/helpers/toPropertyKey';
import usingCtx from '@babel/runtime/helpers/usingCtx';

/** What rewritten code calls as `__cell.helpers`. */
export const helpers = {
  applyDecs2311,
  checkInRHS,
  identity,
  setFunctionName,
  toPropertyKey,
  usingCtx
};
