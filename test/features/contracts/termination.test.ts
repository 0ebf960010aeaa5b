import { beforeEach, describe, expect, test } from '@jest/globals';
import { page } from '../../../src/app/doors.ts';
import { aContract, TERMINATION } from '../../support/contracts.ts';
import { audited } from '../../support/drawn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, nadia } from '../../support/people.ts';
import { linesOf } from '../../support/recalls.ts';

// Guide 4.12: the letter and all that goes with it reach the broker as soon as the termination takes effect; what
// hangs on the end of the contract follows its real end.

const teams = fakeTeams();

let contract: string;
beforeEach(async () => {
  await people(teams);
  contract = await aContract(teams);
});

const terminate = (changes: object = {}, person = alex) =>
  teams.mustPress(person, 'contracts.terminate', { contract, ...TERMINATION, ...changes });
const duties = async () => {
  const { duties: all } = await teams.services.contracts.followed(contract, alex);
  return all.map(({ id, due }) => `${id} ${due.on}`);
};
/** The duties that somebody is reminded of, once. */
const reminded = async (): Promise<string[]> => {
  const before = teams.received(alex, 'reminders/day').length;
  await teams.runJobs();
  return teams
    .received(alex, 'reminders/day')
    .slice(before)
    .flatMap(linesOf)
    .filter((line) => !line.startsWith('evaluations:'));
};

describe('a termination', () => {
  test('says, before it is noted, what would follow', async () => {
    const card = await teams.mustPress(alex, 'contracts.termination', { contract });
    for (const words of ['Qui résilie le contrat', 'aussitôt la résiliation effective', 'Ce qui suit'])
      expect(card.plain).toContain(words);
    expect(card.buttonFor('contracts.terminate').title).toBe('Noter la résiliation');
  });

  test('is noted with its letter, who ends it and why; what follows is said with its dates', async () => {
    const { plain } = await terminate();
    for (const words of [
      'La résiliation est notée. Voici ce qui suit.',
      'Votre organisation',
      'Indisponibilité prolongée du service',
      'vont au Courtier, par courriel, aussitôt la résiliation effective, le 30 novembre 2026 (section 4.12)',
      'dernier trimestre compris (section 4.3)',
      'L’évaluation du rendement de fin de contrat vient maintenant',
      'jusqu’au 30 novembre 2033 (section 4.12)',
    ])
      expect(plain).toContain(words);
    expect(await audited(teams, 'contract.terminate')).toEqual(['contract.terminate']);
  });

  test('ends the contract on its date, for its card and for the list', async () => {
    await terminate();
    const { plain } = await teams.mustPress(nadia, 'contracts.open', { contract });
    expect(plain).toContain('le 30 novembre 2026 ; devait finir le 30 novembre 2028');
    expect((await teams.asks(nadia, 'contrats')).plain).toContain('Résilié le 30 novembre 2026');
  });

  test.each([
    [{ noticeOn: '2026-11-24' }, 'entre la signature du contrat et aujourd’hui'],
    [{ noticeOn: '2026-11-19' }, 'entre la signature du contrat et aujourd’hui'],
    [{ effectiveOn: '2026-11-22' }, 'prend effet le jour de la lettre ou de l’avis, ou plus tard'],
    [{ effectiveOn: '2028-12-01' }, 'se termine déjà le 30 novembre 2028'],
    [{ by: 'personne' }, 'Dites qui résilie le contrat'],
    [{ reason: '' }, 'Dites la raison'],
  ])('with %j is refused with a sentence, and nothing is kept', async (changes, words) => {
    const form = { contract, ...TERMINATION, ...changes };
    expect(await teams.refusedPress(alex, 'contracts.terminate', form)).toContain(words);
    expect(await teams.services.contracts.termination(contract, alex)).toBeUndefined();
  });
});

