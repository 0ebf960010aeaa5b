import { beforeEach, describe, expect, test } from '@jest/globals';
import { download, page } from '../../../../src/app/doors.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating, group } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { admin, alex, diane, nadia } from '../../../support/people.ts';
import { wordsOf } from '../../../support/word.ts';
import { workbookOf } from '../../../support/workbook.ts';

// What the staff see of the answers, what a supplier may read, and what nobody may tell.

const teams = fakeTeams();
const { campaign, confirmed, submit, tick, day } = evaluating(teams);
const YEAR = { supplier: 'airelle', year: 2026 };

/** So many contracts of a supplier, evaluated with these scores. */
async function evaluated(scores: readonly string[], changes: object = {}): Promise<string> {
  for (const [n] of scores.entries()) await aContract(teams, { title: `Contrat ${n}` });
  const id = await campaign();
  const { rows } = await teams.services.evaluations.page(alex, 1, 50);
  for (const [n, score] of scores.entries())
    await submit(rows[n]?.evaluation.id ?? '', score, { comment: `Avis ${n}`, ...changes });
  return id;
}

beforeEach(() => people(teams));

describe('the results of a supplier', () => {
  test('are, by criterion, the mean, its spread and how many answered', async () => {
    await evaluated(['2', '4', '5']);
    const [first] = group(0).criteria;
    const rows = await teams.services.results.resultsOfSupplier('airelle');
    const row = rows.find(({ criterion }) => criterion === first?.id);
    expect(row).toMatchObject({ year: 2026, n: 3 });
    expect(row?.mean).toBeCloseTo(11 / 3, 10);
    // Of the whole population: √(((2−11/3)² + (4−11/3)² + (5−11/3)²) / 3).
    expect(row?.spread).toBeCloseTo(Math.sqrt(14 / 9), 10);
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
    expect(plain).toContain('Avis d’ensemble, sur 5\n3,7\n3 réponses · écart type 1,2');
    expect(plain).toContain('Choisiraient de nouveau ce fournisseur : 100 %');
  });

  test('« sans objet » counts in no mean', async () => {
    await aContract(teams);
    await campaign();
    const { rows } = await teams.services.evaluations.page(alex, 1, 1);
    await submit(rows[0]?.evaluation.id ?? '', 'na', { overall: '3' });
    expect(
      (await teams.services.results.resultsOfSupplier('airelle')).map(({ criterion }) => criterion).sort(),
    ).toEqual(['again', 'overall']);
  });

  test('below three answers, nothing is shown but to administrators', async () => {
    await evaluated(['1', '2']);
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
    expect(plain).toContain('Moins de 3 réponses : non montré');
    expect(plain).not.toContain('1,5');
    expect((await teams.mustPress(diane, 'evaluations.suppliers', { page: 1 })).plain).not.toContain('1,5');
    expect(
      (await teams.mustPress(diane, 'evaluations.resultComments', { ...YEAR, page: 1 })).plain,
    ).not.toContain('Avis 0');
    const seen = await teams.mustPress(admin, 'evaluations.results', { supplier: 'airelle' });
    expect(seen.plain).toContain('1,5');
    expect(seen.plain).toContain('seuls les administrateurs voient ce résultat');
  });

  test('comments are without their author, nor the contract', async () => {
    await evaluated(['3', '4', '5']);
    const { plain } = await teams.mustPress(diane, 'evaluations.resultComments', { ...YEAR, page: 1 });
    for (const n of [0, 1, 2]) expect(plain).toContain(`Avis ${n}`);
    for (const hidden of [alex.name, 'Contrat 0', 'Ministère']) expect(plain).not.toContain(hidden);
  });

  test('changed and submitted again, only the latest counts', async () => {
    await evaluated(['1', '1', '1']);
    const { rows } = await teams.services.evaluations.page(alex, 1, 50);
    const id = rows[0]?.evaluation.id ?? '';
    await teams.mustPress(alex, 'evaluations.answerOverall', {
      evaluation: id,
      overall: '5',
      again: 'no',
      revision: 1,
    });
    await confirmed(id);
    const overall = (await teams.services.results.overallResults()).find(
      ({ supplier }) => supplier === 'airelle',
    );
    expect(overall).toMatchObject({ n: 3 });
    expect(overall?.mean).toBeCloseTo(7 / 3, 10);
  });

  test('compare with the year before, and the years stand side by side', async () => {
    await evaluated(['2', '2', '2']);
    teams.clock.advance({ years: 1 });
    await teams.services.campaigns.closeDue();
    await campaign();
    const { rows } = await teams.services.evaluations.page(alex, 1, 50);
    for (const { evaluation } of rows.filter((row) => row.evaluation.year === 2027))
      await submit(evaluation.id, '4');
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
    expect(plain).toContain('▲ 2,0');
    expect(plain).toContain('D’une année à l’autre');
    expect((await teams.mustPress(diane, 'evaluations.results', YEAR)).plain).toContain('Année 2026');
  });

  test('show the complaints of the year beside them, and of no other year', async () => {
    await evaluated(['3', '3', '3']);
    await teams.mustPress(alex, 'contracts.comment', {
      kind: 'supplierComplaint',
      supplier: 'airelle',
      text: 'Il ne répond plus.',
    });
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
    expect(plain).toContain('1 plainte en 2026');
    expect(plain).toContain('Il ne répond plus.');
    expect(await teams.services.comments.complaintsOf('airelle', 2025)).toEqual([]);
  });

  test('are the staff’s: a client finds nothing behind any of their buttons', async () => {
    await evaluated(['3', '3', '3']);
    for (const [verb, data] of [
      ['evaluations.suppliers', { page: 1 }],
      ['evaluations.results', { supplier: 'airelle' }],
      ['evaluations.resultComments', { ...YEAR, page: 1 }],
      ['evaluations.export', {}],
      ['evaluations.release', YEAR],
      ['evaluations.withdraw', YEAR],
    ] as const)
      for (const person of [alex, nadia])
        expect(await teams.refusedPress(person, verb, data)).toContain('introuvable');
    expect(await teams.services.results.findRelease(YEAR)).toBeUndefined();
  });

  test('of a supplier that nobody evaluated are not found', async () => {
    expect(await teams.refusedPress(diane, 'evaluations.results', { supplier: 'bleuet' })).toContain(
      'introuvable',
    );
  });
});

