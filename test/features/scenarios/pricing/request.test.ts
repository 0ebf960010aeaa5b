import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRequest } from '../../../../src/features/scenarios/index.ts';
import { aRequest, need } from '../../../support/pricing.ts';

const refusal = (data: unknown) => {
  const read = readRequest(data);
  return read.kind === 'refused' ? read.path : undefined;
};

test('a request that breaks no rule is read as it is', () => {
  const request = aRequest({
    requirements: { hosting: 'QC', minAvailability: '99.9', trainingLanguages: ['fr'], features: ['mfa'] },
  });
  expect(readRequest(request)).toEqual({ kind: 'valid', request });
});

test('a need without units is a need all the same', () => {
  expect(readRequest(aRequest({ needs: [need('courriel', 0)] })).kind).toBe('valid');
});

test.each<[string, unknown, string]>([
  ['no duration', { ...aRequest(), durationMonths: undefined }, 'durationMonths'],
  ['a duration of zero', aRequest({ durationMonths: 0 }), 'durationMonths'],
  ['a duration beyond three years', aRequest({ durationMonths: 37 }), 'durationMonths'],
  ['half a month', aRequest({ durationMonths: 1.5 }), 'durationMonths'],
  ['a duration in words', { ...aRequest(), durationMonths: '12' }, 'durationMonths'],
  ['no needs', aRequest({ needs: [] }), 'needs'],
  ['needs that are no list', { ...aRequest(), needs: {} }, 'needs'],
  [
    'an unknown category',
    { ...aRequest(), needs: [{ ...need('courriel', 1), category: 'poterie' }] },
    'needs[0].category',
  ],
  [
    'a category twice',
    aRequest({ needs: [need('courriel', 1), need('sondage', 1), need('courriel', 2)] }),
    'needs[2].category',
  ],
  [
    'no quantities',
    { ...aRequest(), needs: [{ category: 'courriel', quantities: [] }] },
    'needs[0].quantities',
  ],
  [
    'a first month that is not 1',
    { ...aRequest(), needs: [{ category: 'courriel', quantities: [{ fromMonth: 2, units: 1 }] }] },
    'needs[0].quantities[0].fromMonth',
  ],
  [
    'a month that comes back',
    aRequest({ needs: [need('courriel', 1, [7, 2], [7, 3])] }),
    'needs[0].quantities[2].fromMonth',
  ],
  [
    'a month after the end',
    aRequest({ needs: [need('courriel', 1, [13, 2])] }),
    'needs[0].quantities[1].fromMonth',
  ],
  ['a negative quantity', aRequest({ needs: [need('courriel', -1)] }), 'needs[0].quantities[0].units'],
  ['too many units', aRequest({ needs: [need('courriel', 10_000_001)] }), 'needs[0].quantities[0].units'],
  ['an unknown hosting', { ...aRequest(), requirements: { hosting: 'FR' } }, 'requirements.hosting'],
  [
    'an availability as a number',
    { ...aRequest(), requirements: { minAvailability: 99.9 } },
    'requirements.minAvailability',
  ],
  [
    'an availability above 100',
    aRequest({ requirements: { minAvailability: '100.1' } }),
    'requirements.minAvailability',
  ],
  [
    'features that are no list',
    { ...aRequest(), requirements: { features: 'mfa' } },
    'requirements.features',
  ],
  ['an unknown field', { ...aRequest(), budget: 1 }, 'budget'],
  ['nothing', null, ''],
  ['a list', [], ''],
])('%s is refused where it stands', (_what, data, path) => {
  expect(refusal(data)).toBe(path);
});

test('of several faults, the first in the order of the document is told', () => {
  const request = {
    durationMonths: 12,
    needs: [
      need('courriel', 1, [5, 1], [3, 1]),
      { category: 'poterie', quantities: [] },
      need('courriel', -1),
    ],
    requirements: { hosting: 'FR' },
  };
  expect(refusal(request)).toBe('needs[0].quantities[2].fromMonth');
  expect(refusal({ ...request, durationMonths: 99 })).toBe('durationMonths');
  expect(refusal({ ...request, needs: request.needs.slice(1) })).toBe('needs[0].category');
});

test('whatever is sent, the answer is a request or a place and a sentence in French', () => {
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.record({
      durationMonths: fc.jsonValue(),
      needs: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
      requirements: fc.jsonValue(),
    }),
  );
  fc.assert(
    fc.property(junk, (data) => {
      const read = readRequest(data);
      expect(read.kind === 'valid' || /\.$/.test(read.message)).toBe(true);
    }),
  );
});
