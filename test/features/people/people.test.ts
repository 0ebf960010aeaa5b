import { expect, test } from '@jest/globals';
import { download } from '../../../src/app/doors.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole, MINISTRY, staffed } from '../../support/organization.ts';
import { admin, alex, channel, diane, foreigner, nadia, samuel, staffRoom } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams();

const declare = async (person = alex, other = MINISTRY) =>
  teams.mustClick(person, await teams.asks(person, 'mon organisation'), 'Enregistrer', { other });
const withStaff = () => staffed(teams, diane);

test('a membership waits for the staff, whose channel is told', async () => {
  await withStaff();
  const card = await declare();
  expect(card.words).toContain('En attente de confirmation');
  await teams.runJobs();
  expect(teams.newest(staffRoom).template).toBe('people/memberships');
});

test('staff confirm a membership, and the person learns it', async () => {
  await withStaff();
  await teams.install(alex);
  await declare();
  await teams.click(diane, await teams.asks(diane, 'adhésions', staffRoom), 'Confirmer', {}, staffRoom);
  await teams.runJobs();
  expect(await teams.services.organizations.findMembership(alex)).toMatchObject({
    organization: MINISTRY,
    state: 'confirmed',
  });
  expect(teams.newest(alex).template).toBe('people/organization');
});

test('once a tenant is mapped to a body, its people need nobody', async () => {
  await withStaff();
  await declare();
  await teams.click(
    diane,
    await teams.asks(diane, 'adhésions', staffRoom),
    'Oui, associer le locataire',
    {},
    staffRoom,
  );
  await declare(nadia, 'ministere de l energie');
  expect(await teams.services.organizations.findMembership(nadia)).toMatchObject({
    organization: MINISTRY,
    state: 'confirmed',
  });
});

test('in a mapped tenant, another body still waits for the staff', async () => {
  await withStaff();
  await declare();
  await teams.click(
    diane,
    await teams.asks(diane, 'adhésions', staffRoom),
    'Oui, associer le locataire',
    {},
    staffRoom,
  );
  await declare(nadia, 'Ministère de la Culture');
  expect(await teams.services.organizations.findMembership(nadia)).toMatchObject({ state: 'pending' });
});

test('an administrator dissociates a tenant, and its next people wait again', async () => {
  await withStaff();
  await declare();
  await teams.click(
    diane,
    await teams.asks(diane, 'adhésions', staffRoom),
    'Oui, associer le locataire',
    {},
    staffRoom,
  );
  const card = await teams.mustClick(admin, await teams.asks(admin, 'locataires'), 'Oui, dissocier');
  expect(card.words).toContain('Aucune organisation associée');
  await declare(nadia);
  expect(await teams.services.organizations.findMembership(nadia)).toMatchObject({ state: 'pending' });
});

test('two staff members who decide at once decide once', async () => {
  await withStaff();
  await declare();
  const card = await teams.asks(diane, 'adhésions', staffRoom);
  const outcomes = await Promise.all([
    teams.click(diane, card, 'Confirmer', {}, staffRoom),
    teams.click(diane, card, 'Oui, refuser', {}, staffRoom),
  ]);
  expect(outcomes.filter(({ card: after }) => after?.words.includes('déjà été traitée'))).toHaveLength(1);
});

test.each([
  ['absent', {}],
  ['too short', { other: 'X' }],
  ['only signs', { other: '!!! ---' }],
  ['too long', { other: 'M'.repeat(121) }],
])('a name that is %s is refused with a sentence', async (_what, inputs) => {
  const word = await teams.refusedClick(
    alex,
    await teams.asks(alex, 'mon organisation'),
    'Enregistrer',
    inputs,
  );
  expect(word).toContain('3 à 120 caractères');
});

test('requests are listed five a page', async () => {
  await withStaff();
  for (let n = 0; n < 6; n++) {
    teams.clock.advance({ minutes: 1 });
    await declare({ ...alex, objectId: `cccccccc-0000-4000-8000-00000000000${n}` }, `Organisme numéro ${n}`);
  }
  await teams.says(diane, 'adhésions', staffRoom);
  expect(teams.lastCard().words).toContain('Page 1 de 2');
  const card = await teams.mustClick(diane, teams.lastCard(), 'Suivante', {}, staffRoom);
  expect(card.words).toContain('Organisme numéro 5');
});

test('the administrators of the configuration need no row, and nobody else is one', async () => {
  expect(await teams.services.people.roleOf(admin)).toBe('admin');
  expect(await teams.services.people.roleOf(alex)).toBe('client');
  expect(await teams.services.people.may(diane, 'staff')).toBe(false);
});

test('a role in one tenant is no role in another', async () => {
  await giveRole(teams, alex, 'admin');
  expect(await teams.services.people.may(foreigner, 'staff')).toBe(false);
});

