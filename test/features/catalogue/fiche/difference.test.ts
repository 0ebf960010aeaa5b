import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CATEGORIES } from '../../../../src/features/catalogue/fiche/rules/categories.ts';
import { type Change, differenceOf } from '../../../../src/features/catalogue/fiche/rules/difference.ts';
import { aDocument, aFiche, anOffer } from '../../../support/fiches.ts';

type OfferInput = ReturnType<typeof anOffer>;
type Document = ReturnType<typeof aDocument>;

const difference = (was: Partial<OfferInput>, is: Partial<OfferInput>) =>
  differenceOf(aFiche({ offers: [anOffer(was)] }), aFiche({ offers: [anOffer(is)] }));
const changesOf = (was: Partial<OfferInput>, is: Partial<OfferInput>) => difference(was, is).changes;

/** The no-break spaces of amounts and percentages. */
const typed = (text: string) => text.replace(/ (?=[$%])/g, '\u00a0');

const tiers = (...prices: [fromUnits: number, price: string][]) =>
  prices.map(([fromUnits, unitPricePerMonth]) => ({ fromUnits, unitPricePerMonth }));
const visio = {
  id: 'bleuet-visio',
  name: 'Bleuet Visio',
  category: 'visioconference' as const,
  tiers: tiers([1, '1.00']),
};
const montreal = { country: 'CA', region: 'QC', place: 'Montréal' };

type Row = [
  what: string,
  was: Partial<OfferInput>,
  is: Partial<OfferInput>,
  field: string,
  from: string,
  to: string,
  sentence: string,
];

const PRICED: Row[] = [
  [
    'a price that rises',
    { tiers: tiers([1, '5.00']) },
    { tiers: tiers([1, '5.25']) },
    'tiers.1',
    '5,00 $',
    '5,25 $',
    'Bleuet Courriel, prix : 5,00 $ → 5,25 $ (+5 %).',
  ],
  [
    'a price that falls',
    { tiers: tiers([1, '5.25']) },
    { tiers: tiers([1, '5.00']) },
    'tiers.1',
    '5,25 $',
    '5,00 $',
    'Bleuet Courriel, prix : 5,25 $ → 5,00 $ (−4,8 %).',
  ],
  [
    'a price of another tier',
    { tiers: tiers([1, '5.00'], [100, '4.00']) },
    { tiers: tiers([1, '5.00'], [100, '4.20']) },
    'tiers.100',
    '4,00 $',
    '4,20 $',
    'Bleuet Courriel, prix à partir de 100 utilisateurs : 4,00 $ → 4,20 $ (+5 %).',
  ],
  [
    'a new tier',
    { tiers: tiers([1, '5.00']) },
    { tiers: tiers([1, '5.00'], [500, '3.50']) },
    'tiers.500',
    'aucun palier',
    '3,50 $',
    'Bleuet Courriel, prix à partir de 500 utilisateurs : aucun palier → 3,50 $.',
  ],
  [
    'a tier that ends',
    { tiers: tiers([1, '5.00'], [500, '3.50']) },
    { tiers: tiers([1, '5.00']) },
    'tiers.500',
    '3,50 $',
    'aucun palier',
    'Bleuet Courriel, prix à partir de 500 utilisateurs : 3,50 $ → aucun palier.',
  ],
  [
    'a price of a component',
    { components: [visio] },
    { components: [{ ...visio, tiers: tiers([1, '0.90']) }] },
    'components.bleuet-visio.tiers.1',
    '1,00 $',
    '0,90 $',
    'Bleuet Courriel, composante « Bleuet Visio », prix : 1,00 $ → 0,90 $ (−10 %).',
  ],
  [
    'a fee from zero',
    { entryFee: '0.00' },
    { entryFee: '250.00' },
    'entryFee',
    '0,00 $',
    '250,00 $',
    "Bleuet Courriel, frais d'entrée : 0,00 $ → 250,00 $.",
  ],
  [
    'a fee to zero',
    { exitFee: '250.00' },
    { exitFee: '0.00' },
    'exitFee',
    '250,00 $',
    '0,00 $',
    'Bleuet Courriel, frais de sortie : 250,00 $ → 0,00 $ (−100 %).',
  ],
  [
    'an indexation',
    { indexation: '2' },
    { indexation: '2.5' },
    'indexation',
    '+2 % par année de contrat',
    '+2,5 % par année de contrat',
    'Bleuet Courriel, indexation : +2 % par année de contrat → +2,5 % par année de contrat.',
  ],
  [
    'a least quantity',
    { minimumUnits: 1 },
    { minimumUnits: 25 },
    'minimumUnits',
    '1 unité',
    '25 unités',
    'Bleuet Courriel, quantité minimale : 1 unité → 25 unités.',
  ],
  [
    'a least term',
    { minimumTermMonths: 1 },
    { minimumTermMonths: 12 },
    'minimumTermMonths',
    '1 mois',
    '12 mois',
    'Bleuet Courriel, durée minimale : 1 mois → 12 mois.',
  ],
  [
    'a billing',
    { billing: 'monthly' },
    { billing: 'annual' },
    'billing',
    'au mois',
    "à l'année",
    "Bleuet Courriel, facturation : au mois → à l'année.",
  ],
  [
    'a billing at the signature',
    { billing: 'annual' },
    { billing: 'upfront' },
    'billing',
    "à l'année",
    'en entier à la signature',
    "Bleuet Courriel, facturation : à l'année → en entier à la signature.",
  ],
];

