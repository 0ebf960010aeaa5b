import { expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { documents } from '../../../src/edges/documents/index.ts';

/** What is read of a workbook of one sheet, after it was filled. */
async function readOf(fill: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void) {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('Feuille'), book);
  return documents.read('essai.xlsx', new Uint8Array(await book.xlsx.writeBuffer()));
}

/** What is read of one cell, of a value and how a spreadsheet is told to show it. */
async function readCell(value: ExcelJS.CellValue, numFmt = 'General'): Promise<string | undefined> {
  const [sheet] = await readOf((filled) => Object.assign(filled.getCell('A1'), { value, numFmt }));
  return sheet?.rows[0]?.[0];
}

test.each<[string, ExcelJS.CellValue, string | undefined, string]>([
  ['a percentage as it is shown, not the fraction behind it', 0.999, '0.0%', '99.9 %'],
  ['a percentage that a formula gives', { formula: '1-0.05', result: 0.95 }, '0%', '95 %'],
  ['a number whose format only quotes the sign', 0.5, '0.0" % "', '0.5'],
  ['a sum without the rest of binary fractions', 0.1 + 0.2, undefined, '0.3'],
  ['a price', 1234.5, '# ##0.00 $', '1234.5'],
  ['what is true in a word', true, undefined, 'oui'],
  ['what is false in a word', false, undefined, 'non'],
  ['a day', new Date('2026-11-02T00:00:00Z'), 'yyyy-mm-dd', '2026-11-02'],
  ['a number whose format shows each of its digits', 42, '0000', '0042'],
  ['a telephone number as its format parts it', 4185551234, '000\\-000\\-0000', '418-555-1234'],
  ['a day beyond every calendar', 1e15, 'yyyy-mm-dd', '########'],
  ['a digit more than its format has', 12345, '000\\-0', '1234-5'],
  ['a digit more than a format that begins with a sign', 12345, '(000) 0', '(1234) 5'],
  ['a formula that gives nothing but zero', { formula: 'A2-A3', result: 0 }, undefined, '0'],
  ['a formula that gives what is false', { formula: 'A2>A3', result: false }, undefined, 'non'],
  ['a formula that gives a text among days', { formula: 'A2', result: 'à venir' }, 'yyyy-mm-dd', 'à venir'],
  [
    'a formula that gives a day',
    { formula: 'A2', result: new Date('2026-11-02T00:00:00Z') },
    'yyyy-mm-dd',
    '2026-11-02',
  ],
  ['the text of a link', { text: 'Le site', hyperlink: 'https://exemple.quebec' }, undefined, 'Le site'],
])('%s is read', async (_what, value, format, read) => {
  expect(await readCell(value, format)).toBe(read);
});

test('a hidden sheet does not come before those that are seen', async () => {
  const sheets = await readOf((sheet, book) => {
    sheet.state = 'hidden';
    book.addWorksheet('Vue').addRow(['ce qui se voit']);
  });
  expect(sheets.map(({ name }) => name)).toEqual(['Vue', 'Feuille']);
});

/** What is read of a workbook whose only sheet, « Feuille », was written by another program. */
async function readXml(change: (sheet: string) => string, path = 'xl/worksheets/sheet1.xml') {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Feuille').addRow(['Nom', 1]);
  const zip = await JSZip.loadAsync(await book.xlsx.writeBuffer());
  const sheet = (await zip.file(path)?.async('string')) ?? '';
  const changed = change(sheet);
  expect(changed).not.toBe(sheet);
  zip.file(path, changed);
  return documents.read('essai.xlsx', await zip.generateAsync({ type: 'uint8array' }));
}

const afterCells = (more: string) => (sheet: string) => sheet.replace('</sheetData>', `</sheetData>${more}`);
const EVERYWHERE = 'A1:XFD1048576';

test.each<[string, (sheet: string) => string]>([
  ['cells that are merged', afterCells('<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>')],
  [
    'a rule for what is typed',
    afterCells(
      `<dataValidations><dataValidation type="list" sqref="${EVERYWHERE}"><formula1>"a"</formula1></dataValidation></dataValidations>`,
    ),
  ],
  [
    'a line that has a colour alone',
    (sheet) => sheet.replace('</sheetData>', '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'),
  ],
  ['a column that has a colour alone', (sheet) => sheet.replace('</row>', '<c r="XFD1" s="0"/></row>')],
])('%s down to the end of the sheet does not keep it from being read', async (_what, change) => {
  expect(await readXml(change)).toEqual([{ name: 'Feuille', rows: [['Nom', '1']] }]);
});

test('a line numbered beyond the end of every sheet is refused at once', async () => {
  const far = (sheet: string) =>
    sheet.replace('</sheetData>', '<row r="4294967295"><c r="A1" t="str"><v>a</v></c></row></sheetData>');
  await expect(readXml(far)).rejects.toThrow('trop de lignes');
});

test('a sheet numbered beyond every workbook is refused at once', async () => {
  const far = (book: string) => book.replace('sheetId="1"', 'sheetId="4294967290"');
  await expect(readXml(far, 'xl/workbook.xml')).rejects.toThrow('ne se lit pas');
});

const merging = (...refs: string[]) =>
  afterCells(`<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`);

