import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import MinimizerPlugin from 'minimizer-webpack-plugin';
import webpack from 'webpack';

const root = path.dirname(fileURLToPath(import.meta.url));
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const typescriptVersion = JSON.parse(
  readFileSync(path.join(root, 'node_modules', 'typescript', 'package.json'), 'utf8')
).version;
const production = process.env.NODE_ENV !== 'development';

/** What JupyterLab brings and a page must hold once: taken from the host, never bundled. */
const hostPackages = /^(@jupyterlab|@lumino|@codemirror|@lezer)\/|^(react|react-dom)$/;

/** `tsc` has run before: webpack sees JavaScript with imports that leave out the extension. */
const common = {
  mode: production ? 'production' : 'development',
  devtool: production ? false : 'source-map',
  module: {
    rules: [{ test: /\.js$/, resolve: { fullySpecified: false } }],
    // Skills ask for packages of their own workspace; those are not ours to bundle.
    parser: { javascript: { createRequire: false } }
  },
  infrastructureLogging: { level: 'warn' },
  stats: 'errors-warnings'
};

/** What stays in memory for as long as a bot runs. */
const lasting = /^(chatops|skill-thread|pattern-thread)\.cjs$/;

/**
 * Comments are left out of programs, and characters beyond ASCII written as escapes: a single other one
 * makes Node hold the whole program with two bytes for each character. Lines and the names of functions
 * and classes stay, for stack traces. Names within functions are short where memory counts, and stay
 * where people look at functions, which is in the kernel.
 */
const slim = {
  minimize: production,
  minimizer: [
    minimizer({ test: lasting }, { keep_fnames: true, keep_classnames: true }),
    minimizer({ exclude: lasting }, false)
  ]
};

/**
 * @param {{ test?: RegExp, exclude?: RegExp }} files
 * @param {object | false} mangle - which names are made short.
 */
function minimizer(files, mangle) {
  return new MinimizerPlugin({
    ...files,
    extractComments: false,
    minify: {
      implementation: MinimizerPlugin.terserMinify,
      options: {
        compress: false,
        mangle,
        format: { ascii_only: true, beautify: true, indent_level: 0, comments: /@license|^!/i }
      }
    }
  });
}

const versions = new webpack.DefinePlugin({
  CHATOPS_VERSION: JSON.stringify(manifest.version),
  TYPESCRIPT_VERSION: JSON.stringify(typescriptVersion)
});

/**
 * Programs for Node: the bot with its command line, the skill thread, and what the kernel loads late.
 * Each file stands alone, so that a wheel or a copied folder needs no `node_modules`.
 */
const programs = {
  ...common,
  name: 'programs',
  target: 'node20.19',
  entry: {
    chatops: './lib/bot/cli/main.js',
    'skill-thread': './lib/bot/runtime/skill-thread.js',
    'pattern-thread': './lib/bot/runtime/pattern-thread.js',
    'kernel-author-tools': './lib/kernel/session/author-tools.js',
    'kernel-skill-module': './lib/skill/module.js'
  },
  output: {
    path: path.join(root, 'dist'),
    filename: '[name].cjs',
    library: { type: 'commonjs2' }
  },
  module: {
    ...common.module,
    rules: [
      ...common.module.rules,
      // A program that takes one thing out of a room does not start up all of the room.
      {
        test: /[\\/]lib[\\/](protocol|source|loader|engine|skill|bot|workshop)[\\/]/,
        sideEffects: false
      }
    ],
    // What is imported late is run late, and still lies in the same file.
    parser: { javascript: { ...common.module.parser.javascript, dynamicImportMode: 'eager' } }
  },
  // As one function, all modules would be compiled at once, and the memory for that is never given back.
  optimization: { ...slim, splitChunks: false, concatenateModules: false },
  // Optional accelerators of `ws`, native code that we do not ship.
  externals: { bufferutil: 'commonjs bufferutil', 'utf-8-validate': 'commonjs utf-8-validate' },
  node: false,
  plugins: [
    { apply: compiler => compiler.hooks.done.tap('companions', copyCompanions) },
    new webpack.BannerPlugin({ banner: '#!/usr/bin/env node', raw: true, test: /^chatops\.cjs$/ }),
    { apply: compiler => compiler.hooks.done.tap('kernelspec', copyKernelspec) },
    versions
  ]
};

