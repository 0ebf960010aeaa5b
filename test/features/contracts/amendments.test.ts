import { beforeEach, describe, expect, test } from '@jest/globals';
import { aContract, CONTRACT } from '../../support/contracts.ts';
import { audited } from '../../support/drawn.ts';
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

describe('what is typed beside the kind of change', () => {
  const now = () => teams.services.contracts.find(contract, alex);
  const signs = (its: object) =>
    teams.mustPress(alex, 'contracts.signAmendment', { ...its, signedOn: '2026-11-23' });

  test('a new amount and a new end are kept, whatever the kind, and hold once it is signed', async () => {
    const its = await aValidated({ kind: 'quantities', newEnd: '2029-10-31', newAmount: '12 000' });
    expect((await list()).plain).toContain('Nouvelle fin : 31 octobre 2029 · Nouveau montant : 12 000,00 $');
    await signs(its);
    expect(await now()).toMatchObject({ endsOn: '2029-10-31', amountCents: 1_200_000 });
  });

  test('an amendment of the end keeps the amount that comes with it', async () => {
    await signs(await aValidated({ kind: 'end', newEnd: '2029-10-31', newAmount: '12 000' }));
    expect(await now()).toMatchObject({ endsOn: '2029-10-31', amountCents: 1_200_000 });
  });

  test.each([
    ['2029-11-20', 'au plus tard le 19 novembre 2029'],
    ['2026-11-30', 'La nouvelle fin suit le début du contrat'],
  ])('an end on %s is refused beside its field, whatever the kind', async (newEnd, words) => {
    const typed = { contract, kind: 'amount', text: 'Plus', newAmount: '12 000', newEnd };
    expect((await teams.sentBack(alex, 'contracts.amend', typed)).plain).toContain(words);
    expect(await amendments()).toEqual([]);
  });

  test('an end that the dates of the contract do not allow any more is refused at the signature', async () => {
    const its = await aValidated({ kind: 'quantities', newEnd: '2029-11-18' });
    const moved = { ...CONTRACT, contract, revision: 1, signedOn: '2026-11-16' };
    await teams.mustPress(alex, 'contracts.correct', moved);
    const form = { ...its, signedOn: '2026-11-23' };
    expect((await teams.sentBack(alex, 'contracts.signAmendment', form)).plain).toContain('15 novembre 2029');
    expect((await now()).endsOn).toBe('2028-11-30');
  });
});

