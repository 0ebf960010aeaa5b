import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { evaluationDocument } from '../../../../src/features/evaluations/answering/screens/documents.ts';
import { download } from '../../../../src/features/evaluations/answering/screens/printing.ts';
import { tick } from '../../../../src/features/evaluations/campaigns/jobs.ts';
import { aContract, CONTRACT } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { priced } from '../../../support/fiches.ts';
import { people } from '../../../support/kickoff.ts';
import { alex, nadia } from '../../../support/people.ts';
import { wordsOf as readWords } from '../../../support/word.ts';

// What was submitted is an official record: nothing that happens later changes a word of it.

const teams = fakeTeams();
const { answer, campaign, confirmed, day, evaluation, review, submit } = evaluating(teams);
const ENDING = { signedOn: '2025-01-10', startsOn: '2025-01-15', endsOn: '2026-12-15' };

let contract: string;
beforeEach(() => people(teams));

const note = (text: string, changes: object = {}) =>
  teams.mustPress(alex, 'evaluations.note', { contract, on: day(0), good: 'false', text, ...changes });
const answered = (id: string) => teams.services.evaluations.evaluationSeenBy(id, alex);
const documentOf = async (id: string) => evaluationDocument(await answered(id));
const wordsOf = async (id: string) => JSON.stringify(await documentOf(id));

/** The words of the .docx, as whoever has the link reads them. */
async function printedWords(id: string): Promise<string> {
  const { tenantId, objectId } = alex;
  const { body } = await download({ evaluation: id, tenantId, objectId }, teams.services);
  return readWords(Buffer.from(body));
}
/** What its card says of it, from what was submitted on; where it stands, above, is of today. */
async function recordOn(id: string): Promise<string[]> {
  const lines = (await review(id)).plain.split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('Soumise le') && line.includes('version')));
}

/** A contract that ends soon, its evaluation submitted. */
async function ended(): Promise<string> {
  contract = await aContract(teams, ENDING);
  await note('Panne de deux heures');
  await tick.handle({}, teams.services);
  const id = await evaluation();
  await submit(id, '4');
  return id;
}

/** Everything that may happen after a submission. */
async function later(id: string): Promise<void> {
  teams.clock.advance({ days: 3 });
  await note('Panne de trois jours');
  // The first business day of a month is one for prices.
  teams.clock.advance({ days: 5 });
  await teams.services.catalogue.publication.publish(
    [priced('airelle', '9.00', { version: day(0) })],
    'command',
  );
  await teams.mustPress(nadia, 'evaluations.answer', {
    evaluation: id,
    part: 1,
    revision: 0,
    score1: '1',
    comment1: 'Inacceptable',
  });
}

describe('a submission', () => {
  test('is frozen word for word, whatever is noted, published or drafted afterwards', async () => {
    const id = await ended();
    const before = await documentOf(id);
    const printed = await printedWords(id);
    const results = await teams.services.results.resultsOfSupplier('airelle', true);
    const shown = await recordOn(id);
    await later(id);
    await answer(id, 1, { revision: 3, score1: '1', comment1: 'Un brouillon' });
    // What would be frozen now is something else.
    const { memory } = (await answered(id)).ground;
    expect([memory.events.length, memory.changes.length]).toEqual([2, 1]);
    expect(await documentOf(id)).toEqual(before);
    expect(await printedWords(id)).toBe(printed);
    expect(printed).toContain('Panne de deux heures');
    expect(await teams.services.results.resultsOfSupplier('airelle', true)).toEqual(results);
    expect(results).not.toEqual([]);
    expect(await recordOn(id)).toEqual(shown);
    expect(shown.length).toBeGreaterThan(20);
    const { plain } = await review(id);
    expect(plain).toContain('Panne de deux heures');
    for (const since of ['Panne de trois jours', 'Un brouillon']) expect(plain).not.toContain(since);
    expect(plain).toContain('Le brouillon fait depuis ne compte pas');
  });

  test('says whose it is: organization, contract, amount, who, when, which version and grid', async () => {
    const words = await wordsOf(await ended());
    for (const text of [
      "Organisation : Ministère de l'Énergie",
      'Contrat nº 1 : Courriel du ministère',
      'Fournisseur : airelle inc.',
      'Montant : 9 600,00 $',
      'Soumise au Courtier le 23 novembre 2026 par Alex Gagnon, version 1.',
      'Grille : version 2026-1.',
      'Du 10 janvier 2025 au 23 novembre 2026.',
    ])
      expect(words.replace(/[\u00a0\u202f]/g, ' ')).toContain(text);
  });

  test('that was not made yet is a draft, and its document says so', async () => {
    contract = await aContract(teams);
    await campaign();
    const id = await evaluation();
    await answer(id, 1);
    const { title, sections } = await documentOf(id);
    expect(title).toMatch(/^Brouillon – /);
    expect(JSON.stringify(sections)).toContain('Commencée. Repère');
  });

  test('takes in what happened since at the next submission, to the end of its time and not beyond', async () => {
    contract = await aContract(teams);
    await campaign(5);
    const id = await evaluation();
    await submit(id, '4');
    teams.clock.advance({ days: 5 });
    await note('Panne du dernier jour');
    await answer(id, 1, { revision: 3, score1: '2' });
    await confirmed(id);
    expect(await wordsOf(id)).toContain('Panne du dernier jour');
    expect(await wordsOf(id)).toContain('version 2');
  });

  test('cannot be changed in the database itself', async () => {
    await ended();
    const change = teams.db.execute(sql`update evaluation_submissions set answers = '{}'::jsonb`);
    await expect(change).rejects.toThrow();
  });

  test('of before its ground was kept is drawn as of its day', async () => {
    const id = await ended();
    const before = await documentOf(id);
    await teams.db.execute(sql`alter table evaluation_submissions disable trigger user`);
    await teams.db.execute(sql`update evaluation_submissions set ground = null`);
    await teams.db.execute(sql`alter table evaluation_submissions enable trigger user`);
    await later(id);
    expect(await documentOf(id)).toEqual(before);
  });
});

