import path from 'node:path';
import { expect, test } from 'vitest';
import webpack from 'webpack';
import { temporaryFolder } from '../support/temporary-folder';

// What is built is checked, so that a dependency's dependency counts too.
test.each(['protocol', 'source', 'engine', 'skill', 'workshop'])(
  'the room %s can be bundled for a browser, without anything of Node',
  async room => {
    const compiler = webpack({
      mode: 'development',
      devtool: false,
      target: 'webworker',
      entry: path.resolve(`lib/${room}/index.js`),
      output: { path: temporaryFolder(), filename: 'room.js' },
      resolve: { fallback: {} },
      module: { rules: [{ test: /\.js$/, resolve: { fullySpecified: false } }] }
    });
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
      compiler.run((error, result) => (error ? reject(error) : resolve(result)))
    );
    expect(stats?.toJson({ errors: true }).errors?.map(({ message }) => message)).toEqual([]);
    await new Promise(resolve => compiler.close(resolve));
  }
);
