import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../src/core/root.ts';
import { migrationsFolder } from '../src/edges/storage/storage.ts';

// `node tools/build.ts [FOLDER]`: the assistant, its commands and its threads as a few files, which load in half the time
// of a thousand. `npm start` takes them where they are.

/** Where `npm start` looks for them. */
const BUNDLE = join(ROOT, 'dist/bundle');
/** What finds its own files beside it, is native, or asks for what Node warns of outside of `node_modules`. */
const APART = ['@electric-sql/pglite', 'dtrace-provider', 'whatwg-url', 'tr46'];
/** Libraries that ask for others in the older way. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

const folder = process.argv[2] ?? BUNDLE;
rmSync(folder, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: [
    'src/main.ts',
    'src/cli.ts',
    'src/features/knowledge/improving/trial-worker.ts',
    'src/edges/documents/document-worker.ts',
  ],
  entryNames: '[name]',
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: APART,
  banner: { js: REQUIRE },
  logLevel: 'warning',
});
cpSync(migrationsFolder, join(folder, 'migrations'), { recursive: true });
