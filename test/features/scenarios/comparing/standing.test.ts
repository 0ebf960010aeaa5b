import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fiche } from '../../../../src/features/catalogue/index.ts';
import {
  type Authorized,
  type Basis,
  type Bound,
  type Chosen,
  chosenOf,
  dateDoubt,
  mayMeet,
  mayNote,
  standingOf,
} from '../../../../src/features/scenarios/comparing/rules/standing.ts';
import { compare, type PricingRequest, seal } from '../../../../src/features/scenarios/index.ts';
import { anOffer, aSupplier } from '../../../support/fiches.ts';
import { aRequest, need } from '../../../support/pricing.ts';

const SUPPLIERS = ['airelle', 'bleuet', 'canneberge'] as const;
const KINDS = ['lcop4', 'lcop7', 'municipal'] as const;

const ficheOf = (supplier: string, price: string, version = '2026-11-02', availability = '99.9') =>
  aSupplier(supplier, {
    version,
    offers: [
      anOffer({
        id: `${supplier}-courriel`,
        tiers: [{ fromUnits: 1, unitPricePerMonth: price }],
        availability,
      }),
    ],
  });

/** A file with its catalogue, in memory: what happens to them, and what the gates would answer. */
class World {
  day = Temporal.PlainDate.from('2026-11-23');
  fiches: Fiche[] = [ficheOf('airelle', '4.00'), ficheOf('bleuet', '6.00'), ficheOf('canneberge', '9.00')];
  request: PricingRequest | undefined = aRequest();
  kind: string = 'lcop7';
  bound: Bound = 'no';
  choice: Chosen | undefined;
  basis: Basis | undefined;
  authorization: Authorized | undefined;
  /** The fiches in force each day. */
  readonly past = new Map<string, Fiche[]>();

  get today(): string {
    return this.day.toString();
  }
  get present() {
    const { request, fiches, kind, bound } = this;
    return { request, fiches, kind, bound };
  }
  sleep(days: number): void {
    this.past.set(this.today, this.fiches);
    for (let n = 0; n < days; n++) {
      this.day = this.day.add({ days: 1 });
      this.past.set(this.today, this.fiches);
    }
  }
  publish(supplier: string, price: string, availability = '99.9'): void {
    const fiche = ficheOf(supplier, price, this.today, availability);
    this.fiches = this.fiches.map((each) => (each.supplier.id === supplier ? fiche : each));
    this.past.set(this.today, this.fiches);
  }
  choose(supplier: string): void {
    if (!this.request) return;
    const { record, hash } = seal(this.request, this.fiches, this.today);
    const choice = chosenOf(supplier, compare(this.request, this.fiches), {
      seal: hash,
      on: this.today,
      kind: this.kind,
      bound: this.bound,
    });
    if (choice) [this.choice, this.basis] = [choice, record];
  }
  authorize(date = this.today): 'future' | 'before' | undefined {
    if (!this.choice) return undefined;
    const doubt = dateDoubt(date, this.choice, this.today);
    const { supplier, priceCents, seal: comparison } = this.choice;
    if (doubt !== 'future') this.authorization = { date, supplier, priceCents, seal: comparison };
    return doubt;
  }
  standing(fiches = this.fiches) {
    if (!this.choice || !this.basis) return undefined;
    return standingOf(this.choice, this.basis, this.authorization, { ...this.present, fiches });
  }
  get meets(): boolean {
    const standing = this.standing();
    return standing !== undefined && mayMeet(standing);
  }
  notes(signedOn = this.today): boolean {
    const standing = this.standing(this.past.get(signedOn) ?? this.fiches);
    return standing !== undefined && mayNote(standing, this.authorization, signedOn);
  }
}

const world = (changes: Partial<Pick<World, 'kind' | 'bound'>> = {}) => Object.assign(new World(), changes);
const kindsOf = (it: World) => it.standing()?.changes.map(({ kind }) => kind);

