import { beforeEach, describe, expect, test } from '@jest/globals';
import { EVERY_CONTRACT } from '../../../src/features/contracts/overseeing/rules/filter.ts';
import { readyToSign, republished, signing } from '../../support/article-48.ts';
import { aContract, CONTRACT, TERMINATION } from '../../support/contracts.ts';
import { audited } from '../../support/drawn.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, people } from '../../support/kickoff.ts';
import { admin, alex, diane, foreigner, nadia, samuel } from '../../support/people.ts';
import { recalling } from '../../support/recalls.ts';

// What was noted of a contract is put right by those who see it, and all that follows from it is drawn anew.

const teams = fakeTeams();
const { run } = recalling(teams);

let contract: string;
beforeEach(async () => {
  await people(teams);
  contract = await aContract(teams);
});

const sent = (changes: object = {}, revision = 1) => ({ contract, revision, ...CONTRACT, ...changes });
const correct = (changes: object = {}, person = alex, revision = 1) =>
  teams.mustPress(person, 'contracts.correct', sent(changes, revision));
const refused = (changes: object, person = alex) =>
  teams.refusedPress(person, 'contracts.correct', sent(changes));
const form = (person = alex) => teams.mustPress(person, 'contracts.correction', { contract });
const now = () => teams.services.contracts.find(contract, alex);
const duties = async () =>
  (await teams.services.contracts.followed(contract, alex)).duties.map(({ id, due }) => `${id} ${due.on}`);

describe('the form', () => {
  test('opens from the card of the contract, filled in with what was noted, and says what follows', async () => {
    const card = await teams.mustPress(alex, 'contracts.open', { contract });
    const shown = await teams.mustClick(alex, card, 'Corriger');
    expect(Object.fromEntries(shown.inputs.map(({ id, value }) => [id, value]))).toEqual({
      ...CONTRACT,
      amount: '9\u00a0600,00',
    });
    for (const words of ['les rappels et l’agenda de toutes les personnes', 'le registre du Courtier'])
      expect(shown.plain).toContain(words);
  });

  test('holds a supplier that left the Catalogue, and keeps it', async () => {
    await teams.db.execute(
      "update contracts set supplier_id = 'parti', supplier_name = 'Parti inc.'" as never,
    );
    expect((await form()).valueOf('supplier')).toBe('parti');
    await correct({ supplier: 'parti', title: 'Autre nom' });
    expect(await now()).toMatchObject({ supplierName: 'Parti inc.', title: 'Autre nom' });
  });
});

