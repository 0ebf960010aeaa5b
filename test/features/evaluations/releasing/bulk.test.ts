import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download } from '../../../../src/app/doors.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane } from '../../../support/people.ts';
import { evaluatedSuppliers, manyEvaluated, sheets } from '../../../support/sheets.ts';
import { workbookOf } from '../../../support/workbook.ts';

// The sheets of many suppliers, released and withdrawn at once.

const teams = fakeTeams();
const { prepared, confirmed, released } = sheets(teams);
const list = (data: object = {}) => teams.mustPress(diane, 'evaluations.sheets', { page: 1, ...data });
const acts = async () =>
  (await teams.services.audit.auditOf(diane))
    .map(({ action, object }) => `${action} ${object}`)
    .filter((text) => text.startsWith('evaluation.'))
    .sort();

beforeEach(() => people(teams));

describe('the list of sheets', () => {
  test('says of each where it stands, and narrows by campaign, supplier, year and state', async () => {
    const campaign = await evaluatedSuppliers(teams);
    await manyEvaluated(teams, 2);
    await teams.mustPress(diane, 'evaluations.release', { supplier: 'bleuet', year: 2026 });
    expect((await list()).plain).toContain('fournisseur-0002 · 2025\nÀ transmettre · 3 organismes');
    const narrowed = await list({
      inCampaign: campaign,
      ofSupplier: 'airelle',
      ofYear: '2026',
      inState: 'ready',
    });
    expect(narrowed.plain).toContain('Seulement : Évaluations 2026');
    expect(narrowed.words).toContain('À transmettre · 3 organismes');
    expect((await list({ ofYear: '2025' })).plain).not.toContain('2026');
    expect((await list({ inState: 'short' })).plain).toContain('Aucune fiche ne correspond.');
  });

  test('is of as many rows as a page, however many there are', async () => {
    await manyEvaluated(teams, 1_000);
    const { plain } = await list({ page: 167 });
    expect(plain).toContain('Page 167 de 167');
    expect(plain).toContain('fournisseur-1000');
  });

  test('is the staff’s', async () => {
    for (const [verb, data] of [
      ['evaluations.sheets', { page: 1 }],
      ['evaluations.prepareSheets', { act: 'release', allRelease: 'true' }],
    ] as const)
      expect((await teams.press(alex, verb, data)).word).toContain('introuvable');
  });
});

