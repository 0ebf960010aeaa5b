/** A place in a document, as it is written: « offers[0].tiers[1].unitPricePerMonth »; empty for the whole. */
export const writtenPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`),
    '',
  );
