import { PRODUCT_VERSION } from '../version';
import { JUPYTER_PROTOCOL, type JsonObject } from '../wire';

/**
 * What the kernel says about itself.
 *
 * `codemirror_mode` is a plain text on purpose: JupyterLab looks it up by name, and an object such
 * as tslab's `{ name: 'javascript', typescript: true }` colours cells as JavaScript.
 */
export function kernelInfo(typescriptVersion: string): JsonObject {
  return {
    status: 'ok',
    protocol_version: JUPYTER_PROTOCOL,
    implementation: 'chatops',
    implementation_version: PRODUCT_VERSION,
    language_info: {
      name: 'typescript',
      version: typescriptVersion,
      mimetype: 'application/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: 'typescript',
      nbconvert_exporter: 'script'
    },
    banner: `TypeScript (ChatOps) ${PRODUCT_VERSION}, Node ${process.versions.node}. %help shows what there is.`,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: 'https://nodejs.org/docs/latest/api/' },
      { text: 'MDN: JavaScript', url: 'https://developer.mozilla.org/docs/Web/JavaScript' }
    ],
    // The older way to say the same.
    debugger: true,
    supported_features: ['debugger', 'kernel subshells']
  };
}