test('an administrator gives a role to a member of the conversation, and it is written down', async () => {
  await staffed(teams);
  teams.setRoster([samuel, diane]);
  const card = await teams.mustClick(
    admin,
    await teams.asks(admin, 'équipe', staffRoom),
    'Changer le rôle',
    { member: samuel.objectId, role: 'staff' },
    staffRoom,
  );
  expect(card.words).toContain('Le rôle est changé');
  expect(await teams.services.people.may(samuel, 'staff')).toBe(true);
  expect(await teams.services.audit.auditOf(admin)).toMatchObject([
    { action: 'role.staff', object: samuel.objectId },
    { action: 'staffChannel.designate' },
  ]);
});

test('somebody who is no member of the conversation gets no role', async () => {
  await staffed(teams);
  teams.setRoster([diane]);
  const word = await teams.refusedClick(
    admin,
    await teams.asks(admin, 'équipe', staffRoom),
    'Changer le rôle',
    { member: nadia.objectId, role: 'admin' },
    staffRoom,
  );
  expect(word).toContain('n’est pas membre');
  expect(await teams.services.people.may(nadia, 'staff')).toBe(false);
});

test.each(['people.changeRole', 'people.unmap'])(
  'staff cannot press %s, which is for administrators',
  async (verb) => {
    await withStaff();
    teams.setRoster([nadia]);
    const data =
      verb === 'people.changeRole' ? { member: nadia.objectId, role: 'admin' } : { tenant: alex.tenantId };
    expect(await teams.refusedPress(diane, verb, data, staffRoom)).toContain('introuvable');
  },
);

test('a client who types an administrator’s command changes nothing', async () => {
  await teams.install(channel);
  await teams.says(alex, 'désigner ce canal', channel);
  expect(await teams.services.staffChannel.findStaffChannel()).toBeUndefined();
});

const tokenOf = (card: ShownCard, title: string) => card.button(title).url?.split('/').at(-1) ?? '';

test('« mes données » says what is kept: how much, why, until when, and what erasing does', async () => {
  await teams.asks(alex, 'Quelle est la durée maximale d’un contrat ?');
  await teams.asks(alex, 'Peut-on faire un essai gratuit ?');
  const { plain } = await teams.asks(alex, 'mes données');
  expect(plain).toContain('2 questions posées');
  expect(plain).toMatch(/Gardé .*après/);
  expect(plain).toContain('Effacé sur demande');
  expect(plain).toContain('Qui peut les voir');
  expect((await teams.asks(samuel, 'mes données')).plain).not.toContain('questions posées');
});

test('« mes données » gives one’s own data behind a link, and nobody else’s', async () => {
  await declare();
  await teams.says(alex, 'Quels documents faut-il conserver ?');
  await teams.says(nadia, 'Une question secrète de Nadia ?');
  const card = await teams.mustClick(alex, await teams.asks(alex, 'mes données'), 'Télécharger mes données');
  const { body } = await download(tokenOf(card, 'JSON'), teams.services);
  expect(body).toContain('conserver');
  expect(body).toContain(MINISTRY);
  expect(body).not.toContain('Nadia');
});

test('a link dies after fifteen minutes, with the same sentence as one that never was', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, 'mes données'), 'Télécharger mes données');
  teams.clock.advance({ minutes: 16 });
  const sentence = 'Ce lien n’est plus valide';
  for (const token of [card.token(), 'invented'])
    await expect(download(token, teams.services)).rejects.toThrow(sentence);
});

test('data are deleted only after a confirmation, and then entirely', async () => {
  await teams.install(alex);
  await declare();
  await teams.says(alex, 'Quels documents faut-il conserver ?');
  const confirm = await teams.mustClick(alex, await teams.asks(alex, 'mes données'), 'Supprimer mes données');
  expect(await teams.services.organizations.findMembership(alex)).toBeDefined();
  const card = await teams.mustClick(alex, confirm, 'Supprimer définitivement');
  expect(card.words).toContain('supprimé');
  expect(await teams.services.organizations.findMembership(alex)).toBeUndefined();
  expect(await teams.services.people.findPerson(alex)).toBeUndefined();
  expect(await teams.services.conversations.personal(alex)).toBeUndefined();
  expect(await teams.services.knowledge.questions.heldOf(alex)).toEqual([]);
});

test('a deletion can be cancelled', async () => {
  const card = await teams.mustClick(alex, await teams.asks(alex, 'mes données'), 'Supprimer mes données');
  expect((await teams.mustClick(alex, card, 'Annuler')).template).toBe('people/my-data');
});

test('« mes données » stays in the personal chat', async () => {
  expect((await teams.asks(alex, 'mes données', channel)).plain).toContain('conversation personnelle');
  for (const verb of ['people.exportData', 'people.askErase', 'people.eraseData']) {
    expect(await teams.refusedPress(alex, verb, {}, channel)).toContain('conversation personnelle');
  }
});

test('the trail cannot be changed', async () => {
  await teams.says(admin, 'désigner ce canal', staffRoom);
  const refusal = { cause: { message: 'the audit trail is append-only' } };
  await expect(teams.db.execute("update audit set action = 'nothing'")).rejects.toMatchObject(refusal);
  await expect(teams.db.execute('delete from audit')).rejects.toMatchObject(refusal);
});
