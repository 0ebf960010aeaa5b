import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { documents } from '../../../../src/edges/documents/index.ts';
import { summarySheet } from '../../../../src/features/catalogue/browsing/screens/summary-table.ts';
import { CATEGORIES } from '../../../../src/features/catalogue/fiche/rules/categories.ts';
import { categoriesOf } from '../../../../src/features/catalogue/fiche/rules/difference.ts';
import { buildView, CATALOGUE_FOLDER } from '../../../../src/features/catalogue/index.ts';
import { newest, samples } from '../../../support/catalogue.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aSupplier } from '../../../support/fiches.ts';
import { workbookOf } from '../../../support/workbook.ts';

const offers = newest.flatMap((fiche) => fiche.offers);
const values = <T>(of: (offer: (typeof offers)[number]) => T) => new Set(offers.map(of));

test('the samples are enough to try everything', () => {
  expect(newest.length).toBeGreaterThanOrEqual(15);
  expect(offers.length).toBeGreaterThanOrEqual(45);
  expect(new Set(offers.flatMap(categoriesOf)).size).toBe(CATEGORIES.length);
  expect(values(({ billing }) => billing).size).toBe(3);
  expect(values(({ decreaseAllowed }) => decreaseAllowed).size).toBe(2);
  expect(values(({ minimumTermMonths }) => minimumTermMonths).size).toBeGreaterThanOrEqual(4);
  expect(values(({ status }) => status).size).toBe(3);
  const versions = Map.groupBy(samples, ({ supplier }) => supplier.id);
  expect([...versions.values()].filter(({ length }) => length > 1).length).toBeGreaterThanOrEqual(3);
});

test('the samples are fictional for all to see: their addresses are examples', () => {
  for (const { supplier, documents: links } of samples) {
    for (const { email } of supplier.contacts) expect(email).toMatch(/\.example\.com$/);
    for (const link of Object.values(links)) expect(new URL(link).hostname).toMatch(/\.example\.com$/);
  }
});

test('the shipped JSON Schema accepts the samples, and refuses what editors should underline', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(join(CATALOGUE_FOLDER, 'fiche.schema.json'), 'utf8')));
  const document = parse(readFileSync(join(CATALOGUE_FOLDER, 'nordet_2026-11-02.yaml'), 'utf8'));
  expect(validate(document)).toBe(true);
  expect(validate({ ...document, offres: [] })).toBe(false);
  expect(validate({ ...document, version: 20261102 })).toBe(false);
});

test('the summary table opens as a workbook: a line for each offer, amounts that can be added', async () => {
  const view = buildView(
    newest.map((content) => ({ content, origin: 'sample' as const })),
    () => false,
  );
  const bytes = await documents.workbook([summarySheet(view, '2026-11-23')]);
  const book = await workbookOf(bytes);
  const sheet = book.getWorksheet('Tableau synthèse');
  expect(sheet?.getCell('A1').value).toContain('Tableau synthèse');
  expect(sheet?.getCell('A2').value).toContain('En date du 23 novembre 2026. Exemples');
  const titles = [...(sheet?.getColumn('A').values ?? [])].indexOf('Offre');
  expect(titles).toBeGreaterThan(2);
  expect(sheet?.rowCount).toBe(titles + view.offers.length);
  const nordet = sheet
    ?.getRows(titles + 1, view.offers.length)
    ?.find((row) => row.getCell(1).value === 'Nordet Courriel');
  expect(nordet?.getCell(6).value).toBe(4);
  expect(nordet?.getCell(6).numFmt).toContain('$');
  expect(nordet?.getCell(16).value).toBe(99.9);
});

test('a text that looks like a formula stays a text in the workbook', async () => {
  const bytes = await documents.workbook([
    { name: 'T', columns: [{ title: 'A', width: 10 }], rows: [['=HYPERLINK("https://mal.example")']] },
  ]);
  const book = await workbookOf(bytes);
  expect(book.getWorksheet('T')?.getCell('A2').type).toBe(3);
});

const teams = fakeTeams();

test('the cards speak of samples as long as one of them is in force', async () => {
  const { publication, current } = teams.services.catalogue;
  await publication.publish([aSupplier('bleuet')], 'command');
  expect((await current()).samples).toBe(false);
  await publication.publish(samples, 'sample');
  expect((await current()).samples).toBe(true);
});
