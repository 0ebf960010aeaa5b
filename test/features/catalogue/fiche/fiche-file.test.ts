import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { checkFile } from '../../../../src/features/catalogue/fiche/rules/check.ts';
import { type Context, EMPTY_CONTEXT } from '../../../../src/features/catalogue/fiche/rules/publication.ts';
import { LARGEST_FILE } from '../../../../src/features/catalogue/fiche/rules/read.ts';
import { checkFiles } from '../../../../src/features/catalogue/index.ts';
import { days } from '../../../support/catalogue.ts';
import { aDocument, aFiche, aFile, anOffer, catalogueOf, flat } from '../../../support/fiches.ts';

function check(
  document: unknown,
  { name, context = EMPTY_CONTEXT }: { name?: string; context?: Context } = {},
) {
  const file = aFile(document, name);
  return checkFile(file.name, file.bytes, context, days);
}

function problemsOf(...given: Parameters<typeof check>) {
  const checked = check(...given);
  return checked.kind === 'refused' ? checked.problems : [];
}

const bytesOf = (name: string, bytes: Uint8Array | string) =>
  checkFile(name, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, EMPTY_CONTEXT, days);

const offer = (changes: object) => ({ ...aDocument(), offers: [{ ...anOffer(), ...changes }] });

describe('a valid fiche', () => {
  test('passes in YAML and in JSON', () => {
    expect(check(aDocument()).kind).toBe('valid');
    expect(bytesOf('bleuet_2026-11-02.json', JSON.stringify(aDocument())).kind).toBe('valid');
    expect(bytesOf('bleuet_2026-11-02.json', JSON.stringify(aDocument(), null, '\t')).kind).toBe('valid');
  });

  test('passes with the mark that some editors put before UTF-8', () => {
    expect(bytesOf('bleuet_2026-11-02.yaml', `\ufeff${stringify(aDocument())}`).kind).toBe('valid');
  });

  test('may be noted without being refused', () => {
    const checked = check(
      aDocument({
        supplier: { ...aDocument().supplier, contacts: aDocument().supplier.contacts.slice(0, 1) },
        frameworkAgreement: { number: 'EC-1', start: '2026-12-01', end: '2028-12-31' },
        offers: [anOffer({ trainingLanguages: ['en'], trial: undefined, minimumTermMonths: 48 })],
      }),
    );
    expect(checked).toMatchObject({ kind: 'valid' });
    const notes = checked.kind === 'valid' ? checked.warnings.join(' ') : '';
    for (const words of ['technique', 'entente-cadre', 'français', 'banc d’essai', 'trois ans'])
      expect(notes).toContain(words);
  });
});

test('every problem of a file is told at once, with its path, its line and a correction', () => {
  const text = stringify({
    ...aDocument({ version: '2026-11-2' }),
    offers: [
      {
        ...anOffer(),
        tiers: [{ fromUnits: 1, unitPricePerMonth: 4.255 }],
        billing: 'mensuel',
        minimumUnits: '3',
      },
    ],
    offres: [],
  });
  const checked = bytesOf('bleuet_2026-11-02.yaml', text);
  const problems = checked.kind === 'refused' ? checked.problems : [];
  const line = (words: string) => text.split('\n').findIndex((each) => each.includes(words)) + 1;
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        path: 'version',
        line: line('version:'),
        correction: 'Écrivez « 2026-11-02 ».',
      }),
      expect.objectContaining({
        path: 'offers[0].tiers[0].unitPricePerMonth',
        line: line('4.255'),
        correction: expect.stringContaining('le prix convenu'),
      }),
      expect.objectContaining({
        path: 'offers[0].billing',
        line: line('mensuel'),
        correction: 'Écrivez « monthly ».',
      }),
      expect.objectContaining({
        path: 'offers[0].minimumUnits',
        line: line('minimumUnits'),
        correction: expect.stringContaining('3, sans guillemets'),
      }),
      expect.objectContaining({ path: 'offres', line: line('offres:'), correction: 'Écrivez « offers ».' }),
    ]),
  );
  for (const { sentence } of problems) expect(sentence).toMatch(/\.$/);
});

