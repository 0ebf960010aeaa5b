import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { writtenPath } from '../../../../src/core/text/path.ts';
import { checkFiles } from '../../../../src/features/catalogue/fiche/files.ts';
import { checkFile } from '../../../../src/features/catalogue/fiche/rules/check.ts';
import { EMPTY_CONTEXT } from '../../../../src/features/catalogue/fiche/rules/publication.ts';
import { days } from '../../../support/catalogue.ts';
import { aDocument, aFiche, aFile, anOffer, catalogueOf, flat } from '../../../support/fiches.ts';

const NAME = 'bleuet_2026-11-02.yaml';

type Path = readonly (string | number)[];
type Holder = Record<string | number, unknown>;

const component = (changes: object = {}) => ({
  id: 'bleuet-visio',
  name: 'Bleuet Visio',
  category: 'visioconference' as const,
  tiers: [{ fromUnits: 1, unitPricePerMonth: '1.00' }],
  ...changes,
});
const full = () => aDocument({ offers: [anOffer({ components: [component()] })] });
const withOffer = (changes: object) => ({ ...aDocument(), offers: [{ ...anOffer(), ...changes }] });

/** A valid document in which one value is another, or is absent when `undefined`. */
function edited(path: Path, value: unknown): object {
  const document = structuredClone(full());
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce<unknown>((at, part) => (at as Holder)[part], document) as Holder;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return document;
}

function check(document: unknown, context = EMPTY_CONTEXT, name = aFile(document).name) {
  return checkFile(name, aFile(document, name).bytes, context, days);
}

const checkText = (text: string, name = NAME) =>
  checkFile(name, new TextEncoder().encode(text), EMPTY_CONTEXT, days);

function problemsOf(checked: ReturnType<typeof check>) {
  return checked.kind === 'refused' ? checked.problems : [];
}

const problemsAt = (document: unknown, path: string) =>
  problemsOf(check(document, EMPTY_CONTEXT, NAME)).filter((problem) => problem.path === path);

const all = (problems: ReturnType<typeof problemsOf>) =>
  problems.map(({ sentence, correction = '' }) => `${sentence} ${correction}`).join('\n');

describe('a valid fiche', () => {
  test('passes in YAML', () => {
    expect(checkText(stringify(full()))).toMatchObject({ kind: 'valid', warnings: [] });
  });

  test('passes in JSON', () => {
    expect(checkText(JSON.stringify(full()), 'bleuet_2026-11-02.json')).toMatchObject({
      kind: 'valid',
      warnings: [],
    });
  });

  test('is the same fiche in both', () => {
    const yaml = checkText(stringify(full()));
    const json = checkText(JSON.stringify(full(), null, 2), 'bleuet_2026-11-02.json');
    expect(json).toEqual(yaml);
  });

  test('may leave out components, features, security, trial and changes', () => {
    const { changes: _changes, ...document } = aDocument();
    const { components: _c, features: _f, security: _s, trial: _t, ...offer } = anOffer();
    expect(check({ ...document, offers: [offer] }).kind).toBe('valid');
  });
});

const FAULTY = `supplier:
  id: bleuet
  name: Bleuet Infonuagique inc.
  contacts:
    - { role: technique, name: Camille Roy, email: ventes@bleuet.example.com }
    - { role: technical, name: Dominique Gagné, email: soutien }
version: 2026-11-2
frameworkAgreement: { number: EC-2026-099, start: 2026-01-01, end: 2028-12-31 }
documents:
  frameworkAgreement: https://bleuet.example.com/entente-cadre.pdf
  amendingAnnex: http://bleuet.example.com/annexe.pdf
  supplierConditions: https://bleuet.example.com/conditions.pdf
offers:
  - id: Bleuet-Éditeur
    name: Bleuet Éditeur
    status: qualifié
    categories: [traitement-de-textes]
    unit: utilisateur
    tiers:
      - { fromUnits: 1, unitPricePerMonth: 5 }
      - fromUnits: 100
        unitPricePerMonth: "4.257"
    minimumUnits: "10"
    minimumTermMonths: 0
    decreaseAllowed: oui
    billing: mensuel
    indexation: 2.5
    entryFee: "10,5"
    exitFee: "0.00"
    hosting: [{ country: CA, region: Québec, place: Lévis }]
    availabilty: "99.9"
    availability: "99.9"
    trainingLanguages: []
    trial: { units: 31, days: 90 }
`;

describe('a file with many faults', () => {
  const problems = problemsOf(checkText(FAULTY));

  test.each([
    ['supplier.contacts[0].role', 5, 'technical'],
    ['supplier.contacts[1].email', 6, undefined],
    ['version', 7, '2026-11-02'],
    ['documents.amendingAnnex', 11, undefined],
    ['offers[0].id', 14, 'bleuet-editeur'],
    ['offers[0].status', 16, 'qualified'],
    ['offers[0].categories[0]', 17, 'traitement-de-texte'],
    ['offers[0].tiers[0].unitPricePerMonth', 20, '"5.00"'],
    ['offers[0].tiers[1].unitPricePerMonth', 22, 'le prix convenu'],
    ['offers[0].minimumUnits', 23, '10, sans guillemets'],
    ['offers[0].minimumTermMonths', 24, undefined],
    ['offers[0].decreaseAllowed', 25, 'true'],
    ['offers[0].billing', 26, 'monthly'],
    ['offers[0].indexation', 27, '"2.5"'],
    ['offers[0].entryFee', 28, '"10.50"'],
    ['offers[0].hosting[0].region', 30, 'QC'],
    ['offers[0].availabilty', 31, 'availability'],
    ['offers[0].trial.units', 34, undefined],
    ['offers[0].trial.days', 34, undefined],
  ])('has one at %s, on line %d', (path, line, correction) => {
    const [problem] = problems.filter((each) => each.path === path);
    expect(problem?.line).toBe(line);
    if (correction) expect(problem?.correction).toContain(correction);
  });

  test('tells nothing of what is right', () => {
    expect(new Set(problems.map(({ path }) => path)).size).toBe(19);
  });

  test('tells each in a whole sentence', () => {
    for (const { sentence } of problems) expect(sentence).toMatch(/^[\p{Lu}«].*\.$/u);
  });

  test('has the same faults in JSON, at their lines', () => {
    const text = JSON.stringify(withOffer({ billing: 'annuel', entryFee: 4 }), null, 2);
    const line = (words: string) => text.split('\n').findIndex((each) => each.includes(words)) + 1;
    expect(problemsOf(checkText(text, 'bleuet_2026-11-02.json'))).toEqual([
      expect.objectContaining({ path: 'offers[0].billing', line: line('"billing"') }),
      expect.objectContaining({ path: 'offers[0].entryFee', line: line('"entryFee"') }),
    ]);
  });

  test('has its lines counted alike when they end as on Windows', () => {
    const text = stringify(withOffer({ billing: 'mensuel' }));
    const [unix] = problemsOf(checkText(text));
    expect(problemsOf(checkText(text.replaceAll('\n', '\r\n')))[0]?.line).toBe(unix?.line);
  });
});

