export interface Page<T> {
  readonly items: readonly T[];
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

const pagesOf = (total: number, size: number): number => Math.max(1, Math.ceil(total / size));

/** The page that is wanted of a list, or the nearest one when there is no such page. */
export const nearestPage = (wanted: number, total: number, size: number): number =>
  Math.min(Math.max(1, wanted), pagesOf(total, size));

/** A page of a list; the nearest one when it is out of range. */
export function pageOf<T>(items: readonly T[], wanted: number, size: number): Page<T> {
  const page = nearestPage(wanted, items.length, size);
  return pageAt(items.slice((page - 1) * size, page * size), page, items.length, size);
}

/** A page that the database cut already, of `total` things. */
export const pageAt = <T>(items: readonly T[], page: number, total: number, size: number): Page<T> => ({
  items,
  page,
  pages: pagesOf(total, size),
  total,
});

/** What a card's paging row shows and sends: « Page 2 de 3 · 14 offres ». */
export const pagingRow = ({ page, pages, total }: Page<unknown>, things: string) => ({
  paged: pages > 1,
  position: `Page ${page} de ${pages} · ${total.toLocaleString('fr-CA')} ${things}`,
  hasPrevious: page > 1,
  hasNext: page < pages,
  previous: page - 1,
  next: page + 1,
});