test.each<[string, unknown, string, string]>([
  ['a price with three decimals', offer({ entryFee: '4.255' }), 'offers[0].entryFee', 'deux décimales'],
  ['a price with a comma', offer({ exitFee: '4,25' }), 'offers[0].exitFee', 'deux décimales'],
  ['a negative price', offer({ exitFee: '-1.00' }), 'offers[0].exitFee', 'deux décimales'],
  ['a missing key', offer({ unit: undefined }), 'offers[0].unit', 'La clé « unit » manque'],
  ['an unknown key of an offer', offer({ prix: 1 }), 'offers[0].prix', 'inconnue'],
  ['an unknown category', offer({ categories: ['poterie'] }), 'offers[0].categories[0]', 'pas permis'],
  ['no category', offer({ categories: [] }), 'offers[0].categories', 'au moins 1'],
  [
    'a category twice',
    offer({ categories: ['courriel', 'courriel'] }),
    'offers[0].categories[1]',
    'déjà dans la liste',
  ],
  [
    'tiers that do not begin at one',
    offer({ tiers: [{ fromUnits: 5, unitPricePerMonth: '1.00' }] }),
    'offers[0].tiers[0].fromUnits',
    'commence à 1',
  ],
  [
    'tiers that do not go up',
    offer({
      tiers: [
        { fromUnits: 1, unitPricePerMonth: '2.00' },
        { fromUnits: 1, unitPricePerMonth: '1.00' },
      ],
    }),
    'offers[0].tiers[1].fromUnits',
    'en montant',
  ],
  [
    'a trial above thirty units',
    offer({ trial: { units: 31, days: 60 } }),
    'offers[0].trial.units',
    '30 unités',
  ],
  ['a trial above sixty days', offer({ trial: { units: 30, days: 61 } }), 'offers[0].trial.days', '60 jours'],
  ['an indexation of -100', offer({ indexation: '-100' }), 'offers[0].indexation', 'au-dessus de -100'],
  ['an availability above 100', offer({ availability: '100.1' }), 'offers[0].availability', 'de 0 à 100'],
  [
    'a region in full',
    offer({ hosting: [{ country: 'CA', region: 'Québec', place: 'Lévis' }] }),
    'offers[0].hosting[0].region',
    'QC',
  ],
  ['a boolean in words', offer({ decreaseAllowed: 'oui' }), 'offers[0].decreaseAllowed', 'true'],
  ['an id with an accent', offer({ id: 'Bleuet Été' }), 'offers[0].id', 'minuscules'],
  ['a name on two lines', offer({ name: 'Bleuet\nCourriel' }), 'offers[0].name', 'une ligne'],
  ['an overlong name', offer({ name: 'x'.repeat(121) }), 'offers[0].name', '120 caractères'],
  [
    'a link that is not https',
    aDocument({ documents: { ...aDocument().documents, amendingAnnex: 'http://bleuet.example.com' } }),
    'documents.amendingAnnex',
    'https://',
  ],
  [
    'an agreement that ends first',
    aDocument({ frameworkAgreement: { number: 'E', start: '2026-02-01', end: '2026-01-01' } }),
    'frameworkAgreement.end',
    'finit avant',
  ],
  ['a date that does not exist', aDocument({ version: '2026-02-30' }), 'version', 'existe au calendrier'],
  [
    'nobody to reach',
    aDocument({ supplier: { ...aDocument().supplier, contacts: [] } }),
    'supplier.contacts',
    'au moins 1',
  ],
  ['no offer', aDocument({ offers: [] }), 'offers', 'au moins 1'],
  ['an offer id twice', aDocument({ offers: [anOffer(), anOffer()] }), 'offers[1].id', 'sert déjà'],
  [
    'a component id twice in an offer',
    offer({
      components: Array(2).fill({
        id: 'c',
        name: 'C',
        category: 'sondage',
        tiers: flat('1'),
      }),
    }),
    'offers[0].components[1].id',
    'sert déjà',
  ],
])('%s is refused where it stands', (_what, document, path, words) => {
  const found = problemsOf(document, { name: 'bleuet_2026-11-02.yaml' }).filter(
    (problem) => problem.path === path,
  );
  expect(found.map(({ sentence, correction }) => `${sentence} ${correction ?? ''}`).join(' ')).toContain(
    words,
  );
});

test.each([
  ['a name that is no fiche’s', 'fiche finale (2).yaml', '', "n'a pas la forme"],
  ['another extension', 'bleuet_2026-11-02.yml', '', 'Renommez le fichier « bleuet_2026-11-02.yaml ».'],
  ['another date', 'bleuet_2026-12-01.yaml', 'version', 'Le nom du fichier porte la date 2026-12-01'],
  ['another supplier', 'canneberge_2026-11-02.yaml', 'supplier.id', 'Le nom du fichier dit « canneberge »'],
])('a file with %s is refused', (_what, name, path, words) => {
  const [problem] = problemsOf(aDocument(), { name });
  expect(problem?.path).toBe(path);
  expect(`${problem?.sentence} ${problem?.correction}`).toContain(words);
});

