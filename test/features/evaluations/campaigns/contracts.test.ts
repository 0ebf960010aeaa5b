import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { aContract, CONTRACT, TERMINATION } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { alex, diane, samuel } from '../../../support/people.ts';
import { traces } from '../../../support/together.ts';

// What becomes of evaluations when their contract changes, ends or is set apart.

const teams = fakeTeams();
const { campaign, evaluation, submit, tick, run, day, answerRefused } = evaluating(teams);

/** Signed on 20 December 2025: its first anniversary comes in four weeks. */
const SIGNED = { signedOn: '2025-12-20', startsOn: '2026-01-05', endsOn: '2028-12-15' };

beforeEach(() => people(teams));

describe('when a contract is terminated', () => {
  const terminate = async (contract: string, effectiveOn: string) => {
    await teams.mustPress(alex, 'contracts.terminate', { contract, ...TERMINATION, effectiveOn });
    await tick();
  };
  const waiting = async () =>
    (await teams.services.evaluations.evaluationsPage(alex, 1, 9)).rows.map(
      ({ evaluation: { final, closesOn } }) => `${final ? 'final' : 'yearly'} ${closesOn}`,
    );

  test('its final evaluation comes, with as many days as another one; the yearly one stops', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    expect(await waiting()).toEqual(['yearly 2026-12-20']);
    await terminate(contract, '2026-11-30');
    expect(await waiting()).toEqual(['final 2026-12-23']);
  });

  test('no other yearly one is asked for afterwards', async () => {
    const contract = await aContract(teams, { ...SIGNED, rcti: 'false' });
    await terminate(contract, '2026-11-30');
    const id = await campaign(365, 0, 'anniversary');
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ open: 0, coming: 0 });
  });

  test('months ago, its final evaluation comes all the same', async () => {
    const contract = await aContract(teams, SIGNED);
    await teams.mustPress(alex, 'contracts.terminate', {
      contract,
      ...TERMINATION,
      noticeOn: '2026-03-01',
      effectiveOn: '2026-03-31',
    });
    await tick();
    expect(await waiting()).toEqual(['final 2026-12-23']);
  });

  test('by a slip, all comes back as before', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    await terminate(contract, '2026-11-30');
    await teams.mustPress(alex, 'contracts.undoTermination', { contract, revision: 1 });
    await tick();
    expect(await waiting()).toEqual(['yearly 2026-12-20']);
  });

  test('later than was noted first, its final evaluation goes with the real end', async () => {
    const contract = await aContract(teams, SIGNED);
    await terminate(contract, '2026-11-30');
    const corrected = { contract, revision: 1, ...TERMINATION, effectiveOn: '2026-12-28' };
    await teams.mustPress(alex, 'contracts.correctTermination', corrected);
    await tick();
    expect(await waiting()).toEqual([]);
    teams.clock.advance({ days: 10 });
    expect(await waiting()).toEqual(['final 2026-12-28']);
  });

  test('an amendment that moves the end moves the final evaluation with it', async () => {
    const contract = await aContract(teams, { ...SIGNED, endsOn: '2026-12-15' });
    await tick();
    expect(await waiting()).toEqual(['final 2026-12-15']);
    const wanted = { kind: 'end', text: 'Un an de plus', newEnd: '2027-12-15' };
    await teams.mustPress(alex, 'contracts.amend', { contract, ...wanted });
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    const held = { contract, amendment: amendment?.id };
    const validation = { validatedOn: day(0), validatedBy: 'Diane Roy' };
    await teams.mustPress(alex, 'contracts.validateAmendment', { ...held, ...validation });
    await teams.mustPress(alex, 'contracts.signAmendment', { ...held, signedOn: day(0) });
    await tick();
    expect(await waiting()).toEqual([]);
  });
});

