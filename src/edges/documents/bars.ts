import { randomUUID } from 'node:crypto';
import type { Color, DataBarRuleType, Worksheet } from 'exceljs';
import type JSZip from 'jszip';
import type { PlainSheet } from './rows.ts';

// The library, as it writes row after row, leaves out what a bar of one colour needs from Excel 2010 on ([MS-XLSX],
// x14:conditionalFormatting): it is added to what it wrote.

const COLOUR = 'FF9DC3E6';

/** The bars behind the numbers of a column. */
export interface PlacedBars {
  /** The number of its sheet in the file, from 1. */
  readonly sheet: number;
  readonly id: string;
  /** The cells. */
  readonly ref: string;
}

/** Bars behind the numbers where people compare them. */
export function addBars(
  sheet: Worksheet,
  { columns }: PlainSheet,
  first: number,
  rows: number,
): PlacedBars[] {
  if (rows === 0) return [];
  return columns.flatMap(({ bar }, column) => {
    if (!bar) return [];
    const { letter } = sheet.getColumn(column + 1);
    const ref = `${letter}${first}:${letter}${first + rows - 1}`;
    const id = `{${randomUUID().toUpperCase()}}`;
    // Its types leave out the colour, which it writes, and the name by which the two halves of a bar know each other.
    const rule: DataBarRuleType & { readonly color: Partial<Color>; readonly x14Id: string } = {
      type: 'dataBar',
      priority: column + 1,
      cfvo: [{ type: 'num', value: 0 }, { type: 'max' }],
      color: { argb: COLOUR },
      gradient: false,
      x14Id: id,
    };
    sheet.addConditionalFormatting({ ref, rules: [rule] });
    return [{ sheet: sheet.id, id, ref }];
  });
}

const barXml = ({ id, ref }: PlacedBars): string =>
  `<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="dataBar" id="${id}"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="max"/></x14:dataBar></x14:cfRule><xm:sqref>${ref}</xm:sqref></x14:conditionalFormatting>`;

/** Completes the bars of a file, at the end of each of their sheets. */
export async function completeBars(book: JSZip, bars: readonly PlacedBars[]): Promise<void> {
  for (const [sheet, those] of Map.groupBy(bars, (each) => each.sheet)) {
    const path = `xl/worksheets/sheet${sheet}.xml`;
    const extension = `<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>${those.map(barXml).join('')}</x14:conditionalFormattings></ext></extLst>`;
    const xml = (await book.file(path)?.async('string')) ?? '';
    book.file(
      path,
      xml.replace('</worksheet>', () => `${extension}</worksheet>`),
    );
  }
}
