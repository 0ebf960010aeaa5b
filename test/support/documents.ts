import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './process.ts';

/** A file of the repository. */
export const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** What is written for people: the documents at the root, and those of `docs`. */
export const documents: readonly string[] = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

/** A document's words, without what stands in a block of code. */
export const prose = (file: string): string => read(file).replace(/^ *```[\s\S]*?^ *```$/gm, '');

/** What begins like a command, and goes on. */
const COMMAND =
  /^(?:[A-Z_]+=\S+ )*(?:npm (?:ci|test|start|run \w)|npx courtier \w|node \w+[/.]|\.ci\/run|docker |az \w|atk \w|git \w|cp |rm |pg_dump )/;

/** The commands that a document gives: each line of its blocks for a shell, and what it names among its words. */
export function commandsOf(file: string): readonly string[] {
  const blocks = [...read(file).matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, block = '']) =>
    block.replace(/\\\n\s*/g, '').split('\n'),
  );
  const named = [...prose(file).matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words);
  return [...blocks, ...named.filter((words) => COMMAND.test(words))]
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}
