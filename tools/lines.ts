import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

// How long files and functions are, in lines, today or at a revision: `node tools/lines.ts [REVISION]`.

const ROOT = join(import.meta.dirname, '..');
const revision = process.argv[2] ?? 'HEAD';
const git = (...given: readonly string[]) =>
  execFileSync('git', given, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e9 });

const FUNCTIONS = new Set([
  'ArrowFunctionExpression',
  'FunctionDeclaration',
  'FunctionExpression',
  'MethodProperty',
  'ClassMethod',
]);

/** Where the functions of a file are, from the byte where its text begins: what swc counts from goes on from file to file. */
function functionsOf(text: string): { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  const module = parseSync(text, { syntax: 'typescript', target: 'es2022' });
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) walk(each);
    else if (node !== null && typeof node === 'object') {
      const { type, span } = node as { type?: string; span?: { start: number; end: number } };
      if (type && span && FUNCTIONS.has(type))
        found.push({ from: span.start - module.span.start, to: span.end - module.span.start });
      for (const value of Object.values(node)) walk(value);
    }
  };
  walk(module.body);
  return found;
}

const linesOf = (text: string): number => text.trimEnd().split('\n').length;

/** A module's span begins at its first statement: what is before it is counted apart. */
function leading(text: string): number {
  const start = text.search(/^(?!\s*(?:\/\/|\/\*|\*|$))/m);
  return Buffer.byteLength(text.slice(0, Math.max(0, start)));
}

const files = git('ls-tree', '-r', '--name-only', revision, 'src')
  .split('\n')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: git('show', `${revision}:${name}`) }));

const functions = files.flatMap(({ name, text }) => {
  const bytes = Buffer.from(text);
  const before = leading(text);
  return functionsOf(text).map(({ from, to }) => ({
    name: `${name}:${linesOf(`${bytes.subarray(0, before + from).toString()}.`)}`,
    lines: linesOf(bytes.subarray(before + from, before + to).toString()),
  }));
});

function report(
  what: string,
  all: readonly { readonly name: string; readonly lines: number }[],
  most: number,
) {
  const sorted = all.toSorted((one, other) => one.lines - other.lines);
  const median = sorted[Math.floor(sorted.length / 2)]?.lines ?? 0;
  const longest = sorted.at(-1);
  const over = sorted.filter(({ lines }) => lines > most).length;
  process.stdout.write(
    `${what}: ${all.length}, median ${median} lines, longest ${longest?.lines} (${longest?.name}), ${over} over ${most}\n`,
  );
}

report(
  'files',
  files.map(({ name, text }) => ({ name, lines: linesOf(text) })),
  250,
);
report('functions', functions, 100);
