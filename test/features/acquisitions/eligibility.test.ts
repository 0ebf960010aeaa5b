import { expect, test } from '@jest/globals';
import {
  type Body,
  boundOf,
  entitlementOf,
  KINDS,
  KINDS_OF_BODY,
} from '../../../src/features/acquisitions/rules/eligibility.ts';

const body = (kind: Body['kind'], said: Partial<Body> = {}): Body => ({ kind, rcti: false, ...said });

test('article 4 of the LCOP and article 48 of the RCTI are two questions: both make the right to buy', () => {
  expect(entitlementOf(body('lcop4', { bound: 'yes' })).kind).toBe('entitled');
  expect(entitlementOf(body('lcop4', { bound: 'unknown' })).kind).toBe('unsure');
  expect(entitlementOf(body('lcop4', { bound: 'no' })).kind).toBe('excluded');
});

test('the kind never answers whether article 48 binds', () => {
  for (const kind of KINDS) {
    expect(boundOf(body(kind))).toBe('unknown');
    for (const bound of ['yes', 'no', 'unknown'] as const) expect(boundOf(body(kind, { bound }))).toBe(bound);
  }
});

test('what was drawn from the kind before the question was asked counts for a body that is bound only', () => {
  expect(boundOf({ rcti: true })).toBe('yes');
  expect(boundOf({ rcti: false })).toBe('unknown');
});

test.each(['lcop7', 'municipal'] as const)('a body of the kind %s buys once its condition is met', (kind) => {
  expect(entitlementOf(body(kind, { condition: 'yes' })).kind).toBe('entitled');
  expect(entitlementOf(body(kind)).kind).toBe('unsure');
  expect(entitlementOf(body(kind, { condition: 'unknown' })).kind).toBe('unsure');
});

test.each(['lcop7', 'municipal'] as const)(
  '« non » of a body of the kind %s is said with the way out',
  (kind) => {
    const said = entitlementOf(body(kind, { condition: 'no' }));
    expect(said).toMatchObject({ kind: 'excluded' });
    expect('sentence' in said && said.sentence).toContain('processus d’acquisition standard');
  },
);

test('article 8 of the law on the CSPQ sets no condition; a body of no kind at all may not buy', () => {
  expect(entitlementOf(body('cspq8')).kind).toBe('entitled');
  expect(entitlementOf(body('other', { bound: 'yes', condition: 'yes' })).kind).toBe('excluded');
});

test('each kind has its name and its condition', () => {
  for (const kind of KINDS) expect(Object.values(KINDS_OF_BODY[kind]).slice(0, 2)).not.toContain('');
});