/**
 * The kernel and its worker. Each begins with little, as their sockets are to be there at once, and loads
 * the rest from files beside it.
 */
const kernel = {
  ...programs,
  name: 'kernel',
  entry: { kernel: './lib/kernel/main.js', 'kernel-worker': './lib/kernel/worker.js' },
  output: { ...programs.output, chunkFilename: '[name].cjs' },
  module: {
    ...programs.module,
    rules: [
      ...programs.module.rules,
      { test: /[\\/]lib[\\/]kernel[\\/]\w[\w-]*[\\/]/, sideEffects: false }
    ],
    parser: { javascript: { ...common.module.parser.javascript, dynamicImportMode: 'lazy' } }
  },
  optimization: {
    ...slim,
    // What several of the late files need lies in a file of its own.
    splitChunks: {
      chunks: 'async',
      minSize: 0,
      cacheGroups: {
        default: false,
        defaultVendors: false,
        types: {
          test: /[\\/](sucrase|@jridgewell|lines-and-columns|ts-interface-checker)[\\/]|lib[\\/]source[\\/]typescript/,
          name: 'kernel-type-stripper'
        },
        parser: { test: /[\\/]acorn[\\/]/, name: 'kernel-parser' }
      }
    }
  },
  plugins: [versions]
};

/**
 * What rewrites decorators in cells, which few cells have: Babel, without its search for configuration
 * files, as in a browser.
 */
const lowering = {
  ...common,
  name: 'lowering',
  target: 'node20.19',
  entry: { 'kernel-lowering': './lib/kernel/lowering/index.js' },
  output: { ...programs.output },
  resolve: { aliasFields: ['browser'] },
  module: { ...common.module, parser: { javascript: { dynamicImportMode: 'eager' } } },
  optimization: { splitChunks: false },
  node: false
};

/**
 * What tests import: `chatops`, for skills that a test imports itself, and `chatops/testing`. Each file
 * stands alone here too.
 */
const modules = {
  ...common,
  name: 'modules',
  target: 'node20.19',
  entry: { 'chatops-module': './lib/skill/index.js', testing: './lib/testing/index.js' },
  output: {
    path: path.join(root, 'dist'),
    filename: '[name].mjs',
    library: { type: 'module' },
    chunkFormat: 'module'
  },
  module: {
    ...common.module,
    rules: [
      ...common.module.rules,
      { test: /[\\/]lib[\\/](protocol|source|loader)[\\/]/, sideEffects: false }
    ]
  },
  experiments: { outputModule: true },
  optimization: { ...slim, splitChunks: false },
  node: false
};

/** Makes `dist/` the folder of the kernelspec: with the file that Jupyter reads, and the logos. */
function copyKernelspec() {
  cpSync(path.join(root, 'src', 'kernel', 'kernelspec'), path.join(root, 'dist'), {
    recursive: true
  });
}

/** The prebuilt JupyterLab extension: a module federation container that the host loads. */
const labextension = {
  ...common,
  name: 'labextension',
  target: 'web',
  entry: {},
  output: {
    path: path.join(root, 'labextension', 'static'),
    filename: '[name].[contenthash].js',
    chunkFilename: '[name].[contenthash].js',
    publicPath: 'auto',
    clean: true
  },
  module: {
    ...common.module,
    rules: [
      ...common.module.rules,
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      // What takes a constant out of the protocol does not load its validation; what writes a test, or
      // compares two texts, loads nothing of the rooms around that.
      { test: /[\\/]lib[\\/](protocol|engine|testing|workshop)[\\/]/, sideEffects: false }
    ]
  },
  plugins: [
    new webpack.container.ModuleFederationPlugin({
      library: { type: 'var', name: ['_JUPYTERLAB', manifest.name] },
      name: manifest.name,
      filename: 'remoteEntry.[contenthash].js',
      exposes: {
        './index': './lib/index.js',
        './extension': './lib/index.js',
        './style': './style/index.js'
      },
      shared: Object.fromEntries(
        Object.entries(manifest.devDependencies)
          .filter(([name]) => hostPackages.test(name))
          .map(([name, requiredVersion]) => [
            name,
            { requiredVersion, singleton: true, import: false }
          ])
      )
    }),
    new webpack.DefinePlugin({ CHATOPS_VERSION: JSON.stringify(manifest.version) }),
    { apply: compiler => compiler.hooks.done.tap('labextension', describeLabextension) }
  ]
};

