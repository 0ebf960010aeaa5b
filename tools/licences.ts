import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/core/root.ts';

// `node tools/licences.ts`: whether everything that runs is under a licence that lets a public body use it. What a lock
// file does not say was read in the package itself, where it says so.

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
}

const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT/X11',
  'PSF-2.0',
  'Unlicense',
  'Zlib',
]);
/** Packages of which the lock file says nothing. */
const READ: Readonly<Record<string, string>> = {
  cldrjs: 'MIT',
  'escape-regexp-component': 'MIT',
  jspath: 'MIT',
};

/** Says no licence anywhere. It comes with exceljs, which unzips with it; whoever deploys knows of it by this line. */
const UNSAID: ReadonlySet<string> = new Set(['buffers']);

/** Whether a licence is allowed: one of those offered, or all of those that hold together. */
export function isAllowed(expression: string): boolean {
  const inner = expression.replace(/^\(|\)$/g, '');
  if (inner.includes(' OR ')) return inner.split(' OR ').some((each) => ALLOWED.has(each));
  return inner.split(' AND ').every((each) => ALLOWED.has(each));
}

/** The packages that run under no licence that is allowed. */
export function refusedLicences(packages: Readonly<Record<string, Locked>>): readonly string[] {
  return Object.entries(packages).flatMap(([path, { dev, license }]) => {
    if (path === '' || dev) return [];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const told = license ?? READ[name] ?? 'none';
    return isAllowed(told) || UNSAID.has(name) ? [] : [`${name} : ${told}`];
  });
}

if (import.meta.main) {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const refused = refusedLicences(packages);
  if (refused.length > 0) {
    process.stderr.write(`Licences à revoir :\n${refused.join('\n')}\n`);
    process.exitCode = 1;
  }
}