const UNPRICED: Row[] = [
  [
    'an offer that is analysed again',
    { status: 'qualified' },
    { status: 'under-review' },
    'status',
    'qualifiée',
    'en analyse',
    'Bleuet Courriel, statut : qualifiée → en analyse.',
  ],
  [
    'an offer that comes back',
    { status: 'withdrawn' },
    { status: 'qualified' },
    'status',
    'retirée',
    'qualifiée',
    'Bleuet Courriel, statut : retirée → qualifiée.',
  ],
  [
    'a name',
    { name: 'Bleuet Poste' },
    { name: 'Bleuet Courriel' },
    'name',
    'Bleuet Poste',
    'Bleuet Courriel',
    'Bleuet Courriel, nom : Bleuet Poste → Bleuet Courriel.',
  ],
  [
    'categories',
    { categories: ['courriel'] },
    { categories: ['courriel', 'sondage'] },
    'categories',
    'Courriel',
    'Courriel et Sondage',
    'Bleuet Courriel, catégories : Courriel → Courriel et Sondage.',
  ],
  [
    'the right to need less',
    { decreaseAllowed: true },
    { decreaseAllowed: false },
    'decreaseAllowed',
    'permise',
    'non permise',
    'Bleuet Courriel, diminution des quantités : permise → non permise.',
  ],
  [
    'a place in Québec',
    { hosting: [montreal] },
    { hosting: [montreal, { ...montreal, place: 'Lévis' }] },
    'hosting',
    'Montréal (Québec)',
    'Lévis (Québec) et Montréal (Québec)',
    'Bleuet Courriel, hébergement : Montréal (Québec) → Lévis (Québec) et Montréal (Québec).',
  ],
  [
    'a place abroad',
    { hosting: [montreal] },
    { hosting: [{ country: 'US', region: 'VA', place: 'Ashburn' }] },
    'hosting',
    'Montréal (Québec)',
    'Ashburn (VA, États-Unis)',
    'Bleuet Courriel, hébergement : Montréal (Québec) → Ashburn (VA, États-Unis).',
  ],
  [
    'an availability',
    { availability: '99.9' },
    { availability: '99.95' },
    'availability',
    '99,9 %',
    '99,95 %',
    'Bleuet Courriel, disponibilité : 99,9 % → 99,95 %.',
  ],
  [
    'training languages',
    { trainingLanguages: ['fr'] },
    { trainingLanguages: ['fr', 'en'] },
    'trainingLanguages',
    'français',
    'anglais et français',
    'Bleuet Courriel, langues de formation : français → anglais et français.',
  ],
  [
    'certifications',
    { security: { certifications: ['ISO 27001'] } },
    { security: { certifications: ['ISO 27001', 'SOC 2'] } },
    'security.certifications',
    'ISO 27001',
    'ISO 27001 et SOC 2',
    'Bleuet Courriel, certifications : ISO 27001 → ISO 27001 et SOC 2.',
  ],
  [
    'a certification that ends',
    { security: { certifications: ['ISO 27001'] } },
    { security: { certifications: [] } },
    'security.certifications',
    'ISO 27001',
    '',
    'Bleuet Courriel, certifications : ISO 27001 → rien.',
  ],
  [
    'notes',
    { security: { notes: 'Audit annuel' } },
    { security: { notes: 'Audit trimestriel' } },
    'security.notes',
    'Audit annuel',
    'Audit trimestriel',
    'Bleuet Courriel, notes de sécurité : Audit annuel → Audit trimestriel.',
  ],
  [
    'a trial',
    { trial: { units: 30, days: 60 } },
    { trial: { units: 1, days: 45 } },
    'trial',
    '30 unités, 60 jours',
    '1 unité, 45 jours',
    "Bleuet Courriel, banc d'essai : 30 unités, 60 jours → 1 unité, 45 jours.",
  ],
  [
    'a trial that ends',
    { trial: { units: 30, days: 60 } },
    { trial: undefined },
    'trial',
    '30 unités, 60 jours',
    '',
    "Bleuet Courriel, banc d'essai : 30 unités, 60 jours → rien.",
  ],
  [
    'a component’s name',
    { components: [{ ...visio, name: 'Bleuet Vidéo' }] },
    { components: [visio] },
    'components.bleuet-visio.name',
    'Bleuet Vidéo',
    'Bleuet Visio',
    'Bleuet Courriel, nom d’une composante : Bleuet Vidéo → Bleuet Visio.',
  ],
  [
    'a component’s category',
    { components: [{ ...visio, category: 'presentation' }] },
    { components: [visio] },
    'components.bleuet-visio.category',
    'Présentation',
    'Visioconférence',
    'Bleuet Courriel, composante « Bleuet Visio », catégorie : Présentation → Visioconférence.',
  ],
];