describe('when a contract is corrected', () => {
  const correct = async (contract: string, changes: object, revision = 1) => {
    await teams.mustPress(alex, 'contracts.correct', {
      contract,
      revision,
      ...CONTRACT,
      ...SIGNED,
      ...changes,
    });
    await tick();
  };
  const waiting = async () =>
    (await teams.services.evaluations.evaluationsPage(alex, 1, 9)).rows.map(
      ({ evaluation: { supplierId, year, final, opensOn, closesOn } }) =>
        `${supplierId} ${final ? 'final' : year} ${opensOn} ${closesOn}`,
    );

  const Known = z.array(z.object({ line: z.string() }));
  const known = async () => {
    const { rows } = (await teams.db.execute(
      sql`select state || ' ' || year || ' ' || opens_on || ' ' || closes_on as line from evaluations`,
    )) as unknown as { rows: unknown };
    return Known.parse(rows).map(({ line }) => line);
  };

  test('its evaluation goes with its supplier and its anniversary', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    expect(await waiting()).toEqual(['airelle 2026 2026-11-23 2026-12-20']);
    await correct(contract, { supplier: 'bleuet', signedOn: '2025-12-18' });
    expect(await waiting()).toEqual(['bleuet 2026 2026-11-23 2026-12-18']);
  });

  test('to the year that it was signed in, no evaluation of it is due; corrected back, it is again', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign(365, 0, 'anniversary');
    await correct(contract, { signedOn: '2026-11-20', startsOn: '2026-11-20' });
    expect(await waiting()).toEqual([]);
    await correct(contract, {}, 2);
    expect(await waiting()).toEqual(['airelle 2026 2026-11-23 2026-12-20']);
  });

  test('to another year, it is of the anniversary that comes while its campaign is open', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign(60, 0, 'anniversary');
    await correct(contract, { signedOn: '2026-01-05' });
    expect(await known()).toEqual(['open 2027 2026-12-06 2027-01-05']);
    await correct(contract, {}, 2);
    expect(await known()).toEqual(['open 2026 2026-11-23 2026-12-20']);
  });

  test('to a day whose anniversary does not come meanwhile, it leaves its year to another campaign', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign(60, 0, 'anniversary');
    await correct(contract, { signedOn: '2026-03-10', startsOn: '2026-03-10' });
    expect(await known()).toEqual([expect.stringContaining('excluded 2026')]);
    await correct(contract, {}, 2);
    expect(await known()).toEqual(['open 2026 2026-11-23 2026-12-20']);
  });

  test('to one that the RCTI does not bind, its final evaluation is not asked for', async () => {
    const ending = { endsOn: '2026-12-15' };
    const contract = await aContract(teams, { ...SIGNED, ...ending });
    await tick();
    expect(await waiting()).toEqual(['airelle final 2026-11-15 2026-12-15']);
    await correct(contract, { ...ending, rcti: 'false' });
    expect(await waiting()).toEqual([]);
  });

  test('to a day after the window opened, it is not of that window', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign();
    await correct(contract, { amount: '1,00 $' });
    expect(await waiting()).toEqual(['airelle 2026 2026-11-23 2027-01-07']);
    await correct(contract, { signedOn: '2026-11-23', startsOn: '2026-11-23' }, 2);
    expect(await waiting()).toEqual([]);
  });

  test('what a submitted evaluation rests on is refused, with why, and the rest is corrected', async () => {
    const contract = await aContract(teams, SIGNED);
    await campaign();
    await submit(await evaluation(), '4');
    const form = { contract, revision: 1, ...CONTRACT, ...SIGNED };
    for (const change of [{ supplier: 'bleuet' }, { signedOn: '2025-12-10' }, { rcti: 'false' }])
      expect(await teams.refusedPress(alex, 'contracts.correct', { ...form, ...change })).toContain(
        'Une évaluation de ce contrat est déjà soumise',
      );
    const card = await teams.mustPress(alex, 'contracts.correction', { contract });
    expect(card.plain).toContain('Une évaluation de ce contrat est déjà soumise');
    await correct(contract, { title: 'Courriel et agenda', endsOn: '2028-12-01' });
    expect((await teams.services.contracts.find(contract, alex)).endsOn).toBe('2028-12-01');
  });

  test('a signed final evaluation settles the end too', async () => {
    const contract = await aContract(teams, { ...SIGNED, endsOn: '2026-12-15' });
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'final', on: day(0) });
    const form = { contract, revision: 2, ...CONTRACT, ...SIGNED, endsOn: '2026-12-16' };
    expect(await teams.refusedPress(alex, 'contracts.correct', form)).toContain(
      'L’évaluation de fin de contrat est déjà faite',
    );
  });
});

