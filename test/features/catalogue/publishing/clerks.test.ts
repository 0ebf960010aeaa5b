import { expect, test } from '@jest/globals';
import JSZip from 'jszip';
import { documents } from '../../../../src/edges/documents/index.ts';
import { ficheSheets } from '../../../../src/features/catalogue/index.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFiche, anOffer, aSupplier } from '../../../support/fiches.ts';
import { giveRole, staffed } from '../../../support/organization.ts';
import { diane, staffRoom } from '../../../support/people.ts';

const teams = fakeTeams({ shortGuide: true });
const bookOf = (fiche: ReturnType<typeof aFiche>) => documents.workbook(ficheSheets(fiche));
const fiches = (n: number) =>
  Array.from({ length: n }, (_, at) =>
    aSupplier(`maison-${at}`, { offers: [anOffer({ id: `offre-${at}` })] }),
  );
const zipOf = async (all: ReturnType<typeof fiches>) => {
  const zip = new JSZip();
  for (const fiche of all) zip.file(`${fiche.supplier.id}_${fiche.version}.yaml`, JSON.stringify(fiche));
  return zip.generateAsync({ type: 'uint8array' });
};

test('a new supplier is read in full before it is published', async () => {
  await giveRole(teams, diane, 'staff');
  const fiche = aFiche();
  await teams.drops(diane, { [`${fiche.supplier.id}_${fiche.version}.xlsx`]: await bookOf(fiche) });
  const { plain } = teams.lastCard();
  expect(plain).toContain('Nouveau fournisseur : 1 offre.');
  expect(plain).toContain('Hébergement : ');
  expect(plain).toContain('Facturation au mois');
  expect(plain).toContain(fiche.supplier.contacts[0]?.email);
  expect((await teams.mustClick(diane, teams.lastCard(), 'Publier')).plain).toContain('Publiée');
});

test('a model is the fiche as it is, and comes back with nothing changed but its date', async () => {
  await giveRole(teams, diane, 'staff');
  const fiche = aFiche();
  await teams.services.catalogue.publication.publish([fiche], 'command');
  await teams.click(diane, await teams.asks(diane, 'fiches'), 'Modèle .xlsx');
  expect(teams.lastCard().plain).toContain('Le modèle est prêt');
  const file = await teams.services.house
    .downloads()
    .find(({ kind }) => kind === 'catalogueModel')
    ?.handle({ supplier: fiche.supplier.id });
  if (!file || typeof file.body === 'function') throw new Error('no model');
  expect(file.fileName).toBe('bleuet_2026-12-01.xlsx');
  await teams.drops(diane, { [file.fileName]: file.body });
  expect(teams.lastCard().plain).toContain('Aucun changement.');
});

test('two hundred fiches of an archive have one report, a page at a time, and are published together', async () => {
  await giveRole(teams, diane, 'staff');
  await teams.drops(diane, { 'tout.zip': await zipOf(fiches(200)) });
  const card = teams.lastCard();
  expect(card.plain).toContain('200 fichiers lus');
  expect(card.plain).toContain('200 nouveaux fournisseurs');
  expect(card.plain).toContain('Page 1 de 20');
  const published = await teams.mustClick(diane, card, 'Publier les 200 fiches');
  expect(published.plain).toContain('Et 185 autres fiches');
  expect((await teams.services.catalogue.current()).fiches).toHaveLength(200);
});

test('what is to be corrected comes first in the report', async () => {
  await giveRole(teams, diane, 'staff');
  const bad = fiches(30).map((fiche, at) => (at === 29 ? { ...fiche, offers: [] } : fiche));
  await teams.drops(diane, { 'tout.zip': await zipOf(bad as never) });
  expect(teams.lastCard().plain).toContain('30 fichiers lus, dont 1 à corriger');
  expect(teams.lastCard().plain).toContain('Refusé : 1 problème');
});

test('the staff’s channel has one post for all that takes effect on a day', async () => {
  await staffed(teams, diane);
  await teams.drops(diane, { 'tout.zip': await zipOf(fiches(20)) });
  await teams.mustClick(diane, teams.lastCard(), 'Publier les 20 fiches');
  await teams.runJobs();
  const [post, ...others] = teams.received(staffRoom, 'catalogue/day-in-force');
  expect(others).toEqual([]);
  expect(post?.plain).toContain('20 fiches en vigueur le 23 novembre 2026');
  expect(post?.plain).toContain('Et 8 autres fournisseurs');
});

test('a version that joins the day later is in the same post', async () => {
  await staffed(teams, diane);
  const [first, second] = fiches(2);
  if (!first || !second) throw new Error('no fiche');
  for (const fiche of [first, second]) {
    await teams.drops(diane, { 'un.zip': await zipOf([fiche]) });
    await teams.mustClick(diane, teams.lastCard(), 'Publier');
    await teams.runJobs();
    teams.clock.advance({ minutes: 2 });
  }
  await teams.runJobs();
  const posts = teams.received(staffRoom, 'catalogue/day-in-force');
  expect(posts.at(-1)?.plain).toContain('2 fiches en vigueur');
});
