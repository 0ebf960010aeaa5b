import { beforeEach, expect, test } from '@jest/globals';
import { samples } from '../../../support/catalogue.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFiche, anOffer, flat } from '../../../support/fiches.ts';
import { alex, channel, group } from '../../../support/people.ts';

const teams = fakeTeams();

const publish = (...fiches: Parameters<typeof teams.services.catalogue.publication.publish>[0]) =>
  teams.services.catalogue.publication.publish(fiches, 'sample');
beforeEach(async () => {
  await publish(...samples);
});

const offersOf = (card: Awaited<ReturnType<typeof teams.asks>>) =>
  card.buttons.filter(({ verb }) => verb === 'catalogue.offer').map(({ data }) => String(data.offer));

test('what the words narrow is said on the card, and in the filters that change it', async () => {
  const card = await teams.asks(alex, 'offres de courriel hébergées au Québec les moins chères');
  expect(card.template).toBe('catalogue/offers');
  expect(card.plain).toContain('Courriel : ');
  expect(card.plain).toContain('Hébergement : Québec · du moins cher au plus cher');
  const filters = await teams.mustClick(alex, card, 'Filtrer et trier');
  expect(['category', 'hosting', 'sort'].map((field) => filters.valueOf(field))).toEqual([
    'courriel',
    'QC',
    'price',
  ]);
});

test('prices say their unit, their period, the day of the fiches, and when they may change', async () => {
  const { plain } = await teams.asks(alex, 'prix du courriel');
  expect(plain).toMatch(/par utilisateur et par mois/);
  expect(plain).toMatch(/fiches en vigueur le 23 novembre 2026.* peuvent changer le 1er décembre 2026/);
});

test('a price is the quantity’s, and the filters keep the quantity', async () => {
  const card = await teams.asks(alex, 'offres de courriel pour 200 usagers');
  expect(card.plain).toContain('Prix pour 200 unités · du moins cher au plus cher');
  expect(card.plain).not.toContain('À partir de');
  const filters = await teams.mustClick(alex, card, 'Filtrer et trier');
  expect(filters.valueOf('units')).toBe('200');
  const fewer = await teams.mustClick(alex, filters, 'Voir les offres', { units: '1 000' });
  expect(fewer.plain).toMatch(/Prix pour 1.000 unités/);
});

test('a quantity that is none is refused with a sentence', async () => {
  const filters = await teams.asks(alex, 'filtrer');
  const refused = await teams.refusedClick(alex, filters, 'Voir les offres', { units: 'beaucoup' });
  expect(refused).toContain('nombre d’unités');
});

test('an offer that has the category as a component is priced with it', async () => {
  const offer = anOffer({
    id: 'bleuet-trio',
    name: 'Bleuet Trio',
    categories: ['tableur'],
    tiers: flat('3.00'),
    components: [{ id: 'bleuet-trio-sondage', name: 'Module', category: 'sondage', tiers: flat('0.25') }],
  });
  await publish(aFiche({ offers: [offer] }));
  const card = await teams.asks(alex, 'prix des sondages pour 10 usagers');
  const next = await teams.mustClick(alex, card, 'Suivante');
  expect(next.plain).toContain('3,25 $\npar utilisateur et par mois');
  expect(next.plain).toContain('Module compris');
});

test('offers of different units are not mixed, and the card says so', async () => {
  const perRoom = anOffer({
    id: 'bleuet-salle',
    name: 'Bleuet Salle',
    unit: 'salle',
    categories: ['sondage'],
    tiers: flat('0.01'),
  });
  await publish(aFiche({ offers: [perRoom] }));
  const card = await teams.asks(alex, 'sondage le moins cher');
  expect(card.plain).toContain('Les unités diffèrent');
  expect(offersOf(card)[0]).not.toBe('bleuet-salle');
});

test('suppliers of a category are listed, page after page', async () => {
  let card = await teams.asks(alex, 'fournisseurs de visioconférence');
  const [, total] = /(\d+) fournisseurs : Visioconférence/.exec(card.plain) ?? [];
  const seen = [];
  for (;;) {
    seen.push(...card.buttons.filter(({ verb }) => verb === 'catalogue.supplier'));
    if (!card.offers('Suivante')) break;
    card = await teams.mustClick(alex, card, 'Suivante');
  }
  expect(seen).toHaveLength(Number(total));
});