describe('in its catalogue, a fiche', () => {
  const before = aFiche({ offers: [anOffer(), anOffer({ id: 'bleuet-visio', name: 'Bleuet Visio' })] });
  const context = catalogueOf(before);

  test('may not take the offer id of another supplier', () => {
    const taken = { ...aDocument(), supplier: { ...aDocument().supplier, id: 'airelle' } };
    expect(problemsOf(taken, { context })[0]?.sentence).toContain(
      'appartient à une offre du fournisseur « bleuet »',
    );
  });

  test('may not lose an offer without withdrawing it', () => {
    const [problem] = problemsOf(aDocument({ version: '2026-12-01' }), { context });
    expect(problem?.sentence).toContain('« Bleuet Visio » (bleuet-visio)');
    expect(problem?.correction).toContain('status: withdrawn');
    const kept = {
      version: '2026-12-01',
      offers: [anOffer(), anOffer({ id: 'bleuet-visio', status: 'withdrawn' })],
    };
    expect(check(aDocument(kept), { context }).kind).toBe('valid');
    expect(
      check(aDocument({ version: '2027-01-05' }), { context: catalogueOf(before, aFiche(kept)) }).kind,
    ).toBe('valid');
  });

  test('goes forward in time', () => {
    expect(
      problemsOf(aDocument({ version: '2026-10-01' }), { context: catalogueOf(aFiche()) })[0]?.sentence,
    ).toContain('Une version plus récente');
  });

  test('changes nothing when its content is published already, however it is laid out', () => {
    const { offers, ...rest } = aDocument();
    const same = { offers: offers.map((each) => ({ ...each, entryFee: '0', indexation: '0.0' })), ...rest };
    const file = { name: 'bleuet_2026-11-02.json', bytes: new TextEncoder().encode(JSON.stringify(same)) };
    expect(checkFile(file.name, file.bytes, catalogueOf(aFiche()), days).kind).toBe('valid');
  });

  test('never alters a published version', () => {
    const [problem] = problemsOf(offer({ availability: '99.5' }), { context: catalogueOf(aFiche()) });
    expect(problem?.sentence).toContain('Une version publiée ne change plus.');
  });

  const component = (price: string) => [
    { id: 'c', name: 'C', category: 'sondage' as const, tiers: flat(price) },
  ];
  const base = aFiche({ offers: [anOffer({ components: component('1.00') })] });
  const changed = (changes: object, version: string) =>
    problemsOf(
      aDocument({ version, offers: [{ ...anOffer({ components: component('1.00') }), ...changes }] }),
      {
        context: catalogueOf(base),
      },
    );

  test.each<[string, object]>([
    ['tiers', { tiers: flat('6.00') }],
    ['a component’s tiers', { components: component('2.00') }],
    ['an entry fee', { entryFee: '10.00' }],
    ['an exit fee', { exitFee: '10.00' }],
    ['an indexation', { indexation: '2' }],
    ['a least quantity', { minimumUnits: 10 }],
    ['a least term', { minimumTermMonths: 12 }],
    ['a billing', { billing: 'annual' }],
  ])('changes %s on the first business day of a month only', (_what, changes) => {
    const [problem] = changed(changes, '2026-11-16');
    expect(problem?.path).toBe('version');
    expect(problem?.correction).toContain('1er décembre 2026 : écrivez « 2026-12-01 »');
    expect(changed(changes, '2026-12-01')).toEqual([]);
    expect(changed(changes, '2027-01-04')[0]?.correction).toContain('2027-01-05');
    expect(changed(changes, '2027-01-05')).toEqual([]);
  });

  test.each<[string, object]>([
    ['an availability', { availability: '99.5' }],
    ['features', { features: ['sso'] }],
    ['hosting', { hosting: [{ country: 'CA', region: 'ON', place: 'Toronto' }] }],
    ['a status', { status: 'under-review' }],
    ['a name', { name: 'Bleuet Courrier' }],
    ['a trial', { trial: { units: 10, days: 10 } }],
  ])('changes %s any day', (_what, changes) => {
    expect(changed(changes, '2026-11-16')).toEqual([]);
  });

  test('may gain an offer any day', () => {
    const offers = [...base.offers, anOffer({ id: 'bleuet-neuf' })];
    expect(check(aDocument({ version: '2026-11-16', offers }), { context: catalogueOf(base) }).kind).toBe(
      'valid',
    );
  });

  test('is compared with the version before it among files given in any order', () => {
    const dear = [anOffer({ tiers: flat('9.00') })];
    const files = [aFile(aDocument({ version: '2026-11-20', offers: dear })), aFile(aDocument())];
    const results = checkFiles(files, EMPTY_CONTEXT, days);
    expect(results.map(({ name, result }) => `${name} ${result.kind}`)).toEqual([
      'bleuet_2026-11-02.yaml valid',
      'bleuet_2026-11-20.yaml refused',
    ]);
  });
});

