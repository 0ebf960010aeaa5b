/** A stretch of a bar: its share of the whole, and whether the budget's line comes before it. */
export type Segment = {
  readonly width: string;
  readonly style: 'accent' | 'default';
  readonly line: boolean;
};

/** A stretch of so many hundredths; none of nothing. */
const stretch = (width: number, style: Segment['style']): readonly Segment[] =>
  width <= 0 ? [] : [{ width: String(width), style, line: false }];

/** A share of a whole in hundredths: of something there is one at least. */
const hundredths = (part: bigint, whole: bigint): number =>
  whole === 0n ? 100 : Math.max(1, Number((part * 100n) / whole));

/** A price as a bar, in which the budget is a line: all bars that have the same `longest` compare. */
export function barOf(price: bigint, longest: bigint, budget: bigint | undefined): readonly Segment[] {
  const width = hundredths(price, longest);
  if (budget === undefined) return [...stretch(width, 'accent'), ...stretch(100 - width, 'default')];
  const at = hundredths(budget, longest);
  const beyond = [...stretch(width - at, 'accent'), ...stretch(100 - Math.max(width, at), 'default')];
  // The line needs something on its right.
  const [first, ...others] = beyond.length > 0 ? beyond : stretch(1, 'default');
  return [
    ...stretch(Math.min(width, at), 'accent'),
    ...stretch(at - width, 'default'),
    ...(first ? [{ ...first, line: true }] : []),
    ...others,
  ];
}
