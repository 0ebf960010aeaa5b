import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byBroker, byGuide, type Due } from '../../../src/core/time/due.ts';
import { obstacleTo } from '../../../src/features/contracts/amending/rules.ts';
import { anniversaries, dutiesOf } from '../../../src/features/contracts/duties/rules/duties.ts';
import { type DutyGround, stateOf } from '../../../src/features/contracts/duties/rules/duty.ts';
import { quarterOf, quarterText } from '../../../src/features/contracts/duties/rules/quarters.ts';
import {
  isFarFrom,
  isUrgent,
  recallDays,
  recallOn,
} from '../../../src/features/contracts/duties/rules/recalling.ts';
import { retentionOf } from '../../../src/features/contracts/duties/rules/retention.ts';
import { CONTRACTS_FILE, readContractRules } from '../../../src/features/contracts/index.ts';
import { feesOf } from '../../../src/features/contracts/invoicing/rules.ts';
import { checkTerm, latestEnd } from '../../../src/features/contracts/recording/rules/term.ts';
import { day, days } from '../../support/catalogue.ts';

const rules = readContractRules(CONTRACTS_FILE);
const ground = (
  changes: Partial<Record<'signedOn' | 'startsOn' | 'endsOn', string>> & { rcti?: boolean } = {},
): DutyGround => ({
  signedOn: day(changes.signedOn ?? '2026-11-30'),
  startsOn: day(changes.startsOn ?? '2026-12-01'),
  endsOn: day(changes.endsOn ?? '2028-11-30'),
  rcti: changes.rcti ?? true,
  finalSignedOn: undefined,
  amendments: [],
});
const duties = (of: DutyGround) => dutiesOf(of, rules, days).map(({ id, due }) => `${id} ${due.on}`);
const due = (of: DutyGround, id: string) =>
  dutiesOf(of, rules, days)
    .find((duty) => duty.id === id)
    ?.due.on.toString();

test('a contract of two years, subject to the RCTI, has these duties on these days', () => {
  expect(duties(ground())).toEqual([
    'copy 2026-12-07',
    'publication 2026-12-15',
    'fees:2026-10-01 2027-01-15',
    'fees:2027-01-01 2027-04-15',
    'fees:2027-04-01 2027-07-15',
    'fees:2027-07-01 2027-10-15',
    'yearly:2027 2027-11-30',
    'fees:2027-10-01 2028-01-15',
    'exit 2028-02-29',
    'fees:2028-01-01 2028-04-15',
    'fees:2028-04-01 2028-07-15',
    'fees:2028-07-01 2028-10-15',
    'final 2028-11-30',
    'yearly:2028 2028-11-30',
    'fees:2028-10-01 2029-01-15',
  ]);
});

test('the period in which a contract ends is asked for after it, and the next one where an invoice may still be paid then', () => {
  const fees = (endsOn: string) =>
    duties(ground({ startsOn: '2026-12-01', endsOn })).filter((each) => each.startsWith('fees'));
  expect(fees('2027-02-10')).toEqual(['fees:2026-10-01 2027-01-15', 'fees:2027-01-01 2027-04-15']);
  expect(fees('2027-03-31')).toEqual([
    'fees:2026-10-01 2027-01-15',
    'fees:2027-01-01 2027-04-15',
    'fees:2027-04-01 2027-07-15',
  ]);
});

describe('a contract of two years that is terminated after four months', () => {
  const terminated = (noticeOn: string, changes: { rcti?: boolean } = {}): DutyGround => ({
    ...ground({ endsOn: '2027-03-15', ...changes }),
    termination: { noticeOn: day(noticeOn), notedOn: day('2027-03-02') },
  });

  test('keeps what its signature asked and its last fees, gets what its end asks, and loses the rest', () => {
    expect(duties(terminated('2027-03-01'))).toEqual([
      'copy 2026-12-07',
      'publication 2026-12-15',
      'fees:2026-10-01 2027-01-15',
      'exit 2027-03-01',
      'final 2027-03-15',
      'termination:resiliation 2027-03-15',
      'fees:2027-01-01 2027-04-15',
      'fees:2027-04-01 2027-07-15',
    ]);
  });

  test('has no exit to plan when its notice takes effect the same day, and no final evaluation without the RCTI', () => {
    const ids = duties(terminated('2027-03-15', { rcti: false })).join(' ');
    expect(ids).not.toMatch(/exit|final|yearly/);
  });

  test('is recalled from the day when the termination was noted', () => {
    const of = terminated('2027-03-01');
    const duty = dutiesOf(of, rules, days).find(({ kind }) => kind === 'termination');
    const noted = { rules, days, notedOn: day('2026-11-30') };
    const on = (today: string) => duty && recallOn(duty, day(today), noted)?.toString();
    expect(['2027-03-01', '2027-03-08', '2027-03-15'].map(on)).toEqual([
      undefined,
      '2027-03-08',
      '2027-03-12',
    ]);
  });
});