test.each<[string, string | Uint8Array, string]>([
  ['ten megabytes', new Uint8Array(10_000_000).fill(97), 'Kio'],
  ['one byte too many', new Uint8Array(LARGEST_FILE + 1).fill(97), 'Kio'],
  ['nothing', '', 'vide'],
  ['spaces', ' \n\n ', 'vide'],
  ['UTF-16', Buffer.from('\ufeffversion: x', 'utf16le'), 'UTF-8'],
  ['Latin-1', Buffer.from('name: Québec', 'latin1'), 'UTF-8'],
  ['a control character', 'name: "a\u0000b"', 'UTF-8'],
  ['aliases', 'a: &a [1]\nb: [*a, *a]', 'renvois'],
  [
    'a billion laughs',
    `a: &a [x]\n${'bcdefghi'
      .split('')
      .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
      .join('\n')}`,
    'renvois',
  ],
  ['a tag', 'a: !!js/function "x"', 'étiquettes'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'niveaux'],
  ['nested maps', '{a: '.repeat(3_000), 'niveaux'],
  ['nested dashes', '- '.repeat(20_000), 'niveaux'],
  ['two hundred thousand quotes', `x: ${'"'.repeat(200_000)}`, 'YAML'],
  ['a key written twice', 'version: 1\nversion: 2', 'deux fois'],
  ['two documents', 'a: 1\n---\nb: 2', 'plusieurs documents'],
  ['an open quote', 'a: "x\nb: y', 'guillemet'],
])('a file of %s is refused with one sentence', (_what, bytes, words) => {
  const checked = bytesOf('bleuet_2026-11-02.yaml', bytes);
  expect(checked.kind).toBe('refused');
  const problems = checked.kind === 'refused' ? checked.problems : [];
  expect(problems.map(({ sentence, correction = '' }) => `${sentence} ${correction}`)).toEqual([
    expect.stringContaining(words),
  ]);
});

test.each([
  ['malformed', '{\n "version": "2026-11-02",\n "x" 1 }', 'mal formé'],
  ['YAML in a JSON file', 'version: 2026-11-02', 'mal formé'],
  ['a key written twice', '{"a": 1, "a": 2}', 'deux fois'],
])('JSON with %s is refused', (_what, text, words) => {
  const checked = bytesOf('bleuet_2026-11-02.json', text);
  expect(checked.kind === 'refused' && checked.problems[0]?.sentence).toContain(words);
});

test.each([
  ['a list', '- 1'],
  ['a text', 'bonjour'],
  ['a null', 'null'],
  ['a number', '7'],
])('a file that is %s is refused', (_what, text) => {
  expect(bytesOf('bleuet_2026-11-02.yaml', text).kind).toBe('refused');
});

test('keys that mean something to JavaScript are unknown keys like others', () => {
  const text = `${stringify(aDocument())}__proto__: { polluted: true }\nconstructor: { a: 1 }\n`;
  expect(bytesOf('bleuet_2026-11-02.yaml', text).kind).toBe('refused');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('twenty thousand unknown keys give a hundred problems at most', () => {
  const text = `${stringify(aDocument())}${Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n')}`;
  const checked = bytesOf('bleuet_2026-11-02.yaml', text);
  expect(checked.kind === 'refused' && checked.problems.length).toBe(100);
});

test('whatever the bytes, the answer is a fiche or at least one sentence', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }),
    fc.string({ unit: 'grapheme', maxLength: 500 }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, fc.constantFrom('yaml', 'json'), (content, extension) => {
      const checked = bytesOf(`bleuet_2026-11-02.${extension}`, content);
      expect(checked.kind).toBe('refused');
      expect(
        checked.kind === 'refused' && checked.problems.every(({ sentence }) => /^\S.*\.$/s.test(sentence)),
      ).toBe(true);
    }),
  );
});

test('whatever is done to a valid fiche, it stays one or every problem is a sentence', () => {
  const paths: (string | number)[][] = [];
  const walk = (value: unknown, path: (string | number)[]) => {
    if (path.length > 0) paths.push(path);
    if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value))
        walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(aDocument(), []);
  const edit = fc.tuple(
    fc.constantFrom(...paths),
    fc.oneof(fc.constant(undefined), fc.jsonValue()),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const document = structuredClone(aDocument());
      for (const [path, value, add] of edits) {
        const parent = path.slice(0, -1).reduce<unknown>((at, part) => Object(at)[part], document);
        if (parent === null || typeof parent !== 'object') continue;
        (parent as Record<PropertyKey, unknown>)[add ? `${path.at(-1)}x` : (path.at(-1) as PropertyKey)] =
          value;
      }
      const checked = bytesOf('bleuet_2026-11-02.json', JSON.stringify(document));
      if (checked.kind === 'refused') {
        expect(checked.problems.length).toBeGreaterThan(0);
        for (const { sentence } of checked.problems) expect(sentence).toMatch(/^\S.*\.$/s);
      }
    }),
    { numRuns: 300 },
  );
});
