import { z } from 'zod';
import type { Card } from '../../../core/card.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { type Page, pagingRow } from '../../../core/cards/paging.ts';
import { Id } from '../../../core/id.ts';
import { count, escapeMarkdown } from '../../../core/text/text.ts';

/** One of a list too long to be shown: it is looked for by a few letters of its name. */
export interface Choosable {
  readonly id: string;
  readonly name: string;
}

const page = z.int().min(1).max(10_000).default(1);
const SOUGHT = 'Cherchez par au plus 120 caractères.';

const text = z.string(SOUGHT).trim().max(120, SOUGHT).default('');

/** Where somebody is on a card where things are chosen; `about` is what they are chosen for. */
export const Choosing = z.object({
  about: Id,
  what: z.string().max(40).default(''),
  sought: text,
  page,
  chosenPage: page,
});
export type Choosing = z.output<typeof Choosing>;
/** What the form of a search sends beside: what is typed there counts where its own button was pressed. */
export const Searching = { search: text, searches: z.boolean().default(false) };

/** One of the list, added or taken away. */
export const Chosen = Choosing.extend({ id: z.string().min(1).max(200) });

/** So many are found, or stand as chosen, on a page. */
export const CHOOSING_PAGE = 6;

export interface ChoosingView {
  /** What the card is part of: « Courtier · Équipe · Avis ». */
  readonly where: string;
  readonly heading: string;
  /** What they are chosen for. */
  readonly title: string;
  /** What is looked for, as a label. */
  readonly label: string;
  /** « organisation », « organisations ». */
  readonly things: readonly [string, string];
  readonly place: Choosing;
  /** What the search finds; undefined where nothing can be looked for. */
  readonly found: Page<Choosable & { readonly chosen: boolean }> | undefined;
  readonly chosen: Page<Choosable>;
  /** Said where nothing is found, and below what is. */
  readonly none: string;
  readonly more?: string;
  readonly verbs: {
    readonly search: string;
    readonly add: string;
    readonly remove: string;
    readonly back: string;
    /** Takes names, a line each. */
    readonly names?: string;
  };
  readonly back: string;
  readonly notice?: string;
}

/** The card on which some of a long list are chosen: a search, what it finds, and what stands as chosen. */
export function choosingCard(view: ChoosingView): Card {
  const { place, found, chosen, verbs, notice = '', more = '' } = view;
  const paging = found && pagingRow(found, view.things[1]);
  const chosenPaging = pagingRow(chosen, view.things[1]);
  const row = ({ id, name }: Choosable) => ({ id, name: escapeMarkdown(name), label: name });
  return {
    template: 'people/choosing',
    summary: `${view.heading} : ${chosen.total} dans la liste.`,
    view: {
      where: view.where,
      heading: view.heading,
      title: escapeMarkdown(view.title),
      ...noticeView(notice),
      about: place.about,
      what: place.what,
      label: view.label,
      sought: place.sought,
      page: found?.page ?? 1,
      chosenPage: chosen.page,
      searchable: found !== undefined,
      none: view.none,
      nothing: found?.total === 0,
      found: (found?.items ?? []).map((each) => ({ ...row(each), chosen: each.chosen, free: !each.chosen })),
      paged: paging?.paged ?? false,
      position: paging?.position ?? '',
      hasPrevious: paging?.hasPrevious ?? false,
      hasNext: paging?.hasNext ?? false,
      previous: paging?.previous ?? 0,
      next: paging?.next ?? 0,
      more,
      cut: more !== '',
      chosenText:
        chosen.total === 0 ? 'La liste est vide' : `Dans la liste : ${count(chosen.total, ...view.things)}`,
      chosen: chosen.items.map(row),
      chosenPaged: chosenPaging.paged,
      chosenPosition: chosenPaging.position,
      chosenHasPrevious: chosenPaging.hasPrevious,
      chosenHasNext: chosenPaging.hasNext,
      chosenPrevious: chosenPaging.previous,
      chosenNext: chosenPaging.next,
      search: verbs.search,
      add: verbs.add,
      remove: verbs.remove,
      backVerb: verbs.back,
      backTitle: view.back,
      named: verbs.names !== undefined,
      names: verbs.names ?? '',
    },
  };
}
