import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { examined, type Verdict } from '../../../../tools/search/examination.ts';

/** Written from the guide alone, by somebody who saw neither the entries nor the engine; it only measures. */
const verdicts = examined(join(import.meta.dirname, 'exam.jsonl'));
const of = (kind: string) => verdicts.filter((verdict) => verdict.kind === kind);
const share = (rows: readonly Verdict[], is: (verdict: Verdict) => boolean): number =>
  rows.filter(is).length / rows.length;
const wrongOutright = ({ outcome, first }: Verdict) => outcome === 'answer' && !first;

test('the examination has three hundred messages at least, of seven kinds', () => {
  expect(verdicts.length).toBeGreaterThanOrEqual(300);
  expect(new Set(verdicts.map(({ kind }) => kind)).size).toBe(7);
});

test.each([
  ['ordinary', 0.95],
  ['hard', 0.9],
  ['numbers', 0.85],
  ['follow-up', 0.8],
  ['double', 0.9],
  ['not-in-guide', 0.85],
  ['out-of-scope', 0.9],
] as const)('of the kind « %s », at least %d are right', (kind, least) => {
  expect(share(of(kind), ({ right }) => right)).toBeGreaterThanOrEqual(least);
});

test.each([
  ['ordinary', 0.04],
  ['hard', 0.06],
  ['numbers', 0.05],
  ['double', 0.05],
  ['out-of-scope', 0.05],
] as const)('of the kind « %s », at most %d are wrong outright', (kind, most) => {
  expect(share(of(kind), wrongOutright)).toBeLessThanOrEqual(most);
});
