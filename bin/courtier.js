#!/usr/bin/env node
// `npx courtier …` on a machine whose own Node is older: the Node that is a dependency runs the real program.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bundled = join(root, 'node_modules/.bin/node');
const node = existsSync(bundled) ? bundled : process.execPath;
const { status, error } = spawnSync(node, [join(root, 'src/cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (error) throw error;
process.exitCode = status ?? 1;
