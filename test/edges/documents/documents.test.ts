import { describe, expect, test } from '@jest/globals';
import JSZip from 'jszip';
import type { Sheet, TextDocument } from '../../../src/core/ports/documents.ts';
import { documents } from '../../../src/edges/documents/index.ts';
import { wordsOf } from '../../support/word.ts';
import { workbookOf } from '../../support/workbook.ts';

const part = async (bytes: Uint8Array, name: string): Promise<string> =>
  (await (await JSZip.loadAsync(bytes)).file(name)?.async('string')) ?? '';

const wordXml = async (text: string) =>
  part(
    await documents.text({
      title: 'Titre',
      subtitle: 'Sous-titre',
      sections: [{ heading: 'Section', paragraphs: [text], table: [['Colonne'], [text]] }],
    }),
    'word/document.xml',
  );

test('the lines that somebody typed stay apart in a Word document, in paragraphs and in tables', async () => {
  const xml = await wordXml('Ligne un\nLigne deux\r\nLigne trois');
  expect(xml.match(/<w:br\/>/g)).toHaveLength(4);
  expect(xml).not.toMatch(/Ligne un\s+Ligne deux/);
});

const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{NChar}\p{Cs}]/u;

test('a Word document holds no character that XML forbids', async () => {
  const xml = await wordXml('Mot\ufffe coupé\uffff\u0000\u000b\ud83d');
  expect(xml).toContain('Mot coupé');
  expect(xml).not.toMatch(FORBIDDEN);
});

test('a workbook holds no character that XML forbids', async () => {
  const book = await documents.workbook([
    {
      name: 'Essai',
      columns: [{ title: 'A\ufffe', width: 10 }],
      rows: [['Mot\uffff\u0000']],
      heading: ['T\u0008'],
    },
  ]);
  const strings = await part(book, 'xl/sharedStrings.xml');
  expect(strings).toContain('Mot');
  expect(strings).not.toMatch(FORBIDDEN);
});

