import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { readyToSign, signing } from '../../../support/article-48.ts';
import { audited } from '../../../support/drawn.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, kickoffOf, people, staffCard, visit } from '../../../support/kickoff.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';

const teams = fakeTeams();

beforeEach(() => people(teams));

/** A meeting of a file that Nadia shares, whose steps are confirmed up to one. */
async function upTo(last: number) {
  const file = await aFile(teams);
  await teams.services.files.share(alex, file, nadia);
  const { kickoff, token } = await booked(teams, file);
  await readyToSign(teams, { kickoff: kickoff.id, file }, last);
  await teams.runJobs();
  teams.posted.length = 0;
  return { file, id: kickoff.id, token };
}

const asked = (id: string, person = alex) => teams.mustPress(person, 'kickoff.askUndo', { kickoff: id });
const staffAsked = (id: string) => teams.mustPress(diane, 'kickoff.staffAskUndo', { kickoff: id });
const current = async (file: string) => {
  const { standing } = teams.services.kickoffs;
  const found = (await standing(await kickoffOf(teams, file))).find(({ state }) => state === 'current');
  return [found?.step.number, found?.waiting];
};
const history = async (file: string) =>
  (await teams.services.files.history(file)).map(({ sentence }) => sentence);

describe('a step that was confirmed by mistake', () => {
  test('is told to have a way back where it is confirmed, and has one on the card', async () => {
    const { id } = await upTo(4);
    const card = await teams.mustPress(alex, 'kickoff.status', { kickoff: id });
    expect(card.plain).not.toContain('ne se change plus');
    expect(card.plain).toContain('Une erreur se corrige ensuite par « Annuler une étape ».');
    expect((await teams.mustClick(alex, card, 'Annuler une étape')).template).toBe('kickoff/undo');
  });

  test('is asked about first, and is then to be done again', async () => {
    const { file, id } = await upTo(4);
    const card = await asked(id);
    expect(card.plain).toContain('Étape 4');
    expect(card.plain).toContain('Confirmée par Alex Gagnon le');
    expect(await current(file)).toEqual([5, ['client']]);
    const shown = await teams.mustClick(alex, card, 'Oui, annuler l’étape 4');
    expect(shown.template).toBe('kickoff/status');
    expect(shown.plain).toContain('L’étape 4 est annulée : elle est à faire de nouveau.');
    expect(await current(file)).toEqual([4, ['client']]);
    expect(await audited(teams, 'kickoff.undo%')).toEqual(['kickoff.undo4.client']);
    expect(await history(file)).toContainEqual(expect.stringContaining('Étape 4 annulée'));
  });

  test('takes what was confirmed after it along, and the question names each with who confirmed it', async () => {
    const { file, id } = await upTo(6);
    const card = await asked(id);
    expect(card.plain).toContain('Ce qui a été confirmé ensuite est à confirmer de nouveau :');
    expect(card.plain).toContain('• Étape 6 · Préparer le contrat : le Courtier, le 30 novembre 2026');
    expect(card.plain).toContain('• Étape 6 · Préparer le contrat : le fournisseur, le 30 novembre 2026');
    expect(card.plain).not.toContain('Diane');
    await teams.mustClick(alex, card, 'Oui, annuler l’étape 5');
    expect(await current(file)).toEqual([5, ['client']]);
    expect((await history(file))[0]).toContain('Avec elle, l’étape 6.');
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 5 });
    expect(await current(file)).toEqual([6, ['broker', 'supplier']]);
  });

  test('is told to the colleagues of the file and to the staff, not to whoever took it back', async () => {
    const { file, id } = await upTo(5);
    await teams.mustClick(alex, await asked(id), 'Oui, annuler l’étape 5');
    await teams.runJobs();
    expect(teams.newest(nadia, 'kickoff/status').plain).toContain(
      'L’étape 5 (Vérifier le fournisseur) est annulée',
    );
    expect(staffCard(teams).plain).toContain('L’étape 5 (Vérifier le fournisseur) est annulée');
    expect(teams.received(alex, 'kickoff/status')).toEqual([]);
    // Confirmed again, its turn comes again to those who wait.
    teams.posted.length = 0;
    await teams.mustPress(nadia, 'kickoff.confirm', { kickoff: id, step: 5 });
    await teams.runJobs();
    expect(staffCard(teams).plain).toContain('Une étape du contrat attend le Courtier ou le fournisseur.');
    expect(await current(file)).toEqual([6, ['broker', 'supplier']]);
  });

  test('of the meeting itself makes it booked again, and one is asked again whether it took place', async () => {
    const { file, id } = await upTo(4);
    const slot = (await kickoffOf(teams, file)).slotId;
    const card = await asked(id);
    expect(card.plain).toContain('La rencontre redevient « fixée »');
    const shown = await teams.mustClick(alex, card, 'Oui, annuler l’étape 3');
    expect(shown.offers('Oui, elle a eu lieu')).toBe(true);
    expect(await kickoffOf(teams, file)).toMatchObject({ state: 'booked', slotId: slot });
    await teams.mustClick(alex, shown, 'Oui, elle a eu lieu');
    expect(await current(file)).toEqual([4, ['client']]);
  });

  test('of the copy leaves the contract, whose duty is to be done again', async () => {
    const { file, id } = await upTo(10);
    await teams.mustPress(alex, 'kickoff.sign', signing(id, '2026-11-30'));
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 11 });
    expect((await kickoffOf(teams, file)).state).toBe('signed');
    const card = await asked(id);
    expect(card.plain).toContain('Transmettre au Courtier une copie du contrat signé » redevient à faire');
    await teams.mustClick(alex, card, 'Oui, annuler l’étape 11');
    expect((await kickoffOf(teams, file)).state).toBe('held');
    const contract = await teams.services.contracts.ofFile(file);
    const { done } = await teams.services.contracts.followed(contract?.id ?? '', alex);
    expect([...done.keys()]).toEqual([]);
    expect(await audited(teams, 'contract.reopenDuty')).toHaveLength(1);
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 11 });
    expect((await kickoffOf(teams, file)).state).toBe('signed');
  });

  test('leaves a duty that a colleague had noted before', async () => {
    const { file, id } = await upTo(10);
    await teams.mustPress(alex, 'kickoff.sign', signing(id, '2026-11-30'));
    const contract = (await teams.services.contracts.ofFile(file))?.id ?? '';
    await teams.mustPress(nadia, 'contracts.done', { contract, duty: 'copy', on: '2026-11-30' });
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 11 });
    const card = await asked(id);
    expect(card.plain).not.toContain('redevient à faire');
    await teams.mustClick(alex, card, 'Oui, annuler l’étape 11');
    const { done } = await teams.services.contracts.followed(contract, alex);
    expect([...done.keys()]).toEqual(['copy']);
  });
});

