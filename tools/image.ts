import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../src/core/root.ts';

// `node tools/image.ts FOLDER`: all that the assistant needs to run, and nothing else: its bundle, the few libraries that
// are not in it, and the files that come with the code. The Dockerfile's first stage, and a machine without Docker.

/** Files that the code reads, beside itself. */
const BESIDE = ['package.json', 'cards', 'content', 'teamsapp'];
/** Libraries that the sources load only when they need them, or that the bundle leaves outside. */
const APART = [
  '@electric-sql/pglite',
  'adaptivecards-templating',
  'adaptive-expressions',
  'date-holidays',
  'docx',
  'exceljs',
  'tr46',
  'whatwg-url',
];

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The folder of a package as one in `from` finds it; undefined for one that is not installed. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === ROOT || folder === dirname(folder)) return undefined;
  }
}

/** The folders of packages and of all that they depend on. */
function closureOf(names: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  const add = (name: string, from: string): void => {
    const folder = folderOf(name, from);
    if (!folder || folders.has(folder)) return;
    folders.add(folder);
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Manifest;
    for (const lower of Object.keys({ ...dependencies, ...peerDependencies })) add(lower, folder);
  };
  for (const name of names) add(name, ROOT);
  return folders;
}

/** Copies a package, without what its own folder of packages holds: those that are needed are copied by themselves. */
function copyPackage(folder: string, to: string): void {
  cpSync(folder, join(to, relative(ROOT, folder)), {
    recursive: true,
    filter: (source) =>
      !relative(folder, source).split('/').includes('node_modules') && !/\.(?:map|d\.[cm]?ts)$/.test(source),
  });
}

const [target] = process.argv.slice(2);
if (!target) throw new Error('node tools/image.ts FOLDER');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
execFileSync(process.execPath, [join(ROOT, 'tools/build.ts'), join(target, 'dist/bundle')], {
  stdio: 'inherit',
});
for (const file of BESIDE) cpSync(join(ROOT, file), join(target, file), { recursive: true });
for (const folder of closureOf(APART)) copyPackage(folder, target);
