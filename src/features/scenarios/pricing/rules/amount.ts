/**
 * Exact amounts in typed arrays: cents = high × 2^20 + low, both whole numbers far below 2^53, whatever
 * the quantities and prices that the rules allow. Sums need no carrying as long as `low` came normalised.
 */
export const BASE = 2 ** 20;

/** Amounts by set of categories: a set is a bit mask over the needs. */
export interface Amounts {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/** Below, equal to or above zero as the first amount is less than, equal to or more than the second. */
export const compareAmounts = (highA: number, lowA: number, highB: number, lowB: number): number =>
  (highA - highB) * BASE + (lowA - lowB);

export const centsOfAmount = (high: number, low: number): bigint => BigInt(high) * BigInt(BASE) + BigInt(low);

/** Adds up units × price; the highest price in cents is below 2^37, the units of a contract below 2^29. */
export class Sum {
  high = 0;
  low = 0;

  add(units: number, price: number): void {
    const upper = Math.floor(price / BASE);
    this.high += units * upper;
    this.low += units * (price - upper * BASE);
  }

  normalise(): this {
    const carry = Math.floor(this.low / BASE);
    this.high += carry;
    this.low -= carry * BASE;
    return this;
  }
}
