/** Cents of a decimal string of dollars with at most two decimals: « 4.5 » is 450. Exact; no floating point. */
export function centsOf(dollars: string): number {
  const [whole = '0', decimals = ''] = dollars.split('.');
  return Number(whole) * 100 + Number(decimals.padEnd(2, '0').slice(0, 2));
}

const currency = new Intl.NumberFormat('fr-CA', {
  style: 'currency',
  currency: 'CAD',
  currencyDisplay: 'narrowSymbol',
});

/** « 1 234,50 $ » from cents. */
export const frenchMoney = (cents: number): string => currency.format(cents / 100);

/** A change in percent with one decimal and its sign, « +3,2 % », rounded half away from zero; undefined from zero. */
export function percentChange(from: number, to: number): string | undefined {
  if (from === 0) return undefined;
  const scaled = BigInt(to - from) * 2_000n;
  const double = BigInt(Math.abs(from)) * 2n;
  const half = BigInt(Math.abs(from));
  const rounded = ((scaled < 0n ? -scaled : scaled) + half) / double;
  const tenths = Number(rounded);
  const sign = to >= from ? '+' : '−';
  return `${sign}${Math.floor(tenths / 10).toLocaleString('fr-CA')}${tenths % 10 === 0 ? '' : `,${tenths % 10}`}\u00a0%`;
}

/** The broker's management fee in cents: shown apart, never part of a comparison (guide 4.3). `percent`: « 2.5 ». */
export function managementFee(priceCents: bigint, percent: string): bigint {
  const [whole = '0', decimals = ''] = percent.split('.');
  const divisor = 100n * 10n ** BigInt(decimals.length);
  // Half a cent counts for one.
  return (priceCents * BigInt(whole + decimals) * 2n + divisor) / (divisor * 2n);
}
