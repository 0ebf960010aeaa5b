import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { progressOf, STEPS, transition } from '../../../src/features/acquisitions/rules/steps.ts';

const report = fc.record({ done: fc.boolean(), missing: fc.array(fc.string(), { maxLength: 2 }) });
const reports = fc.record(Object.fromEntries(STEPS.map((step) => [step, report])), { requiredKeys: [] });

test('a new file begins with the needs', () => {
  expect(progressOf({}).map(({ state }) => state)).toEqual(['current', 'later', 'later', 'later', 'later']);
});

test('a step that was done is to be seen again when an earlier one opens', () => {
  const done = { done: true, missing: [] };
  const states = progressOf({ needs: { done: false, missing: ['x'] }, catalogue: done, shortlist: done });
  expect(states.map(({ state }) => state)).toEqual(['current', 'review', 'review', 'later', 'later']);
});

test('whatever is reported, there is one current step at most, all before it are done, and none after', () => {
  fc.assert(
    fc.property(reports, (given) => {
      const states = progressOf(given).map(({ state }) => state);
      const current = states.indexOf('current');
      expect(states.filter((state) => state === 'current').length).toBeLessThanOrEqual(1);
      if (current === -1) expect(states.every((state) => state === 'done')).toBe(true);
      else {
        expect(states.slice(0, current).every((state) => state === 'done')).toBe(true);
        expect(states.slice(current + 1).includes('done')).toBe(false);
      }
    }),
  );
});

test('finishing the current step never sets the file back', () => {
  const place = (given: object) => {
    const at = progressOf(given).findIndex(({ state }) => state === 'current');
    return at === -1 ? STEPS.length : at;
  };
  fc.assert(
    fc.property(reports, (given) => {
      const current = progressOf(given).find(({ state }) => state === 'current');
      if (current)
        expect(place({ ...given, [current.step]: { done: true, missing: [] } })).toBeGreaterThan(
          place(given),
        );
    }),
  );
});

test('a file is archived when open, reopened when archived, and nothing else', () => {
  expect(transition('open', 'archive')).toBe('archived');
  expect(transition('archived', 'reopen')).toBe('open');
  expect(transition('open', 'reopen')).toBeUndefined();
  expect(transition('archived', 'archive')).toBeUndefined();
});