test.each<[string, Path, unknown, string]>([
  ['a whole price without quotes', ['offers', 0, 'entryFee'], 4, '"4.00"'],
  ['a decimal price without quotes', ['offers', 0, 'exitFee'], 4.5, '"4.50"'],
  ['a price with a comma', ['offers', 0, 'entryFee'], '4,25', '"4.25"'],
  ['a price with a dollar sign', ['offers', 0, 'entryFee'], '4,25 $', '"4.25"'],
  ['a price of three decimals', ['offers', 0, 'entryFee'], '4.251', 'le prix convenu'],
  ['a price in the quotes of Word', ['offers', 0, 'entryFee'], '“4.50”', '"4.50"'],
  ['a price in French quotes', ['offers', 0, 'entryFee'], '« 4,50 »', '"4.50"'],
  ['a price with spaces between thousands', ['offers', 0, 'entryFee'], '1\u202f234,5 $', '"1234.50"'],
  ['a price with a character that nobody sees', ['offers', 0, 'entryFee'], '4.50\u200b', '"4.50"'],
  ['a date of a spreadsheet', ['frameworkAgreement', 'end'], 47118, '« 2028-12-31 »'],
  ['a date of a spreadsheet, in quotes', ['frameworkAgreement', 'end'], '47118', '« 2028-12-31 »'],
  ['a date that begins with its day', ['frameworkAgreement', 'end'], '31/12/2028', '« 2028-12-31 »'],
  ['a date in the quotes of Word', ['frameworkAgreement', 'end'], '“2028-12-31”', '« 2028-12-31 »'],
  [
    'a date whose day and month cannot be told apart',
    ['frameworkAgreement', 'end'],
    '02/11/2028',
    '« 2028-11-02 » ou « 2028-02-11 »',
  ],
  ['an integer with a space', ['offers', 0, 'tiers', 1, 'fromUnits'], '1 000', '1000, sans guillemets'],
  ['a boolean in the quotes of Word', ['offers', 0, 'decreaseAllowed'], '“true”', 'true, sans guillemets'],
  ['a word in the quotes of Word', ['offers', 0, 'billing'], '“monthly”', 'monthly'],
  ['an availability without quotes', ['offers', 0, 'availability'], 99.95, '"99.95"'],
  ['an availability with a comma', ['offers', 0, 'availability'], '99,9', '"99.9"'],
  ['an availability with its sign', ['offers', 0, 'availability'], '99.9 %', '"99.9"'],
  ['an indexation with a comma', ['offers', 0, 'indexation'], '2,5', '"2.5"'],
  ['a month of one digit', ['frameworkAgreement', 'start'], '2026-1-01', '2026-01-01'],
  ['a date with slashes', ['frameworkAgreement', 'end'], '2028/12/31', '2028-12-31'],
  ['« mensuelle »', ['offers', 0, 'billing'], 'mensuelle', 'monthly'],
  ['« Annuel »', ['offers', 0, 'billing'], 'Annuel', 'annual'],
  ['« à la signature »', ['offers', 0, 'billing'], 'à la signature', 'upfront'],
  ['a misspelt word', ['offers', 0, 'billing'], 'montly', 'monthly'],
  ['« retirée »', ['offers', 0, 'status'], 'retirée', 'withdrawn'],
  ['« en analyse »', ['offers', 0, 'status'], 'en analyse', 'under-review'],
  ['a category with its accent', ['offers', 0, 'categories', 0], 'Visioconférence', 'visioconference'],
  ['a word that says nothing', ['offers', 0, 'billing'], 'parfois', 'monthly, annual, upfront'],
  ['« oui »', ['offers', 0, 'decreaseAllowed'], 'oui', 'true'],
  ['« non »', ['offers', 0, 'decreaseAllowed'], 'non', 'false'],
  ['« vrai »', ['offers', 0, 'decreaseAllowed'], 'vrai', 'true'],
  ['« off »', ['offers', 0, 'decreaseAllowed'], 'off', 'false'],
  ['a language in capitals', ['offers', 0, 'trainingLanguages', 0], 'FR', '« fr »'],
  ['the name of a language', ['offers', 0, 'trainingLanguages', 0], 'français', '« fr »'],
  ['the name of a country', ['offers', 0, 'hosting', 0, 'country'], 'Canada', '« CA »'],
  ['a date in words', ['frameworkAgreement', 'end'], '31 décembre 2028', '2028-12-31'],
  ['a date without its hyphens', ['frameworkAgreement', 'end'], '20281231', '2028-12-31'],
  ['a date with hyphens that do not break', ['frameworkAgreement', 'end'], '2028‑12‑31', '2028-12-31'],
  ['a name in the quotes of Word', ['offers', 0, 'name'], '“Bleuet Courriel”', '"Bleuet Courriel"'],
  [
    'a name with an apostrophe in the quotes of Word',
    ['offers', 0, 'name'],
    '“Courriel d’affaires”',
    '"Courriel d’affaires"',
  ],
  [
    'the number of an agreement that looks like a date',
    ['frameworkAgreement', 'number'],
    20260114,
    'Écrivez "20260114".',
  ],
  ['the name of a region', ['offers', 0, 'hosting', 0, 'region'], 'Ontario', '« ON »'],
  ['a boolean in quotes', ['offers', 0, 'decreaseAllowed'], 'true', 'true, sans guillemets'],
  ['an integer in quotes', ['offers', 0, 'tiers', 1, 'fromUnits'], '100', '100, sans guillemets'],
  ['an id with an accent', ['offers', 0, 'id'], 'bleuet-éditeur', 'bleuet-editeur'],
  ['an id with spaces and capitals', ['supplier', 'id'], 'Bleuet Inc', 'bleuet-inc'],
  ['a feature with an accent', ['offers', 0, 'features', 0], 'Récupération', 'recuperation'],
])('%s is refused with what to write instead', (_what, path, value, correction) => {
  const at = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${part}`),
    '',
  );
  const [problem] = problemsAt(edited(path, value), at);
  expect(problem?.correction).toContain(correction);
});

test.each<[string, Path, unknown]>([
  ['a price without quotes of three decimals', ['offers', 0, 'entryFee'], 4.125],
  ['a price that may be a thousand', ['offers', 0, 'entryFee'], '1,000'],
  ['a price with two marks', ['offers', 0, 'entryFee'], '1,234.50'],
  ['an availability above a hundred', ['offers', 0, 'availability'], '100.1'],
  ['an availability above a hundred, with a comma', ['offers', 0, 'availability'], '100,5'],
  ['an availability below nothing', ['offers', 0, 'availability'], '-1'],
  ['an indexation that leaves no price', ['offers', 0, 'indexation'], '-100'],
  ['a number that is no day', ['frameworkAgreement', 'end'], 4_632_800],
  ['a day that does not exist', ['frameworkAgreement', 'end'], '2028-02-30'],
  ['a month that does not exist', ['frameworkAgreement', 'end'], '31/31/2028'],
])('%s is refused without a correction that would be refused, or that nobody meant', (_what, path, value) => {
  const [problem, ...others] = problemsAt(edited(path, value), writtenPath(path));
  expect(others).toEqual([]);
  expect(problem?.sentence).toMatch(/\.$/);
  expect(problem?.correction ?? '').not.toMatch(/\d/);
});

test.each<[string, Path, unknown]>([
  ['a name with straight quotes in those of Word', ['offers', 0, 'name'], '“Bleuet "Courriel"”'],
  ['a region in small letters', ['offers', 0, 'hosting', 0, 'region'], 'on'],
  ['a region that every object has', ['offers', 0, 'hosting', 0, 'region'], 'constructor'],
])('%s is refused, and nothing is told to be written instead', (_what, path, value) => {
  const problems = problemsAt(edited(path, value), writtenPath(path));
  expect(problems.map(({ correction }) => correction)).toEqual([undefined]);
});

test('two words in quotation marks are a name', () => {
  expect(check(edited(['offers', 0, 'name'], '“Courriel” et “Visio”')).kind).toBe('valid');
});

test.each([
  ['a sign that turns the line round', 'Bleuet \u202einc.'],
  ['a space of no width', 'Bleu\u200bet'],
  ['a soft hyphen', 'Bleu\u00adet'],
  ['letters of a flag', 'Bleuet\u{e0041}'],
])('%s in a name is refused with a sentence', (_what, name) => {
  const [problem] = problemsAt(edited(['supplier', 'name'], name), 'supplier.name');
  expect(problem?.sentence).toContain('invisible');
});

test('a character that no text may hold is told as what it is', () => {
  const [problem] = problemsOf(check(edited(['supplier', 'name'], 'Bleuet\ufffe'), EMPTY_CONTEXT, NAME));
  expect(problem?.sentence).toContain('invisible');
});

test('a name in separate accents is the same as in composed ones', () => {
  const [one, other] = ['Érable', 'E\u0301rable'].map((name) =>
    check(edited(['supplier', 'name'], name), EMPTY_CONTEXT, NAME),
  );
  expect(one).toEqual(other);
  expect(one?.kind).toBe('valid');
});

describe('a key that is unknown is refused', () => {
  test.each<[string, Path]>([
    ['couleur', ['couleur']],
    ['supplier.couleur', ['supplier', 'couleur']],
    ['supplier.contacts[1].couleur', ['supplier', 'contacts', 1, 'couleur']],
    ['frameworkAgreement.couleur', ['frameworkAgreement', 'couleur']],
    ['documents.couleur', ['documents', 'couleur']],
    ['offers[0].couleur', ['offers', 0, 'couleur']],
    ['offers[0].tiers[1].couleur', ['offers', 0, 'tiers', 1, 'couleur']],
    ['offers[0].components[0].couleur', ['offers', 0, 'components', 0, 'couleur']],
    ['offers[0].components[0].tiers[0].couleur', ['offers', 0, 'components', 0, 'tiers', 0, 'couleur']],
    ['offers[0].hosting[0].couleur', ['offers', 0, 'hosting', 0, 'couleur']],
    ['offers[0].security.couleur', ['offers', 0, 'security', 'couleur']],
    ['offers[0].trial.couleur', ['offers', 0, 'trial', 'couleur']],
  ])('at %s', (written, path) => {
    const [problem] = problemsAt(edited(path, 'bleu'), written);
    expect(problem?.sentence).toContain('« couleur » est inconnue');
    expect(problem?.correction).toContain('Les clés permises ici');
  });

  test.each<[Path, string, string]>([
    [['offres'], 'offres', 'offers'],
    [['supplier', 'nane'], 'supplier.nane', 'name'],
    [['offers', 0, 'entreeFee'], 'offers[0].entreeFee', 'entryFee'],
    [['offers', 0, 'minimumUnit'], 'offers[0].minimumUnit', 'minimumUnits'],
    [['offers', 0, 'tiers', 0, 'fromUnit'], 'offers[0].tiers[0].fromUnit', 'fromUnits'],
    [['documents', 'amendingannex'], 'documents.amendingannex', 'amendingAnnex'],
  ])('with the nearest one, for %j', (path, written, nearest) => {
    expect(problemsAt(edited(path, 'x'), written)[0]?.correction).toContain(`« ${nearest} »`);
  });
});

test.each<[string, Path]>([
  ['supplier', ['supplier']],
  ['supplier.id', ['supplier', 'id']],
  ['supplier.name', ['supplier', 'name']],
  ['supplier.contacts', ['supplier', 'contacts']],
  ['supplier.contacts[0].email', ['supplier', 'contacts', 0, 'email']],
  ['version', ['version']],
  ['frameworkAgreement.end', ['frameworkAgreement', 'end']],
  ['documents', ['documents']],
  ['documents.supplierConditions', ['documents', 'supplierConditions']],
  ['offers', ['offers']],
  ['offers[0].id', ['offers', 0, 'id']],
  ['offers[0].tiers', ['offers', 0, 'tiers']],
  ['offers[0].tiers[1].unitPricePerMonth', ['offers', 0, 'tiers', 1, 'unitPricePerMonth']],
  ['offers[0].components[0].category', ['offers', 0, 'components', 0, 'category']],
  ['offers[0].billing', ['offers', 0, 'billing']],
  ['offers[0].indexation', ['offers', 0, 'indexation']],
  ['offers[0].hosting[0].place', ['offers', 0, 'hosting', 0, 'place']],
  ['offers[0].trial.days', ['offers', 0, 'trial', 'days']],
])('the key %s may not be missing', (written, path) => {
  const [problem] = problemsAt(edited(path, undefined), written);
  expect(problem?.sentence).toContain(`« ${path.at(-1)} » manque`);
  expect(problem?.line).toBeGreaterThan(0);
});

test.each<[string, object, string, string]>([
  ['a negative price', withOffer({ entryFee: '-1.00' }), 'offers[0].entryFee', 'montant'],
  ['a price in words', withOffer({ exitFee: 'gratuit' }), 'offers[0].exitFee', 'montant'],
  [
    'a price in scientific notation',
    edited(['offers', 0, 'tiers', 0, 'unitPricePerMonth'], '1e3'),
    'offers[0].tiers[0].unitPricePerMonth',
    'montant',
  ],
  ['an availability above 100', withOffer({ availability: '101' }), 'offers[0].availability', '100'],
  ['an availability below 0', withOffer({ availability: '-1' }), 'offers[0].availability', '0 à 100'],
  [
    'tiers that do not begin at one unit',
    edited(['offers', 0, 'tiers', 0, 'fromUnits'], 10),
    'offers[0].tiers[0].fromUnits',
    'commence à 1',
  ],
  [
    'tiers that stay where they are',
    edited(['offers', 0, 'tiers', 1, 'fromUnits'], 1),
    'offers[0].tiers[1].fromUnits',
    'en montant',
  ],
  [
    'tiers that go down',
    withOffer({
      tiers: [1, 100, 50].map((fromUnits) => ({ fromUnits, unitPricePerMonth: '1.00' })),
    }),
    'offers[0].tiers[2].fromUnits',
    'en montant',
  ],
  [
    'a component whose tiers do not begin at one unit',
    edited(['offers', 0, 'components', 0, 'tiers', 0, 'fromUnits'], 2),
    'offers[0].components[0].tiers[0].fromUnits',
    'commence à 1',
  ],
  [
    'a tier of half a unit',
    edited(['offers', 0, 'tiers', 1, 'fromUnits'], 1.5),
    'offers[0].tiers[1].fromUnits',
    'entier',
  ],
  ['no unit at least', withOffer({ minimumUnits: 0 }), 'offers[0].minimumUnits', 'minimale'],
  ['a trial above 30 units', withOffer({ trial: { units: 31, days: 60 } }), 'offers[0].trial.units', '30'],
  ['a trial above 60 days', withOffer({ trial: { units: 30, days: 61 } }), 'offers[0].trial.days', '60'],
  ['a trial of no unit', withOffer({ trial: { units: 0, days: 60 } }), 'offers[0].trial.units', 'minimale'],
  [
    'an agreement that ends before it starts',
    edited(['frameworkAgreement', 'end'], '2025-12-31'),
    'frameworkAgreement.end',
    'finit avant',
  ],
  ['a day that does not exist', edited(['version'], '2026-02-30'), 'version', 'calendrier'],
  ['a year that is a slip', edited(['version'], '0026-11-02'), 'version', 'année'],
  ['the 29th of February of an ordinary year', edited(['version'], '2027-02-29'), 'version', 'calendrier'],
  [
    'a link in clear',
    edited(['documents', 'frameworkAgreement'], 'http://bleuet.example.com/'),
    'documents.frameworkAgreement',
    'https://',
  ],
  [
    'a link that runs a script',
    edited(['documents', 'amendingAnnex'], 'javascript:alert(1)'),
    'documents.amendingAnnex',
    'https://',
  ],
  [
    'a path for a link',
    edited(['documents', 'supplierConditions'], '/conditions.pdf'),
    'documents.supplierConditions',
    'https://',
  ],
  [
    'an address without a domain',
    edited(['supplier', 'contacts', 0, 'email'], 'ventes'),
    'supplier.contacts[0].email',
    'courriel',
  ],
  ['an unknown category', withOffer({ categories: ['poterie'] }), 'offers[0].categories[0]', 'poterie'],
  [
    'a category twice',
    withOffer({ categories: ['courriel', 'tableur', 'courriel'] }),
    'offers[0].categories[2]',
    'déjà',
  ],
  ['no category', withOffer({ categories: [] }), 'offers[0].categories', 'au moins 1'],
  ['no tier', withOffer({ tiers: [] }), 'offers[0].tiers', 'au moins 1'],
  ['no place of hosting', withOffer({ hosting: [] }), 'offers[0].hosting', 'au moins 1'],
  ['no offer', edited(['offers'], []), 'offers', 'au moins 1'],
  ['no contact', edited(['supplier', 'contacts'], []), 'supplier.contacts', 'au moins 1'],
  ['an empty name', withOffer({ name: '' }), 'offers[0].name', 'vide'],
  ['a name of spaces', withOffer({ name: '   ' }), 'offers[0].name', 'vide'],
  ['an object for a list', edited(['offers'], { id: 'x' }), 'offers', 'une liste'],
  ['a list for an object', edited(['supplier'], []), 'supplier', 'groupe de clés'],
  ['a null for an object', edited(['offers', 0, 'trial'], null), 'offers[0].trial', 'groupe de clés'],
])('%s is refused where it stands', (_what, document, path, words) => {
  expect(all(problemsAt(document, path))).toContain(words);
});

const TEXTS: [string, Path][] = [
  ['supplier.name', ['supplier', 'name']],
  ['supplier.contacts[0].name', ['supplier', 'contacts', 0, 'name']],
  ['supplier.contacts[0].phone', ['supplier', 'contacts', 0, 'phone']],
  ['frameworkAgreement.number', ['frameworkAgreement', 'number']],
  ['offers[0].name', ['offers', 0, 'name']],
  ['offers[0].unit', ['offers', 0, 'unit']],
  ['offers[0].components[0].name', ['offers', 0, 'components', 0, 'name']],
  ['offers[0].hosting[0].place', ['offers', 0, 'hosting', 0, 'place']],
  ['offers[0].security.certifications[0]', ['offers', 0, 'security', 'certifications', 0]],
  ['changes[0]', ['changes', 0]],
];

test.each(TEXTS)('%s may not hold two lines', (written, path) => {
  expect(all(problemsAt(edited(path, 'Bleuet\nCourriel'), written))).toContain('une ligne');
});

test.each(TEXTS)('%s may not be a thousand characters long', (written, path) => {
  expect(all(problemsAt(edited(path, 'x'.repeat(1_000)), written))).toContain('caractères');
});

test.each([
  ['a carriage return', '\r'],
  ['a tabulation', '\t'],
  ['a null', '\u0000'],
  ['an escape', '\u001b'],
  ['a delete', '\u007f'],
  ['a next line', '\u0085'],
  ['a line separator', '\u2028'],
  ['a paragraph separator', '\u2029'],
])('a name with %s is refused', (_what, character) => {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  const text = JSON.stringify(withOffer({ name: 'Bleuet@Courriel' })).replace(
    'Bleuet@Courriel',
    `Bleuet\\u${code}Courriel`,
  );
  const problems = problemsOf(checkText(text, 'bleuet_2026-11-02.json'));
  expect(problems.map(({ path }) => path)).toEqual(['offers[0].name']);
});

test.each<[string, unknown, string]>([
  ['a group of keys', { toString: [] }, 'on lit un groupe de clés'],
  ['a list', [['monthly']], 'on lit une liste'],
  ['nothing', null, 'on lit rien'],
])('%s where a word is expected is said, whatever its keys', (_name, value, words) => {
  const [problem] = problemsAt(edited(['offers', 0, 'billing'], value), 'offers[0].billing');
  expect(problem?.sentence).toContain(words);
  expect(problem?.correction).toContain('monthly, annual, upfront');
});

test.each<[string, Path, unknown]>([
  ['an id', ['offers', 0, 'id'], 'x'.repeat(1_000)],
  ['a price', ['offers', 0, 'entryFee'], '9'.repeat(1_000)],
  ['an address', ['supplier', 'contacts', 0, 'email'], `${'x'.repeat(1_000)}@example.com`],
  ['a link', ['documents', 'amendingAnnex'], `https://example.com/${'x'.repeat(1_000)}`],
  ['a quantity', ['offers', 0, 'minimumUnits'], 10 ** 12],
  ['a term', ['offers', 0, 'minimumTermMonths'], 10_000],
  [
    'a list of tiers',
    ['offers', 0, 'tiers'],
    Array.from({ length: 500 }, (_, n) => ({ fromUnits: n + 1, unitPricePerMonth: '1.00' })),
  ],
  ['a list of changes', ['changes'], Array(2_000).fill('Un changement.')],
])('%s beyond all measure is refused', (_what, path, value) => {
  expect(check(edited(path, value)).kind).toBe('refused');
});