test('without the RCTI there is neither publication nor final evaluation', () => {
  const ids = duties(ground({ rcti: false })).join(' ');
  expect(ids).not.toMatch(/publication|final/);
});

test('only what the guide dates can be late: of the other dates, the mark is past', () => {
  const states = dutiesOf(ground(), rules, days)
    .filter(({ id }) => ['copy', 'publication', 'fees:2026-10-01'].includes(id))
    .map((duty) => `${duty.id} ${stateOf(duty, false, day('2027-02-01'), rules)}`);
  expect(states).toEqual(['copy late', 'publication passed', 'fees:2026-10-01 passed']);
});

test('a copy signed before Christmas is due five business days later, over the holidays', () => {
  // 22 and 23 December, then 29 and 30; the 31st and the first days of January are holidays.
  expect(due(ground({ signedOn: '2026-12-21', startsOn: '2026-12-21' }), 'copy')).toBe(
    days.add(day('2026-12-21'), 5).toString(),
  );
  expect(due(ground({ signedOn: '2026-12-21', startsOn: '2026-12-21' }), 'copy')).toBe('2027-01-05');
});

test('the final report is due to the broker five business days after the head signed it', () => {
  expect(due({ ...ground(), finalSignedOn: day('2028-12-04') }, 'finalCopy')).toBe('2028-12-11');
  expect(due(ground(), 'finalCopy')).toBeUndefined();
});

test('each signed amendment has a copy due of its own', () => {
  const amendments = [{ id: 'a', number: 1, signedOn: day('2027-03-01') }];
  expect(due({ ...ground(), amendments }, 'amendment:a')).toBe('2027-03-08');
});

test('planning the exit never begins before the contract', () => {
  expect(due(ground({ endsOn: '2027-03-31' }), 'exit')).toBe('2026-12-01');
});

test('a signature on 29 February has its anniversaries on the 28th', () => {
  const term = { signedOn: day('2028-02-29'), endsOn: day('2031-02-27') };
  expect(anniversaries(term).map(String)).toEqual(['2029-02-28', '2030-02-28']);
});

test.each([
  ['2026-04-01', '1er avril au 30 juin 2026'],
  ['2026-09-30', '1er juillet au 30 septembre 2026'],
  ['2026-12-31', '1er octobre au 31 décembre 2026'],
  ['2027-01-01', '1er janvier au 31 mars 2027'],
])('%s is in the reporting period « %s »', (date, text) => {
  expect(quarterText(quarterOf(day(date)))).toBe(text);
});

test('the longest contract is three years from its signature, less a day', () => {
  const term = { signedOn: day('2026-11-30'), startsOn: day('2026-12-01') };
  expect(latestEnd(term).toString()).toBe('2029-11-29');
  expect(() => checkTerm({ ...term, endsOn: day('2029-11-29') })).not.toThrow();
  expect(() => checkTerm({ ...term, endsOn: day('2029-11-30') })).toThrow(
    'au plus trois ans, de sa signature à sa fin, renouvellements et avenants compris',
  );
  expect(latestEnd({ signedOn: day('2028-02-29'), startsOn: day('2028-02-29') }).toString()).toBe(
    '2031-02-27',
  );
});

test('nothing begins before the signature, nor ends before it begins', () => {
  const term = { signedOn: day('2026-12-02'), startsOn: day('2026-12-01'), endsOn: day('2027-12-01') };
  expect(() => checkTerm(term)).toThrow('rien ne commence avant elle');
  expect(() => checkTerm({ ...term, signedOn: day('2026-12-01'), endsOn: day('2026-11-30') })).toThrow(
    'suit son début',
  );
});