test('the lowest price needs no authorization of the head of the body', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('airelle');
  expect([it.standing()?.demand, it.meets, it.notes()]).toEqual(['nothing', true, true]);
});

test('another than the lowest needs it before the meeting and the signature', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('bleuet');
  expect([it.standing()?.demand, it.meets, it.notes()]).toEqual(['authorization', false, false]);
  it.authorize();
  expect([it.meets, it.notes()]).toEqual([true, true]);
});

test('a body that article 48 does not bind needs none, and one that does not know yet says so first', () => {
  const it = world({ bound: 'no' });
  it.choose('bleuet');
  expect([it.standing()?.demand, it.meets]).toEqual(['nothing', true]);
  const other = world({ bound: 'unknown' });
  other.choose('bleuet');
  expect([other.standing()?.demand, other.meets, other.notes()]).toEqual(['answer', false, false]);
});

test('a body that says it is of another kind, bound by article 48, has its choice to confirm and to authorize', () => {
  const it = world();
  it.choose('bleuet');
  Object.assign(it, { kind: 'lcop4', bound: 'yes' });
  expect(kindsOf(it)).toEqual(['body', 'bound']);
  expect([it.meets, it.notes()]).toEqual([false, false]);
  it.choose('bleuet');
  expect([kindsOf(it), it.standing()?.demand, it.meets]).toEqual([[], 'authorization', false]);
});

test('a new fiche that makes another supplier cheaper has the choice to confirm, with the new gap', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('airelle');
  it.sleep(8);
  it.publish('bleuet', '2.00');
  expect(it.standing()?.changes).toEqual([{ kind: 'gap', before: 0n, now: 240_000n }]);
  expect([it.standing()?.figures?.cheapest, it.meets, it.notes()]).toEqual([['bleuet'], false, false]);
});

test('quantities that are other ones, or open again, have the choice to confirm', () => {
  const it = world();
  it.choose('airelle');
  it.request = aRequest({ needs: [need('courriel', 900)] });
  expect(kindsOf(it)).toEqual(['needs', 'price']);
  it.request = undefined;
  expect([kindsOf(it), it.meets, it.notes()]).toEqual([['needs'], false, false]);
});

test('a new fiche of the chosen supplier has the choice to confirm, its price unchanged', () => {
  const it = world();
  it.choose('airelle');
  it.sleep(1);
  it.publish('airelle', '4.00', '99.5');
  expect([kindsOf(it), it.meets]).toEqual([['fiche'], false]);
});

test('a fiche of another that moves neither price nor gap leaves the choice alone', () => {
  const it = world();
  it.choose('airelle');
  it.publish('canneberge', '8.00');
  expect([kindsOf(it), it.meets]).toEqual([[], true]);
});

test('an authorization is for the choice that it names: kept on other figures, another one is needed', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('bleuet');
  it.authorize();
  it.sleep(8);
  it.publish('airelle', '3.00');
  it.choose('bleuet');
  expect([it.standing()?.authorized, it.meets]).toEqual([false, false]);
  it.authorize();
  expect(it.meets).toBe(true);
});

test('an authorization is not dated after today, and one dated before the choice is asked about, then counts', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('bleuet');
  expect([it.authorize('2026-11-24'), it.meets]).toEqual(['future', false]);
  expect([it.authorize('2026-11-22'), it.meets]).toEqual(['before', true]);
});

test('an authorization given after the signature does not serve', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('bleuet');
  it.sleep(3);
  it.authorize();
  expect([it.notes('2026-11-24'), it.notes('2026-11-26')]).toEqual([false, true]);
});

test('a contract is judged on the prices of the day of its signature', () => {
  const it = world({ kind: 'lcop4', bound: 'yes' });
  it.choose('airelle');
  it.sleep(8);
  it.publish('bleuet', '2.00');
  expect([it.notes('2026-11-27'), it.notes()]).toEqual([true, false]);
});