describe('what rests on a step keeps it', () => {
  test('the supplier’s signature keeps the client’s, and all before; the staff take theirs back first', async () => {
    const { file, id } = await upTo(9);
    const old = await asked(id);
    await teams.services.kickoffs.confirm('supplier', 'airelle inc.', id, 10);
    expect(await teams.refusedClick(alex, old, 'Oui, annuler l’étape 9')).toContain(
      'Le fournisseur a confirmé sa signature (étape 10)',
    );
    const now = await asked(id);
    expect(now.plain).toContain('Le fournisseur a confirmé sa signature (étape 10)');
    expect(now.offers('Oui, annuler l’étape 9')).toBe(false);
    await teams.mustClick(diane, await staffAsked(id), 'Oui, annuler l’étape 10');
    expect(await current(file)).toEqual([10, ['supplier']]);
    await teams.mustClick(alex, await asked(id), 'Oui, annuler l’étape 9');
    expect(await current(file)).toEqual([9, ['client']]);
  });

  test('a contract that is noted keeps all but the copy, for the staff too', async () => {
    const { id } = await upTo(10);
    const old = await staffAsked(id);
    await teams.mustPress(alex, 'kickoff.sign', signing(id, '2026-11-30'));
    expect(await teams.refusedClick(diane, old, 'Oui, annuler l’étape 10')).toContain(
      'Le client a noté le contrat signé',
    );
    expect((await asked(id)).plain).toContain('retirez-le d’abord (« Noté par erreur »)');
  });
});

test('of a contract that is noted, the way is told: once the copy is confirmed, its step comes first', async () => {
  const { file, id } = await upTo(10);
  await teams.mustPress(alex, 'kickoff.sign', signing(id, '2026-11-30'));
  expect((await asked(id)).plain).not.toContain('étape 11, puis');
  await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 11 });
  const card = await asked(id);
  expect(card.plain).toContain('annulez d’abord l’étape 11, puis ouvrez le contrat et retirez-le');
  expect((await staffAsked(id)).plain).toContain(
    'le client annule d’abord l’étape 11, puis retire le contrat',
  );
  // The way that is told is open.
  await teams.mustClick(alex, card, 'Oui, annuler l’étape 11');
  const { id: contract = '' } = (await teams.services.contracts.ofFile(file)) ?? {};
  expect(
    (await teams.mustPress(alex, 'contracts.open', { contract })).offers('Oui, retirer ce contrat'),
  ).toBe(true);
});

