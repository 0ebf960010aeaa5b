import { beforeEach, expect, test } from '@jest/globals';
import { aContract } from '../../../support/contracts.ts';
import { dropped } from '../../../support/correcting.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { priced } from '../../../support/fiches.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';
import { fileOnFiches, soon as relyingSoon } from '../../../support/relying.ts';

const teams = fakeTeams();
let file: string;

/** What the signed price is, where the fiche of 2 November says 4.00 for « airelle » and 5.00 for « bleuet ». */
const corrects = async (supplier: string, price: string) => {
  const card = await dropped(teams, priced(supplier, price));
  await teams.mustClick(diane, card, 'Corriger la fiche', {
    reason: `Le prix signé par ${supplier} est autre.`,
    mistake: 'true',
  });
};
const soon = (minutes?: number) => relyingSoon(teams, minutes);
const relied = (person = alex) => teams.received(person, 'catalogue/relied');
const digests = (person = alex) => teams.received(person, 'catalogue/digest');
const choose = (supplier: string) => teams.mustPress(alex, 'scenarios.choose', { file, supplier });

beforeEach(async () => {
  file = await fileOnFiches(teams);
});

test('whoever has a file that rests on the fiche is told what was wrong, what is right, why, and what it does there', async () => {
  await choose('airelle');
  await corrects('airelle', '6.00');
  await soon();
  expect(relied()).toHaveLength(1);
  const { plain } = teams.newest(alex, 'catalogue/relied');
  for (const words of [
    'Une fiche sur laquelle vous vous appuyez a été revue',
    'Prix corrigé dans la fiche du 2 novembre 2026 : Le prix signé par airelle est autre.',
    'prix : 4,00 $ → 6,00 $ (hausse de 50 %)',
    'Dossier nº 1, Courriel du ministère : Votre scénario n’est plus le moins cher',
  ])
    expect(plain).toContain(words);
  // What the fiche did to the file is told there, and not a second time by another notice.
  expect(teams.received(alex, 'scenarios/drift')).toHaveLength(0);
  expect(relied(samuel)).toHaveLength(0);
});

test('a list of offers, or a comparison that was looked at, rests on it too; a file of which nothing was seen does not', async () => {
  await corrects('airelle', '4.10');
  await soon();
  expect(relied()).toHaveLength(0);
  await teams.mustPress(alex, 'scenarios.confirmShortlist', { file });
  await corrects('airelle', '4.20');
  await soon();
  expect(relied()).toHaveLength(1);
});

test('a file that another supplier’s corrected price moves is told of it as of any change', async () => {
  await choose('airelle');
  await corrects('bleuet', '2.00');
  await soon();
  expect(relied()).toHaveLength(0);
  expect(teams.newest(alex, 'scenarios/drift').plain).toContain('prix : 5,00 $ → 2,00 $');
});

test('whoever follows a contract with the supplier is told, and that its terms stay', async () => {
  await aContract(teams, {}, nadia);
  await corrects('airelle', '6.00');
  await soon();
  const { plain } = teams.newest(nadia, 'catalogue/relied');
  expect(plain).toContain(
    'Contrat nº 1, Courriel du ministère : il garde les conditions que vous avez signées.',
  );
  expect(plain).not.toContain('Dossier nº');
});

test('whoever follows the catalogue reads it in the notice of the day; who is told otherwise is not told twice', async () => {
  for (const person of [alex, samuel]) await teams.mustPress(person, 'catalogue.subscribe', { topic: 'all' });
  await choose('airelle');
  await corrects('airelle', '6.00');
  await soon();
  expect(digests(samuel)).toHaveLength(1);
  expect(digests(samuel)[0]?.plain).toContain('Prix corrigé dans la fiche du 2 novembre 2026');
  expect(relied()).toHaveLength(1);
  expect(
    digests()
      .map(({ plain }) => plain)
      .join(),
  ).not.toContain('Prix corrigé');
});

test('corrections of some minutes are one notice; a later one is another', async () => {
  await choose('airelle');
  await corrects('airelle', '6.00');
  teams.clock.advance({ minutes: 4 });
  await corrects('airelle', '6.50');
  await soon();
  expect(relied()).toHaveLength(1);
  expect(relied()[0]?.plain).toContain('6,00 $ → 6,50 $');
  await corrects('airelle', '7.00');
  await soon();
  expect(relied()).toHaveLength(2);
  expect(relied()[1]?.plain).not.toContain('6,00 $ → 6,50 $');
});

test('the detail of a correction opens below the notice, which stays', async () => {
  await choose('airelle');
  await corrects('airelle', '6.00');
  await soon();
  await teams.click(alex, teams.newest(alex, 'catalogue/relied'), 'Voir ce qui change : airelle inc.');
  expect(teams.lastCard().template).toBe('catalogue/difference');
  expect(teams.lastCard().plain).toContain('4,00 $ → 6,00 $');
});

test('the staff’s channel has one card for the day, whatever was corrected', async () => {
  await corrects('airelle', '6.00');
  await corrects('bleuet', '6.00');
  await soon();
  const posts = teams.received(staffRoom, 'catalogue/day-in-force');
  expect(posts).toHaveLength(1);
  expect(posts[0]?.plain).toContain(
    'Prix corrigé dans la fiche du 2 novembre 2026 : Le prix signé par bleuet',
  );
});

test('a comparison that was sealed before is still the one that was sealed', async () => {
  await choose('airelle');
  await corrects('airelle', '6.00');
  const [seal] = await teams.services.scenarios.seals(file, alex);
  if (!seal) throw new Error('nothing was sealed');
  expect((await teams.services.scenarios.verify(file, seal.id, alex)).same).toBe(true);
  await choose('airelle');
  const seals = await teams.services.scenarios.seals(file, alex);
  expect(seals).toHaveLength(2);
  for (const { id } of seals) expect((await teams.services.scenarios.verify(file, id, alex)).same).toBe(true);
});

test('a choice on the wrong price is to be confirmed, a meeting of days before the correction is what it was', async () => {
  await choose('airelle');
  await corrects('airelle', '4.50');
  const shown = await teams.mustPress(alex, 'scenarios.choice', { file });
  expect(shown.plain).toContain('4 800,00 $ → 5 400,00 $');
  const then = await teams.services.catalogue.inForceOn('2026-11-22');
  expect(then.find(({ supplier }) => supplier.id === 'airelle')?.offers[0]?.tiers[0]?.unitPricePerMonth).toBe(
    '4.00',
  );
});