test.each([
  ['terms', undefined, 'seul le Courtier peut modifier'],
  ['scope', undefined, 'composantes et les activités des offres du Catalogue'],
  ['end', '2029-12-01', 'au plus tard le 30 novembre 2029'],
  ['end', '2026-11-01', 'suit le début'],
  ['end', undefined, 'Choisissez la nouvelle date'],
] as const)('an amendment of « %s » to %s is not possible, and it says why', (kind, end, words) => {
  expect(
    obstacleTo(kind, { signedOn: day('2026-12-01'), startsOn: day('2026-12-01') }, end && day(end)),
  ).toContain(words);
});

test.each([
  ['quantities', undefined],
  ['offers', undefined],
  ['amount', undefined],
  ['end', '2029-11-30'],
] as const)('an amendment of « %s » to %s is possible', (kind, end) => {
  expect(
    obstacleTo(kind, { signedOn: day('2026-12-01'), startsOn: day('2026-12-01') }, end && day(end)),
  ).toBeUndefined();
});

test('fees are counted on what was paid in each period, half a cent up', () => {
  const paid = [
    { paidOn: '2026-12-31', amountCents: 10_000 },
    { paidOn: '2027-01-01', amountCents: 25 },
    { paidOn: '2026-10-01', amountCents: 5_000 },
  ];
  expect(feesOf(paid, '2').map(({ paidCents, feeCents }) => [paidCents, feeCents])).toEqual([
    [25, 1],
    [15_000, 300],
  ]);
  expect(feesOf(paid, undefined)[0]?.feeCents).toBeUndefined();
});

test('documents are kept for the contract, or seven years after it, and those of the RCTI only where it applies', () => {
  const kept = retentionOf(day('2028-11-30'), true).map(
    ({ title, until }) => `${title.slice(0, 24)} ${until}`,
  );
  expect(kept).toEqual([
    'Documents qui appuient l 2028-11-30',
    'Justification pour l’aut 2035-11-30',
    'Contrat spécifique signé 2035-11-30',
    'Commandes au fournisseur 2035-11-30',
    'Avenant signé 2035-11-30',
    'Rapport d’évaluation du  2035-11-30',
    'Lettre de résiliation et 2035-11-30',
    'Factures du fournisseur 2035-11-30',
    'Communications avec le f 2035-11-30',
    'Documents d’un différend 2035-11-30',
  ]);
  expect(retentionOf(day('2028-11-30'), false)).toHaveLength(8);
});

const terms = fc
  .tuple(
    fc.integer({ min: 0, max: 2_000 }),
    fc.integer({ min: 0, max: 90 }),
    fc.integer({ min: 1, max: 1_094 }),
  )
  .map(([signed, wait, length]) => {
    const signedOn = day('2025-01-01').add({ days: signed });
    const startsOn = signedOn.add({ days: wait });
    return { signedOn, startsOn, endsOn: startsOn.add({ days: length }) };
  })
  .filter((term) => Temporal.PlainDate.compare(term.endsOn, latestEnd(term)) <= 0);