test('the workbook has each supplier, year and criterion; what fewer than three said stays out', async () => {
  await evaluated(['2', '4', '5']);
  await teams.press(diane, 'evaluations.export');
  const file = await download(teams.lastCard().token(), teams.services);
  const book = await workbookOf(file.body);
  const rows: unknown[][] = [];
  book.getWorksheet('Résultats')?.eachRow(({ values }) => rows.push(Object.values(values)));
  expect(rows).toContainEqual(['airelle inc.', 2026, 'Avis d’ensemble', 3, 3.67, 1.25]);
});

describe('a supplier’s sheet', () => {
  test('is a document behind a link that staff make: means, spread, comments, no name', async () => {
    await evaluated(['2', '4', '5']);
    await teams.press(diane, 'evaluations.release', YEAR);
    const { status, body, fileName } = await page(teams.lastCard().token(), undefined, teams.services);
    expect([status, fileName]).toEqual([200, 'resultats-airelle-2026.docx']);
    const words = await wordsOf(body);
    expect(words).toContain('3,7 sur 5');
    expect(words).toContain('Avis 1');
    expect(words).not.toContain(alex.name);
  });

  test('is refused below three answers', async () => {
    await evaluated(['5', '5']);
    expect(await teams.refusedPress(diane, 'evaluations.release', YEAR)).toContain('au moins trois réponses');
    expect(await teams.refusedPress(admin, 'evaluations.release', YEAR)).toContain('au moins trois réponses');
  });

  test('stays as it was released: a new answer does not show through it', async () => {
    await evaluated(['2', '4', '5']);
    await aContract(teams, { title: 'Nouveau' });
    await teams.press(diane, 'evaluations.release', YEAR);
    const link = teams.lastCard().token();
    await campaign();
    const { rows } = await teams.services.evaluations.page(alex, 1, 5);
    await submit(rows[0]?.evaluation.id ?? '', '1', { comment: 'Avis tardif' });
    const { body } = await page(link, undefined, teams.services);
    const words = await wordsOf(body);
    expect(words).toContain('3 évaluations reçues');
    expect(words).not.toContain('Avis tardif');
    expect((await teams.mustPress(diane, 'evaluations.results', YEAR)).plain).toContain('4 réponses');
  });

  test('is forgotten once its link holds no more', async () => {
    await evaluated(['2', '4', '5']);
    await teams.press(diane, 'evaluations.release', YEAR);
    teams.clock.advance({ days: 89 });
    await teams.services.results.purgeReleases();
    expect(await teams.services.results.findRelease(YEAR)).toBeDefined();
    teams.clock.advance({ days: 2 });
    await teams.services.results.purgeReleases();
    expect(await teams.services.results.findRelease(YEAR)).toBeUndefined();
  });

  test('withdrawn, replaced, tampered or expired, its link opens nothing', async () => {
    await evaluated(['2', '4', '5']);
    const release = async () => {
      await teams.press(diane, 'evaluations.release', YEAR);
      return teams.lastCard().token();
    };
    const open = async (token: string) => (await page(token, undefined, teams.services)).status;
    const first = await release();
    const second = await release();
    expect(await open(first)).toBe(404);
    expect(await open(`${second.slice(0, -2)}xx`)).toBe(404);
    expect(await open(second)).toBe(200);
    await teams.mustPress(diane, 'evaluations.withdraw', YEAR);
    expect(await open(second)).toBe(404);
    const third = await release();
    teams.clock.advance({ days: 91 });
    expect(await open(third)).toBe(404);
  });
});

test('those who answered are thanked at the end, with what all said together', async () => {
  const id = await evaluated(['2', '4', '5']);
  const { revision } = await teams.services.campaigns.findCampaign(id);
  teams.posted.length = 0;
  await teams.mustPress(diane, 'evaluations.close', { campaign: id, revision });
  await tick();
  expect(teams.newest(alex).plain).toContain('3,7 sur 5 dans l’ensemble, 3 réponses');
  expect(teams.in(nadia)).toEqual([]);
});

test('an evaluation is a document to print, for those who see it only', async () => {
  await aContract(teams);
  await campaign();
  const { rows } = await teams.services.evaluations.page(alex, 1, 1);
  const evaluation = rows[0]?.evaluation.id ?? '';
  await submit(evaluation, '4');
  await teams.mustPress(alex, 'evaluations.note', {
    contract: rows[0]?.evaluation.contractId,
    on: day(-1),
    good: 'true',
    text: 'Mise en service sans panne',
  });
  await teams.press(alex, 'evaluations.document', { evaluation });
  const { body, fileName } = await download(teams.lastCard().token(), teams.services);
  expect(fileName).toMatch(/^evaluation-contrat-\d+-2026\.docx$/);
  const words = await wordsOf(body);
  for (const text of ['Disponibilité', '4 · Satisfaisant', 'Bon service.', 'Mise en service sans panne'])
    expect(words).toContain(text);
  expect(await teams.refusedPress(diane, 'evaluations.document', { evaluation })).toContain('introuvable');
});