test('two offers stand side by side, with a way to each', async () => {
  const card = await teams.asks(alex, 'comparer Nordet Courriel et Outarde Courriel');
  expect(card.template).toBe('catalogue/comparison');
  for (const words of [
    '2 offres côte à côte · Courriel',
    'Nordet Infonuagique inc.',
    'Outarde Numérique inc.',
    'Hébergement',
    'Fonctionnalités',
  ])
    expect(card.plain).toContain(words);
  const offer = await teams.mustClick(alex, card, 'Voir Outarde Courriel');
  expect(offer.template).toBe('catalogue/offer');
});

test('a name that nobody bears is told beside those that are compared', async () => {
  const three = 'comparer Microsoft 365, Nordet Courriel et Outarde Courriel';
  expect((await teams.asks(alex, three)).plain).toContain('Pas au Catalogue : « Microsoft 365 »');
  const one = await teams.asks(alex, 'comparer Microsoft 365 et Nordet Courriel');
  expect(one.plain).toContain('Pas au Catalogue');
  expect(one.plain).toContain('Nordet Courriel');
});

test('more than three are not squeezed in', async () => {
  const names = 'Nordet Courriel, Outarde Courriel, Lagopède Courriel et Achigan Courriel';
  expect((await teams.asks(alex, `comparer ${names}`)).plain).toContain('Les 3 premières seulement');
});

test('suppliers alone are not compared on what nobody asked', async () => {
  const card = await teams.asks(alex, 'comparer Nordet et Outarde');
  expect(card.template).toBe('catalogue/found');
  expect(card.plain).toContain('Ajoutez une catégorie');
});

test('a withdrawn offer is not compared', async () => {
  const card = await teams.asks(alex, 'comparer Outarde Sondage et Maskinongé Sondage');
  expect(card.plain).toContain('Sans offre de cette catégorie (Sondage) : Outarde');
});

test('a product that is not there is said not to be, with what is near', async () => {
  const card = await teams.asks(alex, 'avez-vous Zoom ?');
  expect(card.template).toBe('catalogue/absent');
  expect(card.plain).toContain('« Zoom » n’est pas au Catalogue');
  expect(offersOf(card)).toHaveLength(3);
  const { verb, data } = card.buttonFor('catalogue.browse');
  const all = await teams.mustPress(alex, verb, data);
  expect(all.plain).toContain('Visioconférence : ');
});

test('one whose use nobody knows leads to the categories', async () => {
  const card = await teams.asks(alex, 'prix de Microsoft 365');
  expect(offersOf(card)).toEqual([]);
  expect((await teams.mustClick(alex, card, 'Catégories')).template).toBe('catalogue/home');
});

test('a product that a fiche names is there', async () => {
  await publish(aFiche({ offers: [anOffer({ id: 'bleuet-zimbra', name: 'Zimbra' })] }));
  expect((await teams.asks(alex, 'avez-vous Zimbra')).template).toBe('catalogue/offer');
});

test.each([
  ['a channel', channel],
  ['a group', group],
] as const)('%s is answered the same', async (_name, place) => {
  expect((await teams.asks(alex, 'offres de courriel', place)).template).toBe('catalogue/offers');
});

test('a thousand offers are listed as six are', async () => {
  const offers = Array.from({ length: 200 }, (_, n) =>
    anOffer({ id: `bleuet-${n}`, name: `Bleuet ${n}`, tiers: flat(`${1_000 - n}.00`) }),
  );
  const many = Array.from({ length: 5 }, (_, n) =>
    aFiche({
      supplier: { ...aFiche().supplier, id: `bleuet${n}`, name: `Bleuet ${n}` },
      offers: offers.map((offer) => ({ ...offer, id: `${offer.id}-${n}` })),
    }),
  );
  await publish(...many);
  const card = await teams.asks(alex, 'offres les moins chères');
  expect(card.plain).toMatch(/Toutes les offres : 1.\d{3} offres/);
  expect(offersOf(card)).toHaveLength(6);
});
