import { createRequire } from 'node:module';
import { cleanText } from '../../core/intake.ts';
import type { TextDocument } from '../../core/ports.ts';
import { typeset } from '../../core/text.ts';

/** Loaded with the first document, not at the start. */
const library = () => createRequire(import.meta.url)('docx') as typeof import('docx');

/** What may be written in XML, with French typography. */
const written = (text: string): string => typeset(cleanText(text));

/** In percent: what a row is about takes most of it. */
const FIRST_COLUMN = 45;
const widthOf = (column: number, columns: number): number =>
  columns === 1 ? 100 : column === 0 ? FIRST_COLUMN : (100 - FIRST_COLUMN) / (columns - 1);

/** A .docx document: a title, then sections of paragraphs and tables, in Canadian French. */
export async function textDocument({ title, subtitle, sections }: TextDocument): Promise<Uint8Array> {
  const { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } =
    library();
  /** Each line apart, as it was typed. */
  const linesOf = (text: string, style: { bold?: boolean; italics?: boolean } = {}) =>
    written(text)
      .split('\n')
      .map((line, at) => new TextRun({ ...style, text: line, ...(at > 0 && { break: 1 }) }));
  const tableOf = (rows: readonly (readonly string[])[]) =>
    new Table({
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
                  children: [
                    new Paragraph({
                      children: linesOf(text, { bold: row === 0 }),
                      keepNext: row === 0,
                    }),
                  ],
                }),
            ),
          }),
      ),
    });
  const paragraphs = [
    new Paragraph({ text: written(title), heading: HeadingLevel.TITLE }),
    new Paragraph({
      children: linesOf(subtitle, { italics: true }),
      spacing: { after: 300 },
    }),
    ...sections.flatMap((section) => [
      new Paragraph({
        text: written(section.heading),
        heading: HeadingLevel.HEADING_2,
        spacing: { before: 240, after: 80 },
        keepNext: true,
      }),
      ...section.paragraphs.map(
        (text) => new Paragraph({ children: linesOf(text), spacing: { after: 100 } }),
      ),
      ...(section.table ? [tableOf(section.table)] : []),
    ]),
  ];
  const document = new Document({
    creator: 'Courtier',
    title: written(title),
    styles: { default: { document: { run: { font: 'Calibri', size: 22, language: { value: 'fr-CA' } } } } },
    sections: [{ children: paragraphs }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
