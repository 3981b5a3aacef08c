import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

/**
 * Opens a page in the person's browser, if there is a screen.
 *
 * The address goes by way of a redirect that works once: on the browser's command line every user of
 * this machine could read its token, and a redirect from a file fails in browsers that come as a snap.
 *
 * @param {string} url
 * @param {import('../setup/environment.mjs').PythonEnvironment} environment - its Python knows how
 */
export function openBrowser(url, environment) {
  const { DISPLAY, WAYLAND_DISPLAY, BROWSER } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY && !BROWSER) {
    return;
  }
  const path = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    if (request.url === path) {
      response.writeHead(302, { location: url, connection: 'close' }).end();
      server.close();
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    spawn(environment.python, ['-m', 'webbrowser', '-t', `http://127.0.0.1:${port}${path}`], {
      stdio: 'ignore',
      detached: true,
      windowsHide: true
    })
      // The address is printed in any case.
      .on('error', () => undefined)
      .unref();
  });
  server.unref();
}
