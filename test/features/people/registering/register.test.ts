import { expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import { newId } from '../../../../src/core/id.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues, giveRole, staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, strangers } from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';
import { traces } from '../../../support/together.ts';

const teams = fakeTeams({ shortGuide: true });
const TENANT = '11111111-2222-4333-8444-555555555555';
const HEAD = 'Nom;Autres noms;Genre;RCTI;Locataires;Contacts';

const drop = async (lines: readonly string[], name = 'organismes.csv') => {
  await teams.drops(diane, { [name]: [HEAD, ...lines].join('\r\n') });
  return teams.lastCard();
};
const imports = async (...lines: readonly string[]) =>
  teams.mustClick(diane, await drop(lines), 'Écrire au registre');
const register = (search = '') => teams.services.organizations.bodiesPage(search, 1);
const named = async (name: string) => {
  const body = await teams.services.organizations.bodyNamed(name);
  if (!body) throw new Error(`no body ${name}`);
  return teams.services.organizations.body(body.id);
};

test('a register is shown with what it would do, and nothing is written before it is confirmed', async () => {
  await giveRole(teams, diane, 'staff');
  const card = await drop([
    `Ville de Matane;VDM;municipal;non;${TENANT};Ève Roy <eve.roy@matane.example>`,
    'Office des pêches;OP; ; ; ; ',
  ]);
  expect(card.plain).toContain('2 nouveaux organismes');
  expect(card.plain).toContain('1 locataire associé');
  expect((await register()).total).toBe(0);
  await teams.mustClick(diane, card, 'Écrire au registre');
  const body = await named('VDM');
  expect(body).toMatchObject({ name: 'Ville de Matane', kind: 'municipal', rcti: false, confirmed: true });
  expect(body.contacts).toEqual([{ name: 'Ève Roy', email: 'eve.roy@matane.example' }]);
});

test('every problem has the address of its cell, and nothing can be confirmed', async () => {
  await giveRole(teams, diane, 'staff');
  const card = await drop([
    'Ville de Matane;;communal;peut-être;12;matane',
    ';X Y;;;;',
    'ville de matane;;;;;',
  ]);
  expect(card.plain).toContain('C2 : « communal » n’est pas un genre du guide');
  expect(card.plain).toContain('D2 : Écrivez « oui » ou « non »');
  expect(card.plain).toContain('E2 : « 12 » n’est pas l’identifiant d’un locataire');
  expect(card.plain).toContain('F2 : « matane » n’est pas un courriel');
  expect(card.plain).toContain('A3 : Le nom de l’organisme manque');
  expect(card.plain).toContain('A4 : « ville de matane » est déjà écrit à la ligne 2');
  expect(card.offers('Écrire au registre')).toBe(false);
});

test('a file without a column of names says which columns are expected', async () => {
  await giveRole(teams, diane, 'staff');
  await teams.drops(diane, { 'liste.csv': 'a,b\n1,2' });
  expect(teams.lastCard().plain).toContain('Aucune colonne « Nom »');
});

test('a workbook is read as well, wherever its columns are', async () => {
  await giveRole(teams, diane, 'staff');
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Registre');
  sheet.addRow(['Registre du Courtier']);
  sheet.addRow(['Genre', 'Organisme']);
  sheet.addRow(['lcop7', { richText: [{ text: 'Régie ' }, { text: 'des rives' }] }]);
  await teams.drops(diane, { 'registre.xlsx': new Uint8Array(await book.xlsx.writeBuffer()) });
  await teams.mustClick(diane, teams.lastCard(), 'Écrire au registre');
  expect((await named('Régie des rives')).kind).toBe('lcop7');
});

test('a spreadsheet of an older Windows keeps its accents', async () => {
  await giveRole(teams, diane, 'staff');
  await teams.drops(diane, { 'organismes.csv': Buffer.from('Nom\r\nRégie des forêts\r\n', 'latin1') });
  expect((await teams.mustClick(diane, teams.lastCard(), 'Écrire au registre')).plain).toContain('écrit');
  expect((await register('Régie des forêts')).total).toBe(1);
});

test('the same register imported again writes nothing', async () => {
  await giveRole(teams, diane, 'staff');
  await imports('Ville de Matane;VDM;municipal;non;;');
  const again = await drop(['Ville de Matane;VDM;municipal;non;;']);
  expect(again.plain).toContain('Tout est déjà au registre');
  expect(again.offers('Écrire au registre')).toBe(false);
});

test('a name of another body is refused, and one like another is pointed at', async () => {
  await giveRole(teams, diane, 'staff');
  await imports('Ministère des Forêts et de la Faune;MFF;;;;');
  expect((await drop(['Ville de Matane;MFF;;;;'])).plain).toContain(
    '« MFF » est déjà le nom d’un autre organisme',
  );
  const near = await drop(['Ministère des Forêt et de la Faune;;;;;']);
  expect(near.plain).toContain('ressemble à « Ministère des Forêts et de la Faune »');
  expect(near.offers('Écrire au registre')).toBe(true);
});

test('a register that changed meanwhile is shown again before it is written', async () => {
  await giveRole(teams, diane, 'staff');
  const card = await drop(['Ville de Matane;VDM;;;;']);
  await colleagues(teams, [nadia], 'Ville de Matane');
  const after = await teams.mustClick(diane, card, 'Écrire au registre');
  expect(after.plain).toContain('Le registre a changé entre-temps');
  expect(after.plain).toContain('1 organisme complété');
  await teams.mustClick(diane, after, 'Écrire au registre');
  expect((await named('VDM')).members).toBe(1);
});

test('an import that was given up writes nothing, even from its old card', async () => {
  await giveRole(teams, diane, 'staff');
  const card = await drop(['Ville de Matane;;;;;']);
  await teams.mustClick(diane, card, 'Abandonner');
  await teams.click(diane, card, 'Écrire au registre');
  expect((await register()).total).toBe(0);
});

test('what became of the registers of one is seen by the whole team, with what each changed', async () => {
  await staffed(teams, diane, samuel);
  await imports(`Ville de Matane;VDM;municipal;non;${TENANT};`);
  await teams.mustClick(diane, await drop(['Ville de Gaspé;;;;;']), 'Abandonner');
  await drop(['Ville de Rimouski;;communal;;;']);
  const { plain } = await teams.mustClick(
    samuel,
    await teams.asks(samuel, 'organismes'),
    'Registres déposés',
  );
  expect(plain).toContain('5 actions, la plus récente d’abord');
  expect(plain).toContain('Diane Tremblay a importé un registre d’organismes');
  expect(plain).toContain('1 nouvel organisme, 1 autre nom, 1 locataire associé, 1 genre confirmé');
  expect(plain).toContain('Diane Tremblay a abandonné un registre d’organismes');
  expect(plain).toMatch(/1 organisme au fichier, 1 problème à corriger/);
  expect(plain).not.toContain('Rimouski');
});

test('a register that is given up twice, or that nobody holds, is noted once', async () => {
  await giveRole(teams, diane, 'staff');
  const card = await drop(['Ville de Gaspé;;;;;']);
  for (let n = 0; n < 2; n++) await teams.click(diane, card, 'Abandonner');
  expect(await traces(teams, 'register.discard')).toBe(1);
});

test('five hundred bodies are read, shown and written', async () => {
  await giveRole(teams, diane, 'staff');
  await imports(...Array.from({ length: 500 }, (_, n) => `Ville de Numéro ${n};VN${n};municipal;non;;`));
  expect((await register()).total).toBe(500);
});

test('fiches and a register dropped together are asked for apart', async () => {
  await giveRole(teams, diane, 'staff');
  await teams.drops(diane, { 'organismes.csv': HEAD, 'airelle_2026-12-01.yaml': 'a: 1' });
  expect(teams.lastText()).toContain('Déposez séparément');
});

test('who declares a name like one of the register is asked whether it is that one', async () => {
  await giveRole(teams, diane, 'staff');
  await imports('Ministère des Forêts et de la Faune;;;;;');
  const card = await teams.mustClick(alex, await teams.asks(alex, 'mon organisation'), 'Enregistrer', {
    other: 'Ministère des Foret et de la Faune',
  });
  expect(card.template).toBe('people/organization-which');
});

test('the people of a tenant of the register need nobody’s word', async () => {
  await giveRole(teams, diane, 'staff');
  await imports(`Ville de Matane;;;;${alex.tenantId};`);
  await teams.mustClick(alex, await teams.asks(alex, 'mon organisation'), 'Enregistrer', {
    other: 'Ville de Matane',
  });
  expect((await teams.services.organizations.findMembership(alex))?.state).toBe('confirmed');
});

test('what the staff confirm of a body is not changed by its members', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [alex], 'Ville de Matane');
  const { id } = await named('Ville de Matane');
  const card = await teams.mustPress(diane, 'people.openBody', { body: id });
  await teams.mustClick(diane, card, 'Confirmer le genre', { kind: 'municipal', rcti: 'no' });
  await teams.db.transaction((tx) =>
    teams.services.belonging.setKind(tx, alex, { kind: 'lcop4', rcti: true }),
  );
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({
    kind: 'municipal',
    rcti: false,
    confirmed: true,
  });
});