/**
 * Puts beside the programs what they take from there: the types of `chatops`, of cells and of Node,
 * and the workshop's notebooks.
 */
function copyCompanions() {
  rmSync(path.join(root, 'dist/types'), { recursive: true, force: true });
  copyTypes(path.join(root, 'lib/skill'), path.join(root, 'dist/types'));
  copyTestingTypes(path.join(root, 'lib/testing'), path.join(root, 'dist/types/testing'));
  const types = path.join(root, 'dist/kernel-types');
  mkdirSync(types, { recursive: true });
  cpSync(path.join(root, 'lib/kernel/cell-api.d.ts'), path.join(types, 'cell-api.d.ts'));
  for (const name of ['@types/node', 'undici-types']) {
    cpSync(path.join(root, 'node_modules', name), path.join(types, path.basename(name)), {
      recursive: true
    });
  }
  cpSync(path.join(root, 'workshop'), path.join(root, 'dist/workshop'), {
    recursive: true,
    filter: source => !source.endsWith('.md')
  });
}

/** Copies the declarations that a folder's index leads to; they must lead to nothing outside of it. */
function copyTypes(from, to) {
  const seen = new Set();
  const follow = file => {
    if (seen.has(file)) {
      return;
    }
    seen.add(file);
    const name = path.relative(from, file);
    if (name.startsWith('..')) {
      throw new Error(`the types of skills must not lead to ${name}`);
    }
    mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    cpSync(file, path.join(to, name));
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/ from '(\.[^']*)';/g)) {
      const target = path.resolve(path.dirname(file), specifier);
      follow(existsSync(`${target}.d.ts`) ? `${target}.d.ts` : path.join(target, 'index.d.ts'));
    }
  };
  follow(path.join(from, 'index.d.ts'));
}

/** The testing kit's types lead to those of skills, which lie above them here. */
function copyTestingTypes(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of ['index', 'api', 'recording', 'test-bot']) {
    const text = readFileSync(path.join(from, `${name}.d.ts`), 'utf8');
    writeFileSync(path.join(to, `${name}.d.ts`), text.replaceAll("'../skill'", "'../index'"));
  }
}

/** Writes the package.json and the schemas by which JupyterLab finds and judges the extension. */
function describeLabextension(stats) {
  const entry = Object.keys(stats.compilation.assets).find(name => name.startsWith('remoteEntry.'));
  if (!entry || stats.hasErrors()) {
    return;
  }
  const folder = path.join(root, 'labextension');
  const { devDependencies, scripts: _scripts, ...rest } = manifest;
  const description = {
    ...rest,
    // JupyterLab reads these ranges to say whether the extension fits it.
    dependencies: Object.fromEntries(
      Object.entries(devDependencies).filter(([name]) => hostPackages.test(name))
    ),
    jupyterlab: {
      ...manifest.jupyterlab,
      _build: { load: `static/${entry}`, extension: './extension', style: './style' }
    }
  };
  const text = JSON.stringify(description, null, 2);
  const schemas = path.join(folder, 'schemas', manifest.name);
  rmSync(schemas, { recursive: true, force: true });
  mkdirSync(schemas, { recursive: true });
  cpSync(path.join(root, 'schema'), schemas, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), text);
  writeFileSync(path.join(schemas, 'package.json.orig'), text);
}

export default [programs, kernel, modules, lowering, labextension];
