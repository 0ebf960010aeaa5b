import { frenchDay } from '../clock.ts';
import type { Guide } from './schema.ts';

const SECTION = /^\d(\.\d{1,2}){0,2}$/;

/** « édition du 1er juin 2018 ». */
export const editionOf = ({ edition: { date } }: Guide): string => `édition du ${frenchDay(date)}`;

/**
 * « Guide, sections 3.4.3 et 3.5 (édition du 1er juin 2018) »: a place of the guide, always with its edition. A place is
 * a section, « FAQ 9 », « def: fournisseur » or « historique ».
 */
export const sourceIn = (guide: Guide, places: readonly string[]): string =>
  `Guide, ${placesText(places)} (${editionOf(guide)})`;

/** The page where a place begins, and whether the edition's contents name that very place. */
function pageOf({ edition: { pages } }: Guide, place: string): { page: number; exact: boolean } | undefined {
  const listed = place.startsWith('FAQ ') ? '5' : place.startsWith('def: ') ? '1' : place;
  for (
    let section = listed;
    section !== '';
    section = section.slice(0, Math.max(0, section.lastIndexOf('.')))
  ) {
    const page = pages[section];
    if (page !== undefined) return { page, exact: section === place };
  }
  return undefined;
}

/** How a place is named in an address: « 3.4.3 », « faq-9 », « glossaire ». */
export const pathOf = (place: string): string =>
  place.startsWith('FAQ ') ? `faq-${place.slice(4)}` : place.startsWith('def: ') ? 'glossaire' : place;

/** « Guide, section 3.4.3 (édition du 1er juin 2018), page 12 », where the edition's contents name that very place. */
export function pagedSourceIn(guide: Guide, place: string): string {
  const source = sourceIn(guide, [place]);
  const found = pageOf(guide, place);
  return found?.exact ? `${source}, page ${found.page}` : source;
}

/**
 * The same in Markdown: a link to the guide's page when the edition says where it is read; else to the passage as the
 * assistant has it, below `readAt`, when that can be reached.
 */
export function linkedSourceIn(
  guide: Guide,
  place: string,
  readAt: string | undefined,
  passage = '',
): string {
  const { address } = guide.edition;
  const found = pageOf(guide, place);
  if (address) return `[${sourceIn(guide, [place])}](${address}${found ? `#page=${found.page}` : ''})`;
  const source = pagedSourceIn(guide, place);
  return readAt ? `[${source}](${readAt}/${pathOf(place)}${passage && `#${passage}`})` : source;
}

/** Whether a text names sections, as a card does: « 3.4.3 », « 3.4.3+3.5 ». */
export const sectionsOf = (text: string): string[] | undefined => {
  const sections = text.split('+');
  return sections.every((section) => SECTION.test(section)) ? sections : undefined;
};

function placesText(places: readonly string[]): string {
  const [first = '', ...others] = places;
  return others.length === 0
    ? placeText(first)
    : `sections ${places.slice(0, -1).join(', ')} et ${others.at(-1)}`;
}

function placeText(place: string): string {
  if (place.startsWith('FAQ ')) return `foire aux questions nº ${place.slice(4)}`;
  if (place.startsWith('def: ')) return 'glossaire';
  if (place === 'historique') return 'historique des modifications';
  return place.includes('.') ? `section ${place}` : `chapitre ${place}`;
}