test('what a cell holds below the one that it is merged into is not read', async () => {
  const [sheet] = await readXml((xml) =>
    merging(
      'A1:B1',
      'A2:A3',
    )(
      xml.replace(
        '</row>',
        '</row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row><row r="3"><c r="A3"><v>4</v></c><c r="B3"><v>5</v></c></row>',
      ),
    ),
  );
  expect(sheet?.rows).toEqual([['Nom'], ['2', '3'], ['', '5']]);
});

test('a sheet that is merged as a whole, many times over, is read at once', async () => {
  const [sheet] = await readXml(merging(...Array.from({ length: 50_000 }, () => EVERYWHERE)));
  expect(sheet?.rows).toEqual([['Nom']]);
});

test('a workbook whose comments another program put into a folder is read', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('Feuille').getCell('A1').value = 'Nom';
  const zip = await JSZip.loadAsync(await book.xlsx.writeBuffer());
  zip.file(
    'xl/comments/comment1.xml',
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>a</author></authors><commentList><comment ref="A1" authorId="0"><text><t>Note</t></text></comment></commentList></comments>',
  );
  zip.file(
    'xl/worksheets/_rels/sheet1.xml.rels',
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="comments" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="/xl/comments/comment1.xml"/></Relationships>',
  );
  const read = documents.read('essai.xlsx', await zip.generateAsync({ type: 'uint8array' }));
  expect(await read).toEqual([{ name: 'Feuille', rows: [['Nom']] }]);
});

test('a name that stands for every cell of a sheet does not keep it from being read', async () => {
  const names =
    '<definedNames><definedName name="tout">Feuille!$A$1:$XFD$1048576</definedName></definedNames>';
  const sheets = await readXml((book) => book.replace('</sheets>', `</sheets>${names}`), 'xl/workbook.xml');
  expect(sheets).toEqual([{ name: 'Feuille', rows: [['Nom', '1']] }]);
});

test.each(['2026/2027', 'History', "'Prix'", 'Un nom de plus de trente et un caractères'])(
  'a sheet that another program named « %s » is read under its name',
  async (name) => {
    const sheets = await readXml(
      (book) => book.replace('name="Feuille"', `name="${name}"`),
      'xl/workbook.xml',
    );
    expect(sheets).toEqual([{ name, rows: [['Nom', '1']] }]);
  },
);

test.each([
  ['a day that is written in words', '<c r="B1" t="d"><v>2026-11-20T00:00:00</v></c>', '2026-11-20'],
  ['the value of a formula that is lost', '<c r="B1"><f t="shared" si="7"/><v>3</v></c>', '3'],
  ['a zero of a formula that fills a column', '<c r="B1"><f t="shared" si="7"/><v>0</v></c>', '0'],
  [
    'a text that looks like a mark of a day',
    '<c r="B1" t="inlineStr"><is><t>x t="d"</t></is></c>',
    'x t="d"',
  ],
  ['a line break that is written as a code', '<c r="B1" t="inlineStr"><is><t>a_x000D_b</t></is></c>', 'a\nb'],
])('%s is read', async (_what, cell, read) => {
  const [sheet] = await readXml((xml) => xml.replace(/<c r="B1".*?<\/c>/, cell));
  expect(sheet?.rows[0]?.[1]).toBe(read);
});

test.each([
  ['semicolons, with commas in its texts', 'Organisme;Montant\nTransports, mobilité, villes;1,50\nA, b, c;2'],
  ['semicolons, under a title with commas', 'Rapport, trimestre 3, Québec\nOrganisme;Montant\nA;2'],
  ['commas, with semicolons in quotes', 'Organisme,Montant\n"Transports; mobilité; villes",2'],
  ['bars', 'Organisme|Montant\nA|2'],
  ['what its first line says', 'sep=|\r\nOrganisme|Montant; en dollars\r\nA;b;c|2'],
])('a text whose cells are parted by %s is read in its columns', async (_what, text) => {
  const [sheet] = await documents.read('essai.csv', Buffer.from(text));
  expect(sheet?.rows.at(-1)).toHaveLength(2);
  expect(sheet?.rows.at(-1)?.[1]).toBe('2');
});

test('semicolons of lines of several lengths part a text whose names hold a comma each', async () => {
  const text =
    'Organisme;Alias\nVille de Laval, QC;Laval\nVille de Lévis, QC;Lévis;Ville Lévis\nVille de Gatineau, QC;Gatineau;Hull;Aylmer';
  const [sheet] = await documents.read('essai.csv', Buffer.from(text));
  expect(sheet?.rows.map(([name]) => name)).toEqual([
    'Organisme',
    'Ville de Laval, QC',
    'Ville de Lévis, QC',
    'Ville de Gatineau, QC',
  ]);
});

test('a text that says that a cell is one, « ="007" », is read as what it holds', async () => {
  const [sheet] = await documents.read('essai.csv', Buffer.from('Nom;Numéro\nA;="007"'));
  expect(sheet?.rows[1]).toEqual(['A', '007']);
});

test('a text of no workbook keeps what looks like a code of one', async () => {
  const [sheet] = await documents.read('essai.csv', Buffer.from('Nom;Code\nA;lot_x0041_b'));
  expect(sheet?.rows[1]).toEqual(['A', 'lot_x0041_b']);
});