describe('ids', () => {
  test('of two offers of a fiche differ', () => {
    const offers = [anOffer(), anOffer({ id: 'bleuet-visio' }), anOffer()];
    const problems = problemsOf(check(aDocument({ offers })));
    expect(problems.map(({ path }) => path)).toEqual(['offers[2].id']);
    expect(problems[0]?.sentence).toContain('« bleuet-courriel »');
  });

  test('of two components of an offer differ', () => {
    const [problem, ...others] = problemsOf(
      check(withOffer({ components: [component(), component({ name: 'Autre' })] })),
    );
    expect(problem?.path).toBe('offers[0].components[1].id');
    expect(problem?.sentence).toContain('« bleuet-visio »');
    expect(others).toEqual([]);
  });

  test('of components of two offers may be the same', () => {
    const offers = ['bleuet-a', 'bleuet-b'].map((id) => anOffer({ id, components: [component()] }));
    expect(check(aDocument({ offers })).kind).toBe('valid');
  });

  test('of an offer may not be that of another supplier', () => {
    const [problem] = problemsOf(check(aDocument(), { ...EMPTY_CONTEXT, ownerOf: () => 'nordet' }));
    expect(problem?.path).toBe('offers[0].id');
    expect(problem?.sentence).toContain('« nordet »');
  });

  test('of an offer may be that of the same supplier', () => {
    expect(check(aDocument(), { ...EMPTY_CONTEXT, ownerOf: () => 'bleuet' }).kind).toBe('valid');
  });
});

