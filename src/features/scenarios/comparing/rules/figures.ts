/** a / b rounded to a whole number, half away from zero; b above zero. */
function rounded(a: bigint, b: bigint): bigint {
  const half = (2n * (a < 0n ? -a : a) + b) / (2n * b);
  return a < 0n ? -half : half;
}

/** How far a price is above the lowest: in cents, and in tenths of a percent (undefined from nothing). */
export function gapOf(
  priceCents: bigint,
  lowestCents: bigint,
): { cents: bigint; perMille: bigint | undefined } {
  const cents = priceCents - lowestCents;
  return { cents, perMille: lowestCents === 0n ? undefined : rounded(cents * 1_000n, lowestCents) };
}
