import { beforeEach, describe, expect, test } from '@jest/globals';
import { CATEGORIES, type Category } from '../../../../src/features/catalogue/fiche/rules/categories.ts';
import { categoriesOf } from '../../../../src/features/catalogue/fiche/rules/difference.ts';
import { newest, samples } from '../../../support/catalogue.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { alex, channel } from '../../../support/people.ts';

const teams = fakeTeams();
beforeEach(async () => {
  await teams.services.catalogue.publication.publish(samples, 'sample');
});

/** The ids of the samples’ offers that are sold, all or those that cover a category. */
const sold = (category?: Category) =>
  newest
    .flatMap(({ offers }) => offers)
    .filter((offer) => offer.status !== 'withdrawn')
    .filter((offer) => category === undefined || categoriesOf(offer).includes(category))
    .map(({ id }) => id);
/** The amounts of a list, each on a line of its own. */
const pricesShown = (words: string) =>
  [...words.matchAll(/^(\d+,\d\d) \$$/gm)].map(([, price = '']) => Number(price.replace(',', '.')));

test('« catalogue » shows the ten categories with their number of offers', async () => {
  const card = await teams.asks(alex, 'Catalogue');
  expect(card.template).toBe('catalogue/home');
  expect(card.plain).toContain(`Courriel\n${sold('courriel').length} offres`);
  expect(card.plain).toContain(`Sondage\n${sold('sondage').length} offres`);
  // One button for each category, and one for all.
  const browsing = card.buttons.filter(({ verb }) => verb === 'catalogue.browse');
  expect(browsing).toHaveLength(CATEGORIES.length + 1);
});

test('the cards say that the catalogue is made of samples while it is', async () => {
  expect((await teams.asks(alex, 'catalogue')).plain).toContain('Exemples : fournisseurs');
});

test('a category opens its offers, six a page, and its pages hold them all once', async () => {
  let card = await teams.mustClick(alex, await teams.asks(alex, 'catalogue'), 'Courriel');
  expect(card.plain).toContain(`Courriel : ${sold('courriel').length} offres`);
  const seen: string[] = [];
  for (;;) {
    seen.push(
      ...card.buttons.filter(({ verb }) => verb === 'catalogue.offer').map(({ data }) => String(data.offer)),
    );
    if (!card.offers('Suivante')) break;
    card = await teams.mustClick(alex, card, 'Suivante');
  }
  expect(seen.sort()).toEqual(sold('courriel').sort());
});

test('withdrawn offers are not listed', async () => {
  const withdrawn = samples.flatMap(({ offers }) => offers).filter(({ status }) => status === 'withdrawn');
  expect(withdrawn.length).toBeGreaterThan(0);
  const view = await teams.services.catalogue.current();
  for (const { id } of withdrawn) expect(view.offers.some(({ offer }) => offer.id === id)).toBe(false);
});

test('the filter form narrows the list, and is filled with what was chosen', async () => {
  const filters = await teams.mustPress(alex, 'catalogue.filters', { criteria: '{"category":"courriel"}' });
  const inputs = {
    category: 'courriel',
    hosting: 'QC',
    availability: '99.95',
    languages: 'fr,en',
    features: 'mfa',
    status: 'qualified',
    sort: 'price',
  };
  const card = await teams.mustClick(alex, filters, 'Voir les offres', inputs);
  expect(card.plain).toContain('Hébergement');
  expect(card.plain).toContain('disponibilité');
  const again = await teams.mustClick(alex, card, 'Filtrer et trier');
  expect({
    category: again.valueOf('category'),
    hosting: again.valueOf('hosting'),
    languages: again.valueOf('languages'),
  }).toEqual({
    category: 'courriel',
    hosting: 'QC',
    languages: 'fr,en',
  });
});

test('criteria that no offer meets say so, and offer a way out', async () => {
  const card = await teams.mustPress(alex, 'catalogue.browse', {
    criteria: '{"features":["teleportation"]}',
    page: 1,
  });
  expect(card.plain).toContain('Aucune offre ne répond');
  expect(card.offers('Filtrer et trier')).toBe(true);
});