test('two bodies become one, with their people, names, files and contracts', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [alex], 'Ville de Matane');
  await colleagues(teams, [nadia], 'Municipalité de Matane');
  const file = await teams.services.files.create(nadia, 'Courriel', newId());
  const { id } = await named('Municipalité de Matane');
  const body = await teams.mustPress(diane, 'people.openBody', { body: id });
  const asked = await teams.mustClick(diane, body, 'Voir la fusion', { other: 'Ville de Matane' });
  expect(asked.plain).toContain('Une fusion ne se défait pas');
  const after = await teams.mustClick(diane, asked, 'Fusionner');
  expect(after.plain).toContain('2 personnes confirmées');
  expect((await named('Municipalité de Matane')).name).toBe('Ville de Matane');
  const into = await named('Ville de Matane');
  const moved = sql`acquisitions where id = ${file.id} and organization_id = ${into.id}`;
  expect(await countOf(teams, moved)).toBe(1);
});

test('a merge says what the name may mean when nobody is called so', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [alex], 'Ministère des Forêts et de la Faune');
  await colleagues(teams, [nadia], 'Ville de Matane');
  const { id } = await named('Ville de Matane');
  const body = await teams.mustPress(diane, 'people.openBody', { body: id });
  const back = await teams.formBack(diane, body, 'Voir la fusion', {
    other: 'Ministère des Foret et de la Faune',
  });
  expect(back.plain).toContain('Peut-être « Ministère des Forêts et de la Faune »');
});