describe('the name of a file', () => {
  test.each([
    'fiche.yaml',
    'bleuet.yaml',
    'bleuet_2026-11-02.yml',
    'bleuet_2026-11-02.txt',
    'bleuet_2026-11-02',
    'bleuet-2026-11-02.yaml',
    'bleuet_2026-11-2.yaml',
    'bleuet_20261102.yaml',
    'Bleuet_2026-11-02.yaml',
    'bleuet_2026-11-02 (1).yaml',
    'bleuet_2026-11-02.yaml.exe',
    '../bleuet_2026-11-02.yaml',
    '_2026-11-02.yaml',
    '',
  ])('may not be « %s », and the right one is told', (name) => {
    const [problem] = problemsOf(check(aDocument(), EMPTY_CONTEXT, name));
    expect(problem?.sentence).toContain('fournisseur_AAAA-MM-JJ.yaml');
    expect(problem?.correction).toContain('« bleuet_2026-11-02.yaml »');
  });

  test('carries the date that the fiche carries', () => {
    const [problem] = problemsOf(check(aDocument(), EMPTY_CONTEXT, 'bleuet_2026-12-01.yaml'));
    expect(problem).toMatchObject({ path: 'version' });
    expect(problem?.sentence).toMatch(/2026-12-01.*2026-11-02/);
  });

  test('carries the supplier that the fiche carries', () => {
    const [problem] = problemsOf(check(aDocument(), EMPTY_CONTEXT, 'nordet_2026-11-02.yaml'));
    expect(problem).toMatchObject({ path: 'supplier.id' });
    expect(problem?.sentence).toMatch(/« nordet ».*« bleuet »/);
  });

  test('and the faults of the content are told together', () => {
    const problems = problemsOf(
      check(withOffer({ billing: 'mensuel' }), EMPTY_CONTEXT, 'nordet_2026-11-03.yaml'),
    );
    expect(new Set(problems.map(({ path }) => path))).toEqual(
      new Set(['offers[0].billing', 'supplier.id', 'version']),
    );
  });
});