test('each criterion keeps exactly the offers that meet it', async () => {
  const view = await teams.services.catalogue.current();
  const qualified = view.offers.filter(({ offer }) => offer.status === 'qualified').length;
  const inQuebec = view.offers.filter(({ offer }) =>
    offer.hosting.every(({ country, region }) => country === 'CA' && region === 'QC'),
  ).length;
  const sso = view.offers.filter(({ offer }) => offer.features.includes('sso')).length;
  const spanish = view.offers.filter(({ offer }) => offer.trainingLanguages.includes('es')).length;
  const high = view.offers.filter(({ offer }) => Number(offer.availability) >= 99.95).length;
  for (const [criteria, count] of [
    [{ status: 'qualified' }, qualified],
    [{ hosting: 'QC' }, inQuebec],
    [{ features: ['sso'] }, sso],
    [{ languages: ['es'] }, spanish],
    [{ availability: '99.95' }, high],
  ] as const) {
    expect(count).toBeGreaterThan(0);
    const card = await teams.mustPress(alex, 'catalogue.browse', {
      criteria: JSON.stringify(criteria),
      page: 1,
    });
    expect(card.plain).toContain(`Toutes les offres : ${count} offre`);
  }
});

test('sorted by price, the cheapest offer comes first', async () => {
  const card = await teams.mustPress(alex, 'catalogue.browse', {
    criteria: '{"category":"sondage","sort":"price"}',
    page: 1,
  });
  const prices = pricesShown(card.plain);
  expect(prices.length).toBeGreaterThan(3);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
});

test('a list is sorted by price or by name in one press, and says which filters it has', async () => {
  const list = await teams.mustPress(alex, 'catalogue.browse', {
    criteria: '{"category":"courriel","hosting":"QC"}',
    page: 1,
  });
  const sorted = await teams.mustClick(alex, list, 'Par prix');
  const prices = pricesShown(sorted.plain);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
  expect(sorted.offers('Par nom')).toBe(true);
  const wider = await teams.mustClick(alex, sorted, 'Hébergement : Québec ✕');
  expect(wider.plain).toContain(`Courriel : ${sold('courriel').length} offres`);
});

test('an offer shows its supplier’s initials, and its price apart', async () => {
  const card = await teams.mustPress(alex, 'catalogue.browse', {
    criteria: '{"category":"courriel"}',
    page: 2,
  });
  expect(card.plain).toMatch(/^NI\nNordet Courriel\nNordet Infonuagique inc\.$/m);
  expect(card.plain).toMatch(/^À partir de\n4,00 \$\npar utilisateur et par mois$/m);
});

describe('offers that are ticked', () => {
  const list = () =>
    teams.mustPress(alex, 'catalogue.browse', { criteria: '{"category":"courriel"}', page: 2 });

  test('a price that depends on the quantity says so beside its box, as in the list', async () => {
    const card = await teams.mustPress(alex, 'catalogue.browse', {
      criteria: '{"category":"courriel","sort":"price"}',
      page: 1,
    });
    const input = card.inputs.find(({ id }) => id === 'compared');
    const box = (title: RegExp) => expect.objectContaining({ title: expect.stringMatching(title) });
    expect(input?.choices).toContainEqual(box(/^Lagopède Courriel · à partir de 3,20/));
    expect(input?.choices).toContainEqual(box(/^Achigan Courriel · 3,30/));
  });

  test('two or three are compared side by side, and the list comes back', async () => {
    const ticked = { compared: 'nordet-courriel,outarde-courriel' };
    const card = await teams.mustClick(alex, await list(), 'Comparer', ticked);
    expect(card.template).toBe('catalogue/comparison');
    expect(card.plain).toContain('2 offres côte à côte');
    const back = await teams.mustClick(alex, card, 'Retour à la liste');
    expect(back.plain).toContain('Courriel : ');
  });

  test.each([
    ['none', {}],
    ['one', { compared: 'nordet-courriel' }],
    ['four', { compared: 'a,b,c,d' }],
  ])('%s are not enough, or too many, and that is said', async (_what, inputs) => {
    expect(await teams.refusedClick(alex, await list(), 'Comparer', inputs)).toContain(
      'deux ou trois offres',
    );
  });

  test('one that is not there is refused', async () => {
    const inputs = { compared: 'nordet-courriel,nordet-teleportation' };
    expect(await teams.refusedClick(alex, await list(), 'Comparer', inputs)).toContain('introuvable');
  });
});

