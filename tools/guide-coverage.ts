import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageOf, type Sentence, sentencesOf } from './guide-sentences.ts';

const TABLE = join(import.meta.dirname, '../docs/couverture-du-guide.md');

/** Compares the text of a guide with the table of what is covered. Ends with 1 when they differ. */
const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('node tools/guide-coverage.ts GUIDE.txt\n');
  process.exit(1);
}
const sentences = sentencesOf(readFileSync(file, 'utf8'));
const rows = coverageOf(readFileSync(TABLE, 'utf8'));
const key = ({ section, print }: Sentence) => `${section} ${print}`;
const [written, covered] = [new Set(sentences.map(key)), new Set(rows.map(key))];
const uncovered = sentences.filter((sentence) => !covered.has(key(sentence)));
const gone = rows.filter((row) => !written.has(key(row)));
for (const { section, start } of uncovered) process.stdout.write(`Sans entrée : ${section}, « ${start} »\n`);
for (const { number, section, start } of gone)
  process.stdout.write(`Absente du texte : nº ${number}, ${section}, « ${start} »\n`);
process.stdout.write(`${sentences.length} phrases, ${rows.length} lignes.\n`);
process.exitCode = uncovered.length + gone.length > 0 ? 1 : 0;