describe('at the end of a contract that is subject to the RCTI', () => {
  const ENDING = { signedOn: '2025-01-10', startsOn: '2025-01-15', endsOn: '2026-12-15' };

  test('its evaluation opens by itself, thirty days before the end', async () => {
    await aContract(teams, ENDING);
    await aContract(teams, { ...ENDING, rcti: 'false' });
    await tick();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    expect(rows.map(({ evaluation: { closesOn, final } }) => [closesOn, final])).toEqual([
      ['2026-12-15', true],
    ]);
    expect(teams.newest(alex).plain).toContain('Évaluer le fournisseur à la fin du contrat');
  });

  test('it stays open after the end, for as long as the campaign lasts', async () => {
    await aContract(teams, ENDING);
    await tick();
    teams.clock.advance({ days: 60 });
    const id = await evaluation();
    expect((await teams.mustPress(alex, 'evaluations.open', { evaluation: id })).plain).toContain(
      'Repère passé : 15 décembre 2026 ; la réponse est encore reçue.',
    );
    await submit(id, '4');
    expect(await answerRefused(id, 1, { revision: 3 })).toContain('Elle ne change plus.');
  });

  test('once the head has signed, the copy is due to the broker within five business days', async () => {
    const contract = await aContract(teams, ENDING);
    await tick();
    const id = await evaluation();
    const sign = { evaluation: id, signedOn: day(0) };
    expect(await teams.refusedPress(alex, 'evaluations.signed', sign)).toContain('introuvable');
    await submit(id, '4');
    const { plain } = await teams.mustPress(alex, 'evaluations.signed', sign);
    expect(plain).toContain('Signée par le dirigeant le 23 novembre 2026');
    expect(await traces(teams, 'evaluation.sign')).toBe(1);
    const { duties, done } = await teams.services.contracts.followed(contract, alex);
    expect(done.has('final')).toBe(true);
    expect(String(duties.find(({ id: duty }) => duty === 'finalCopy')?.due.on)).toBe('2026-11-30');
    expect(await teams.refusedPress(samuel, 'evaluations.signed', sign)).toContain('introuvable');
  });

  test('it is another one than the year’s', async () => {
    await aContract(teams, ENDING);
    await tick();
    const id = await campaign(20);
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ open: 1 });
  });
});

describe('a contract that staff set apart', () => {
  test('is told to those who follow it, with the reason; taken back, it is asked again, and they hear of it', async () => {
    await aContract(teams);
    const id = await campaign();
    const card = await teams.mustPress(diane, 'evaluations.exclude', {
      apart: await evaluation(),
      why: 'En litige',
    });
    expect(card.plain).toContain('Ceux qui le suivent en sont avisés.');
    await tick();
    expect(teams.newest(alex).plain).toContain('Le Courtier ne vous demande plus cette évaluation.');
    expect(teams.newest(alex).plain).toContain('Mise de côté par le Courtier : En litige');
    expect(teams.received(alex, 'reminders/day')).toHaveLength(1);
    await teams.mustClick(diane, card, 'Reprendre ce contrat');
    // Their card of that day is gone: they hear of it on the next one, beside what there is to do of it.
    expect((await run(2)).filter((line) => line.includes('Alex')).join()).toContain(
      'Le Courtier vous demande de nouveau cette évaluation.',
    );
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ open: 1, excluded: 0 });
  });

  test('is one of several, with one reason and one word to whoever follows them', async () => {
    for (const title of ['Premier', 'Deuxième', 'Troisième']) await aContract(teams, { title });
    const id = await campaign();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    const [first = '', second = '', third = ''] = rows.map(({ evaluation: each }) => each.id);
    await submit(third, '4');
    const apart = { apart: [first, second, third].join(','), why: 'En litige' };
    const card = await teams.mustPress(diane, 'evaluations.exclude', apart);
    expect(card.plain).toContain('2 contrats sont mis de côté.');
    expect((await teams.mustPress(diane, 'evaluations.exclude', apart)).plain).toContain(
      '2 contrats sont mis de côté.',
    );
    expect(await traces(teams, 'evaluation.exclude')).toBe(2);
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ excluded: 2, submitted: 1 });
    await tick();
    expect(teams.received(alex, 'reminders/day').at(-1)?.plain).toContain('2 nouvelles');
  });

  test('is neither set apart nor taken back once the campaign is over, whatever an old card offers', async () => {
    const contracts = [await aContract(teams), await aContract(teams, { title: 'Deuxième' })];
    const id = await campaign();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 5);
    const [first = '', second = ''] = rows.map(({ evaluation: each }) => each.id);
    expect(contracts).toHaveLength(2);
    const card = await teams.mustPress(diane, 'evaluations.exclude', { apart: first, why: 'En litige' });
    const { revision } = await teams.services.campaigns.findCampaign(id);
    await teams.mustPress(diane, 'evaluations.close', { campaign: id, revision });
    expect(await teams.refusedClick(diane, card, 'Reprendre ce contrat')).toContain('est terminée');
    expect(
      await teams.refusedPress(diane, 'evaluations.exclude', { apart: second, why: 'En litige' }),
    ).toContain('est terminée');
    expect(await teams.services.campaigns.participation(id)).toMatchObject({ excluded: 1, open: 1 });
  });

  test('is not taken back beside another evaluation of the same year', async () => {
    await aContract(teams);
    await campaign();
    const first = await evaluation();
    await teams.mustPress(diane, 'evaluations.exclude', { apart: first, why: 'En litige' });
    await campaign(20);
    expect(await teams.refusedPress(diane, 'evaluations.include', { evaluation: first })).toContain(
      'déjà évalué cette année',
    );
  });
});

