import type { Contents } from '@jupyterlab/services';

/** Writes a file under a name that is free. @returns its path. */
export async function writeNewFile(
  contents: Contents.IManager,
  name: string,
  extension: string,
  text: string
): Promise<string> {
  for (let count = 1; ; count++) {
    const path = `${name}${count === 1 ? '' : `-${count}`}${extension}`;
    if (!(await exists(contents, path))) {
      await makeFolders(contents, path);
      await contents.save(path, { type: 'file', format: 'text', content: text });
      return path;
    }
  }
}

async function exists(contents: Contents.IManager, path: string): Promise<boolean> {
  return contents.get(path, { content: false }).then(
    () => true,
    () => false
  );
}

async function makeFolders(contents: Contents.IManager, path: string): Promise<void> {
  const folders = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= folders.length; depth++) {
    const folder = folders.slice(0, depth).join('/');
    if (!(await exists(contents, folder))) {
      await contents.save(folder, { type: 'directory' });
    }
  }
}