describe('what was noted is corrected', () => {
  test('by who noted it, with a trace: the card says what it asks now', async () => {
    const { plain } = await correct({ title: 'Courriel', supplier: 'bleuet', amount: '96 000,00 $' });
    for (const words of ['C’est corrigé.', 'Courriel', 'bleuet inc.', 'Montant 96 000,00 $'])
      expect(plain).toContain(words);
    expect(await audited(teams, 'contract.%')).toEqual(['contract.create', 'contract.correct']);
  });

  test('by a colleague who shares it', async () => {
    await correct({ amount: '96 000,00 $' }, nadia);
    expect((await now()).amountCents).toBe(9_600_000);
  });

  test('by nobody else: for them it does not exist', async () => {
    for (const person of [samuel, foreigner, diane, admin]) {
      expect(await refused({ amount: '1,00 $' }, person)).toContain('introuvable');
      expect(await teams.refusedPress(person, 'contracts.correction', { contract })).toContain('introuvable');
    }
    expect((await now()).revision).toBe(1);
  });

  test('in the register of the staff too', async () => {
    await correct({ title: 'Courriel', supplier: 'bleuet', amount: '96 000,00 $' });
    const card = await teams.asks(diane, 'registre des contrats');
    expect(card.plain).toContain('1 contrat, 96 000,00 $');
    expect(card.plain).toContain('bleuet inc.');
    const { items } = await teams.services.contracts.register(
      { ...EVERY_CONTRACT, supplier: 'bleuet' },
      1,
      5,
    );
    expect(items.map(({ contract: row }) => row.title)).toEqual(['Courriel']);
  });

  test('the same words again write nothing', async () => {
    await correct({ amount: '9600' });
    expect((await now()).revision).toBe(1);
    expect(await audited(teams, 'contract.correct')).toEqual([]);
  });

  test('of two at once, the second keeps what they typed beside what is noted now', async () => {
    await correct({ amount: '96 000,00 $' }, nadia);
    const late = await teams.sentBack(alex, 'contracts.correct', sent({ title: 'Autre nom' }));
    expect(late.plain).toContain('Quelqu’un a changé ce contrat entre-temps : rien n’est enregistré.');
    expect(late.plain).toContain('Montant 96 000,00 $');
    expect(late.valueOf('title')).toBe('Autre nom');
    expect(await now()).toMatchObject({ title: CONTRACT.title, amountCents: 9_600_000 });
    await teams.mustClick(alex, late, 'Enregistrer la correction', {
      ...CONTRACT,
      amount: '96 000,00 $',
      title: 'Autre nom',
    });
    expect(await now()).toMatchObject({ title: 'Autre nom', amountCents: 9_600_000 });
  });

  test('from a card drawn before an amendment was signed, nothing is overwritten', async () => {
    await amended({ kind: 'amount', newAmount: '12 000' });
    expect(await refused({ amount: '96 000,00 $' })).toContain('entre-temps');
  });
});

describe('what follows from it', () => {
  test('its duties are dated anew, its reminders with them', async () => {
    await correct({ signedOn: '2026-11-16', startsOn: '2026-11-16', endsOn: '2028-11-15' });
    expect(await duties()).toContain('copy 2026-11-23');
    expect((await run(4)).slice(0, 1)).toEqual(['2026-11-24 copy']);
  });

  test('what it does not ask any more is not recalled', async () => {
    await correct({ rcti: 'false' });
    expect((await duties()).join()).not.toMatch(/publication|final/);
    expect((await run(20)).join()).not.toContain('publication');
  });

  test('a year too late, what it asked for already is asked, not recalled', async () => {
    const card = await correct({ signedOn: '2025-11-20', startsOn: '2025-12-01', endsOn: '2027-11-30' });
    expect(card.template).toBe('contracts/entry');
    expect(card.plain).toContain('À ces dates, le contrat vous demandait déjà ceci');
    expect((await run(3)).join()).not.toContain('copy');
  });

  test('what is done stays done', async () => {
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
    await correct({ signedOn: '2026-11-19', startsOn: '2026-11-19', endsOn: '2028-11-18' });
    const { done } = await teams.services.contracts.followed(contract, alex);
    expect([...done.keys()]).toEqual(['copy']);
  });
});

/** An amendment that is in force. */
async function amended(wanted: object) {
  await teams.mustPress(alex, 'contracts.amend', { contract, text: 'Un changement', ...wanted });
  const [amendment] = await teams.services.contracts.amendments(contract, alex);
  const held = { contract, amendment: amendment?.id };
  const validation = { validatedOn: '2026-11-23', validatedBy: 'Diane Roy' };
  await teams.mustPress(alex, 'contracts.validateAmendment', { ...held, ...validation });
  await teams.mustPress(alex, 'contracts.signAmendment', { ...held, signedOn: '2026-11-23' });
}

