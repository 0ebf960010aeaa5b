import { expect, test } from '@jest/globals';
import { quantitiesOf, totalOf } from '../../../../src/features/knowledge/reading/quantities.ts';

test.each([
  ['45 employés veulent essayer', 'units', 45],
  ['on est quarante-cinq à vouloir essayer', 'units', 45],
  ['nous sommes 12', 'units', 12],
  ['une trentaine d’usagers', 'units', 30],
  ['vingt et un comptes', 'units', 21],
  ['٣٠ licences', 'units', 30],
  ['deux mois et demi', 'duration', 75],
  ['un contrat de quatre ans', 'duration', 1_460],
  ['un an et demi', 'duration', 547.5],
  ['quatre-vingt-dix jours', 'duration', 90],
  ['soixante-quinze jours', 'duration', 75],
  ['dans les cinq jours ouvrables', 'duration', 7],
  ['three years… 3 years', 'duration', 1_095],
  ['2 000 $ de plus que l’autre', 'money', 2_000],
  ['2 000 $ de plus', 'money', 2_000],
  ['deux cent mille dollars', 'money', 200_000],
  ['1,5 million de dollars', 'money', 1_500_000],
  ['25k$', 'money', 25_000],
  ['10 % plus cher', 'percent', 10],
] as const)('« %s » counts %s: %d', (said, measure, value) => {
  expect(quantitiesOf(said)).toEqual([{ measure, value }]);
});

test('several quantities are read in their order', () => {
  expect(quantitiesOf('30 unités pendant 60 jours').map(({ measure }) => measure)).toEqual([
    'units',
    'duration',
  ]);
});

test.each([
  'article 48 du RCTI',
  'section 3.4.3',
  'une entreprise',
  'on est en 2026',
  'le premier contrat',
  '',
])('« %s » counts nothing', (said) => {
  expect(quantitiesOf(said)).toEqual([]);
});

test.each([
  ['un contrat de deux ans, renouvelable deux ans', 4],
  ['un an avec deux renouvellements d’un an', 3],
  ['un an avec trois renouvellements d’un an', 4],
  ['trois ans', 3],
])('« %s » lasts %d years in all', (said, years) => {
  expect(totalOf(quantitiesOf(said), 'duration', said)?.value).toBe(years * 365);
});

test('durations that do not follow one another are not added', () => {
  const said = 'on a signé il y a deux mois pour un contrat de trois ans';
  expect(totalOf(quantitiesOf(said), 'duration', said)?.value).toBe(60);
});
