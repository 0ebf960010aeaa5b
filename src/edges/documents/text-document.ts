import { createRequire } from 'node:module';
import type { Paragraph, Table } from 'docx';
import type { TextDocument } from '../../core/ports/documents.ts';
import { written } from './written.ts';

/** Loaded with the first document, not at the start. */
const library = () => createRequire(import.meta.url)('docx') as typeof import('docx');

/** In percent: what a row is about takes most of it. */
const FIRST_COLUMN = 45;
const widthOf = (column: number, columns: number): number =>
  columns === 1 ? 100 : column === 0 ? FIRST_COLUMN : (100 - FIRST_COLUMN) / (columns - 1);

/** The paper of offices in Québec, in twentieths of a point: 8½ by 11 inches. */
const LETTER = { width: 12_240, height: 15_840 };
/** From this many sections on, a document has a table of contents. */
const LONG = 8;
const SHADE = 'E6EEF7';
const GREY = '595959';
/** Where each signer writes. */
const TO_SIGN = ['Nom', 'Signature', 'Date'];

interface LineStyle {
  readonly bold?: boolean;
  readonly italics?: boolean;
  readonly color?: string;
  readonly size?: number;
}

/** Each line apart, as it was typed. */
function linesOf(text: string, style: LineStyle = {}) {
  const { TextRun } = library();
  return written(text)
    .split('\n')
    .map((line, at) => new TextRun({ ...style, text: line, ...(at > 0 && { break: 1 }) }));
}

function tableOf(rows: readonly (readonly string[])[]): Table {
  const { Paragraph, ShadingType, Table, TableCell, TableRow, WidthType } = library();
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, row) =>
        new TableRow({
          tableHeader: row === 0,
          cantSplit: true,
          children: cells.map(
            (text, column) =>
              new TableCell({
                width: { size: widthOf(column, cells.length), type: WidthType.PERCENTAGE },
                margins: { top: 60, bottom: 60, left: 100, right: 100 },
                ...(row === 0 && { shading: { type: ShadingType.CLEAR, fill: SHADE } }),
                children: [
                  new Paragraph({ children: linesOf(text, { bold: row === 0 }), keepNext: row === 0 }),
                ],
              }),
          ),
        }),
    ),
  });
}

/** What follows, each a link to its place: nothing has to be calculated for it to be there. */
function contentsOf(sections: TextDocument['sections']): Paragraph[] {
  if (sections.length < LONG) return [];
  const { InternalHyperlink, Paragraph, TextRun } = library();
  return [
    new Paragraph({ children: linesOf('Table des matières', { bold: true }), keepNext: true }),
    ...sections.map(
      ({ heading }, at) =>
        new Paragraph({
          indent: { left: 200 },
          children: [
            new InternalHyperlink({
              anchor: placeOf(at),
              children: [new TextRun({ text: written(heading), style: 'Hyperlink' })],
            }),
          ],
        }),
    ),
  ];
}

const placeOf = (section: number): string => `section-${section + 1}`;

function sectionOf(section: TextDocument['sections'][number], at: number): (Paragraph | Table)[] {
  const { Bookmark, HeadingLevel, Paragraph, TextRun } = library();
  return [
    new Paragraph({
      children: [
        new Bookmark({ id: placeOf(at), children: [new TextRun({ text: written(section.heading) })] }),
      ],
      heading: HeadingLevel.HEADING_2,
      spacing: { before: 240, after: 80 },
      keepNext: true,
    }),
    ...section.paragraphs.map((text) => new Paragraph({ children: linesOf(text), spacing: { after: 100 } })),
    ...(section.table ? [tableOf(section.table)] : []),
  ];
}

/** A place for each signer, never parted from its lines by the end of a page. */
function signaturesOf(signers: readonly string[]): (Paragraph | Table)[] {
  const { BorderStyle, Paragraph, Table, TableCell, TableRow, WidthType } = library();
  const none = { style: BorderStyle.NONE, size: 0 };
  const line = { style: BorderStyle.SINGLE, size: 6, color: GREY };
  const lineOf = (bottom: object) => ({ top: none, left: none, right: none, bottom: { ...none, ...bottom } });
  return signers.flatMap((signer) => [
    new Paragraph({
      children: linesOf(signer, { bold: true }),
      spacing: { before: 360, after: 120 },
      keepNext: true,
    }),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: TO_SIGN.map(
        (what) =>
          new TableRow({
            cantSplit: true,
            height: { value: 560, rule: 'atLeast' },
            children: [
              new TableCell({
                width: { size: 20, type: WidthType.PERCENTAGE },
                borders: lineOf({}),
                verticalAlign: 'bottom',
                children: [new Paragraph({ children: linesOf(`${what} :`), keepNext: true })],
              }),
              new TableCell({
                width: { size: 80, type: WidthType.PERCENTAGE },
                borders: lineOf(line),
                children: [new Paragraph({ children: [] })],
              }),
            ],
          }),
      ),
    }),
  ]);
}

/** At the top of each page, whose document it is and what; at its foot, which page of how many. */
function aroundPages({ title, organization }: TextDocument) {
  const { AlignmentType, Footer, Header, PageNumber, Paragraph, TextRun } = library();
  const small = { color: GREY, size: 18 };
  return {
    headers: {
      default: new Header({
        children: [
          new Paragraph({
            children: linesOf([organization, title].filter(Boolean).join(' · '), small),
          }),
        ],
      }),
    },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            children: [
              new TextRun({
                ...small,
                children: ['Page ', PageNumber.CURRENT, ' de ', PageNumber.TOTAL_PAGES],
              }),
            ],
          }),
        ],
      }),
    },
  };
}

/**
 * A .docx document in Canadian French: a title, then sections of paragraphs and tables, contents when there are many,
 * and places to sign.
 */
export async function textDocument(document: TextDocument): Promise<Uint8Array> {
  const { Document, HeadingLevel, Packer, Paragraph } = library();
  const { title, subtitle, organization, sections, signatures = [] } = document;
  const children = [
    ...(organization ? [new Paragraph({ children: linesOf(organization, { bold: true }) })] : []),
    new Paragraph({ text: written(title), heading: HeadingLevel.TITLE }),
    new Paragraph({ children: linesOf(subtitle, { italics: true }), spacing: { after: 300 } }),
    ...contentsOf(sections),
    ...sections.flatMap(sectionOf),
    ...signaturesOf(signatures),
  ];
  return new Uint8Array(
    await Packer.toBuffer(
      new Document({
        creator: 'Courtier',
        title: written(title),
        styles: {
          default: { document: { run: { font: 'Calibri', size: 22, language: { value: 'fr-CA' } } } },
        },
        sections: [{ properties: { page: { size: LETTER } }, ...aroundPages(document), children }],
      }),
    ),
  );
}