test('a meeting of a file that is archived is not booked again; the rest is taken back all the same', async () => {
  const { file, id } = await upTo(4);
  const [old, theirs] = [await asked(id), await staffAsked(id)];
  const { revision } = await teams.services.files.findFile(file, alex);
  await teams.mustPress(alex, 'acquisitions.archive', { file, revision, ended: 'abandoned', sure: 'yes' });
  expect((await teams.services.files.findFile(file, alex)).state).toBe('archived');
  expect(await teams.refusedClick(alex, old, 'Oui, annuler l’étape 3')).toContain(
    'Ce dossier est archivé : la rencontre ne redevient pas « fixée ».',
  );
  expect(await teams.refusedClick(diane, theirs, 'Oui, annuler l’étape 3')).toContain(
    'ou annulez la rencontre',
  );
  expect((await kickoffOf(teams, file)).state).toBe('held');
  const now = await asked(id);
  expect(now.offers('Oui, annuler l’étape 3')).toBe(false);
  expect(now.plain).toContain('Rouvrez-le d’abord');
  await teams.mustClick(alex, now, 'Oui, annuler l’étape 4');
  expect(await current(file)).toEqual([4, ['client']]);
});

describe('each side takes back its own', () => {
  test('a colleague of whoever follows the meeting is asked first, and takes the step back once that is meant', async () => {
    const { file, id } = await upTo(6);
    await giveRole(teams, samuel, 'staff');
    await teams.mustPress(samuel, 'kickoff.take', { kickoff: id, sure: 'yes' });
    const warned = await teams.formBack(diane, await staffAsked(id), 'Oui, annuler l’étape 6 du Courtier');
    expect(warned.template).toBe('kickoff/undo');
    expect(warned.plain).toContain('s’en occupe : rien n’est changé.');
    expect(await current(file)).toEqual([7, ['broker']]);
    await teams.mustClick(diane, warned, 'Oui, c’est bien cela');
    expect(await current(file)).toEqual([6, ['broker']]);
  });

  test('the staff take back theirs; of a step that two confirm, the other stays', async () => {
    const { file, id } = await upTo(7);
    const card = await staffAsked(id);
    expect(card.offers('Oui, annuler l’étape 4')).toBe(false);
    await teams.mustClick(diane, card, 'Oui, annuler l’étape 6 du Courtier');
    expect(await current(file)).toEqual([6, ['broker']]);
  });

  test('neither the part of another, nor a file of others, is reached', async () => {
    const { file, id } = await upTo(7);
    const { revision } = await kickoffOf(teams, file);
    const taken = { kickoff: id, revision };
    const staffPart = { ...taken, step: 7, party: 'broker' };
    const mine = { ...taken, step: 5, party: 'client' };
    expect((await teams.mustPress(alex, 'kickoff.undo', staffPart)).plain).toContain('a changé entre-temps');
    expect((await teams.mustPress(diane, 'kickoff.staffUndo', mine)).plain).toContain('a changé entre-temps');
    expect(
      await teams.reaches(samuel, [
        ['kickoff.askUndo', { kickoff: id }],
        ['kickoff.undo', mine],
      ]),
    ).toEqual([]);
    expect(
      await teams.reaches(alex, [
        ['kickoff.staffAskUndo', { kickoff: id }],
        ['kickoff.staffUndo', staffPart],
      ]),
    ).toEqual([]);
    expect(await current(file)).toEqual([8, ['client']]);
  });

  test('a step of somebody who left is taken back by a colleague, who reads no name', async () => {
    const { file, id } = await upTo(5);
    await teams.services.privacy.erase(alex, newId());
    const card = await asked(id, nadia);
    expect(card.plain).toContain('Confirmée par une personne partie le');
    await teams.mustClick(nadia, card, 'Oui, annuler l’étape 5');
    expect(await current(file)).toEqual([5, ['client']]);
  });

  test('the supplier’s page says whom to write to', async () => {
    const { id, token } = await upTo(5);
    const page = String((await visit(teams, token)).body);
    expect(page).not.toContain('ne se change plus');
    expect(page).toContain('écrivez au Courtier, qui peut l’annuler');
    await visit(teams, token, { what: 'confirm', step: '6' });
    await teams.mustClick(diane, await staffAsked(id), 'Oui, annuler l’étape 6 du fournisseur');
    expect(String((await visit(teams, token)).body)).toContain('Étape 6');
  });
});