const expected = (price: boolean, [, , , field, from, to, sentence]: Row) => ({
  kind: 'changed',
  offer: 'bleuet-courriel',
  field,
  price,
  from: typed(from),
  to: typed(to),
  sentence: typed(sentence),
});

describe('what changes in an offer', () => {
  test.each(PRICED)('%s changes its price', (...row) => {
    const [, was, is] = row;
    const { changes, changesPrices } = difference(was, is);
    expect(changes).toMatchObject([expected(true, row)]);
    expect(changesPrices).toBe(true);
  });

  test.each(UNPRICED)('%s changes without touching its price', (...row) => {
    const [, was, is] = row;
    const { changes, changesPrices } = difference(was, is);
    expect(changes).toMatchObject([expected(false, row)]);
    expect(changesPrices).toBe(false);
  });

  test('the new unit is told', () => {
    expect(changesOf({ unit: 'utilisateur' }, { unit: 'boîte' })).toContainEqual({
      kind: 'changed',
      offer: 'bleuet-courriel',
      field: 'unit',
      price: false,
      from: 'utilisateur',
      to: 'boîte',
      sentence: 'Bleuet Courriel, unité de tarification : utilisateur → boîte.',
    });
  });

  test.each([
    ['+5 %', '5.00', '5.25'],
    ['−5 %', '5.00', '4.75'],
    ['−100 %', '5.00', '0.00'],
    [undefined, '0.00', '5.00'],
  ])('the percentage is %s from %s to %s', (percent, from, to) => {
    const [change] = changesOf({ tiers: tiers([1, from]) }, { tiers: tiers([1, to]) });
    expect(change?.percent).toBe(percent && typed(percent));
  });

  test('an offer that is withdrawn is said to leave the catalogue', () => {
    expect(changesOf({}, { status: 'withdrawn' })).toMatchObject([
      {
        kind: 'withdrawn',
        offer: 'bleuet-courriel',
        field: 'status',
        sentence: 'Bleuet Courriel est retirée du catalogue.',
      },
    ]);
  });

  test.each([
    ['added', [], [visio], { to: 'Bleuet Visio' }, 'Bleuet Courriel : nouvelle composante « Bleuet Visio ».'],
    [
      'removed',
      [visio],
      [],
      { from: 'Bleuet Visio' },
      'Bleuet Courriel : fin de la composante « Bleuet Visio ».',
    ],
  ] as const)('a component is %s', (kind, was, is, sides, sentence) => {
    expect(changesOf({ components: [...was] }, { components: [...is] })).toMatchObject([
      { kind, offer: 'bleuet-courriel', field: 'components.bleuet-visio', ...sides, sentence },
    ]);
  });

  test('features that are gained and lost are told apart', () => {
    expect(changesOf({ features: ['mfa', 'sso'] }, { features: ['mfa', 'archivage'] })).toMatchObject([
      { kind: 'added', field: 'features', price: false, to: 'archivage' },
      { kind: 'removed', field: 'features', price: false, from: 'authentification unique' },
    ]);
  });

  test('a feature that we do not know is told without its hyphens', () => {
    const [change] = changesOf({ features: [] }, { features: ['mode-sombre'] });
    expect(change?.sentence).toBe('Bleuet Courriel : s’ajoute mode sombre.');
  });

  test('several changes are told one by one', () => {
    const changes = changesOf(
      {},
      { tiers: tiers([1, '5.10'], [100, '4.10']), billing: 'annual', availability: '99.5' },
    );
    expect(changes.map(({ field }) => field)).toEqual(['tiers.1', 'tiers.100', 'billing', 'availability']);
  });
});

