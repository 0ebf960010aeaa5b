import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyDue } from '../../../../src/features/contracts/index.ts';
import { MEETINGS_FILE, readMeetingRules } from '../../../../src/features/kickoff/index.ts';
import { after, type Event, STATES } from '../../../../src/features/kickoff/meeting/rules/states.ts';
import {
  type Confirmation,
  mayConfirm,
  PARTIES,
  STEPS,
  standingOf,
} from '../../../../src/features/kickoff/steps/rules.ts';
import { day, days } from '../../../support/catalogue.ts';

const parts = { rules: readMeetingRules(MEETINGS_FILE), days, timeZone: 'America/Toronto' };
const TODAY = day('2026-12-01');
const done = (step: number, party: Confirmation['party'], at = '2026-11-30T15:00:00Z'): Confirmation => ({
  step,
  party,
  at: new Date(at),
  by: 'x',
});
/** Everything up to a step, confirmed by all. */
const upTo = (number: number) =>
  STEPS.filter((step) => step.number <= number).flatMap((step) =>
    step.parties.map((party) => done(step.number, party)),
  );

test('the guide’s eleven steps come in order', () => {
  expect(STEPS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

describe('the copy of the signed contract', () => {
  const signed = [...upTo(9), done(10, 'supplier', '2026-12-21T15:00:00Z')];

  test('is due five business days after the signature by both, as its duty of the contract is', () => {
    const signedOn = day('2026-12-18');
    const standing = standingOf(signed, day('2026-12-21'), { ...parts, signedOn });
    expect(standing[10]).toMatchObject({ state: 'current', late: false });
    expect(standing[10]?.due).toEqual(copyDue(signedOn, days));
    expect(standing[10]?.due).toMatchObject({ source: 'guide', section: '4.12' });
  });

  test('has no date before the contract is noted: nobody knows when both signed', () => {
    expect(standingOf(signed, day('2026-12-22'), parts)[10]).toMatchObject({ due: undefined, late: false });
  });

  test('is late for certain five business days after the supplier said that both signed', () => {
    // 22, 23, 29 and 30 December, then 5 January: holidays and week-ends between.
    expect(standingOf(signed, day('2027-01-05'), parts)[10]?.late).toBe(false);
    expect(standingOf(signed, day('2027-01-06'), parts)[10]?.late).toBe(true);
  });
});

test('the other steps have a mark of the broker’s, which passes the day after it, and are never late', () => {
  for (const { number } of STEPS.filter(({ number }) => number < 11)) {
    const due = standingOf(upTo(number - 1), TODAY, parts)[number - 1]?.due;
    if (!due) continue;
    expect(due).toMatchObject({
      source: 'repère',
      setIn: `content/calendar/rencontres.yaml, stepDays ${number}`,
    });
    const at = (today: Temporal.PlainDate) => standingOf(upTo(number - 1), today, parts)[number - 1];
    expect([at(due.on)?.past, at(due.on.add({ days: 1 }))?.past]).toEqual([false, true]);
    expect(at(due.on.add({ years: 1 }))?.late).toBe(false);
  }
});

test('a step of two parties waits for both, in any order', () => {
  expect(standingOf([...upTo(5), done(6, 'supplier')], TODAY, parts)[5]?.waiting).toEqual(['broker']);
  expect(standingOf([...upTo(5), done(6, 'broker')], TODAY, parts)[5]?.waiting).toEqual(['supplier']);
});

const everyone = STEPS.flatMap(({ number }) => PARTIES.map((party) => [number, party] as const));
const confirmed = fc.subarray(everyone).map((pairs) => pairs.map(([step, party]) => done(step, party)));

test('law: at most one step is current, those before it are done and those after it are not', () => {
  fc.assert(
    fc.property(confirmed, (all) => {
      const states = standingOf(all, TODAY, parts).map(({ state }) => state);
      const current = states.indexOf('current');
      const cut = current < 0 ? states.length : current;
      expect(states.slice(0, cut).every((state) => state === 'done')).toBe(true);
      expect(states.slice(cut + 1).every((state) => state === 'later')).toBe(true);
    }),
  );
});

test('law: whoever confirms what they may, in any order, reaches the end and does no more', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...everyone), { maxLength: 200 }), (tries) => {
      const all: Confirmation[] = [];
      // In whatever order; then each side is asked once for every step that is left.
      for (const [step, party] of [...tries, ...everyone, ...everyone])
        if (mayConfirm(standingOf(all, TODAY, parts), step, party)) all.push(done(step, party));
      expect(standingOf(all, TODAY, parts).filter(({ state }) => state !== 'done')).toEqual([]);
      const numbers = all.map(({ step }) => step);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
      for (const { step, party } of all)
        expect(STEPS.find(({ number }) => number === step)?.parties).toContain(party);
    }),
  );
});

const EVENTS: Event[] = [
  'ask',
  'answer',
  'propose',
  'book',
  'release',
  'hold',
  'unhold',
  'unmiss',
  'sign',
  'unsign',
  'cancel',
];

test('law: whatever happens, a cancelled request never changes again, a signed one only goes back a step, and no meeting is held that was not booked', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
      let state: (typeof STATES)[number] = 'requested';
      for (const event of events) {
        const next = after(state, event);
        if (state === 'cancelled') expect(next).toBeUndefined();
        if (state === 'signed') expect([undefined, 'held']).toContain(next);
        if (next === 'held') expect(['booked', 'signed']).toContain(state);
        if (next === 'signed') expect(state).toBe('held');
        state = next ?? state;
      }
      expect(STATES).toContain(state);
    }),
  );
});