test('the supplier’s page, sent again once its step was taken back, confirms nothing anew', async () => {
  const { file, id, token } = await upTo(5);
  const page = String((await visit(teams, token)).body);
  const form = {
    what: 'confirm',
    step: '6',
    revision: /name="revision" value="(\d+)"/.exec(page)?.[1] ?? '',
  };
  expect((await visit(teams, token, form)).status).toBe(200);
  // The same page, loaded again.
  expect((await visit(teams, token, form)).status).toBe(200);
  expect(await current(file)).toEqual([6, ['broker']]);
  await teams.mustClick(diane, await staffAsked(id), 'Oui, annuler l’étape 6 du fournisseur');
  const again = await visit(teams, token, form);
  expect(again.status).toBe(409);
  expect(String(again.body)).toContain('La page a changé entre-temps.');
  expect(await current(file)).toEqual([6, ['broker', 'supplier']]);
  // A page of the release before tells not what it saw.
  expect((await visit(teams, token, { what: 'confirm', step: '6' })).status).toBe(200);
});

describe('an old question', () => {
  test('after a colleague took the step back changes nothing, and shows where it is', async () => {
    const { file, id } = await upTo(5);
    const [mine, theirs] = [await asked(id), await asked(id, nadia)];
    await teams.mustClick(nadia, theirs, 'Oui, annuler l’étape 5');
    const shown = await teams.mustClick(alex, mine, 'Oui, annuler l’étape 4');
    expect(shown.plain).toContain('a changé entre-temps');
    expect(await current(file)).toEqual([5, ['client']]);
    expect(await audited(teams, 'kickoff.undo%')).toEqual(['kickoff.undo5.client']);
  });

  test('pressed again by the same person says the same; once it is confirmed anew, it takes nothing back', async () => {
    const { file, id } = await upTo(5);
    const card = await asked(id);
    const first = await teams.mustClick(alex, card, 'Oui, annuler l’étape 5');
    expect((await teams.mustClick(alex, card, 'Oui, annuler l’étape 5')).plain).toBe(first.plain);
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 5 });
    expect((await teams.mustClick(alex, card, 'Oui, annuler l’étape 5')).plain).toContain(
      'a changé entre-temps',
    );
    expect(await current(file)).toEqual([6, ['broker', 'supplier']]);
  });

  test('pressed again by whoever took it back, once the meeting is cancelled, says that it changed', async () => {
    const { file, id } = await upTo(5);
    const card = await asked(id);
    await teams.mustClick(alex, card, 'Oui, annuler l’étape 5');
    const { revision } = await kickoffOf(teams, file);
    await teams.mustPress(diane, 'kickoff.staffCancel', { kickoff: id, revision }, staffRoom);
    expect((await teams.mustClick(alex, card, 'Oui, annuler l’étape 5')).plain).toContain(
      'a changé entre-temps',
    );
  });

  test('pressed again once a colleague took back what was confirmed anew says that it changed', async () => {
    const { id } = await upTo(5);
    const card = await asked(id);
    await teams.mustClick(alex, card, 'Oui, annuler l’étape 5');
    await teams.mustPress(alex, 'kickoff.confirm', { kickoff: id, step: 5 });
    await teams.mustClick(nadia, await asked(id, nadia), 'Oui, annuler l’étape 5');
    expect((await teams.mustClick(alex, card, 'Oui, annuler l’étape 5')).plain).toContain(
      'a changé entre-temps',
    );
  });

  test('of a meeting that was cancelled meanwhile takes nothing back', async () => {
    const { file, id } = await upTo(5);
    const card = await asked(id);
    const { revision } = await kickoffOf(teams, file);
    await teams.mustPress(diane, 'kickoff.staffCancel', { kickoff: id, revision }, staffRoom);
    expect((await teams.mustClick(alex, card, 'Oui, annuler l’étape 5')).plain).toContain(
      'a changé entre-temps',
    );
    expect(await audited(teams, 'kickoff.undo%')).toEqual([]);
  });
});