describe('released together', () => {
  test('it says how many, which and what leaves, and does nothing before that is confirmed', async () => {
    await evaluatedSuppliers(teams);
    const card = await prepared('release');
    expect(card.plain).toContain('Transmettre 2 fiches ?');
    expect(card.plain).toContain('2 fiches : airelle inc. (2026), bleuet inc. (2026).');
    expect(card.plain).toContain('Chaque fournisseur pourra lire ses résultats de l’année');
    expect(await released()).toEqual([]);
  });

  test('all are released, each in the trail, and whoever did it has a receipt with the links', async () => {
    await evaluatedSuppliers(teams);
    await confirmed(await prepared('release'), 'Transmettre 2 fiches');
    expect(await released()).toEqual(['airelle', 'bleuet']);
    expect(await acts()).toEqual(['evaluation.release airelle:2026', 'evaluation.release bleuet:2026']);
    const receipt = teams.newest(diane, 'evaluations/sheet-order');
    expect(receipt.plain).toContain('2 fiches prêtes sur 2.');
    await teams.click(diane, receipt, 'Liens à remettre (.xlsx)');
    const book = await workbookOf((await download(teams.lastCard().token(), teams.services)).body);
    const rows: unknown[][] = [];
    book.getWorksheet('Liens')?.eachRow(({ values }) => rows.push(Object.values(values)));
    expect(rows).toContainEqual(['airelle inc.', 2026, expect.stringContaining('/liens/')]);
  });

  test('only those that were ticked', async () => {
    await evaluatedSuppliers(teams);
    const card = await prepared('release', { allRelease: 'false', release: 'bleuet:2026' });
    await confirmed(card, 'Transmettre 1 fiche');
    expect(await released()).toEqual(['bleuet']);
  });

  test('nothing ticked is refused, and the list comes back', async () => {
    await evaluatedSuppliers(teams);
    const { form } = await teams.press(diane, 'evaluations.prepareSheets', { act: 'release', seen: '{}' });
    expect(form?.plain).toContain('Choisissez des fiches, ou toutes celles de la liste.');
  });

  test('those of fewer than three bodies are left aside, and it says so', async () => {
    await evaluatedSuppliers(teams, 2);
    const card = await prepared('release');
    expect(card.plain).toContain('Aucune des fiches choisies ne peut être transmise.');
    expect(card.plain).toContain('2 fiches laissées de côté : déjà transmises sans nouvelle réponse');
    expect(card.words).not.toContain('Transmettre 0 fiche');
  });

  test('pressed twice, they are released once', async () => {
    await evaluatedSuppliers(teams);
    const card = await prepared('release');
    await teams.click(diane, card, 'Transmettre 2 fiches');
    await teams.click(diane, card, 'Transmettre 2 fiches');
    await teams.runJobs();
    expect(await acts()).toHaveLength(2);
  });

  test('what somebody released meanwhile is seen again before it is released', async () => {
    await evaluatedSuppliers(teams);
    const card = await prepared('release');
    await teams.mustPress(diane, 'evaluations.release', { supplier: 'airelle', year: 2026 });
    const { form } = await teams.click(diane, card, 'Transmettre 2 fiches');
    expect(form?.plain).toContain('La liste a changé entre-temps');
    await teams.runJobs();
    expect(await released()).toEqual(['airelle']);
  });

  test('one that somebody withdraws while they are prepared stays withdrawn, and the receipt says why', async () => {
    await evaluatedSuppliers(teams);
    await teams.mustClick(diane, await prepared('release'), 'Transmettre 2 fiches');
    await teams.mustPress(diane, 'evaluations.release', { supplier: 'airelle', year: 2026 });
    await teams.mustPress(diane, 'evaluations.withdraw', { supplier: 'airelle', year: 2026 });
    await teams.runJobs();
    expect(await released()).toEqual(['bleuet']);
    const receipt = teams.newest(diane, 'evaluations/sheet-order');
    expect(receipt.plain).toContain('1 fiche prête sur 2. 1 fiche de côté :');
    expect(receipt.plain).toContain('airelle inc. (2026) : Quelqu’un l’a retirée entre-temps.');
  });

  test('once those who asked are not of the staff any more, nothing more is released', async () => {
    await evaluatedSuppliers(teams);
    await teams.mustClick(diane, await prepared('release'), 'Transmettre 2 fiches');
    await giveRole(teams, diane, 'client');
    await teams.runJobs();
    expect(await released()).toEqual([]);
  });
});

describe('withdrawn together', () => {
  test('all links end in one go, each in the trail', async () => {
    await evaluatedSuppliers(teams);
    await confirmed(await prepared('release'), 'Transmettre 2 fiches');
    const card = await prepared('withdraw');
    expect(card.plain).toContain('Retirer 2 fiches ?');
    expect(card.plain).toContain('Les liens de ces fournisseurs ne répondront plus.');
    const receipt = await confirmed(card, 'Retirer 2 fiches');
    expect(receipt.plain).toContain('Fiches retirées');
    expect(await released()).toEqual([]);
    expect((await acts()).filter((act) => act.includes('withdraw'))).toHaveLength(2);
  });

  test('a thousand are in no more statements than one, but for the trail', async () => {
    await manyEvaluated(teams, 1_000);
    await teams.db.execute(sql`insert into evaluation_releases (supplier_id, year, active, document, by, at)
      select distinct supplier_id, year, true, '{}'::jsonb, 'Diane', now() from evaluation_scores`);
    const card = await prepared('withdraw', { seen: '{"year":"2025"}' });
    await teams.mustPress(diane, 'evaluations.orderSheets', card.buttonFor('evaluations.orderSheets').data);
    expect(await released(2025)).toEqual([]);
    expect(await acts()).toHaveLength(1_000);
  });
});