test('law: every duty comes after the signature, in order, under an id of its own; copies fall on business days', () => {
  fc.assert(
    fc.property(terms, fc.boolean(), (term, rcti) => {
      const all = dutiesOf({ ...term, rcti, finalSignedOn: undefined, amendments: [] }, rules, days);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      for (const [at, duty] of all.entries()) {
        expect(Temporal.PlainDate.compare(duty.due.on, term.signedOn)).toBeGreaterThanOrEqual(0);
        const before = all[at - 1];
        if (before) expect(Temporal.PlainDate.compare(before.due.on, duty.due.on)).toBeLessThanOrEqual(0);
        if (duty.kind === 'copy') expect(days.isBusinessDay(duty.due.on)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('law: the periods of fees cover the contract without a gap, and its anniversaries are within it', () => {
  fc.assert(
    fc.property(terms, (term) => {
      const starts = dutiesOf({ ...term, rcti: true, finalSignedOn: undefined, amendments: [] }, rules, days)
        .filter(({ kind }) => kind === 'fees')
        .map(({ id }) => quarterOf(day(id.slice('fees:'.length))));
      expect(Temporal.PlainDate.compare(starts[0]?.start ?? term.endsOn, term.signedOn)).toBeLessThanOrEqual(
        0,
      );
      expect(
        Temporal.PlainDate.compare(starts.at(-1)?.end ?? term.signedOn, term.endsOn),
      ).toBeGreaterThanOrEqual(0);
      for (const [at, quarter] of starts.entries()) {
        const before = starts[at - 1];
        if (before) expect(before.end.add({ days: 1 }).toString()).toBe(quarter.start.toString());
      }
      for (const date of anniversaries(term))
        expect(Temporal.PlainDate.compare(date, term.endsOn)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 60 },
  );
});

const dueOn = (date: string): Due => ({ ...byGuide('4.12'), on: day(date) });
const recalled = (due: Due, notedOn: string) =>
  recallDays(
    { id: 'copy', kind: 'copy', title: '', asked: due, due },
    { rules, days, notedOn: day(notedOn) },
  ).map(String);

test('law: a duty is recalled a week before, the business day before and after, a week and four weeks after', () => {
  // A Monday: the business day before is a Friday.
  expect(recalled(dueOn('2027-06-14'), '2026-11-23')).toEqual([
    '2027-06-07',
    '2027-06-11',
    '2027-06-15',
    '2027-06-21',
    '2027-07-12',
  ]);
});

test('law: whoever notes a contract sees its duties that day, and is reminded of none before the next', () => {
  expect(recalled(dueOn('2026-11-27'), '2026-11-23')[0]).toBe('2026-11-24');
});

test('law: what is late already when it came to be due here is recalled from then on, three times', () => {
  expect(recalled(dueOn('2026-11-12'), '2026-11-23')).toEqual(['2026-11-24', '2026-12-01', '2026-12-22']);
});

test('law: the days of a duty’s reminders rise, and none is long past when it is told', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 0, max: 500 }), (offset, after) => {
      const notedOn = day('2026-11-23');
      const due = { ...byGuide('4.12'), on: notedOn.add({ days: offset }) };
      const duty = { id: 'copy', kind: 'copy' as const, title: '', asked: due, due };
      const all = recallDays(duty, { rules, days, notedOn });
      expect(all).toEqual(all.toSorted(Temporal.PlainDate.compare));
      expect(new Set(all.map(String)).size).toBe(all.length);
      const today = notedOn.add({ days: after });
      const on = recallOn(duty, today, { rules, days, notedOn });
      if (on) expect(on.until(today, { largestUnit: 'days' }).days).toBeLessThanOrEqual(60);
    }),
    { numRuns: 200 },
  );
});

test('law: only what the guide dates, today or on the next business day, does not wait for tomorrow', () => {
  const urgent = (due: Due, today: string) => isUrgent({ due }, day(today), days);
  expect(
    ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01'].map((today) =>
      urgent(dueOn('2026-11-30'), today),
    ),
  ).toEqual([false, true, true, false]);
  expect(urgent({ ...byBroker('x'), on: day('2026-11-30') }, '2026-11-30')).toBe(false);
});

test('law: what is far from a day has no recall on it, and what is recalled is not far', () => {
  const shift = fc.integer({ min: -400, max: 400 });
  const kinds = fc.constantFrom('copy' as const, 'termination' as const);
  const seen = { far: 0, recalled: 0 };
  fc.assert(
    fc.property(shift, shift, fc.option(shift), kinds, (at, noted, since, kind) => {
      const today = day('2026-11-23');
      const on = (by: number) => today.add({ days: by });
      const duty = {
        id: 'copy',
        kind,
        title: '',
        asked: byGuide('4.12'),
        due: { ...byGuide('4.12'), on: on(at) },
        ...(since === null ? {} : { since: on(since) }),
      };
      const recalled = recallOn(duty, today, { rules, days, notedOn: on(noted) });
      const far = isFarFrom(today, rules)(duty, on(noted));
      if (far) seen.far++;
      if (recalled) seen.recalled++;
      expect(far && recalled !== undefined).toBe(false);
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(seen.far, seen.recalled)).toBeGreaterThan(50);
});