test.each<[string, object, string]>([
  ['without training in French', withOffer({ trainingLanguages: ['en'] }), 'formation en français'],
  ['without a trial', withOffer({ trial: undefined }), 'banc d’essai'],
  ['without a technical contact', edited(['supplier', 'contacts', 1, 'role'], 'commercial'), 'technique'],
  ['without a commercial contact', edited(['supplier', 'contacts', 0, 'role'], 'technical'), 'commerciale'],
  [
    'dated before its agreement',
    edited(['frameworkAgreement', 'start'], '2026-11-03'),
    'hors de la période de l’entente-cadre',
  ],
  [
    'dated after its agreement',
    edited(['frameworkAgreement', 'end'], '2026-11-01'),
    'hors de la période de l’entente-cadre',
  ],
])('a fiche %s passes with a warning', (_what, document, words) => {
  const checked = check(document);
  expect(checked.kind).toBe('valid');
  const warnings = checked.kind === 'valid' ? checked.warnings : [];
  expect(warnings).toEqual([expect.stringContaining(words)]);
  expect(warnings[0]).toMatch(/\.$/);
});

describe('an offer of the version before', () => {
  const visio = (changes: object = {}) => anOffer({ id: 'bleuet-visio', name: 'Bleuet Visio', ...changes });
  const before = catalogueOf(aFiche({ offers: [anOffer(), visio()] }));

  test('may not vanish', () => {
    const [problem, ...others] = problemsOf(check(aDocument({ version: '2026-12-01' }), before));
    expect(problem?.path).toBe('offers');
    expect(problem?.sentence).toContain('bleuet-visio');
    expect(problem?.correction).toContain('withdrawn');
    expect(others).toEqual([]);
  });

  test('may not vanish by taking another id', () => {
    const offers = [anOffer(), visio({ id: 'bleuet-video' })];
    const [problem] = problemsOf(check(aDocument({ version: '2026-12-01', offers }), before));
    expect(problem?.sentence).toContain('bleuet-visio');
  });

  test('may be withdrawn, any day', () => {
    const offers = [anOffer(), visio({ status: 'withdrawn' })];
    expect(check(aDocument({ version: '2026-11-16', offers }), before).kind).toBe('valid');
  });

  test('may vanish once it is withdrawn', () => {
    const withdrawn = catalogueOf(aFiche({ offers: [anOffer(), visio({ status: 'withdrawn' })] }));
    expect(check(aDocument({ version: '2026-11-16' }), withdrawn).kind).toBe('valid');
  });

  test('may vanish from another supplier’s point of view', () => {
    const { supplier } = aDocument();
    const other = aDocument({
      supplier: { ...supplier, id: 'airelle' },
      offers: [anOffer({ id: 'airelle-courriel' })],
    });
    expect(check(other, before).kind).toBe('valid');
  });
});

