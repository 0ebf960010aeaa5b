import { escapeUTF8 } from 'entities';
import type JSZip from 'jszip';
import type { PlainRow, PlainSheet } from './rows.ts';
import { written } from './written.ts';

// The library of workbooks writes no charts: these parts of an .xlsx file (ECMA-376, DrawingML charts) are added to what
// it wrote. A chart reads the cells, so it follows a figure that somebody changes.

/** Fewer bars than that compare nothing; more cannot be read. */
const FEWEST = 2;
export const MOST_BARS = 30;

/** A bar for each row of a table of a workbook. */
export interface PlacedChart {
  /** The number of its sheet in the file, from 1, and its name. */
  readonly sheet: number;
  readonly name: string;
  readonly title: string;
  readonly format: string;
  /** The rows of the table, from 1, without its titles. */
  readonly first: number;
  readonly last: number;
  /** The letters of the columns. */
  readonly labels: string;
  readonly values: string;
  readonly columns: number;
  /** What the cells hold, for readers that do not calculate. */
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

/** The chart of a sheet whose table asks for one and has as many rows as a chart can show. */
export function chartOf(
  { name, chart, rows, columns }: Omit<PlainSheet, 'rows'> & { readonly rows: readonly PlainRow[] },
  sheet: number,
  first: number,
  letterOf: (column: number) => string,
  formatOf: (kind: PlainSheet['columns'][number]['kind']) => string,
): PlacedChart | undefined {
  if (!chart || rows.length < FEWEST || rows.length > MOST_BARS) return undefined;
  const { labels, values } = chart;
  return {
    sheet,
    name,
    title: written(chart.title),
    format: formatOf(columns[values]?.kind),
    first,
    last: first + rows.length - 1,
    labels: letterOf(labels),
    values: letterOf(values),
    columns: columns.length,
    texts: rows.map((row) => written(String(row[labels] ?? ''))),
    numbers: rows.map((row) => Number(row[values] ?? 0)),
  };
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const FORMATS = 'http://schemas.openxmlformats.org';
const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`;
const MAIN = `${FORMATS}/drawingml/2006/main`;
const CHART = `${FORMATS}/drawingml/2006/chart`;
const COLOUR = '2F6DB5';

const points = (values: readonly (string | number)[]): string =>
  `<c:ptCount val="${values.length}"/>${values
    .map((value, at) => `<c:pt idx="${at}"><c:v>${escapeUTF8(String(value))}</c:v></c:pt>`)
    .join('')}`;

function chartXml(chart: PlacedChart): string {
  const { name, title, format, first, last, labels, values, texts, numbers } = chart;
  const cells = (column: string) =>
    escapeUTF8(`'${name.replaceAll("'", "''")}'!$${column}$${first}:$${column}$${last}`);
  const code = escapeUTF8(format);
  return `${HEAD}<c:chartSpace xmlns:c="${CHART}" xmlns:a="${MAIN}"><c:lang val="fr-CA"/><c:roundedCorners val="0"/><c:chart>
<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="fr-CA" sz="1200" b="1"/><a:t>${escapeUTF8(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>
<c:autoTitleDeleted val="0"/>
<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>
<c:ser><c:idx val="0"/><c:order val="0"/><c:spPr><a:solidFill><a:srgbClr val="${COLOUR}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>
<c:dLbls><c:numFmt formatCode="${code}" sourceLinked="0"/><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
<c:cat><c:strRef><c:f>${cells(labels)}</c:f><c:strCache>${points(texts)}</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>${cells(values)}</c:f><c:numCache><c:formatCode>${code}</c:formatCode>${points(numbers)}</c:numCache></c:numRef></c:val></c:ser>
<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>
<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>
<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="${code}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="max"/></c:valAx>
</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`;
}

/** Below the table and its sums, as wide as it is. */
function drawingXml({ title, last, columns, texts }: PlacedChart): string {
  const top = last + 2;
  const corner = (column: number, row: number) =>
    `<xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff>`;
  return `${HEAD}<xdr:wsDr xmlns:xdr="${FORMATS}/drawingml/2006/spreadsheetDrawing" xmlns:a="${MAIN}"><xdr:twoCellAnchor editAs="oneCell"><xdr:from>${corner(0, top)}</xdr:from><xdr:to>${corner(columns, top + 6 + 2 * texts.length)}</xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Graphique" descr="${escapeUTF8(`Graphique à barres : ${title}. Ses chiffres sont dans le tableau au-dessus.`)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${CHART}"><c:chart xmlns:c="${CHART}" xmlns:r="${RELATIONS}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`;
}

const relation = (id: string, kind: string, target: string): string =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
const relations = (lines: string): string =>
  `${HEAD}<Relationships xmlns="${FORMATS}/package/2006/relationships">${lines}</Relationships>`;

/** What a drawing follows in a sheet, by the order of its schema: each of ours has a footer. */
const BEFORE = '</headerFooter>';

async function addTo(book: JSZip, chart: PlacedChart): Promise<string> {
  const { sheet } = chart;
  const id = `chart${sheet}`;
  const text = async (path: string) => (await book.file(path)?.async('string')) ?? '';
  const page = `xl/worksheets/sheet${sheet}.xml`;
  const links = `xl/worksheets/_rels/sheet${sheet}.xml.rels`;
  const drawing = relation(id, 'drawing', `../drawings/drawing${sheet}.xml`);
  book.file(
    page,
    (await text(page)).replace(BEFORE, `${BEFORE}<drawing xmlns:r="${RELATIONS}" r:id="${id}"/>`),
  );
  const known = await text(links);
  book.file(
    links,
    known ? known.replace('</Relationships>', `${drawing}</Relationships>`) : relations(drawing),
  );
  book.file(`xl/drawings/drawing${sheet}.xml`, drawingXml(chart));
  book.file(
    `xl/drawings/_rels/drawing${sheet}.xml.rels`,
    relations(relation('rId1', 'chart', `../charts/chart${sheet}.xml`)),
  );
  book.file(`xl/charts/chart${sheet}.xml`, chartXml(chart));
  const type = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`;
  return type(`drawings/drawing${sheet}`, 'drawing') + type(`charts/chart${sheet}`, 'drawingml.chart');
}

/** Adds its charts to a workbook. */
export async function addCharts(book: JSZip, charts: readonly PlacedChart[]): Promise<void> {
  let types = '';
  for (const chart of charts) types += await addTo(book, chart);
  const list = '[Content_Types].xml';
  book.file(list, ((await book.file(list)?.async('string')) ?? '').replace('</Types>', `${types}</Types>`));
}
