/** Cells that are shown as one, which says what the first of them holds. Counted from 1. */
export interface Merged {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const MERGED = /<mergeCell\s[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;

/** « A » is the first column, « AA » the twenty-seventh. */
const columnOf = (letters = ''): number =>
  [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);

/** The merged cells of a sheet, from its XML. */
export function mergedIn(xml: string): Merged[] {
  const found: Merged[] = [];
  for (const [, left, top, right, bottom] of xml.matchAll(MERGED))
    found.push({
      top: Number(top),
      left: columnOf(left),
      bottom: Number(bottom),
      right: columnOf(right),
    });
  return found;
}

/**
 * Whether a cell is merged into another one, which hides what it holds, row after row from the top. As merged cells do not
 * share any, no more of them cross a row than it has columns.
 */
export function hiddenBy(merged: readonly Merged[], columns: number) {
  const sorted = merged.filter(({ left }) => left <= columns).sort((a, b) => a.top - b.top);
  let crossing: Merged[] = [];
  let next = 0;
  return (row: number): ((column: number) => boolean) => {
    crossing = crossing.filter(({ bottom }) => bottom >= row);
    for (let one = sorted[next]; one && one.top <= row; one = sorted[++next])
      if (one.bottom >= row && crossing.length < columns) crossing.push(one);
    return (column) =>
      crossing.some(
        ({ top, left, right }) => column >= left && column <= right && !(row === top && column === left),
      );
  };
}
