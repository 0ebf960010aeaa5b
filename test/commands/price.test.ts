import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courtier } from '../support/courtier.ts';
import { aDocument, aFile, anOffer, flat } from '../support/fiches.ts';
import { aRequest, need } from '../support/pricing.ts';

let folder: string;

const offers = [
  anOffer({
    id: 'offre-a',
    tiers: [
      { fromUnits: 1, unitPricePerMonth: '5.00' },
      { fromUnits: 100, unitPricePerMonth: '4.00' },
    ],
  }),
  anOffer({
    id: 'offre-b',
    categories: ['visioconference'],
    tiers: flat('3.00'),
    billing: 'annual',
    indexation: '2',
  }),
  anOffer({
    id: 'offre-c',
    tiers: flat('4.10'),
    billing: 'upfront',
    entryFee: '250.00',
    components: [{ id: 'c', name: 'C', category: 'visioconference', tiers: flat('1.00') }],
  }),
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'courtier-price-'));
  mkdirSync(join(folder, 'fiches'));
  for (const document of [
    aDocument({ offers }),
    aDocument({ version: '2026-12-01', offers: offers.map((offer) => ({ ...offer, tiers: flat('9.00') })) }),
  ]) {
    const { name, bytes } = aFile(document);
    writeFileSync(join(folder, 'fiches', name), bytes);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function price(request: unknown, ...args: string[]) {
  const file = join(folder, 'request.json');
  writeFileSync(file, typeof request === 'string' ? request : JSON.stringify(request));
  return courtier(['price', '--request', file, '--fiches', join(folder, 'fiches'), ...args], { cwd: folder });
}

const worked = aRequest({
  durationMonths: 18,
  needs: [need('courriel', 100), need('visioconference', 40, [13, 60])],
});

test('the worked example of the rules comes out to the cent, with the fiche in force on the date', async () => {
  const { code, out } = await price(worked, '--as-of', '2026-11-23', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    suppliers: [
      {
        supplier: 'bleuet',
        version: '2026-11-02',
        priceCents: 943_000,
        lowest: true,
        offers: { 'offre-c': ['courriel', 'visioconference'] },
      },
    ],
    excluded: [],
    acrossSuppliers: { priceCents: 943_000, contracts: 1 },
  });
});

test('on a later date, the later fiche counts', async () => {
  const { out } = await price(worked, '--as-of', '2026-12-01', '--json');
  expect(JSON.parse(out).suppliers[0]).toMatchObject({ version: '2026-12-01' });
});

test('before any fiche is in force, there is nobody to compare', async () => {
  const { code, out } = await price(worked, '--as-of', '2026-01-05', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({ suppliers: [], excluded: [], acrossSuppliers: null });
});

test('a supplier without a scenario says what is missing, and why its offers do not count', async () => {
  const request = { ...worked, requirements: { minAvailability: '99.99' } };
  const { out } = await price(request, '--as-of', '2026-11-23', '--json');
  expect(JSON.parse(out).excluded).toMatchObject([
    {
      supplier: 'bleuet',
      missing: ['courriel', 'visioconference'],
      offers: [{ offer: 'offre-a', obstacles: [{ kind: 'availability', value: '99.9' }] }, {}, {}],
    },
  ]);
});

test('a person reads amounts in French', async () => {
  const { out } = await price(worked, '--as-of', '2026-11-23');
  expect(out.replace(/\u00a0/g, ' ')).toContain('1. bleuet : 9 430,00 $ (le plus bas) – offre-c');
});

test('a request that breaks a rule is refused with its path and a sentence', async () => {
  const { code, out, err } = await price({ ...worked, durationMonths: 40 }, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    error: { path: 'durationMonths', message: expect.stringMatching(/\.$/) },
  });
  expect(err).toContain('durationMonths');
});

test.each([
  ['a request that is no JSON', 'bonjour', [], 'ne peut pas être lue'],
  ['a date that does not exist', worked, ['--as-of', '2026-02-30'], 'AAAA-MM-JJ'],
  ['a folder that does not exist', worked, ['--fiches', 'nulle-part'], 'ne peut pas être lu'],
])('%s is refused with a sentence', async (_what, request, args, sentence) => {
  const { code, err } = await price(request, ...args);
  expect(code).toBe(1);
  expect(err).toContain(sentence);
});
