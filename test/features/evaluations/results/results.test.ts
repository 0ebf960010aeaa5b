import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download, page } from '../../../../src/app/doors.ts';
import type { Person } from '../../../../src/core/turn.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating, form, ofBodies, scores } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { colleagues, met } from '../../../support/organization.ts';
import { admin, alex, diane, nadia, samuel, strangers } from '../../../support/people.ts';
import { wordsOf } from '../../../support/word.ts';
import { workbookOf } from '../../../support/workbook.ts';

// What the staff see of the answers, what a supplier may read, and what nobody may tell.

const teams = fakeTeams();
const { answer, campaign, confirmed, submit, tick, day } = evaluating(teams);
const YEAR = { supplier: 'airelle', year: 2026 };

/** The evaluation that somebody has to submit last. */
async function lastOf(person: Person): Promise<string> {
  const { rows } = await teams.services.evaluations.evaluationsPage(person, 1, 50);
  const newest = rows.map(({ evaluation }) => evaluation).sort((a, b) => b.year - a.year)[0];
  return newest?.id ?? '';
}

/** A contract of a supplier for each of these people, evaluated with these scores. */
async function evaluatedBy(who: readonly Person[], given: readonly string[], changes: object = {}) {
  for (const [n, person] of who.entries()) await aContract(teams, { title: `Contrat ${n}` }, person);
  const id = await campaign();
  const seen = new Map<Person, number>();
  for (const [n, person] of who.entries()) {
    const at = seen.get(person) ?? 0;
    seen.set(person, at + 1);
    const { rows } = await teams.services.evaluations.evaluationsPage(person, 1, 50);
    await submit(rows[at]?.evaluation.id ?? '', given[n] ?? '', { comment: `Avis ${n}`, ...changes }, person);
  }
  return id;
}

/** The same, each by a public body of its own. */
const evaluated = async (given: readonly string[], changes: object = {}): Promise<string> =>
  evaluatedBy(await ofBodies(teams, given.length), given, changes);

beforeEach(() => people(teams));

