import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileTo } from '../src/core/compiled.ts';
import { GUIDE_COMPILED, GUIDE_FOLDER, readGuide } from '../src/core/guide/index.ts';
import { ROOT } from '../src/core/root.ts';
import { HOLIDAYS_COMPILED, listedHolidays } from '../src/edges/calendar/index.ts';
import { migrationsFolder } from '../src/edges/storage/storage.ts';
import {
  CONTENT_COMPILED,
  KNOWLEDGE_FOLDER,
  readContent,
} from '../src/features/knowledge/content/content.ts';
import { searchableOf } from '../src/features/knowledge/content/searchable.ts';
import { COMPILED, compile } from '../src/features/knowledge/search/compiled.ts';
import { seldom } from './seldom.ts';
import { sourcesDigest } from './sources.ts';

// `node tools/build.ts [FOLDER]`: the assistant, its commands and its threads as a few files, which load in half the time
// of a thousand, and the index of its answers, which a start then only reads. `npm start` takes them where they are.

/** Where `npm start` looks for them. */
const BUNDLE = join(ROOT, 'dist/bundle');
/** What finds its own files beside it, is native, or asks for what Node warns of outside of `node_modules`. */
const APART = ['@electric-sql/pglite', 'dtrace-provider', 'whatwg-url', 'tr46'];
/** Libraries that ask for others in the older way. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`;

/**
 * What is loaded is kept in a byte a character, and not in two, where it is all ASCII. The bundler leaves patterns and
 * tagged templates as they are written: an escape says the same in both, as long as nobody asks for the raw text.
 */
const inAscii = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const folder = process.argv[2] ?? BUNDLE;
const made = sourcesDigest();
rmSync(folder, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: [
    'src/main.ts',
    'src/cli.ts',
    'src/features/knowledge/improving/trial-worker.ts',
    'src/features/knowledge/search/index-worker.ts',
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
  plugins: [seldom],
  // What is loaded stays in memory as it is written.
  minifyWhitespace: true,
  // The notices of the libraries are beside it.
  legalComments: 'external',
  banner: { js: REQUIRE },
  // A file is read by the bundle that it was made with, and by no other.
  define: { COURTIER_BUILD: JSON.stringify(made) },
  logLevel: 'warning',
});
for (const name of readdirSync(folder).filter((each) => each.endsWith('.js'))) {
  const path = join(folder, name);
  writeFileSync(path, inAscii(readFileSync(path, 'utf8')));
}
const read = readGuide(GUIDE_FOLDER);
compileTo(join(folder, GUIDE_COMPILED), { folder: GUIDE_FOLDER, deep: false }, read, made);
const { content } = readContent();
compileTo(
  join(folder, CONTENT_COMPILED),
  { folder: KNOWLEDGE_FOLDER, deep: true, also: read.guide },
  content,
  made,
);
const material = { entries: searchableOf(content), background: content.outOfScope };
writeFileSync(join(folder, COMPILED), compile(material, made));
compileTo(join(folder, HOLIDAYS_COMPILED), {}, listedHolidays(), made);
cpSync(migrationsFolder, join(folder, 'migrations'), { recursive: true });