describe('versions go forward in time', () => {
  const published = catalogueOf(aFiche(), aFiche({ version: '2026-12-01' }));

  test('a version older than the one in force is refused', () => {
    const [problem] = problemsOf(check(aDocument({ version: '2026-10-20' }), published));
    expect(problem?.path).toBe('version');
    expect(problem?.sentence).toContain('2 novembre 2026');
  });

  describe('before one that is to come', () => {
    const earlier = (changes: object) => ({
      ...withOffer(changes),
      version: '2026-11-20',
    });
    const toCome = (...offers: Parameters<typeof anOffer>[0][]) =>
      catalogueOf(aFiche(), aFiche({ version: '2026-12-01', offers: offers.map((offer) => anOffer(offer)) }));

    test('a characteristic may change any day', () => {
      expect(check(earlier({ availability: '99.5' }), toCome({ availability: '99.5' }))).toMatchObject({
        kind: 'valid',
        forgotten: undefined,
      });
    });

    test('a price may not change in the middle of a month', () => {
      const dearer = check(earlier({ tiers: flat('6.00') }), toCome({ tiers: flat('6.00') }));
      expect(problemsOf(dearer)[0]?.sentence).toContain('change un prix');
    });

    test('what the one to come would undo is said, and what it announces itself is not', () => {
      const checked = check(earlier({ availability: '99.5' }), toCome({ tiers: flat('6.00') }));
      expect(checked).toMatchObject({ kind: 'valid' });
      expect(checked.kind === 'valid' && checked.forgotten).toContain(
        'La version à venir du 1er décembre 2026 a été écrite sans celle-ci : ce jour-là, 1 changement serait défait.',
      );
    });

    test('an offer that the one to come does not have is refused: it would end in silence', () => {
      const two = aDocument({ version: '2026-11-20', offers: [anOffer(), anOffer({ id: 'bleuet-neuf' })] });
      const [problem] = problemsOf(check(two, toCome({})));
      expect(problem?.sentence).toContain('elle disparaîtrait ce jour-là');
      expect(problem?.correction).toContain('Annulez la version du 1er décembre 2026');
    });

    test('a price that changes before one dated of another day is refused: that one would change it back', () => {
      const later = catalogueOf(aFiche(), aFiche({ version: '2026-12-15' }));
      const dearer = { ...withOffer({ tiers: flat('6.00') }), version: '2026-12-01' };
      expect(problemsOf(check(dearer, later))[0]?.sentence).toContain(
        'La version à venir du 15 décembre 2026 changerait un prix',
      );
    });
  });

  test('a later version is accepted', () => {
    expect(check(aDocument({ version: '2027-01-05' }), published).kind).toBe('valid');
  });

  test('the same content is accepted again, the newest or not', () => {
    expect(check(aDocument(), published).kind).toBe('valid');
    expect(check(aDocument({ version: '2026-12-01' }), published).kind).toBe('valid');
  });

  test('other content under a published date is refused, the newest or not', () => {
    for (const version of ['2026-11-02', '2026-12-01']) {
      const [problem] = problemsOf(check({ ...withOffer({ availability: '99.5' }), version }, published));
      expect(problem?.path).toBe('version');
      expect(problem?.sentence).toContain('déjà publiée');
    }
  });

  test.each<[string, string, string]>([
    ['JSON', 'json', JSON.stringify(full())],
    ['indented JSON', 'json', JSON.stringify(full(), null, '\t')],
    ['a price without its zeros', 'yaml', stringify(full()).replace('"4.00"', '"4"')],
    ['a percentage with more zeros', 'yaml', stringify(full()).replace('"99.9"', '"99.90"')],
    ['keys in another order', 'yaml', stringify(Object.fromEntries(Object.entries(full()).reverse()))],
    ['comments', 'yaml', `# Fiche de Bleuet\n${stringify(full())}`],
    ['quotes everywhere', 'yaml', stringify(full(), { defaultStringType: 'QUOTE_SINGLE' })],
    ['Windows lines', 'yaml', stringify(full()).replaceAll('\n', '\r\n')],
  ])('the same content laid out with %s is the same', (_what, extension, text) => {
    const context = catalogueOf(aFiche(full()));
    const bytes = new TextEncoder().encode(text);
    expect(checkFile(`bleuet_2026-11-02.${extension}`, bytes, context, days).kind).toBe('valid');
  });

  test.each<[string, object]>([
    ['a cent', edited(['offers', 0, 'tiers', 1, 'unitPricePerMonth'], '4.01')],
    ['a capital', edited(['offers', 0, 'name'], 'BLEUET Courriel')],
    ['a line of its summary', edited(['changes', 0], 'Publication de la fiche.')],
  ])('content that differs by %s is other content', (_what, document) => {
    const [problem] = problemsOf(check(document, catalogueOf(aFiche(full()))));
    expect(problem?.sentence).toContain('déjà publiée');
  });
});

