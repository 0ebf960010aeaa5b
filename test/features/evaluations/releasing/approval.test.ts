import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { giveRole } from '../../../support/organization.ts';
import { admin, diane, samuel, staffRoom } from '../../../support/people.ts';
import { evaluatedSuppliers, sheets } from '../../../support/sheets.ts';

// Where a second person must approve what is told to many: sheets that are released, one or many.

const teams = fakeTeams({ approval: true });
const { prepared, confirmed, released } = sheets(teams);
const AIRELLE = { supplier: 'airelle', year: 2026 };
const asked = async () => confirmed(await prepared('release'), 'Demander l’approbation');
const inChannel = () => teams.newest(staffRoom, 'evaluations/sheet-order');

beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
  await evaluatedSuppliers(teams);
});

test('many are asked for, and none is released before somebody else approved them', async () => {
  expect((await prepared('release')).plain).toContain(
    'Une autre personne de l’équipe doit l’approuver : rien ne part avant.',
  );
  expect((await asked()).plain).toContain('Rien n’est encore transmis.');
  expect(await released()).toEqual([]);
});

test('the staff’s channel reads which, for whom and by whom, and another member approves them there', async () => {
  await asked();
  for (const words of [
    'Fiches de résultats à approuver',
    '2 fiches : airelle inc. (2026), bleuet inc. (2026).',
    'Chaque fournisseur pourra lire ses résultats',
    'Demandées par Diane Tremblay.',
  ])
    expect(inChannel().plain).toContain(words);
  await teams.click(samuel, inChannel(), 'Approuver les fiches', {}, staffRoom);
  await teams.runJobs();
  expect(await released()).toEqual(['airelle', 'bleuet']);
  expect(inChannel().plain).toContain('Approuvées par Samuel Roy.');
});

test('whoever asked for them does not approve them', async () => {
  const { word, form } = await teams.click(diane, await asked(), 'Approuver les fiches');
  expect(`${word}${form?.plain ?? ''}`).toContain('une autre personne de l’équipe doit les approuver');
  expect(await released()).toEqual([]);
});

test('whoever asked for them has the receipt, with who approved them', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Approuver les fiches', {}, staffRoom);
  await teams.runJobs();
  const receipt = teams.newest(diane, 'evaluations/sheet-order');
  expect(receipt.plain).toContain('2 fiches prêtes sur 2.');
  expect(receipt.plain).toContain('Approuvées par Samuel Roy.');
});

test('sent back to somebody who left the team meanwhile, it is told to nobody', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Renvoyer', { comment: 'Attendez.' }, staffRoom);
  const before = teams.received(diane, 'evaluations/sheet-order').length;
  await giveRole(teams, diane, 'client');
  await teams.runJobs();
  expect(teams.received(diane, 'evaluations/sheet-order')).toHaveLength(before);
});

test('sent back with a comment, its author reads it, and asks again', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Renvoyer', { comment: 'Attendez la plainte nº 3.' }, staffRoom);
  await teams.runJobs();
  const back = teams.newest(diane, 'evaluations/sheet-order');
  expect(back.plain).toContain('Samuel Roy demande de les revoir : « Attendez la plainte nº 3. »');
  await teams.mustClick(diane, back, 'Redemander l’approbation');
  await teams.runJobs();
  await teams.click(samuel, inChannel(), 'Approuver les fiches', {}, staffRoom);
  await teams.runJobs();
  expect(await released()).toEqual(['airelle', 'bleuet']);
});

test('approved by one while another sends them back, it is one of the two, and the comment is not lost', async () => {
  await asked();
  const card = inChannel();
  await teams.click(samuel, card, 'Approuver les fiches', {}, staffRoom);
  const { form } = await teams.click(admin, card, 'Renvoyer', { comment: 'Non !' }, staffRoom);
  expect(form?.plain).toContain('Quelqu’un s’en est occupé entre-temps');
  await teams.runJobs();
  expect(await released()).toEqual(['airelle', 'bleuet']);
});

test('one sheet is asked for likewise, once however often it is pressed', async () => {
  const shown = await teams.mustPress(diane, 'evaluations.release', AIRELLE);
  expect(shown.plain).toContain('L’approbation est demandée');
  await teams.mustPress(diane, 'evaluations.release', AIRELLE);
  await teams.runJobs();
  expect(await teams.services.sheetOrders.awaitingSheets()).toHaveLength(1);
  await teams.click(samuel, inChannel(), 'Approuver les fiches', {}, staffRoom);
  await teams.runJobs();
  expect(await released()).toEqual(['airelle']);
});

test('one sheet that a colleague asked for without a summary is not said to be asked for with one', async () => {
  await teams.mustPress(diane, 'evaluations.release', AIRELLE);
  const asking = { ...AIRELLE, summary: 'On souhaite des réponses plus rapides.' };
  const back = await teams.sentBack(admin, 'evaluations.release', asking);
  expect(back.plain).toContain('Un collègue a déjà demandé cette fiche, sans ce résumé');
  expect(await teams.services.sheetOrders.awaitingSheets()).toMatchObject([{ summary: '' }]);
});

test('given up, nothing is released', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Abandonner la demande', {}, staffRoom);
  await teams.runJobs();
  expect(await teams.services.sheetOrders.awaitingSheets()).toEqual([]);
  expect(await released()).toEqual([]);
});

test('they are among what waits for the staff', async () => {
  await asked();
  const shown = await teams.mustPress(samuel, 'office.list', { page: 1 });
  expect(shown.plain).toContain('2 fiches de résultats à approuver (demande nº 1)');
});

test('withdrawn, they need nobody else', async () => {
  await asked();
  await teams.click(samuel, inChannel(), 'Approuver les fiches', {}, staffRoom);
  await teams.runJobs();
  await confirmed(await prepared('withdraw'), 'Retirer 2 fiches');
  expect(await released()).toEqual([]);
});