describe('the signature of the head', () => {
  const sign = (id: string, signedOn: string) =>
    teams.mustPress(alex, 'evaluations.signed', { evaluation: id, signedOn });

  test('freezes what was submitted: nothing is answered any more', async () => {
    const id = await ended();
    expect((await sign(id, day(0))).plain).toContain(
      'Signée par le dirigeant le 23 novembre 2026. Elle ne change plus.',
    );
    const again = { evaluation: id, part: 1, revision: 3, score1: '1' };
    expect(await teams.refusedPress(alex, 'evaluations.answer', again)).toContain('Elle ne change plus.');
  });

  test('may be corrected, which leaves a trace, and moves the date of the copy', async () => {
    const id = await ended();
    await sign(id, day(0));
    const card = await sign(id, day(-3));
    expect(card.plain).toContain('Signée par le dirigeant le 20 novembre 2026.');
    expect(card.plain).toContain(
      'Date corrigée le 23 novembre 2026 par Alex Gagnon : 23 novembre 2026 était noté.',
    );
    const { contract: row, duties, done } = await teams.services.contracts.followed(contract, alex);
    expect(row.finalSignedOn).toBe('2026-11-20');
    expect(done.get('final')?.doneOn).toBe('2026-11-20');
    expect(duties.find(({ id: duty }) => duty === 'finalCopy')?.due.on.toString()).toBe('2026-11-27');
    expect(await wordsOf(id)).toContain('Date corrigée');
  });

  test('noted of the contract before anything was submitted signs nothing that is submitted later', async () => {
    contract = await aContract(teams, ENDING);
    await tick.handle({}, teams.services);
    const id = await evaluation();
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'final', on: day(-3) });
    await submit(id, '4');
    expect((await review(id)).plain).toContain('Elle peut changer jusqu’au');
    expect(await wordsOf(id)).not.toContain('Signée par le dirigeant');
    // It is what the form of the signature proposes.
    expect((await review(id)).valueOf('signedOn')).toBe(day(-3));
  });

  test('stays where the duty of the contract is said to be still to do', async () => {
    const id = await ended();
    await sign(id, day(0));
    const before = await documentOf(id);
    await teams.mustPress(alex, 'contracts.reopen', { contract, duty: 'final' });
    expect(await documentOf(id)).toEqual(before);
    const again = { evaluation: id, part: 1, revision: 3, score1: '1' };
    expect(await teams.refusedPress(alex, 'evaluations.answer', again)).toContain('Elle ne change plus.');
    // Noted again, it is done again, and no correction.
    await sign(id, day(0));
    const { done } = await teams.services.contracts.followed(contract, alex);
    expect(done.has('final')).toBe(true);
    expect((await answered(id)).signatures).toHaveLength(1);
  });

  test('noted twice on the same day leaves no trace of a correction', async () => {
    const id = await ended();
    for (let n = 0; n < 2; n++) await sign(id, day(0));
    expect((await answered(id)).signatures).toHaveLength(1);
  });

  test.each([
    ['in the future', 1],
    ['before the contract', -900],
  ])('%s is refused with a sentence', async (_when, days) => {
    const id = await ended();
    expect(
      await teams.refusedPress(alex, 'evaluations.signed', { evaluation: id, signedOn: day(days) }),
    ).toContain('entre la signature du contrat et aujourd’hui');
  });
});

describe('an evaluation that article 79 does not ask for', () => {
  async function asked(): Promise<string> {
    contract = await aContract(teams, ENDING);
    await tick.handle({}, teams.services);
    return evaluation();
  }
  const waive = (id: string) =>
    teams.mustPress(alex, 'evaluations.waive', { evaluation: id, why: 'Sous le seuil' });
  const duty = async () =>
    (await teams.services.contracts.followed(contract, alex)).done.get('final')?.whyNot;

  test('is « pas requise » for a reason that is kept, with its duty', async () => {
    const id = await asked();
    expect((await waive(id)).plain).toContain('Pas requise : Sous le seuil');
    expect(await duty()).toBe('Sous le seuil');
    expect((await answered(id)).contract.finalSignedOn).toBeNull();
  });

  test('may be required after all', async () => {
    const id = await asked();
    const card = await waive(id);
    expect((await teams.mustClick(alex, card, 'Elle est requise')).plain).toContain('À remplir.');
    expect(await duty()).toBeUndefined();
  });

  test('may be required after all only where the contract still asks for it', async () => {
    const id = await asked();
    const card = await waive(id);
    const form = { contract, revision: 1, ...CONTRACT, ...ENDING, rcti: 'false' };
    await teams.mustPress(alex, 'contracts.correct', form);
    await teams.runJobs();
    const after = await teams.mustClick(alex, card, 'Elle est requise');
    expect(after.plain).toContain('Le contrat ne demande plus cette évaluation');
    expect(after.plain).not.toContain('À remplir.');
  });

  test('is one of the end of a contract that nobody submitted', async () => {
    const id = await ended();
    expect(
      await teams.refusedPress(alex, 'evaluations.waive', { evaluation: id, why: 'Sous le seuil' }),
    ).toContain('introuvable');
  });
});
