import { createRequire } from 'node:module';
import { type Merged, mergedIn } from './merged.ts';

const library = () => createRequire(import.meta.url)('jszip') as typeof import('jszip');

const SHEET = /^\/?xl\/worksheets\/sheet(\d+)\.xml$/;
/** What a sheet is tied to: comments, links, pictures. The library knows some of their places alone, and reads none here. */
const RELATIONS = /^\/?xl\/worksheets\/_rels\//;

/** A cell that holds a day in words, « 2026-11-20T00:00:00 »: the library would take its year for a number. */
const DAY_CELL = /(<c\s[^<>]*?)\st=(?:"d"|'d')/g;
/** Only the values that were kept are read, and of a formula's the library loses 0, what is false and a text among days. */
const FORMULA_ALONE = /<f(?:\s[^<>]*)?\/>/g;
const FORMULA = /<f(?:\s[^<>]*)?>[^<]*<\/f>/g;

export interface Plain {
  readonly bytes: Uint8Array;
  /** The cells that are merged, of each sheet by the number of its file. */
  readonly merged: ReadonlyMap<number, readonly Merged[]>;
}

/** The same workbook, whose size was weighed, with values alone in its cells, and days in words as texts. */
export async function plainWorkbook(bytes: Uint8Array): Promise<Plain> {
  const zip = await library().loadAsync(bytes);
  const merged = new Map<number, Merged[]>();
  let changed = false;
  for (const { name } of zip.file(RELATIONS)) {
    zip.remove(name);
    changed = true;
  }
  for (const entry of zip.file(SHEET)) {
    const xml = await entry.async('string');
    merged.set(Number(SHEET.exec(entry.name)?.[1]), mergedIn(xml));
    const plain = xml.replace(FORMULA_ALONE, '').replace(FORMULA, '').replace(DAY_CELL, '$1 t="str"');
    if (plain === xml) continue;
    zip.file(entry.name, plain);
    changed = true;
  }
  return { bytes: changed ? await zip.generateAsync({ type: 'uint8array' }) : bytes, merged };
}