describe('the results of a supplier', () => {
  test('are, by criterion, the mean, its spread and how many answered', async () => {
    await evaluated(['2', '4', '5']);
    const [first] = form.groups[0]?.criteria ?? [];
    const rows = await teams.services.results.resultsOfSupplier('airelle', true);
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
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 1);
    await submit(rows[0]?.evaluation.id ?? '', 'na', { overall: '3' });
    expect(
      (await teams.services.results.resultsOfSupplier('airelle', true))
        .map(({ criterion }) => criterion)
        .sort(),
    ).toEqual(['again', 'overall']);
  });

  test('below three bodies, nothing is shown but to administrators', async () => {
    await evaluated(['1', '2']);
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
    expect(plain).toContain('Réponses de moins de 3 organismes : non montré');
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
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 50);
    const id = rows[0]?.evaluation.id ?? '';
    await answer(id, 2, { ...scores(2, '1'), overall: '5', again: 'no', revision: 3 });
    await confirmed(id);
    const [overall] = await teams.services.results.overallResults(['airelle'], true);
    expect(overall).toMatchObject({ n: 3 });
    expect(overall?.mean).toBeCloseTo(7 / 3, 10);
  });

  test('compare with the year before, and the years stand side by side', async () => {
    await evaluated(['2', '2', '2']);
    teams.clock.advance({ years: 1 });
    await teams.services.campaigns.closeDue();
    await campaign();
    for (const person of [alex, ...strangers(2)]) await submit(await lastOf(person), '4', {}, person);
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

  test('count all the complaints of the year, however many are shown', async () => {
    await evaluated(['3', '3', '3']);
    await teams.db.execute(sql`insert into contract_comments
      (id, kind, text, supplier_id, tenant_id, object_id, name, created_at)
      select gen_random_uuid(), 'supplierComplaint', 'Lent.', 'airelle', ${alex.tenantId}, ${alex.objectId}, 'Alex',
        timestamptz '2026-11-20' from generate_series(1, 52)`);
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
    expect(plain).toContain('52 plaintes en 2026');
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

/** So many bodies write something, with what they had submitted. */
async function commented(bodies: number, comment: string): Promise<void> {
  for (const person of await ofBodies(teams, bodies)) {
    const evaluation = await lastOf(person);
    await answer(evaluation, 2, { overall: '2', comment, revision: 3 }, person);
    await confirmed(evaluation, person);
  }
}

/** A body more that has a contract of the supplier, and evaluates it, an hour later. */
async function anotherBody(n: number, score: string): Promise<void> {
  const person = { ...alex, objectId: `cccccccc-0000-4000-8000-00000000000${n}`, name: `Personne ${n}` };
  await colleagues(teams, [person], `Organisme tardif ${n}`);
  await aContract(teams, {}, person);
  await campaign();
  teams.clock.advance({ hours: 1 });
  await submit(await lastOf(person), score, { comment: `Avis tardif ${n}` }, person);
}

describe('between what was seen before an answer and what is seen after it', () => {
  const shown = async (person: Person) => (await teams.mustPress(person, 'evaluations.results', YEAR)).plain;

  test('staff find nothing of fewer than three bodies: answers appear by threes', async () => {
    await evaluated(['2', '4', '5']);
    const before = await shown(diane);
    expect(before).toContain('3 réponses');
    for (const [n, said] of [
      [3, '1 autre organisme a répondu.'],
      [4, '2 autres organismes ont répondu.'],
    ] as const) {
      await anotherBody(n, '1');
      const after = await shown(diane);
      expect(after).toContain(said);
      expect(after).toContain('3,7\n3 réponses');
    }
    await anotherBody(5, '1');
    expect(await shown(diane)).toContain('6 réponses');
    expect(await shown(diane)).not.toContain('de plus');
  });

  test('nor in the comments, the list of suppliers, the workbook', async () => {
    await evaluated(['2', '4', '5']);
    const seen = async () => [
      (await teams.mustPress(diane, 'evaluations.resultComments', { ...YEAR, page: 1 })).plain,
      (await teams.mustPress(diane, 'evaluations.suppliers', { page: 1 })).plain,
      JSON.stringify(await teams.services.results.resultsOfSupplier('airelle', false)).replace(
        /"waiting":\d+/g,
        '',
      ),
      JSON.stringify(await teams.services.results.overallResults(['airelle'], false)).replace(
        /"waiting":\d+/g,
        '',
      ),
    ];
    const before = await seen();
    await anotherBody(3, '1');
    expect(await seen()).toEqual(before);
  });

  test('administrators see all of it', async () => {
    await evaluated(['2', '4', '5']);
    await anotherBody(3, '1');
    expect(await shown(admin)).toContain('4 réponses');
  });

  test('another contract of a body that is told already waits for others too', async () => {
    await evaluated(['2', '4', '5']);
    await aContract(teams, { title: 'Un contrat de plus' });
    await campaign();
    teams.clock.advance({ hours: 1 });
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 50);
    const open = rows.find(({ evaluation }) => evaluation.state === 'open');
    await submit(open?.evaluation.id ?? '', '1', {}, alex);
    expect(await shown(diane)).toContain('3,7\n3 réponses');
  });
});

describe('however many answers one body gave', () => {
  /** Three contracts of Alex and Nadia, who are of one ministry, and one of another body. */
  async function ofTwoBodies(): Promise<string> {
    const [, other] = await ofBodies(teams, 2);
    if (!other) throw new Error('no second body');
    return evaluatedBy([alex, alex, alex, other], ['2', '4', '5', '3']);
  }

  test('two bodies are not three: nothing is shown in a card', async () => {
    await ofTwoBodies();
    for (const [verb, data] of [
      ['evaluations.results', YEAR],
      ['evaluations.suppliers', { page: 1 }],
      ['evaluations.resultComments', { ...YEAR, page: 1 }],
    ] as const) {
      const { plain } = await teams.mustPress(diane, verb, data);
      for (const hidden of ['3,5', '100 %', 'Avis 0', '▲']) expect(plain).not.toContain(hidden);
    }
  });

  test('nor in the workbook of whoever is no administrator', async () => {
    await ofTwoBodies();
    await teams.press(diane, 'evaluations.export');
    const book = await workbookOf((await download(teams.lastCard().token(), teams.services)).body);
    const rows: unknown[][] = [];
    book.getWorksheet('Résultats')?.eachRow(({ values }) => rows.push(Object.values(values)));
    expect(rows).toContainEqual(['airelle inc.', 2026, 'Avis d’ensemble', 'moins de 3 organismes', '', '']);
    expect(JSON.stringify(rows)).not.toContain('3.5');
  });

  test('nor in a sheet, nor in the thanks', async () => {
    const id = await ofTwoBodies();
    expect(await teams.refusedPress(admin, 'evaluations.release', YEAR)).toContain('trois organismes');
    const { revision } = await teams.services.campaigns.findCampaign(id);
    await teams.mustPress(diane, 'evaluations.close', { campaign: id, revision });
    await tick();
    expect(teams.newest(alex).plain).toContain(
      'Moins de trois organismes ont répondu : pour que personne ne soit reconnu',
    );
  });

  test('somebody who is of no body counts in the mean, and as no body', async () => {
    await evaluatedBy([...(await ofBodies(teams, 2)), samuel], ['2', '4', '5']);
    expect((await teams.mustPress(diane, 'evaluations.results', YEAR)).plain).not.toContain('3,7');
  });

  test('a year with too few bodies is told by no other year beside it', async () => {
    await evaluated(['2', '2', '2']);
    teams.clock.advance({ years: 1 });
    await teams.services.campaigns.closeDue();
    await campaign();
    await submit(await lastOf(alex), '5');
    const { plain } = await teams.mustPress(diane, 'evaluations.results', { ...YEAR, year: 2027 });
    expect(plain).toContain('Réponses de moins de 3 organismes');
    for (const hidden of ['5,0', '▲', '3,0']) expect(plain).not.toContain(hidden);
  });
});

test('the thanks of a campaign tell what it asked, which is part of no other campaign’s', async () => {
  await evaluated(['2', '4', '5']);
  const late = { ...alex, objectId: 'cccccccc-0000-4000-8000-000000000009', name: 'Personne 9' };
  await colleagues(teams, [late], 'Organisme tardif');
  await met(teams, late);
  await aContract(teams, {}, late);
  const second = await campaign();
  await submit(await lastOf(late), '1', {}, late);
  const { revision } = await teams.services.campaigns.findCampaign(second);
  await teams.mustPress(diane, 'evaluations.close', { campaign: second, revision });
  await tick();
  expect(teams.newest(late).plain).toContain(
    'Moins de trois organismes ont répondu : pour que personne ne soit reconnu',
  );
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

  test('is refused below three bodies, even to administrators', async () => {
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
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    await submit(rows[0]?.evaluation.id ?? '', '1', { comment: 'Avis tardif' });
    const { body } = await page(link, undefined, teams.services);
    const words = await wordsOf(body);
    expect(words).toContain('3 évaluations reçues');
    expect(words).not.toContain('Avis tardif');
    expect((await teams.mustPress(diane, 'evaluations.results', YEAR)).plain).toContain('4 réponses');
  });

  test('is replaced by one that tells the same, until three bodies more have answered', async () => {
    await evaluated(['2', '4', '5']);
    const sheet = async () => {
      await teams.press(diane, 'evaluations.release', YEAR);
      const { body } = await page(teams.lastCard().token(), undefined, teams.services);
      return wordsOf(body);
    };
    const first = await sheet();
    for (const n of [3, 4]) {
      await anotherBody(n, '1');
      expect(await sheet()).toBe(first);
    }
    await anotherBody(5, '1');
    expect(await sheet()).toContain('6 évaluations reçues');
  });

  test('is not replaced where one body answered otherwise since: the two could be compared', async () => {
    await evaluated(['2', '4', '5']);
    await teams.press(diane, 'evaluations.release', YEAR);
    teams.clock.advance({ hours: 1 });
    const evaluation = await lastOf(alex);
    await answer(evaluation, 2, { overall: '5', revision: 3 });
    await confirmed(evaluation);
    for (const person of [diane, admin])
      expect(await teams.refusedPress(person, 'evaluations.release', YEAR)).toContain(
        'en comparant les deux',
      );
  });

  test('with nothing answered since may be made again', async () => {
    await evaluated(['2', '4', '5']);
    for (let n = 0; n < 2; n++) await teams.press(diane, 'evaluations.release', YEAR);
    expect(await teams.services.results.findRelease(YEAR)).toMatchObject({ number: 2, active: true });
  });

  test('holds back the comments of fewer than three bodies', async () => {
    await evaluated(['2', '4', '5'], { comment: '' });
    await commented(1, 'Support très lent.');
    await teams.press(diane, 'evaluations.release', YEAR);
    const { body } = await page(teams.lastCard().token(), undefined, teams.services);
    expect(await wordsOf(body)).not.toContain('Support très lent');
  });

  test('has what an administrator says of those in other words', async () => {
    await evaluated(['2', '4', '5'], { comment: '' });
    await commented(1, 'Support très lent.');
    const card = await teams.mustPress(admin, 'evaluations.results', YEAR);
    expect(card.plain).toContain('1 commentaire de moins de trois organismes : non transmis.');
    await teams.click(admin, card, 'Préparer le lien', { summary: 'On souhaite des réponses plus rapides.' });
    const { body } = await page(teams.lastCard().token(), undefined, teams.services);
    const words = await wordsOf(body);
    expect(words).toContain('On souhaite des réponses plus rapides.');
    expect(words).not.toContain('Support très lent');
  });

  test('whose summary a colleague was faster with is not made; the summary comes back as it was typed', async () => {
    await evaluated(['2', '4', '5'], { comment: '' });
    await commented(1, 'Support très lent.');
    const card = await teams.mustPress(admin, 'evaluations.results', YEAR);
    const typed = { summary: 'On souhaite des réponses plus rapides.' };
    await teams.mustClick(
      diane,
      await teams.mustPress(diane, 'evaluations.results', YEAR),
      'Préparer le lien',
    );
    const posted = teams.posted.length;
    const back = await teams.formBack(admin, card, 'Préparer le lien', typed);
    expect(back.plain).toContain('La fiche a changé entre-temps.');
    expect(back.valueOf('summary')).toBe(typed.summary);
    expect(teams.posted).toHaveLength(posted);
    await teams.mustClick(admin, back, 'Préparer le lien', typed);
    expect(await teams.services.results.findRelease(YEAR)).toMatchObject({ number: 2, by: admin.name });
    // The same pressed again is the same sheet.
    expect((await teams.mustClick(admin, back, 'Préparer le lien', typed)).plain).toContain(
      'La fiche peut être transmise.',
    );
    expect(await teams.services.results.findRelease(YEAR)).toMatchObject({ number: 2 });
  });

  test('has no words of staff who may not read what was held back', async () => {
    await evaluated(['2', '4', '5'], { comment: '' });
    await commented(1, 'Support très lent.');
    const card = await teams.mustPress(diane, 'evaluations.results', YEAR);
    const { verb, data } = card.button('Préparer le lien');
    const word = await teams.refusedPress(diane, verb ?? '', { ...data, summary: 'À mon avis…' });
    expect(word).toContain('Seule l’administration');
  });

  test('is forgotten once its link holds no more', async () => {
    await evaluated(['2', '4', '5']);
    await teams.press(diane, 'evaluations.release', YEAR);
    teams.clock.advance({ days: 89 });
    await teams.services.forgetting.forget();
    expect(await teams.services.results.findRelease(YEAR)).toBeDefined();
    teams.clock.advance({ days: 2 });
    await teams.services.forgetting.forget();
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
  const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 1);
  const evaluation = rows[0]?.evaluation.id ?? '';
  await teams.mustPress(alex, 'evaluations.note', {
    contract: rows[0]?.evaluation.contractId,
    on: day(-1),
    good: 'true',
    text: 'Mise en service sans panne',
  });
  await submit(evaluation, '4');
  await teams.press(alex, 'evaluations.document', { evaluation });
  expect(teams.lastCard().plain).toContain('L’évaluation est prête');
  const { body, fileName } = await download(teams.lastCard().token(), teams.services);
  expect(fileName).toMatch(/^evaluation-contrat-\d+-2026\.docx$/);
  const words = await wordsOf(body);
  for (const text of ['Disponibilité', '4 · Satisfaisant', 'Bon service.', 'Mise en service sans panne'])
    expect(words).toContain(text);
  expect(await teams.refusedPress(diane, 'evaluations.document', { evaluation })).toContain('introuvable');
});