describe('a name, while one types it', () => {
  const found = async (text: string) =>
    (await teams.router.choices('catalogue.names', text)).map(({ title }) => title);

  test('is found by its beginning, and misspelt', async () => {
    expect((await found('nord'))[0]).toBe('Nordet Infonuagique inc.');
    expect(await found('nordt courriel')).toContain('Nordet Courriel (Nordet Infonuagique inc.)');
    expect(await found('zzzz')).toEqual([]);
  });

  test('leads to what was chosen', async () => {
    const home = await teams.asks(alex, 'catalogue');
    const [chosen] = await teams.router.choices('catalogue.names', 'nordet courriel');
    expect((await teams.mustClick(alex, home, 'Chercher', { words: chosen?.value })).template).toBe(
      'catalogue/offer',
    );
  });

  test('finds nothing in a list that there is not', async () => {
    expect(await teams.router.choices('people.names', 'nord')).toEqual([]);
  });

  test('can be chosen among all where the client does not ask', async () => {
    const input = (await teams.asks(alex, 'catalogue')).inputs.find(({ id }) => id === 'words');
    expect(input?.['choices.data']).toEqual({ type: 'Data.Query', dataset: 'catalogue.names' });
    expect(input?.choices).toHaveLength(newest.length + sold().length);
  });
});

test('a page that does not exist shows the nearest one', async () => {
  const card = await teams.mustPress(alex, 'catalogue.browse', { criteria: '{}', page: 9_000 });
  const pages = Math.ceil(sold().length / 6);
  expect(card.plain).toContain(`Page ${pages} de ${pages}`);
});

test('an offer says its prices by quantity, its commitments and its billing in words', async () => {
  const card = await teams.mustPress(alex, 'catalogue.offer', { offer: 'nordet-courriel' });
  for (const words of [
    'Prix par utilisateur et par mois',
    '1 à 99\n5,00',
    '100 et plus\n4,00',
    'Module de clavardage (Messagerie instantanée)',
    'Fiche du 2 novembre 2026',
  ])
    expect(card.plain).toContain(words);
  for (const words of ['Chaque mois', 'Aucune durée minimale', 'Prix fixes', 'Montréal (Québec)', '60 jours'])
    expect(card.plain).toContain(words);
});

test('an offer under review says that it cannot be bought yet', async () => {
  const view = await teams.services.catalogue.current();
  const reviewed = view.offers.find(({ offer }) => offer.status === 'under-review');
  const card = await teams.mustPress(alex, 'catalogue.offer', { offer: reviewed?.offer.id });
  expect(card.plain).toContain('En analyse');
  expect(card.plain).toContain('ne peut pas faire l’objet d’un contrat');
});

test('a supplier shows contacts by role, the documents to read and why, and the history', async () => {
  const card = await teams.mustPress(alex, 'catalogue.supplier', { supplier: 'nordet', page: 1 });
  expect(card.plain).toContain('Ventes : Camille Roy');
  expect(card.plain).toContain('Soutien technique : Fatou Diallo');
  expect(card.buttons.filter(({ url }) => url?.startsWith('https://nordet.example.com/'))).toHaveLength(3);
  expect(card.plain).toContain('elle fera partie de votre contrat');
  const history = await teams.mustClick(alex, card, 'Historique des modifications');
  expect(history.plain).toContain('En vigueur');
  expect(history.plain).toContain('1er mai 2026');
});

test('a version of the history opens what it changed, with percents for prices', async () => {
  const card = await teams.mustPress(alex, 'catalogue.difference', {
    supplier: 'nordet',
    version: '2026-08-03',
    page: 1,
  });
  const words = card.plain;
  expect(words).toContain('5 changements, dont 4 de prix.');
  expect(words).toContain('5,25 $ → 5,00 $ (−4,8 %)');
  expect(words).toContain('Nouvelle offre : Nordet Échange');
});

test('the first version of a supplier has nothing to be compared with', async () => {
  const card = await teams.mustPress(alex, 'catalogue.difference', {
    supplier: 'nordet',
    version: '2026-05-01',
    page: 1,
  });
  expect(card.plain).toContain('Première fiche de ce fournisseur.');
});

