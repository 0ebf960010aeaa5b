import { expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { documents } from '../../../src/edges/documents/index.ts';

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