describe('prices change on the first business day of a month', () => {
  const base = catalogueOf(aFiche(full()));
  const on = (version: string, path: Path, value: unknown) =>
    problemsOf(check({ ...edited(path, value), version }, base));

  const PRICES: [string, Path, unknown][] = [
    ['the price of a tier', ['offers', 0, 'tiers', 1, 'unitPricePerMonth'], '4.01'],
    ['a lower price', ['offers', 0, 'tiers', 0, 'unitPricePerMonth'], '4.99'],
    ['the start of a tier', ['offers', 0, 'tiers', 1, 'fromUnits'], 50],
    ['a tier less', ['offers', 0, 'tiers'], [{ fromUnits: 1, unitPricePerMonth: '5.00' }]],
    ['a tier more', ['offers', 0, 'tiers', 2], { fromUnits: 500, unitPricePerMonth: '3.00' }],
    ['the price of a component', ['offers', 0, 'components', 0, 'tiers', 0, 'unitPricePerMonth'], '2.00'],
    [
      'a tier more of a component',
      ['offers', 0, 'components', 0, 'tiers', 1],
      { fromUnits: 10, unitPricePerMonth: '0.50' },
    ],
    ['the entry fee', ['offers', 0, 'entryFee'], '100.00'],
    ['the exit fee', ['offers', 0, 'exitFee'], '100.00'],
    ['the indexation', ['offers', 0, 'indexation'], '2.5'],
    ['the least quantity', ['offers', 0, 'minimumUnits'], 5],
    ['the least term', ['offers', 0, 'minimumTermMonths'], 12],
    ['the billing', ['offers', 0, 'billing'], 'annual'],
  ];

  test.each(PRICES)('%s may not change on another day, and the next date is told', (_what, path, value) => {
    const [problem, ...others] = on('2026-11-16', path, value);
    expect(problem?.path).toBe('version');
    expect(problem?.sentence).toContain('premier jour ouvrable');
    expect(problem?.correction).toContain('« 2026-12-01 »');
    expect(others).toEqual([]);
  });

  test.each(PRICES)('%s may change on that day', (_what, path, value) => {
    expect(on('2026-12-01', path, value)).toEqual([]);
  });

  test.each<[string, Path, unknown]>([
    ['the name of an offer', ['offers', 0, 'name'], 'Bleuet Messagerie'],
    ['the status', ['offers', 0, 'status'], 'under-review'],
    ['the categories', ['offers', 0, 'categories'], ['courriel', 'tableur']],
    ['the permission to decrease', ['offers', 0, 'decreaseAllowed'], false],
    ['the hosting', ['offers', 0, 'hosting', 0, 'place'], 'Lévis'],
    ['the availability', ['offers', 0, 'availability'], '99.5'],
    ['the languages of training', ['offers', 0, 'trainingLanguages'], ['fr']],
    ['the features', ['offers', 0, 'features'], ['mfa', 'sso']],
    ['the certifications', ['offers', 0, 'security', 'certifications'], []],
    ['the notes on security', ['offers', 0, 'security', 'notes'], 'Audit mensuel.'],
    ['the trial', ['offers', 0, 'trial'], { units: 10, days: 30 }],
    ['the name of a component', ['offers', 0, 'components', 0, 'name'], 'Bleuet Vidéo'],
    ['the name of the supplier', ['supplier', 'name'], 'Bleuet inc.'],
    ['a contact', ['supplier', 'contacts', 0, 'phone'], '418 555-0199'],
    ['the end of the agreement', ['frameworkAgreement', 'end'], '2029-12-31'],
    ['a document', ['documents', 'amendingAnnex'], 'https://bleuet.example.com/annexe-2.pdf'],
    ['the summary of changes', ['changes'], ['Rien de neuf.']],
  ])('%s may change any day', (_what, path, value) => {
    expect(on('2026-11-16', path, value)).toEqual([]);
  });

  describe('also under a new id', () => {
    const mail = anOffer();
    const before = catalogueOf(aFiche({ offers: [mail] }));
    const withdrawn = { ...mail, status: 'withdrawn' as const };
    const refusals = (version: string, ...offers: ReturnType<typeof anOffer>[]) =>
      problemsOf(check(aDocument({ version, offers }), before)).map(({ sentence }) => sentence);
    const renewed = (changes: Parameters<typeof anOffer>[0] = {}) =>
      anOffer({ id: 'bleuet-courriel-2', tiers: flat('6.00'), ...changes });

    test('the same name at another price is refused, and the offer that it takes up is named', () => {
      expect(refusals('2026-11-16', withdrawn, renewed({ name: 'BLEUET  courriel' }))).toEqual([
        expect.stringContaining(
          "L'offre « BLEUET  courriel » (bleuet-courriel-2) reprend « Bleuet Courriel » (bleuet-courriel) sous un nouvel identifiant et à un autre prix",
        ),
      ]);
    });

    test('the same name beside the former offer is refused too', () => {
      expect(refusals('2026-11-16', mail, renewed())).toHaveLength(1);
    });

    test('another name, for the same product as the one that is withdrawn, is refused', () => {
      expect(refusals('2026-11-16', withdrawn, renewed({ name: 'Bleuet Poste' }))).toHaveLength(1);
    });

    test.each([
      ['on price day', '2026-12-01', [withdrawn, renewed()]],
      ['at the same price', '2026-11-16', [withdrawn, renewed({ tiers: mail.tiers })]],
      [
        'another product, the former one withdrawn',
        '2026-11-16',
        [withdrawn, renewed({ name: 'Bleuet Plus', features: ['mfa', 'sso'] })],
      ],
      [
        'another name beside the former offer',
        '2026-11-16',
        [mail, renewed({ name: 'Bleuet Courriel Plus' })],
      ],
    ])('it is accepted: %s', (_what, version, offers) => {
      expect(refusals(version, ...offers)).toEqual([]);
    });

    describe('and after an absence', () => {
      const other = anOffer({ id: 'bleuet-textes', name: 'Bleuet Textes', categories: ['tableur'] });
      const since = (dropped: string, ...offers: ReturnType<typeof anOffer>[]) =>
        problemsOf(
          check(
            aDocument({ version: '2026-11-20', offers: [other, ...offers] }),
            catalogueOf(
              aFiche({ version: '2026-10-01', offers: [other, mail] }),
              aFiche({ version: '2026-10-15', offers: [other, withdrawn] }),
              aFiche({ version: dropped, offers: [other] }),
            ),
          ),
        ).map(({ sentence }) => sentence);

      test('a new id takes up an offer that left since the last price day', () => {
        expect(since('2026-11-16', renewed())).toEqual([
          expect.stringContaining('reprend « Bleuet Courriel »'),
        ]);
      });

      test('its own id too', () => {
        expect(since('2026-11-16', anOffer({ tiers: flat('6.00') }))).toEqual([
          expect.stringContaining(
            "L'offre « Bleuet Courriel » (bleuet-courriel) revient au Catalogue à un autre prix",
          ),
        ]);
      });

      test('one that left on that very day is taken up as well: its price was not changed then', () => {
        expect(since('2026-11-02', renewed())).toHaveLength(1);
      });

      test('one that left before the last price day is another offer', () => {
        expect(since('2026-10-20', renewed())).toEqual([]);
      });

      test('at its price it may come back', () => {
        expect(since('2026-11-16', mail)).toEqual([]);
      });
    });

    test('components under new codes are compared with those that they take up', () => {
      const component = (id: string, price: string) => ({
        id,
        name: 'Vidéo',
        category: 'visioconference' as const,
        tiers: flat(price),
      });
      const base = catalogueOf(aFiche({ offers: [anOffer({ components: [component('video', '1.00')] })] }));
      const on = (price: string) =>
        problemsOf(
          check(
            aDocument({
              version: '2026-11-16',
              offers: [
                anOffer({ status: 'withdrawn', components: [component('video', '1.00')] }),
                anOffer({ id: 'bleuet-courriel-2', components: [component('video-2', price)] }),
              ],
            }),
            base,
          ),
        );
      expect(on('1.00')).toEqual([]);
      expect(on('1.50')).toHaveLength(1);
    });
  });

  test('an offer may be added any day', () => {
    const offers = [...full().offers, anOffer({ id: 'bleuet-neuf' })];
    expect(check(aDocument({ version: '2026-11-16', offers }), base).kind).toBe('valid');
  });

  test('a new supplier may come any day', () => {
    expect(check(aDocument({ version: '2026-11-16' })).kind).toBe('valid');
  });

  test('a price laid out otherwise is no change', () => {
    expect(on('2026-11-16', ['offers', 0, 'tiers', 1, 'unitPricePerMonth'], '4')).toEqual([]);
  });

  test('a price beside other changes is seen', () => {
    const [first] = full().offers;
    const offers = [anOffer({ id: 'bleuet-neuf' }), { ...first, name: 'Autre nom', entryFee: '1.00' }];
    const [problem] = problemsOf(check({ ...aDocument({ version: '2026-11-16' }), offers }, base));
    expect(problem?.correction).toContain('« 2026-12-01 »');
  });

  const fee: [Path, unknown] = [['offers', 0, 'entryFee'], '1.00'];

  test.each([
    ['2026-11-03', '2026-12-01'],
    ['2026-11-30', '2026-12-01'],
    ['2026-12-02', '2027-01-05'],
    ['2026-12-31', '2027-01-05'],
    ['2027-01-01', '2027-01-05'],
    ['2027-01-02', '2027-01-05'],
    ['2027-01-03', '2027-01-05'],
    ['2027-01-04', '2027-01-05'],
    ['2027-01-06', '2027-02-01'],
    ['2027-05-01', '2027-05-03'],
    ['2027-07-01', '2027-07-02'],
  ])('on %s a price waits until %s', (version, next) => {
    expect(on(version, ...fee)[0]?.correction).toContain(`« ${next} »`);
    expect(on(next, ...fee)).toEqual([]);
  });
});