test('the summary table lists every offer, and its file opens behind a link for a quarter of an hour', async () => {
  const card = await teams.mustPress(alex, 'catalogue.summary', { page: 1 });
  const reviewed = newest.flatMap(({ offers }) => offers).filter(({ status }) => status === 'under-review');
  expect(card.plain).toContain(`${sold().length} offres, dont ${reviewed.length} en analyse.`);
  await teams.click(alex, card, 'Exporter');
  const token = teams.lastCard().token();
  await expect(teams.services.links.open(token)).resolves.toMatchObject({ kind: 'catalogueSummary' });
  teams.clock.advance({ minutes: 16 });
  await expect(teams.services.links.open(token)).rejects.toThrow('n’est plus valide');
});

test.each([
  ['les prix de Nordet', 'catalogue/supplier', 'Nordet Infonuagique inc.'],
  ['Nordette', 'catalogue/supplier', 'Nordet Infonuagique inc.'],
  ['montrez-moi la fiche de maskinonge', 'catalogue/supplier', 'Maskinongé'],
  ['combien coûte nordet visio ?', 'catalogue/offer', 'Nordet Visio'],
  ['nordt courriel', 'catalogue/offer', 'Nordet Courriel'],
  [
    'offres de visioconférence',
    'catalogue/offers',
    `Visioconférence : ${sold('visioconference').length} offres`,
  ],
  ['quels sont les prix du courriel ?', 'catalogue/offers', `Courriel : ${sold('courriel').length} offres`],
])('« %s » finds what it names', async (said, template, shows) => {
  const card = await teams.asks(alex, said);
  expect(card.template).toBe(template);
  expect(card.plain).toContain(shows);
});

test.each([
  'Quelle est la durée maximale d’un contrat ?',
  'Le fournisseur peut-il m’offrir un prix différent de celui du Catalogue ?',
  'Qu’est-ce que le Catalogue ?',
  'Quel est le courriel du Courtier ?',
  'Nordet peut-il modifier son offre pour les besoins spécifiques de mon organisation ?',
])('« %s » stays a question for the knowledge base', async (said) => {
  expect((await teams.asks(alex, said)).template).toMatch(/^knowledge\//);
});

test('the search field finds a name, and says when there is none', async () => {
  const home = await teams.asks(alex, 'catalogue');
  expect((await teams.mustClick(alex, home, 'Chercher', { words: 'nordett' })).template).toBe(
    'catalogue/supplier',
  );
  expect(await teams.refusedClick(alex, home, 'Chercher', { words: 'zzzz' })).toContain('Aucun fournisseur');
  expect(await teams.refusedClick(alex, home, 'Chercher', {})).toContain('Écrivez un nom');
});

test('in a channel the catalogue can be browsed as well', async () => {
  await teams.says(alex, 'catalogue', channel);
  const card = await teams.mustPress(alex, 'catalogue.offer', { offer: 'nordet-visio' }, channel);
  expect(card.plain).toContain('Nordet Visio');
});

test.each([
  ['an offer that does not exist', 'catalogue.offer', { offer: 'nordet-teleportation' }, 'introuvable'],
  ['a supplier that does not exist', 'catalogue.supplier', { supplier: 'personne', page: 1 }, 'introuvable'],
  ['a history that does not exist', 'catalogue.history', { supplier: 'personne', page: 1 }, 'introuvable'],
  [
    'a version that does not exist',
    'catalogue.difference',
    { supplier: 'nordet', version: '2020-01-01', page: 1 },
    'introuvable',
  ],
  ['criteria that are no JSON', 'catalogue.browse', { criteria: '{', page: 1 }, 'ne correspond plus'],
  ['a page below one', 'catalogue.browse', { criteria: '{}', page: 0 }, 'ne correspond plus'],
  ['overlong words', 'catalogue.search', { words: 'x'.repeat(300) }, 'ne correspond plus'],
  ['an unknown choice', 'catalogue.filter', { hosting: 'MARS' }, 'ne correspond plus'],
])('%s is refused with a sentence', async (_what, verb, data, sentence) => {
  const word = await teams.refusedPress(alex, verb, data);
  expect(word).toContain(sentence);
});

test('before any fiche is published, the catalogue says that it is empty', async () => {
  await teams.services.db.execute(
    'truncate catalogue_fiche_versions, catalogue_offers, catalogue_suppliers cascade',
  );
  expect((await teams.asks(alex, 'catalogue')).plain).toContain('Aucune fiche n’est encore publiée.');
});