describe('what changes in the offers of a supplier', () => {
  const second = anOffer({ id: 'bleuet-sondage', name: 'Bleuet Sondage', categories: ['sondage'] });

  test('a new offer is told with its categories and its lowest price', () => {
    const { changes, changesPrices } = differenceOf(aFiche(), aFiche({ offers: [anOffer(), second] }));
    expect(changes).toEqual([
      {
        kind: 'added',
        offer: 'bleuet-sondage',
        field: 'offer',
        price: false,
        to: 'Bleuet Sondage',
        sentence: typed(
          'Nouvelle offre : Bleuet Sondage (sondage). À partir de 4,00 $ par utilisateur et par mois.',
        ),
      },
    ]);
    expect(changesPrices).toBe(false);
  });

  test('a withdrawn offer that leaves the file is told as such', () => {
    const before = aFiche({ offers: [anOffer(), { ...second, status: 'withdrawn' }] });
    expect(differenceOf(before, aFiche()).changes).toEqual([
      {
        kind: 'removed',
        offer: 'bleuet-sondage',
        field: 'offer',
        price: false,
        from: 'Bleuet Sondage',
        sentence: 'Bleuet Sondage, déjà retirée, ne figure plus dans la fiche.',
      },
    ]);
  });

  test('an offer under another id is another offer', () => {
    const after = aFiche({ offers: [anOffer({ id: 'bleuet-poste' })] });
    expect(differenceOf(aFiche(), after).changes.map(({ kind, offer }) => [kind, offer])).toEqual([
      ['added', 'bleuet-poste'],
      ['removed', 'bleuet-courriel'],
    ]);
  });
});