type Happening = (it: World) => void;
const price = fc.constantFrom('2.00', '4.00', '4.00', '6.00', '9.00');
const supplier = fc.constantFrom(...SUPPLIERS);
/** What can happen to a file and to the catalogue, in any order. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  supplier.map(
    (id): Happening =>
      (it) =>
        it.choose(id),
  ),
  supplier.map(
    (id): Happening =>
      (it) =>
        it.choose(id),
  ),
  fc.integer({ min: -3, max: 1 }).map(
    (days): Happening =>
      (it) =>
        void it.authorize(it.day.add({ days }).toString()),
  ),
  fc.tuple(supplier, price, fc.constantFrom('99.9', '99.5')).map(
    ([id, cost, availability]): Happening =>
      (it) =>
        it.publish(id, cost, availability),
  ),
  fc.tuple(fc.constantFrom(...KINDS), fc.constantFrom<Bound>('yes', 'yes', 'no', 'unknown')).map(
    ([kind, bound]): Happening =>
      (it) =>
        void Object.assign(it, { kind, bound }),
  ),
  fc.constantFrom(100, 100, 900, undefined).map(
    (units): Happening =>
      (it) => {
        it.request = units === undefined ? undefined : aRequest({ needs: [need('courriel', units)] });
      },
  ),
  fc.integer({ min: 1, max: 3 }).map(
    (days): Happening =>
      (it) =>
        it.sleep(days),
  ),
);

/** What one person pays for a year, straight from the fiche. */
const paid = (fiches: readonly Fiche[], units: number) =>
  fiches.map((fiche) => ({
    supplier: fiche.supplier.id,
    cents: units * 12 * Math.round(Number(fiche.offers[0]?.tiers[0]?.unitPricePerMonth) * 100),
  }));

/** What section 3.4.3 asks, in its own words, of fiches and of what was written down. */
function asked(it: World, fiches: readonly Fiche[], by: string): boolean {
  const units = it.request?.needs[0]?.quantities[0]?.units;
  if (!it.choice || units === undefined) return false;
  const all = paid(fiches, units);
  const own = all.find(({ supplier: id }) => id === it.choice?.supplier)?.cents ?? 0;
  if (own === Math.min(...all.map(({ cents }) => cents)) || it.bound === 'no') return true;
  const given = it.authorization;
  return (
    it.bound === 'yes' &&
    given?.supplier === it.choice.supplier &&
    given.priceCents === String(own) &&
    given.seal === it.choice.seal &&
    given.date <= by
  );
}

test('whatever happens, in whatever order, no meeting and no contract without what 3.4.3 demands at that moment', () => {
  let [met, noted] = [0, 0];
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 14 }), (happenings) => {
      const it = new World();
      for (const happens of happenings) {
        happens(it);
        if (it.meets) {
          met++;
          expect(asked(it, it.fiches, it.today)).toBe(true);
          expect(it.standing()?.changes).toEqual([]);
        }
        for (const signedOn of [it.day.subtract({ days: 2 }).toString(), it.today])
          if (it.past.has(signedOn) && it.notes(signedOn)) {
            noted++;
            expect(asked(it, it.past.get(signedOn) ?? [], signedOn)).toBe(true);
          }
      }
    }),
    { numRuns: 400 },
  );
  // The rules say yes often enough for the law to mean something.
  expect(Math.min(met, noted)).toBeGreaterThan(100);
});

test('whatever happened, choosing again and then authorizing opens the way', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 10 }), supplier, (happenings, id) => {
      const it = new World();
      for (const happens of happenings) happens(it);
      Object.assign(it, { request: aRequest(), kind: 'lcop4', bound: 'yes' });
      it.choose(id);
      it.authorize();
      expect([it.meets, it.notes()]).toEqual([true, true]);
    }),
    { numRuns: 200 },
  );
});