describe('a contract that changed while the staff had set it apart', () => {
  async function apart(changes: object = SIGNED, kind = 'anniversary', length = 365) {
    const contract = await aContract(teams, changes);
    const id = await campaign(length, 0, kind);
    const known = await evaluation();
    await teams.mustPress(diane, 'evaluations.exclude', { apart: known, why: 'En litige' });
    return { contract, campaign: id, evaluation: known };
  }
  const correct = async (contract: string, changes: object) => {
    const form = { contract, revision: 1, ...CONTRACT, ...SIGNED, ...changes };
    await teams.mustPress(alex, 'contracts.correct', form);
    await tick();
  };
  const terminate = async (contract: string) => {
    await teams.mustPress(alex, 'contracts.terminate', {
      contract,
      ...TERMINATION,
      effectiveOn: '2026-11-30',
    });
    await tick();
  };
  const windows = async () =>
    (await teams.services.evaluations.evaluationsPage(alex, 1, 5)).rows.map(
      ({ evaluation: { year, opensOn, closesOn } }) => [year, opensOn, closesOn],
    );

  test('is asked about on its anniversary as corrected, once it is taken back', async () => {
    const held = await apart();
    await correct(held.contract, { signedOn: '2025-12-18' });
    const card = await teams.mustPress(diane, 'evaluations.include', { evaluation: held.evaluation });
    expect(card.plain).toContain('Ce contrat est repris.');
    expect(await windows()).toEqual([[2026, '2026-11-23', '2026-12-18']]);
  });

  test('is of the year of its anniversary as corrected, taken back with others', async () => {
    const held = await apart(SIGNED, 'anniversary', 60);
    await correct(held.contract, { signedOn: '2026-01-05' });
    const back = { campaign: held.campaign, back: held.evaluation };
    expect((await teams.mustPress(diane, 'evaluations.includeMany', back)).plain).toContain(
      '1 contrat est repris.',
    );
    teams.clock.advance({ days: 14 });
    expect(await windows()).toEqual([[2027, '2026-12-06', '2027-01-05']]);
  });

  test('and was terminated is not asked about, and it says so', async () => {
    const held = await apart({ ...SIGNED, rcti: 'false' });
    await terminate(held.contract);
    const card = await teams.mustPress(diane, 'evaluations.include', { evaluation: held.evaluation });
    expect(card.plain).toContain('il ne demande plus cette évaluation');
    expect(card.plain).toContain('Non demandée : Le contrat ne se termine plus à la même date.');
    expect(await windows()).toEqual([]);
    // It goes with its contract from now on.
    await teams.mustPress(alex, 'contracts.undoTermination', { contract: held.contract, revision: 1 });
    await tick();
    expect(await windows()).toEqual([[2026, '2026-11-23', '2026-12-20']]);
  });

  test('and was terminated is counted apart from those that are taken back with it', async () => {
    const held = await apart({ ...SIGNED, rcti: 'false' });
    await terminate(held.contract);
    const back = { campaign: held.campaign, back: held.evaluation };
    const card = await teams.mustPress(diane, 'evaluations.includeMany', back);
    expect(card.plain).toContain('0 contrat est repris. 1 autre ne demande plus cette évaluation');
    expect(await windows()).toEqual([]);
  });
});