describe('what changes for a supplier', () => {
  const { supplier, documents, frameworkAgreement } = aDocument();
  const [sales, support] = supplier.contacts as [
    Document['supplier']['contacts'][number],
    Document['supplier']['contacts'][number],
  ];
  const withContacts = (...contacts: Document['supplier']['contacts']) => ({
    supplier: { ...supplier, contacts },
  });

  test.each<[string, Partial<Document>, string, string]>([
    [
      'its name',
      { supplier: { ...supplier, name: 'Bleuet Nuage' } },
      'supplier.name',
      'Nom du fournisseur : Bleuet Infonuagique inc. → Bleuet Nuage.',
    ],
    [
      'the person who sells',
      withContacts({ ...sales, name: 'Alex Côté' }, support),
      'supplier.contacts.commercial',
      'Personnes-ressources, ventes : Camille Roy (ventes@bleuet.example.com, 418 555-0142) → Alex Côté (ventes@bleuet.example.com, 418 555-0142).',
    ],
    [
      'the person who helps',
      withContacts(sales, { ...support, phone: '418 555-0190' }),
      'supplier.contacts.technical',
      'Personnes-ressources, soutien technique : Dominique Gagné (soutien@bleuet.example.com) → Dominique Gagné (soutien@bleuet.example.com, 418 555-0190).',
    ],
    [
      'the absence of whoever helps',
      withContacts(sales),
      'supplier.contacts.technical',
      'Personnes-ressources, soutien technique : Dominique Gagné (soutien@bleuet.example.com) → rien.',
    ],
    [
      'the number of the agreement',
      { frameworkAgreement: { ...frameworkAgreement, number: 'EC-2026-100' } },
      'frameworkAgreement.number',
      'Numéro de l’entente-cadre : EC-2026-099 → EC-2026-100.',
    ],
    [
      'the start of the agreement',
      { frameworkAgreement: { ...frameworkAgreement, start: '2026-02-01' } },
      'frameworkAgreement.start',
      'Début de l’entente-cadre : 2026-01-01 → 2026-02-01.',
    ],
    [
      'the end of the agreement',
      { frameworkAgreement: { ...frameworkAgreement, end: '2029-12-31' } },
      'frameworkAgreement.end',
      'Fin de l’entente-cadre : 2028-12-31 → 2029-12-31.',
    ],
    [
      'the text of the agreement',
      { documents: { ...documents, frameworkAgreement: 'https://bleuet.example.com/ec-2.pdf' } },
      'documents.frameworkAgreement',
      'Texte de l’entente-cadre : https://bleuet.example.com/entente-cadre.pdf → https://bleuet.example.com/ec-2.pdf.',
    ],
    [
      'the annex',
      { documents: { ...documents, amendingAnnex: 'https://bleuet.example.com/annexe-2.pdf' } },
      'documents.amendingAnnex',
      'Annexe modificative : https://bleuet.example.com/annexe.pdf → https://bleuet.example.com/annexe-2.pdf.',
    ],
    [
      'the conditions',
      { documents: { ...documents, supplierConditions: 'https://bleuet.example.com/c-2.pdf' } },
      'documents.supplierConditions',
      'Conditions du fournisseur : https://bleuet.example.com/conditions.pdf → https://bleuet.example.com/c-2.pdf.',
    ],
  ])('%s is told once, as no price and of no offer', (_what, changes, field, sentence) => {
    const found = differenceOf(aFiche(), aFiche(changes)).changes;
    expect(found).toMatchObject([{ kind: 'changed', field, price: false, sentence }]);
    expect(found[0]?.offer).toBeUndefined();
  });

  test('what concerns the supplier comes before what concerns its offers', () => {
    const after = aFiche({
      supplier: { ...supplier, name: 'Bleuet Nuage' },
      offers: [anOffer({ billing: 'annual' })],
    });
    expect(differenceOf(aFiche(), after).changes.map(({ field }) => field)).toEqual([
      'supplier.name',
      'billing',
    ]);
  });
});

describe('no change', () => {
  test.each<[string, Partial<Document>, Partial<Document>]>([
    ['the same fiche', {}, {}],
    [
      'another order of offers',
      { offers: [anOffer(), anOffer({ id: 'bleuet-b' })] },
      { offers: [anOffer({ id: 'bleuet-b' }), anOffer()] },
    ],
    [
      'another order of features',
      { offers: [anOffer({ features: ['mfa', 'sso'] })] },
      { offers: [anOffer({ features: ['sso', 'mfa'] })] },
    ],
    [
      'another order of components',
      { offers: [anOffer({ components: [visio, { ...visio, id: 'bleuet-b' }] })] },
      { offers: [anOffer({ components: [{ ...visio, id: 'bleuet-b' }, visio] })] },
    ],
    [
      'a price without its useless zeros',
      { offers: [anOffer({ tiers: tiers([1, '4.00']), entryFee: '0.00', exitFee: '4.50' })] },
      { offers: [anOffer({ tiers: tiers([1, '4']), entryFee: '0', exitFee: '4.5' })] },
    ],
    [
      'a percentage without its useless zeros',
      { offers: [anOffer({ indexation: '2.50', availability: '99.90' })] },
      { offers: [anOffer({ indexation: '2.5', availability: '99.9' })] },
    ],
    ['another list of changes', { changes: ['Un'] }, { changes: ['Deux'] }],
  ])('comes from %s', (_what, was, is) => {
    expect(differenceOf(aFiche(was), aFiche({ ...is, version: '2026-12-01' }))).toEqual({
      supplier: 'bleuet',
      from: '2026-11-02',
      to: '2026-12-01',
      changes: [],
      changesPrices: false,
      categories: [],
    });
  });
});

