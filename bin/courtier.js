#!/usr/bin/env node
// `npx courtier …` on a machine whose own Node is older: the Node that is a dependency runs the real program. As
// `npm start` does, it takes what `npm run build` made where that is there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The first Node that runs the program as it is. */
const ENOUGH = 26;

const root = join(import.meta.dirname, '..');
const built = join(root, 'dist/bundle/cli.js');
const program = existsSync(built) ? built : join(root, 'src/cli.ts');
if (Number.parseInt(process.versions.node, 10) >= ENOUGH) await import(pathToFileURL(program));
else {
  const bundled = join(root, 'node_modules/.bin/node');
  const node = existsSync(bundled) ? bundled : process.execPath;
  const { status, error } = spawnSync(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