describe('what hangs on the end of the contract follows', () => {
  test('its duties: those without an object stop, those of the termination come', async () => {
    await terminate();
    expect(await duties()).toEqual([
      'exit 2026-11-23',
      'copy 2026-11-27',
      'final 2026-11-30',
      'termination:resiliation 2026-11-30',
      'publication 2026-12-05',
      'fees:2026-10-01 2027-01-15',
    ]);
    const { plain } = await teams.mustPress(alex, 'contracts.open', { contract });
    expect(plain).toContain('Transmettre au Courtier : lettre de résiliation et documents liés');
    expect(plain).toContain('Aussitôt la résiliation effective, le 30 novembre 2026 · Guide, section 4.12');
  });

  test('the reminder of its documents, at once, which says why they are asked for', async () => {
    expect(await reminded()).toEqual([]);
    await terminate({ effectiveOn: '2026-11-23' });
    expect(await reminded()).toEqual(['termination:resiliation']);
    expect(teams.newest(alex).plain).toContain('Aussitôt la résiliation effective');
  });

  test('a reminder that waits for a duty without an object is not sent', async () => {
    const ending = await aContract(teams, { endsOn: '2027-01-15', rcti: 'false' });
    // In the evening of the next day: what is due waits for the morning.
    teams.clock.advance({ days: 1, hours: 10 });
    await teams.services.gathering.gather();
    await teams.mustPress(alex, 'contracts.terminate', {
      ...TERMINATION,
      contract: ending,
      effectiveOn: '2026-11-23',
    });
    teams.clock.advance({ hours: 15 });
    expect(await reminded()).not.toContain('exit');
  });

  test('how long its documents are kept', async () => {
    await terminate();
    const { plain } = await teams.mustPress(alex, 'contracts.retention', { contract });
    expect(plain).toContain('Jusqu’au 30 novembre 2033');
    expect(plain).not.toContain('2035');
  });

  test('when it is forgotten: seven years after its real end', async () => {
    await terminate();
    teams.clock.advance({ years: 7, days: 39 });
    await teams.services.forgetting.forget();
    expect((await teams.services.contracts.page(alex, 1, 5)).total).toBe(0);
  });

  test('its calendar', async () => {
    await teams.press(alex, 'contracts.feed', { contract });
    const token = teams.lastCard().token();
    await terminate();
    const { body } = await page(token, undefined, teams.services);
    expect(String(body)).toContain('lettre de résiliation');
    expect(String(body)).not.toContain('(2027)');
  });

  test('its fees: what is paid afterwards for what was used is still asked for, and said on the card', async () => {
    await terminate({ effectiveOn: '2026-12-31' });
    expect((await duties()).filter((each) => each.startsWith('fees'))).toEqual([
      'fees:2026-10-01 2027-01-15',
      'fees:2027-01-01 2027-04-15',
    ]);
    teams.clock.advance({ days: 60 });
    const { plain } = await teams.mustPress(alex, 'contracts.addInvoice', {
      contract,
      paidOn: '2027-01-20',
      amount: '500',
      note: 'Décembre',
    });
    expect(plain).toContain('les frais de ce dernier trimestre, même partiel, restent dus');
    expect(plain).toContain('1er janvier au 31 mars 2027 500,00 $ payés, frais de gestion de 10,00 $');
  });

  test('its amendments: none is asked for any more, and one signed later is refused', async () => {
    await teams.mustPress(alex, 'contracts.amend', { contract, kind: 'quantities', text: '20 de plus' });
    const [amendment] = await teams.services.contracts.amendments(contract, alex);
    const data = { contract, amendment: amendment?.id };
    await teams.mustPress(alex, 'contracts.validateAmendment', {
      ...data,
      validatedOn: '2026-11-23',
      validatedBy: 'Diane Roy',
    });
    await terminate();
    expect(
      await teams.refusedPress(alex, 'contracts.amend', { contract, kind: 'offers', text: 'x' }),
    ).toContain('La résiliation de ce contrat est notée');
    teams.clock.advance({ days: 10 });
    expect(
      await teams.refusedPress(alex, 'contracts.signAmendment', { ...data, signedOn: '2026-12-01' }),
    ).toContain('Le contrat est résilié');
  });
});

describe('while it is a slip', () => {
  test('it is corrected by a colleague: all follows again', async () => {
    await terminate();
    const { plain } = await teams.mustPress(nadia, 'contracts.correctTermination', {
      contract,
      revision: 1,
      ...TERMINATION,
      effectiveOn: '2026-12-15',
    });
    expect(plain).toContain('C’est corrigé');
    expect(await duties()).toContain('termination:resiliation 2026-12-15');
  });

  test('it is undone, with a trace: the contract and its duties are as before', async () => {
    const before = await duties();
    await terminate();
    await teams.mustPress(nadia, 'contracts.undoTermination', { contract, revision: 1 });
    expect(await duties()).toEqual(before);
    expect(await audited(teams, 'contract.%ermination')).toEqual(['contract.undoTermination']);
  });

  test('of two who act on the same card, the second sees what stands now', async () => {
    await terminate();
    const change = { contract, revision: 1, ...TERMINATION };
    await teams.mustPress(nadia, 'contracts.correctTermination', { ...change, effectiveOn: '2026-12-15' });
    const { plain } = await teams.mustPress(alex, 'contracts.undoTermination', { contract, revision: 1 });
    expect(plain).toContain('Quelqu’un a changé cette résiliation entre-temps');
    expect((await teams.services.contracts.termination(contract, alex))?.effectiveOn).toBe('2026-12-15');
  });

  test('of two who note it, the second keeps what they typed', async () => {
    const form = await teams.mustPress(nadia, 'contracts.termination', { contract });
    await terminate();
    const reason = 'Le soutien ne répond plus.';
    const late = await teams.formBack(nadia, form, 'Noter la résiliation', { ...TERMINATION, reason });
    expect(late.plain).toContain('Quelqu’un a changé cette résiliation entre-temps');
    expect(late.plain).toContain(reason);
    expect((await teams.services.contracts.termination(contract, alex))?.reason).toBe(TERMINATION.reason);
  });

  test('of two who correct it, the second keeps what they typed', async () => {
    await terminate();
    const change = { contract, revision: 1, ...TERMINATION };
    await teams.mustPress(nadia, 'contracts.correctTermination', { ...change, effectiveOn: '2026-12-15' });
    const reason = 'Le soutien ne répond plus.';
    const late = await teams.sentBack(alex, 'contracts.correctTermination', { ...change, reason });
    expect(late.plain).toContain('Quelqu’un a changé cette résiliation entre-temps');
    expect(late.inputs).toContainEqual(expect.objectContaining({ id: 'reason', value: reason }));
  });

  test.each(['contracts.undoTermination', 'contracts.correctTermination'])(
    '%s is refused once its documents went to the broker, and possible again once they did not',
    async (verb) => {
      await terminate();
      const duty = { contract, duty: 'termination:resiliation' };
      await teams.mustPress(alex, 'contracts.done', { ...duty, on: '2026-11-23' });
      const change = { contract, revision: 1, ...TERMINATION, effectiveOn: '2026-12-15' };
      expect(await teams.refusedPress(alex, verb, change)).toContain('déjà noté comme fait');
      await teams.mustPress(alex, 'contracts.reopen', duty);
      await teams.mustPress(alex, verb, change);
    },
  );
});