describe('the categories concerned', () => {
  const mail = anOffer();
  const survey = anOffer({ id: 'bleuet-sondage', name: 'Bleuet Sondage', categories: ['sondage'] });
  const both = (first: Partial<OfferInput> = {}, changes: Partial<Document> = {}) =>
    aFiche({ offers: [{ ...mail, ...first }, survey], ...changes });

  test('are those of the offers that changed', () => {
    expect(differenceOf(both(), both({ billing: 'annual' })).categories).toEqual(['courriel']);
  });

  test('are those of components too', () => {
    expect(differenceOf(both(), both({ components: [visio] })).categories).toEqual([
      'courriel',
      'visioconference',
    ]);
  });

  test('are those left and those entered, in the guide’s order', () => {
    const { categories } = differenceOf(both(), both({ categories: ['tableur', 'reseau-social'] }));
    expect(categories).toEqual(['courriel', 'reseau-social', 'tableur']);
  });

  test('are all the supplier’s when it changed itself', () => {
    const { supplier } = aDocument();
    const after = both({}, { supplier: { ...supplier, name: 'Bleuet Nuage' } });
    expect(differenceOf(both(), after).categories).toEqual(['courriel', 'sondage']);
  });

  test('are those of a new offer and of one that left', () => {
    expect(differenceOf(aFiche({ offers: [mail] }), aFiche({ offers: [mail, survey] })).categories).toEqual([
      'sondage',
    ]);
    expect(differenceOf(aFiche({ offers: [mail, survey] }), aFiche({ offers: [mail] })).categories).toEqual([
      'sondage',
    ]);
  });
});

const money = fc.integer({ min: 0, max: 2_000 }).map((cents) => (cents / 100).toFixed(2));
const someTiers = fc
  .tuple(
    money,
    fc.uniqueArray(fc.tuple(fc.constantFrom(10, 50, 100), money), {
      selector: ([from]) => from,
      maxLength: 3,
    }),
  )
  .map(([first, more]) => tiers([1, first], ...more.toSorted(([a], [b]) => a - b)));
const someCategories = fc.subarray([...CATEGORIES], { minLength: 1, maxLength: 3 });
const someOffer = fc
  .record({
    id: fc.constantFrom('bleuet-a', 'bleuet-b', 'bleuet-c'),
    name: fc.constantFrom('Bleuet Un', 'Bleuet Deux'),
    status: fc.constantFrom('qualified', 'under-review'),
    categories: someCategories,
    tiers: someTiers,
    components: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('bleuet-x', 'bleuet-y'),
        name: fc.constantFrom('Ixe', 'Igrec'),
        category: fc.constantFrom(...CATEGORIES),
        tiers: someTiers,
      }),
      { selector: ({ id }) => id, maxLength: 2 },
    ),
    minimumUnits: fc.constantFrom(1, 5, 25),
    minimumTermMonths: fc.constantFrom(1, 12),
    decreaseAllowed: fc.boolean(),
    billing: fc.constantFrom('monthly', 'annual', 'upfront'),
    indexation: fc.constantFrom('0', '2', '-1.5'),
    entryFee: money,
    exitFee: money,
    availability: fc.constantFrom('99', '99.9'),
    trainingLanguages: fc.subarray(['fr', 'en', 'es']),
    features: fc.subarray(['mfa', 'sso', 'archivage', 'mode-sombre']),
    trial: fc.option(fc.constant({ units: 10, days: 30 }), { nil: undefined }),
  } as const)
  .map((changes) => anOffer(changes));
