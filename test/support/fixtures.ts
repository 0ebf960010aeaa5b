import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Card } from '../../src/core/card.ts';

/** One card of each template, as a test met it: what the gallery draws. */
export const FIXTURES = join(import.meta.dirname, '../fixtures/cards');

const LARGEST = 6_000;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TOKEN = /(\/(?:liens|telechargements)\/)[\w.-]+/g;
const fileOf = (template: string, folder = FIXTURES) => join(folder, `${template}.json`);

export const hasFixture = (template: string): boolean => existsSync(fileOf(template));

export const fixtureOf = (template: string): Card => ({
  template,
  ...JSON.parse(readFileSync(fileOf(template), 'utf8')),
});

/**
 * Where CARD_FIXTURES names a folder, keeps the fullest card that the tests met of each template, under a size: of an
 * empty list there is little to see.
 */
export function record({ template, view, summary }: Card, folder = process.env.CARD_FIXTURES): void {
  if (!folder) return;
  const file = fileOf(template, folder);
  const text = `${steady(JSON.stringify({ summary, view }))}\n`;
  const size = Buffer.byteLength(text);
  if (existsSync(file) && (size > LARGEST || size <= statSync(file).size)) return;
  mkdirSync(dirname(file), { recursive: true });
  // Several workers may meet it at the same time.
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

/** The same text at each recording: ids are numbered, what is signed or random is left out. */
function steady(text: string): string {
  const ids = [...new Set(text.match(ID))];
  return text
    .replace(ID, (id) => `00000000-0000-4000-8000-${String(ids.indexOf(id) + 1).padStart(12, '0')}`)
    .replace(TOKEN, '$1lien-signe');
}