describe('a signature that was noted by mistake', () => {
  const END = { kind: 'end', newEnd: '2029-10-31' };
  const now = () => teams.services.contracts.find(contract, alex);
  const duties = async () => {
    const { duties: all } = await teams.services.contracts.followed(contract, alex);
    return all.map(({ id, due }) => `${id} ${due.on}`);
  };
  async function aSigned(wanted: object = END, signedOn = '2026-11-23') {
    const its = await aValidated(wanted);
    await teams.mustPress(alex, 'contracts.signAmendment', { ...its, signedOn });
    return its;
  }
  const CORRECTED = { signedOn: '2026-11-21', newEnd: '2029-09-30', newAmount: '12 000' };
  const corrects = async (changes: object = {}) =>
    teams.mustClick(nadia, await list(), 'Enregistrer la correction', { ...CORRECTED, ...changes });
  const unsigns = async () => teams.mustClick(nadia, await list(), 'Oui, retirer la signature');

  test('is corrected by a colleague: the end, the amount and the copy that is due follow', async () => {
    const { amendment } = await aSigned();
    const { plain } = await corrects();
    for (const words of ['C’est corrigé', 'Signé le 21 novembre 2026', 'Nouvelle fin : 30 septembre 2029'])
      expect(plain).toContain(words);
    expect(await now()).toMatchObject({ endsOn: '2029-09-30', amountCents: 1_200_000 });
    expect(await duties()).toContain(`amendment:${amendment} 2026-11-27`);
    expect(await audited(teams, 'contract.correctAmendment')).toHaveLength(1);
  });

  test('its form is filled in with what is noted', async () => {
    await aSigned({ ...END, newAmount: '12 000' });
    const shown = JSON.stringify((await list()).json);
    for (const value of ['2026-11-23', '2029-10-31', '12\u00a0000,00'])
      expect(shown).toContain(`"value":"${value}`);
  });

  test('is taken back, with a trace: the contract and its duties are as before, and it may be withdrawn', async () => {
    const before = await duties();
    await aSigned();
    const { plain } = await unsigns();
    expect(plain).toContain('La signature est retirée');
    expect(plain).toContain('Prêt à signer');
    expect(await duties()).toEqual(before);
    expect((await now()).endsOn).toBe('2028-11-30');
    expect(await audited(teams, 'contract.unsignAmendment')).toHaveLength(1);
    await teams.mustClick(nadia, await list(), 'Confirmer le retrait');
    expect(await amendments()).toEqual([]);
  });

  test.each([
    [{ signedOn: '2026-11-20' }, 'a été le 21 novembre 2026'],
    [{ signedOn: '2026-11-24' }, 'entre la signature du contrat et aujourd’hui'],
    [{ newEnd: '2029-11-20' }, 'au plus tard le 19 novembre 2029'],
    [{ newEnd: '' }, 'Choisissez la nouvelle date de fin'],
  ])('corrected with %j is refused with a sentence, and what was noted stays', async (changes, words) => {
    await aSigned();
    const typed = { ...CORRECTED, ...changes };
    const back = await teams.formBack(nadia, await list(), 'Enregistrer la correction', typed);
    expect(back.plain).toContain(words);
    expect(await amendments()).toMatchObject([{ signedOn: '2026-11-23', newEnd: '2029-10-31' }]);
  });

  test.each([
    ['Enregistrer la correction', CORRECTED],
    ['Oui, retirer la signature', {}],
  ])('« %s » on a card from before a colleague’s correction changes nothing', async (title, typed) => {
    await aSigned();
    const old = await list();
    await corrects({ signedOn: '2026-11-22' });
    const late = await teams.click(nadia, old, title, typed);
    expect((late.form ?? late.card)?.plain).toContain('a changé entre-temps');
    expect(await amendments()).toMatchObject([{ signedOn: '2026-11-22' }]);
  });

  test.each(['Enregistrer la correction', 'Oui, retirer la signature'])(
    '« %s » is refused once its copy went to the broker, and possible again once it did not',
    async (title) => {
      const { amendment } = await aSigned();
      const duty = { contract, duty: `amendment:${amendment}` };
      await teams.mustPress(alex, 'contracts.done', { ...duty, on: '2026-11-23' });
      const old = await list();
      expect(await teams.refusedClick(nadia, old, title, CORRECTED)).toContain('déjà notée comme transmise');
      await teams.mustPress(alex, 'contracts.reopen', duty);
      await teams.mustClick(nadia, old, title, CORRECTED);
    },
  );

  test('is not touched once the final evaluation is signed', async () => {
    await aSigned();
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'final', on: '2026-11-23' });
    const refusal = await teams.refusedClick(nadia, await list(), 'Oui, retirer la signature');
    expect(refusal).toContain('L’évaluation de fin de contrat est signée');
  });

  test('stays where the contract would end before the day of its termination', async () => {
    await aSigned({ ...END }, '2026-11-22');
    const end = { noticeOn: '2026-11-23', effectiveOn: '2029-10-01', by: 'client', reason: 'Fini' };
    await teams.mustPress(alex, 'contracts.terminate', { contract, ...end });
    const card = await list();
    expect(await teams.refusedClick(nadia, card, 'Oui, retirer la signature')).toContain(
      'La résiliation notée',
    );
    const sooner = await teams.formBack(nadia, card, 'Enregistrer la correction', CORRECTED);
    expect(sooner.plain).toContain('La résiliation notée');
    expect((await now()).termEndsOn).toBe('2029-10-31');
  });
});
