import { createRequire } from 'node:module';
import { completeBars, type PlacedBars } from './bars.ts';
import { addCharts, type PlacedChart } from './charts.ts';

/** Loaded with the first of them, not at the start. */
const library = () => createRequire(import.meta.url)('jszip') as typeof import('jszip');

/** A workbook with what the library of workbooks does not write. */
export async function withAdditions(
  bytes: Uint8Array,
  charts: readonly PlacedChart[],
  bars: readonly PlacedBars[],
): Promise<Uint8Array> {
  if (charts.length === 0 && bars.length === 0) return bytes;
  const book = await library().loadAsync(bytes);
  if (charts.length > 0) await addCharts(book, charts);
  await completeBars(book, bars);
  return book.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
