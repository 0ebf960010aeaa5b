import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import { drawn } from '../../support/drawn.ts';
import { aFile, people } from '../../support/kickoff.ts';
import { alex, keyOf, nadia } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { onTwoProcesses, pressAllTogether, pressTogether } from '../../support/together.ts';

// Two processes on one PostgreSQL: what is sent fifty times happens once.

const { teams, both, once, fifty } = onTwoProcesses();

beforeEach(() => people(teams));

/** The sentences of a file's journal, the oldest first. */
const journal = async (file: string) =>
  (await teams.services.files.history(file)).map(({ sentence }) => sentence).reverse();

test('a file is created once, and the next one takes the next number', async () => {
  const { card } = await once('acquisitions.create', drawn({ name: 'Courriel' }));
  expect(card?.words).toContain('Le dossier est créé');
  const [file] = await teams.services.files.filesOf(alex, 'open');
  expect(await journal(file?.id ?? '')).toEqual(['Dossier créé : « Courriel ».']);
  expect((await teams.services.files.create(alex, 'Autre', newId())).number).toBe(2);
  expect(await countOf(teams, sql`acquisitions`)).toBe(2);
});

test('another name in the same form is another file', async () => {
  const form = drawn({ name: 'Courriel' });
  for (const name of ['Courriel', 'Tableur'])
    await pressTogether(both(), { person: alex, verb: 'acquisitions.create', data: { ...form, name } }, 10);
  const files = await teams.services.files.filesOf(alex, 'open');
  expect(files.map(({ name }) => name).sort()).toEqual(['Courriel', 'Tableur']);
});

test('fifty files at once never are more than a person keeps', async () => {
  for (let n = 0; n < 95; n++) {
    // More than a day takes.
    if (n === 50) teams.clock.advance({ hours: 24 });
    await teams.services.files.create(alex, `Dossier ${n}`, newId());
  }
  const answers = await fifty('acquisitions.create', (n) => drawn({ name: `Autre ${n}` }));
  expect(await countOf(teams, sql`acquisitions`)).toBe(100);
  expect(answers.filter(({ word }) => word.includes('déjà 100 dossiers'))).toHaveLength(45);
});

describe('of a file', () => {
  let file: string;
  beforeEach(async () => {
    file = await aFile(teams, { chosen: '' });
  });

  /** What the journal says that it did not say before. */
  async function said(work: () => Promise<unknown>): Promise<string[]> {
    const before = await journal(file);
    await work();
    return (await journal(file)).slice(before.length);
  }

  test('a colleague is asked once', async () => {
    const asked = { file, question: 'contracts', colleague: keyOf(nadia) };
    expect(await said(() => once('needs.ask', drawn(asked)))).toEqual([
      expect.stringContaining('posée à Nadia Benali'),
    ]);
    expect(await countOf(teams, sql`needs_delegations`)).toBe(1);
    expect(await countOf(teams, sql`deliveries where kind = 'needs.asked'`)).toBe(1);
  });

  test('the kind of organization is kept once', async () => {
    const { data } = (await teams.mustPress(alex, 'needs.eligibility', { file })).button('Enregistrer');
    expect(await said(() => once('needs.setEligibility', { ...data, kind: 'cspq8' }))).toHaveLength(1);
  });

  test('an answer is kept once, and whoever sends it again is told the same', async () => {
    const answer = { file, question: 'duration', revision: 0, months: '24' };
    expect(await said(() => once('needs.answer', answer))).toHaveLength(1);
  });

  test('a file is shared once', async () => {
    expect(await said(() => once('acquisitions.share', { file, colleague: keyOf(nadia) }))).toEqual([
      'Dossier partagé avec Nadia Benali.',
    ]);
  });

  test('the shortlist is confirmed once', async () => {
    expect(await said(() => once('scenarios.confirmShortlist', drawn({ file })))).toHaveLength(1);
  });

  test('a comparison is sealed once', async () => {
    expect(await said(() => once('scenarios.seal', drawn({ file })))).toHaveLength(1);
    expect(await countOf(teams, sql`scenario_seals`)).toBe(1);
  });

  test('a choice is made once, and its authorization noted once', async () => {
    expect(await said(() => once('scenarios.choose', { file, supplier: 'bleuet' }))).toEqual([
      expect.stringContaining('Comparaison scellée'),
      'Choix : bleuet inc..',
    ]);
    const authorization = { file, reference: 'AUT-12', date: '2026-11-23' };
    expect(await said(() => once('scenarios.authorize', authorization))).toHaveLength(1);
  });

  test('of two choices at once one is made after the other, on one seal', async () => {
    await pressAllTogether(
      both(),
      ['airelle', 'bleuet'].map((supplier) => ({
        person: alex,
        verb: 'scenarios.choose',
        data: { file, supplier, sure: 'yes' },
      })),
    );
    expect(await countOf(teams, sql`scenario_seals`)).toBe(1);
    expect((await journal(file)).filter((sentence) => sentence.startsWith('Choix'))).toHaveLength(2);
  });

  test.each([
    ['a question to a supplier', 'scenarios.clarify', { supplier: 'airelle', question: 'Combien ?' }],
    [
      'a trial',
      'scenarios.planTrial',
      { offer: 'airelle-courriel', units: 10, days: 20, start: '2026-12-01', withoutPersonalData: 'true' },
    ],
    ['a criterion', 'scenarios.weigh', { name: 'Formation', weight: '3', note: '' }],
  ])('%s is kept once', async (_what, verb, data) => {
    expect(await said(() => once(verb, drawn({ file, ...data })))).toHaveLength(1);
    const { clarifications, trials, criteria } = await teams.services.dossier.supportOf(file, alex);
    expect([...clarifications, ...trials, ...criteria]).toHaveLength(1);
  });

  test('fifty criteria at once are all kept', async () => {
    await fifty('scenarios.weigh', (n) => drawn({ file, name: `Critère ${n}`, weight: '3', note: '' }));
    expect((await teams.services.dossier.supportOf(file, alex)).criteria).toHaveLength(50);
  });
});