test('a merge drawn before a body changed does nothing', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [alex], 'Ville de Matane');
  await colleagues(teams, [nadia], 'Municipalité de Matane');
  const { id } = await named('Municipalité de Matane');
  const body = await teams.mustPress(diane, 'people.openBody', { body: id });
  const asked = await teams.mustClick(diane, body, 'Voir la fusion', { other: 'Ville de Matane' });
  await teams.services.organizations.rename(diane, id, 1, 'Village de Matane');
  expect((await teams.mustClick(diane, asked, 'Fusionner')).plain).toContain('rien n’est fusionné');
  expect((await named('Village de Matane')).members).toBe(1);
});

test('requests for one body are confirmed together, and each person is told', async () => {
  await staffed(teams, diane);
  for (const person of [alex, nadia, samuel]) {
    await teams.install(person);
    await teams.services.organizations.requestMembership(person, 'Ville de Matane', newId());
  }
  const list = await teams.asks(diane, 'adhésions');
  const together = await teams.mustClick(diane, list, 'Les voir ensemble');
  expect(together.plain).toContain('3 demandes');
  const after = await teams.mustClick(diane, together, 'Confirmer ces 3 demandes');
  expect(after.plain).toContain('3 adhésions confirmées');
  expect(await teams.services.belonging.colleagues(alex)).toHaveLength(2);
});

test('only those who were shown are confirmed together', async () => {
  await staffed(teams, diane);
  for (const person of [alex, nadia])
    await teams.services.organizations.requestMembership(person, 'Ville de Matane', newId());
  const together = await teams.mustClick(diane, await teams.asks(diane, 'adhésions'), 'Les voir ensemble');
  await teams.services.organizations.requestMembership(samuel, 'Ville de Matane', newId());
  await teams.mustClick(diane, together, 'Confirmer ces 2 demandes');
  expect((await teams.services.organizations.findMembership(samuel))?.state).toBe('pending');
});