const someFiche = fc
  .record({
    offers: fc.uniqueArray(someOffer, { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
    version: fc.constantFrom('2026-11-02', '2026-12-01'),
    number: fc.constantFrom('EC-2026-099', 'EC-2026-100'),
  })
  .map(({ offers, version, number }) =>
    aFiche({ offers, version, frameworkAgreement: { number, start: '2026-01-01', end: '2028-12-31' } }),
  );

test('a fiche does not differ from itself', () => {
  fc.assert(
    fc.property(someFiche, (fiche) => {
      expect(differenceOf(fiche, fiche).changes).toEqual([]);
    }),
  );
});

test('every plain change has its mirror in the other direction', () => {
  const sides = ({ offer, field, price, from, to }: Change) => ({ offer, field, price, from, to });
  const plain = (changes: readonly Change[]) => changes.filter(({ kind }) => kind === 'changed');
  fc.assert(
    fc.property(someFiche, someFiche, (a, b) => {
      const forth = plain(differenceOf(a, b).changes).map(sides);
      const back = plain(differenceOf(b, a).changes).map(sides);
      expect(back).toHaveLength(forth.length);
      expect(back).toEqual(
        expect.arrayContaining(forth.map((change) => ({ ...change, from: change.to, to: change.from }))),
      );
    }),
  );
});

test('what one direction adds, the other removes', () => {
  const places = (changes: readonly Change[], kind: Change['kind']) =>
    changes
      .filter((change) => change.kind === kind)
      .map(({ offer, field }) => `${offer} ${field}`)
      .toSorted();
  fc.assert(
    fc.property(someFiche, someFiche, (a, b) => {
      expect(places(differenceOf(a, b).changes, 'added')).toEqual(
        places(differenceOf(b, a).changes, 'removed'),
      );
    }),
  );
});

test('prices change exactly when a priced field does', () => {
  const priced =
    /^(?:components\.[a-z-]+\.)?tiers\.\d+$|^(?:entryFee|exitFee|indexation|minimumUnits|minimumTermMonths|billing)$/;
  fc.assert(
    fc.property(someFiche, someFiche, (a, b) => {
      const { changes, changesPrices } = differenceOf(a, b);
      const plain = changes.filter(({ kind }) => kind === 'changed');
      for (const { field, price } of plain) expect(price).toBe(priced.test(field));
      expect(changesPrices).toBe(changes.some(({ price }) => price));
    }),
  );
});

test('every sentence ends with a period, and names the offer that it concerns', () => {
  fc.assert(
    fc.property(someFiche, someFiche, (a, b) => {
      const names = new Map([...a.offers, ...b.offers].map(({ id, name }) => [id, name]));
      for (const { offer, sentence } of differenceOf(a, b).changes) {
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
        expect(sentence).not.toMatch(/undefined|null|NaN|\.\.|\s\.$/);
        if (offer) expect(sentence).toContain(names.get(offer));
      }
    }),
  );
});

test('versions that differ in anything but their date and summary show it', () => {
  fc.assert(
    fc.property(someFiche, someFiche, (a, b) => {
      const content = ({ offers, frameworkAgreement }: typeof a) =>
        JSON.stringify([
          frameworkAgreement,
          offers
            .map((offer) => ({
              ...offer,
              features: offer.features.toSorted(),
              components: offer.components.toSorted((x, y) => x.id.localeCompare(y.id)),
            }))
            .toSorted((x, y) => x.id.localeCompare(y.id)),
        ]);
      expect(differenceOf(a, b).changes.length > 0).toBe(content(a) !== content(b));
    }),
  );
});

test('a unit that changes its name changes no price', () => {
  const { changes, changesPrices } = difference({ unit: 'utilisateur' }, { unit: 'boîte' });
  expect(changes.map(({ field }) => field)).toEqual(['unit']);
  expect(changesPrices).toBe(false);
});

test('a component that takes the place of another one for the same category changes a price', () => {
  const component = (id: string) => ({
    id,
    name: id,
    category: 'sondage' as const,
    tiers: tiers([1, '1.00']),
  });
  const swapped = difference(
    { components: [component('bleuet-x')] },
    { components: [component('bleuet-y')] },
  );
  expect(swapped.changesPrices).toBe(true);
  expect(difference({ components: [] }, { components: [component('bleuet-y')] }).changesPrices).toBe(false);
});

test.each<[string, Partial<OfferInput>, Partial<OfferInput>]>([
  ['categories', { categories: ['courriel', 'sondage'] }, { categories: ['sondage', 'courriel'] }],
  ['languages', { trainingLanguages: ['fr', 'en'] }, { trainingLanguages: ['en', 'fr'] }],
])('another order of %s is no change', (_what, was, is) => {
  expect(difference(was, is).changes).toEqual([]);
});

test('a sentence that quotes a sentence ends with one period', () => {
  const notes = (text: string) => ({ security: { certifications: [], notes: text } });
  const [change] = difference(notes('Audit annuel.'), notes('Audit trimestriel.')).changes;
  expect(change?.sentence).toMatch(/Audit trimestriel\.$/);
  expect(change?.sentence).not.toMatch(/\.\.$/);
});