describe('files checked together', () => {
  const priced = (version: string, entryFee: string) => ({ ...withOffer({ entryFee }), version });
  const kinds = (files: ReturnType<typeof aFile>[], context = EMPTY_CONTEXT) =>
    Object.fromEntries(
      checkFiles(files, context, days).map(({ name, result }) => [name, result.kind] as const),
    );

  test.each([
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ])('are compared with the version before, given in the order %d, %d, %d', (...order) => {
    const versions = [
      priced('2026-11-02', '0.00'),
      priced('2026-12-01', '9.00'),
      priced('2026-12-15', '9.00'),
    ];
    expect(kinds(order.map((at) => aFile(versions[at])))).toEqual({
      'bleuet_2026-11-02.yaml': 'valid',
      'bleuet_2026-12-01.yaml': 'valid',
      'bleuet_2026-12-15.yaml': 'valid',
    });
  });

  test('are refused when one changes a price of another in the middle of a month', () => {
    const files = [aFile(priced('2026-11-16', '9.00')), aFile(priced('2026-11-02', '0.00'))];
    expect(kinds(files)).toEqual({
      'bleuet_2026-11-02.yaml': 'valid',
      'bleuet_2026-11-16.yaml': 'refused',
    });
  });

  test('leave a refused one out of the comparison', () => {
    const files = [
      aFile(priced('2026-11-02', '0.00')),
      aFile(priced('2026-11-16', '9.00')),
      aFile(priced('2026-11-17', '0.00')),
    ];
    expect(kinds(files)['bleuet_2026-11-17.yaml']).toBe('valid');
  });

  test('are compared with what is published', () => {
    const context = catalogueOf(aFiche());
    expect(kinds([aFile(priced('2026-11-16', '9.00'))], context)).toEqual({
      'bleuet_2026-11-16.yaml': 'refused',
    });
  });

  test('may hold the same content twice, and not two contents of one version', () => {
    const json = (document: object) => ({
      name: 'bleuet_2026-11-02.json',
      bytes: new TextEncoder().encode(JSON.stringify(document)),
    });
    const yaml = aFile(aDocument());
    expect(Object.values(kinds([json(aDocument()), yaml]))).toEqual(['valid', 'valid']);
    expect(Object.values(kinds([json(priced('2026-11-02', '9.00')), yaml])).sort()).toEqual([
      'refused',
      'valid',
    ]);
  });

  test('may not give one offer to two suppliers', () => {
    const taken = { ...aDocument(), supplier: { ...aDocument().supplier, id: 'airelle' } };
    expect(Object.values(kinds([aFile(taken), aFile()])).sort()).toEqual(['refused', 'valid']);
  });

  test('may come from folders', () => {
    const { bytes } = aFile();
    expect(kinds([{ name: 'depot/novembre/bleuet_2026-11-02.yaml', bytes }])).toEqual({
      'depot/novembre/bleuet_2026-11-02.yaml': 'valid',
    });
  });

  test('each have an answer', () => {
    const texts = ['', '[', 'bonjour'].map((text, at) => aFile(text, `${at}.yaml`));
    expect(Object.values(kinds([...texts, aFile()])).sort()).toEqual([
      'refused',
      'refused',
      'refused',
      'valid',
    ]);
  });
});

/** Every place of a document, the root aside: what holds it, and its key there. */
function placesOf(value: unknown): [Holder, string][] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value as Holder, key] as [Holder, string],
    ...placesOf(inner),
  ]);
}

const anEdit = fc.record({
  kind: fc.constantFrom('delete', 'replace', 'add'),
  at: fc.nat(),
  key: fc.string({ maxLength: 20 }),
  value: fc.jsonValue(),
});

test.each(['yaml', 'json'])('whatever is done to a valid fiche in %s, the answer is plain', (extension) => {
  fc.assert(
    fc.property(fc.array(anEdit, { minLength: 1, maxLength: 6 }), (edits) => {
      const document = structuredClone(full());
      for (const { kind, at, key, value } of edits) {
        const places = placesOf(document);
        const [holder, place] = places[at % places.length] ?? [document as Holder, 'offers'];
        if (kind === 'delete' && Array.isArray(holder)) holder.splice(Number(place), 1);
        else if (kind === 'delete') delete holder[place];
        else
          Object.defineProperty(holder, kind === 'add' && !Array.isArray(holder) ? key : place, {
            value: structuredClone(value),
            configurable: true,
            enumerable: true,
            writable: true,
          });
      }
      const text =
        extension === 'json'
          ? JSON.stringify(document)
          : stringify(document, { aliasDuplicateObjects: false });
      const checked = checkText(text, `bleuet_2026-11-02.${extension}`);
      if (checked.kind === 'valid') return;
      expect(checked.problems.length).toBeGreaterThan(0);
      for (const { sentence } of checked.problems) expect(sentence).toMatch(/^\S.*\.$/s);
    }),
    { numRuns: 200 },
  );
});