test('requests that colleagues have in hand are asked about before they are confirmed together', async () => {
  await staffed(teams, diane, samuel);
  for (const person of [alex, nadia])
    await teams.services.organizations.requestMembership(person, 'Ville de Matane', newId());
  const first = await teams.services.organizations.findMembership(alex);
  await teams.mustPress(diane, 'office.take', { wait: `membership/${first?.id}` });
  const list = await teams.asks(samuel, 'adhésions');
  const together = await teams.mustClick(samuel, list, 'Les voir ensemble');
  const asked = await teams.formBack(samuel, together, 'Confirmer ces 2 demandes');
  expect(asked.plain).toContain('Diane Tremblay s’occupe d’une de ces demandes : rien n’est changé.');
  for (const person of [alex, nadia])
    expect((await teams.services.organizations.findMembership(person))?.state).toBe('pending');
  const after = await teams.mustClick(samuel, asked, 'Oui, c’est bien cela');
  expect(after.plain).toContain('2 adhésions confirmées');
});

test('a request that came since is not among those that are asked about', async () => {
  await staffed(teams, diane, samuel);
  for (const person of [alex, nadia])
    await teams.services.organizations.requestMembership(person, 'Ville de Matane', newId());
  for (const person of [alex, nadia]) {
    const membership = await teams.services.organizations.findMembership(person);
    await teams.mustPress(diane, 'office.take', { wait: `membership/${membership?.id}` });
  }
  const list = await teams.asks(samuel, 'adhésions');
  const together = await teams.mustClick(samuel, list, 'Les voir ensemble');
  const [late = samuel] = strangers(1);
  await teams.services.organizations.requestMembership(late, 'Ville de Matane', newId());
  const asked = await teams.formBack(samuel, together, 'Confirmer ces 2 demandes');
  expect(asked.plain).toContain('Diane Tremblay s’occupe de 2 de ces demandes');
  expect(asked.plain).not.toContain(late.name);
  await teams.mustClick(samuel, asked, 'Oui, c’est bien cela');
  expect((await teams.services.organizations.findMembership(late))?.state).toBe('pending');
});

test('whoever has the requests in hand confirms them together and is asked nothing', async () => {
  await staffed(teams, diane);
  for (const person of [alex, nadia])
    await teams.services.organizations.requestMembership(person, 'Ville de Matane', newId());
  const first = await teams.services.organizations.findMembership(alex);
  await teams.mustPress(diane, 'office.take', { wait: `membership/${first?.id}` });
  const together = await teams.mustClick(diane, await teams.asks(diane, 'adhésions'), 'Les voir ensemble');
  const after = await teams.mustClick(diane, together, 'Confirmer ces 2 demandes');
  expect(after.plain).toContain('2 adhésions confirmées');
});

test('a membership that is taken back ends at once, and the person is told', async () => {
  await staffed(teams, diane);
  await teams.install(alex);
  await colleagues(teams, [alex, nadia], 'Ville de Matane');
  await teams.runJobs();
  const { id } = await named('Ville de Matane');
  const list = await teams.mustPress(diane, 'people.members', { body: id, page: 1 });
  const after = await teams.mustClick(diane, list, 'Oui, retirer');
  expect(after.plain).toContain('1 personne confirmée');
  const gone = [alex, nadia];
  const left = await Promise.all(gone.map((person) => teams.services.belonging.bodyOf(person)));
  expect(left.filter((body) => body !== undefined)).toHaveLength(1);
});

test('how a register is imported can be asked for, and a contact that is wrong is taken out', async () => {
  await giveRole(teams, diane, 'staff');
  const help = await teams.mustClick(diane, await teams.asks(diane, 'organismes'), 'Importer un registre');
  expect(help.plain).toContain('Seule « Nom » est obligatoire');
  await imports('Ville de Matane;;;;;Ève Roy <eve@matane.example>');
  const { id } = await named('Ville de Matane');
  const body = await teams.mustPress(diane, 'people.openBody', { body: id });
  expect((await teams.mustClick(diane, body, 'Retirer')).plain).toContain('n’est plus au registre');
  expect((await named('Ville de Matane')).contacts).toEqual([]);
});