describe('a workbook', () => {
  const sheetXml = async (changes: Partial<Sheet> = {}) => {
    const book = await documents.workbook([
      {
        name: 'Essai',
        heading: ["Le tableau d'essai"],
        columns: [
          { title: 'Offre', width: 10 },
          { title: 'Prix', width: 12, kind: 'money', total: true, bar: true },
          { title: 'En vigueur', width: 20, kind: 'day' },
          { title: 'Envoyé', width: 30, kind: 'moment' },
        ],
        rows: [
          [
            'Un nom bien plus long que sa colonne, sur plusieurs lignes',
            12.5,
            Temporal.PlainDate.from('2026-12-01'),
            Temporal.PlainDateTime.from('2026-12-01T14:05'),
          ],
          [
            'Court',
            7,
            Temporal.PlainDate.from('2026-12-02'),
            Temporal.PlainDateTime.from('2026-12-02T09:00'),
          ],
        ],
        ...changes,
      },
    ]);
    return { book: await workbookOf(book), xml: await part(book, 'xl/worksheets/sheet1.xml'), bytes: book };
  };

  test('is printed across, one page wide, its titles and the page’s number on each page', async () => {
    const { bytes, xml } = await sheetXml();
    expect(xml).toContain('orientation="landscape"');
    expect(xml).toContain('fitToWidth="1"');
    expect(xml).toContain('Page &amp;P de &amp;N');
    expect(await part(bytes, 'xl/workbook.xml')).toMatch(
      /_xlnm\.Print_Titles[^>]*>&apos;Essai&apos;!\$3:\$3</,
    );
  });

  test('has a chart below its table that reads the cells, with words for whoever does not see it', async () => {
    const { bytes, xml } = await sheetXml({
      name: "L'essai",
      chart: { title: "Les prix d'offres & co", labels: 0, values: 1 },
    });
    expect(xml).toMatch(/<\/headerFooter><drawing [^>]*r:id="chart1"\/>/);
    const chart = await part(bytes, 'xl/charts/chart1.xml');
    expect(chart).toContain('<c:f>&apos;L&apos;&apos;essai&apos;!$A$4:$A$5</c:f>');
    expect(chart).toContain('!$B$4:$B$5</c:f>');
    expect(chart).toContain('<c:v>12.5</c:v>');
    expect(chart).toContain('Les prix d’offres &amp; co');
    expect(await part(bytes, 'xl/drawings/drawing1.xml')).toContain('descr="Graphique à barres : ');
    expect(await part(bytes, '[Content_Types].xml')).toContain('/xl/charts/chart1.xml');
  });

  test.each([
    ['one row', 1],
    ['more rows than can be read', 31],
  ])('has no chart of %s', async (_what, rows) => {
    const { bytes } = await sheetXml({
      columns: [
        { title: 'Offre', width: 10 },
        { title: 'Prix', width: 12, kind: 'money' },
      ],
      rows: Array.from({ length: rows }, (_, at) => [`Offre ${at}`, at]),
      chart: { title: 'Prix', labels: 0, values: 1 },
    });
    expect(await part(bytes, '[Content_Types].xml')).not.toContain('chart');
  });

  test('has rows as high as their text', async () => {
    const { book } = await sheetXml();
    const [long, short] = [4, 5].map((row) => book.worksheets[0]?.getRow(row).height ?? 0);
    expect(long).toBe(90);
    expect(short).toBe(15);
  });

  test('keeps days and moments as such, shown in French', async () => {
    const { book } = await sheetXml();
    const [day, moment] = ['C4', 'D4'].map((cell) => book.worksheets[0]?.getCell(cell));
    expect(day?.value).toEqual(new Date('2026-12-01T00:00:00Z'));
    expect(day?.numFmt).toContain('[$-C0C]d');
    expect(moment?.value).toEqual(new Date('2026-12-01T14:05:00Z'));
    expect(moment?.numFmt).toContain('"h"');
  });

  test('adds up the columns that are to be, as a filter leaves them', async () => {
    const { book } = await sheetXml();
    expect(book.worksheets[0]?.getCell('A6').value).toBe('Total');
    expect(book.worksheets[0]?.getCell('B6').value).toEqual({ formula: 'SUBTOTAL(109,B4:B5)', result: 19.5 });
  });

  test('draws bars behind the numbers that people compare', async () => {
    const { xml } = await sheetXml();
    expect(xml).toMatch(/<conditionalFormatting sqref="B4:B5"><cfRule type="dataBar".*FF9DC3E6/);
    // Of one colour in Excel too: both halves of a bar have the same name.
    const [, id] = /<x14:id>(\{[\dA-F-]{36}\})<\/x14:id>/.exec(xml) ?? [];
    expect(xml).toContain(`<x14:cfRule type="dataBar" id="${id}"><x14:dataBar minLength="0"`);
    expect(xml).toMatch(/<xm:sqref>B4:B5<\/xm:sqref>.*<\/extLst><\/worksheet>$/);
  });

  test('is the same of rows that come in parts', async () => {
    const rows = [1, 2, 3].map((n) => [`Offre ${n}`, n]);
    const columns: Sheet['columns'] = [
      { title: 'Offre', width: 10 },
      { title: 'Prix', width: 12, kind: 'money', total: true, bar: true },
    ];
    const chart = { title: 'Prix', labels: 0, values: 1 };
    const parts = async function* () {
      yield rows.slice(0, 2);
      yield [];
      yield rows.slice(2);
    };
    const ids = /[\dA-F]{8}-[\dA-F-]{27}/g;
    const [whole, parted] = [
      await sheetXml({ columns, chart, rows }),
      await sheetXml({ columns, chart, rows: parts() }),
    ];
    expect(parted.xml.replace(ids, '')).toBe(whole.xml.replace(ids, ''));
    for (const name of ['xl/charts/chart1.xml', 'xl/sharedStrings.xml'])
      expect(await part(parted.bytes, name)).toBe(await part(whole.bytes, name));
  });

  test('without a line says so, and adds up nothing', async () => {
    const { book } = await sheetXml({ rows: [] });
    expect(book.worksheets[0]?.getCell('A4').value).toBe('Rien à montrer pour le moment.');
    expect(book.worksheets[0]?.getCell('B4').value).toBeNull();
  });
});

