import { beforeEach, describe, expect, test } from '@jest/globals';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, nadia } from '../../support/people.ts';

// Guide 4.4, 4.12: of two colleagues who note what became of an amendment, each is told what is noted.

const teams = fakeTeams();

let contract: string;
beforeEach(async () => {
  await people(teams);
  contract = await aContract(teams);
});

/** The amendments, the newest first. */
const amendments = () => teams.services.contracts.amendments(contract, alex);
const list = () => teams.mustPress(nadia, 'contracts.amendments', { contract });
const VALIDATION = { validatedOn: '2026-11-21', validatedBy: 'Diane Roy' };

/** An amendment that is to be asked for; what its buttons send. */
async function anAmendment(wanted: object = {}) {
  await teams.mustPress(alex, 'contracts.amend', { contract, kind: 'quantities', text: 'Plus', ...wanted });
  const [newest] = await amendments();
  return { contract, amendment: newest?.id ?? '' };
}

async function aValidated(wanted: object = {}) {
  const its = await anAmendment(wanted);
  await teams.mustPress(alex, 'contracts.validateAmendment', { ...its, ...VALIDATION });
  return its;
}

describe('from a card that a colleague left behind', () => {
  const CHANGED = 'Cet avenant a changé entre-temps : rien n’est enregistré.';

  test.each([
    ['Noter la demande', { askedOn: '2026-11-22' }, anAmendment],
    ['Noter la validation', { ...VALIDATION }, anAmendment],
    ['Noter la signature', { signedOn: '2026-11-23' }, aValidated],
  ])(
    '« %s » of an amendment that was withdrawn says so, and that nothing is noted',
    async (title, typed, made) => {
      const its = await made();
      const old = await list();
      const [row] = await amendments();
      const seen = `${row?.askedOn ?? ''}/${row?.validatedOn ?? ''}`;
      await teams.mustPress(alex, 'contracts.dropAmendment', { ...its, seen });
      expect((await teams.formBack(nadia, old, title, typed)).plain).toContain(CHANGED);
      expect(await amendments()).toEqual([]);
    },
  );

  test('the signature that is noted stays, and another day is not said to be in force', async () => {
    const its = await aValidated();
    const old = await list();
    await teams.mustPress(alex, 'contracts.signAmendment', { ...its, signedOn: '2026-11-22' });
    const late = await teams.formBack(nadia, old, 'Noter la signature', { signedOn: '2026-11-23' });
    expect(late.plain).toContain(CHANGED);
    expect(late.plain).toContain('Signé le 22 novembre 2026');
    expect(late.plain).not.toContain('est en vigueur');
    expect(await amendments()).toMatchObject([{ signedOn: '2026-11-22' }]);
  });

  test('the validation that is noted stays: its day and who gave it', async () => {
    const its = await anAmendment();
    const old = await list();
    await teams.mustPress(alex, 'contracts.validateAmendment', { ...its, ...VALIDATION });
    const typed = { validatedOn: '2026-11-23', validatedBy: 'Quelqu’un d’autre' };
    expect((await teams.formBack(nadia, old, 'Noter la validation', typed)).plain).toContain(CHANGED);
    expect(await amendments()).toMatchObject([VALIDATION]);
  });

  test('the request that is noted stays: its day and who made it', async () => {
    const its = await anAmendment();
    const old = await list();
    await teams.mustPress(alex, 'contracts.askAmendment', { ...its, askedOn: '2026-11-21' });
    const late = await teams.formBack(nadia, old, 'Noter la demande', { askedOn: '2026-11-23' });
    expect(late.plain).toContain(CHANGED);
    expect(await amendments()).toMatchObject([{ askedOn: '2026-11-21', askedBy: alex.name }]);
  });

  test('a request is not noted for what was validated meanwhile', async () => {
    const its = await anAmendment();
    const old = await list();
    await teams.mustPress(alex, 'contracts.validateAmendment', { ...its, ...VALIDATION });
    const late = await teams.formBack(nadia, old, 'Noter la demande', { askedOn: '2026-11-23' });
    expect(late.plain).toContain(CHANGED);
    expect(await amendments()).toMatchObject([{ askedOn: null }]);
  });

  test('the same words as those that are noted are no change: they are said to be noted', async () => {
    const its = await aValidated();
    const old = await list();
    await teams.mustPress(alex, 'contracts.signAmendment', { ...its, signedOn: '2026-11-22' });
    const again = await teams.mustClick(nadia, old, 'Noter la signature', { signedOn: '2026-11-22' });
    expect(again.plain).toContain('est en vigueur');
  });
});
