import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PythonEnvironment } from '../../../scripts/setup/environment.mjs';

describe('PythonEnvironment.variables', () => {
  afterEach(() => vi.unstubAllEnvs());

  const folder = path.resolve('/clone/.venv');
  const environment = new PythonEnvironment(folder);

  it("points each of Jupyter's folders into the environment", () => {
    const variables = environment.variables();
    const folders = Object.entries(variables).filter(([name]) =>
      /^(JUPYTER.*|IPYTHON)_?DIR$/.test(name)
    );
    expect(folders.map(([name]) => name).sort()).toEqual([
      'IPYTHONDIR',
      'JUPYTERLAB_SETTINGS_DIR',
      'JUPYTERLAB_WORKSPACES_DIR',
      'JUPYTER_CONFIG_DIR',
      'JUPYTER_DATA_DIR',
      'JUPYTER_RUNTIME_DIR'
    ]);
    for (const [, value] of folders) {
      expect(value?.startsWith(folder + path.sep)).toBe(true);
    }
  });

  it.each([
    ['PYTHONPATH', '/home/me/lib'],
    ['JUPYTER_PATH', '/home/me/share'],
    ['JUPYTER_CONFIG_PATH', '/home/me/etc'],
    ['JUPYTER_TOKEN', 'secret'],
    ['PIP_USER', '1'],
    ['PIP_TARGET', '/home/me/lib'],
    ['CHATOPS_WORKSPACE', '/elsewhere'],
    ['CHATOPS_HOME', '/elsewhere'],
    ['npm_config_local_prefix', '/clone']
  ])('leaves out %s of the person who calls', (name, value) => {
    vi.stubEnv(name, value);
    expect(environment.variables()).not.toHaveProperty(name);
  });

  it.each(['HOME', 'PIP_INDEX_URL', 'https_proxy', 'CHATOPS_SLACK_TOKEN'])('keeps %s', name => {
    vi.stubEnv(name, 'kept');
    expect(environment.variables()).toHaveProperty(name, 'kept');
  });

  it('puts its own programs first on the PATH and keeps the others', () => {
    vi.stubEnv('PATH', path.resolve('/usr/bin'));
    const folders = environment.variables().PATH?.split(path.delimiter);
    expect(folders?.[0]).toBe(environment.bin);
    expect(folders).toContain(path.resolve('/usr/bin'));
    expect(folders).toContain(path.dirname(process.execPath));
  });
});