describe('a Word document', () => {
  const many = Array.from({ length: 9 }, (_, at) => ({
    heading: `Partie ${at + 1}`,
    paragraphs: ['Un mot.'],
  }));
  const made = (changes: Partial<TextDocument> = {}) =>
    documents.text({ title: 'Titre', subtitle: 'Sous-titre', sections: many.slice(0, 2), ...changes });

  test('says at the top of each page whose it is, and at its foot which page of how many', async () => {
    const document = await made({ organization: 'Ville de Gaspé' });
    expect(await part(document, 'word/header1.xml')).toContain('Ville de Gaspé · Titre');
    const foot = await part(document, 'word/footer1.xml');
    for (const field of ['>PAGE<', '>NUMPAGES<']) expect(foot).toContain(field);
  });

  test('has contents when it is long, each a link to its place', async () => {
    const xml = await part(await made({ sections: many }), 'word/document.xml');
    expect(xml).toContain('Table des matières');
    const anchors = [...xml.matchAll(/w:anchor="(section-\d+)"/g)].map(([, name]) => name);
    expect(anchors).toHaveLength(9);
    for (const name of anchors) expect(xml).toContain(`w:name="${name}"`);
    expect(await wordsOf(await made())).not.toContain('Table des matières');
  });

  test('ends with a place to sign for each signer', async () => {
    const words = await wordsOf(await made({ signatures: ['Dirigeant de l’organisme'] }));
    expect(words.replace(/[\u00a0\u202f]/g, ' ')).toMatch(
      /Dirigeant de l’organisme\s+Nom :\s+Signature :\s+Date :/,
    );
    expect(await wordsOf(await made())).not.toContain('Signature');
  });
});

test('straight and curly apostrophes are never mixed, in no kind of document', async () => {
  const text = "L'offre d'un fournisseur, l’autre et l'« essai » d'1 jour";
  const when = Temporal.PlainDate.from('2026-12-01');
  const now = Temporal.Instant.from('2026-11-23T15:00:00Z');
  const written = [
    await wordXml(text),
    await part(
      await documents.workbook([
        { name: 'Essai', columns: [{ title: text, width: 9 }], rows: [[text]], heading: [text] },
      ]),
      'xl/sharedStrings.xml',
    ),
    await documents.agenda(text, [{ id: 'a', title: text, text, when }], now),
  ];
  for (const each of written) {
    expect(each).toContain('L’offre');
    expect(each).not.toMatch(/L'|d'|l'|&apos;|&#39;/);
  }
});

test('a whole day is that day in every zone of the machine, takes nobody’s time and is recalled', async () => {
  const zone = process.env.TZ;
  const item = {
    id: 'a',
    title: 'Copie',
    text: '',
    when: Temporal.PlainDate.from('2026-12-01'),
    alarms: [900],
  };
  try {
    for (const here of ['UTC', 'Pacific/Kiritimati', 'Pacific/Niue', 'America/Toronto']) {
      process.env.TZ = here;
      const text = await documents.agenda('Agenda', [item], Temporal.Instant.from('2026-11-23T15:00:00Z'));
      expect(text).toContain('DTSTART;VALUE=DATE:20261201');
      expect(text).toContain('DTEND;VALUE=DATE:20261202');
      expect(text).toContain('TRIGGER:-PT15H');
      expect(text).toContain('TRANSP:TRANSPARENT');
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('every line of a calendar ends with a break, the last one too, and none is hidden in a text', async () => {
  const text = await documents.agenda(
    'Agenda',
    [
      {
        id: 'a',
        title: 'Rencontre\ufffe\r\nX',
        text: 'Un\rDeux',
        when: Temporal.PlainDate.from('2026-12-01'),
      },
    ],
    Temporal.Instant.from('2026-11-23T15:00:00Z'),
  );
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\ufffe]/);
  expect(text).toContain('Un\\nDeux');
});
