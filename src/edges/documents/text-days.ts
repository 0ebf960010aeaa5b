import { createRequire } from 'node:module';

const library = () => createRequire(import.meta.url)('jszip') as typeof import('jszip');

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
/** A cell that holds a day in words, « 2026-11-20T00:00:00 »: the library would take its year for a number. */
const DAY_CELL = ' t="d"';

/** The same workbook, whose size was weighed, with such cells as texts. */
export async function withTextDays(bytes: Uint8Array): Promise<Uint8Array> {
  const zip = await library().loadAsync(bytes);
  let changed = false;
  for (const entry of zip.file(SHEET)) {
    const content = await entry.async('nodebuffer');
    if (!content.includes(DAY_CELL)) continue;
    zip.file(entry.name, content.toString().replaceAll(DAY_CELL, ' t="str"'));
    changed = true;
  }
  return changed ? zip.generateAsync({ type: 'uint8array' }) : bytes;
}
