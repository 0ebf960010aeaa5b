import { expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { HOLIDAYS_FILE } from '../../../../src/app/paths.ts';
import { buildBusinessDays } from '../../../../src/core/time/business-days.ts';
import { readHolidays } from '../../../../src/edges/calendar/index.ts';
import { documents } from '../../../../src/edges/documents/index.ts';
import {
  CATALOGUE_FOLDER,
  checkFiles,
  EMPTY_CONTEXT,
  type Fiche,
  ficheSheets,
  fingerprint,
  openFiles,
  readFiches,
} from '../../../../src/features/catalogue/index.ts';

const days = buildBusinessDays(readHolidays(HOLIDAYS_FILE));
const samples = readFiches(CATALOGUE_FOLDER, days);
const nameOf = ({ supplier, version }: Fiche) => `${supplier.id}_${version}.xlsx`;
const bookOf = (fiche: Fiche) => documents.workbook(ficheSheets(fiche));
const [sample] = samples;
if (!sample) throw new Error('no sample');

async function checked(name: string, bytes: Uint8Array) {
  const [file] = checkFiles(await openFiles([{ name, bytes }], documents), EMPTY_CONTEXT, days);
  if (!file) throw new Error('nothing was checked');
  return file.result;
}

/** The sample's workbook, with some cells changed. */
async function changed(change: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(await bookOf(sample as Fiche)) as never);
  change(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const problemsOf = async (change: (book: ExcelJS.Workbook) => void) => {
  const result = await checked(nameOf(sample as Fiche), await changed(change));
  return result.kind === 'refused' ? result.problems : [];
};
const columnOf = (book: ExcelJS.Workbook, sheet: string, title: string) =>
  ((book.getWorksheet(sheet)?.getRow(1).values ?? []) as unknown[]).indexOf(title);

test.each(samples.map((fiche) => [nameOf(fiche), fiche] as const))(
  '%s comes back from its workbook as it was',
  async (name, fiche) => {
    const result = await checked(name, await bookOf(fiche));
    expect(result).toMatchObject({ kind: 'valid' });
    if (result.kind === 'valid') expect(fingerprint(result.fiche)).toBe(fingerprint(fiche));
  },
);

test('a problem has the sentence of a text file, and the cell where it stands', async () => {
  const problems = await problemsOf((book) => {
    const row = book.getWorksheet('Offres')?.getRow(2);
    row?.getCell(columnOf(book, 'Offres', 'Facturation')).model;
    if (row) row.getCell(columnOf(book, 'Offres', 'Facturation')).value = 'hebdomadaire';
  });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({
    path: 'offers[0].billing',
    cell: 'Offres!I2',
    sentence: "« hebdomadaire » n'est pas permis ici.",
  });
});

test('a value that is missing is said at the cell where it goes', async () => {
  const problems = await problemsOf((book) => {
    const row = book.getWorksheet('Offres')?.getRow(2);
    if (row) row.getCell(columnOf(book, 'Offres', 'Unité')).value = null;
  });
  expect(problems[0]).toMatchObject({ cell: 'Offres!E2', sentence: 'La clé « unit » manque.' });
});

test('numbers, dates and commas of a spreadsheet are read', async () => {
  const bytes = await changed((book) => {
    const prices = book.getWorksheet('Prix')?.getRow(2);
    if (prices) prices.getCell(4).value = 4.25;
    const offer = book.getWorksheet('Offres')?.getRow(2);
    if (offer) offer.getCell(columnOf(book, 'Offres', 'Frais d’entrée ($)')).value = '1 250,50 $';
  });
  const result = await checked(nameOf(sample as Fiche), bytes);
  if (result.kind !== 'valid') throw new Error(JSON.stringify(result.problems));
  expect(result.fiche.offers[0]?.tiers[0]?.unitPricePerMonth).toBe('4.25');
  expect(result.fiche.offers[0]?.entryFee).toBe('1250.50');
});

test('a price of an offer that there is not is refused where it is written', async () => {
  const problems = await problemsOf((book) => {
    const row = book.getWorksheet('Prix')?.getRow(2);
    if (row) row.getCell(1).value = 'inconnue';
  });
  expect(problems).toContainEqual(
    expect.objectContaining({ cell: 'Prix!A2', sentence: 'Aucune offre « inconnue ».' }),
  );
});

test('a workbook that is no fiche says which sheets it lacks', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Feuil1').addRow(['bonjour']);
  const result = await checked('a_2026-12-01.xlsx', new Uint8Array(await book.xlsx.writeBuffer()));
  expect(result).toMatchObject({
    kind: 'refused',
    problems: [{ sentence: expect.stringContaining('« Fiche »') }],
  });
});

test('what is no workbook is refused in a sentence', async () => {
  const result = await checked('a_2026-12-01.xlsx', Buffer.from('bonjour'));
  expect(result).toMatchObject({ kind: 'refused' });
});

test('an archive gives its files, hidden ones left out', async () => {
  const zip = new JSZip();
  for (const fiche of samples) zip.file(`fiches/${nameOf(fiche)}`, await bookOf(fiche));
  zip.file('__MACOSX/._x', 'x');
  const files = await openFiles(
    [{ name: 'tout.zip', bytes: await zip.generateAsync({ type: 'uint8array' }) }],
    documents,
  );
  expect(files).toHaveLength(samples.length);
});

test('an archive that hides something enormous is refused', async () => {
  const zip = new JSZip();
  zip.file('a_2026-12-01.yaml', Buffer.alloc(40 * 1024 * 1024));
  const bytes = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
  expect(bytes.length).toBeLessThan(200_000);
  await expect(openFiles([{ name: 'gros.zip', bytes }], documents)).rejects.toThrow('trop gros');
});