describe('is refused, with the form as it was typed', () => {
  test.each([
    [{ title: '' }, 'Donnez un nom au contrat.'],
    [{ title: 'x'.repeat(121) }, 'Donnez au contrat un nom d’au plus 120 caractères.'],
    [{ supplier: 'inconnu' }, 'Choisissez un fournisseur du Catalogue.'],
    [{ amount: 'beaucoup' }, 'Écrivez le montant en dollars'],
    [{ signedOn: '2026-11-24', startsOn: '2026-12-01' }, 'La signature a déjà eu lieu'],
    [{ startsOn: '2026-11-19' }, 'rien ne commence avant elle'],
    [{ endsOn: '2026-11-30' }, 'La fin du contrat suit son début.'],
    [{ endsOn: '2029-11-20' }, 'Un contrat dure au plus'],
    [{ rcti: 'peut-être' }, 'Dites si le RCTI s’applique.'],
  ])('%j', async (changes, words) => {
    const back = await teams.sentBack(alex, 'contracts.correct', sent({ offers: 'Autre chose', ...changes }));
    expect(back.plain).toContain(words);
    expect(back.valueOf('offers')).toBe('Autre chose');
    expect((await now()).revision).toBe(1);
  });

  test('a signature after what was already noted of the contract', async () => {
    await teams.mustPress(alex, 'contracts.addInvoice', { contract, paidOn: '2026-11-21', amount: '1' });
    expect(await refused({ signedOn: '2026-11-22' })).toContain(
      'commence le 21 novembre 2026 : il a été signé ce jour-là au plus tard',
    );
    await correct({ signedOn: '2026-11-21' });
  });

  test('an end before the termination that is noted, and a signature after its letter', async () => {
    await teams.mustPress(alex, 'contracts.terminate', {
      contract,
      ...TERMINATION,
      effectiveOn: '2027-01-15',
    });
    const held = (changes: object) => teams.refusedPress(alex, 'contracts.correct', sent(changes, 2));
    expect(await held({ endsOn: '2027-01-14' })).toContain(
      'La résiliation notée prend effet le 15 janvier 2027',
    );
    expect((await form()).plain).toContain('La résiliation notée, le 15 janvier 2027, reste telle quelle.');
    await correct({ endsOn: '2027-12-31' }, alex, 2);
    expect(await now()).toMatchObject({ endsOn: '2027-01-15', termEndsOn: '2027-12-31' });
  });

  test('dates that the end of a signed amendment would not fit', async () => {
    await amended({ kind: 'end', newEnd: '2029-11-15' });
    const shown = await form();
    expect(shown.plain).toContain('Un avenant signé porte la fin au 15 novembre 2029 : il reste tel quel.');
    expect(shown.valueOf('endsOn')).toBe('2028-11-30');
    const back = await teams.sentBack(alex, 'contracts.correct', sent({ signedOn: '2026-11-10' }, 2));
    expect(back.plain).toContain(
      'Un avenant signé porte la fin au 15 novembre 2029. Un contrat dure au plus',
    );
    await correct({ endsOn: '2028-10-31' }, alex, 2);
    expect((await now()).endsOn).toBe('2029-11-15');
  });

  describe('of a file', () => {
    beforeEach(async () => {
      const file = await aFile(teams);
      const { kickoff } = await readyToSign(teams, { kickoff: (await booked(teams, file)).kickoff.id, file });
      await republished(teams, 'bleuet', '2.00');
      await teams.mustPress(alex, 'kickoff.sign', signing(kickoff, '2026-11-30'));
      contract = (await teams.services.contracts.ofFile(file))?.id ?? '';
    });
    const DATES = { signedOn: '2026-11-30', startsOn: '2026-12-09', endsOn: '2028-11-29' };

    test('another supplier than the one that was chosen there', async () => {
      expect(await refused({ ...DATES, supplier: 'bleuet' })).toContain(
        'son fournisseur est celui qui y a été choisi',
      );
      await correct({ ...DATES, amount: '96 000,00 $' });
      expect((await now()).amountCents).toBe(9_600_000);
    });

    test('a signature on a day when article 48 asked for an authorization that was not given', async () => {
      expect(await refused({ ...DATES, signedOn: '2026-12-08' })).toContain(
        'l’autorisation du dirigeant s’obtient avant la signature',
      );
      await correct({ ...DATES, signedOn: '2026-11-27' });
    });
  });
});
