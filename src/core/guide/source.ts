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

/** The same of one place, in Markdown: a link to its page when the edition says where it is read; else, the page's number. */
export function linkedSourceIn(guide: Guide, place: string): string {
  const { address } = guide.edition;
  const source = sourceIn(guide, [place]);
  const found = pageOf(guide, place);
  if (address) return `[${source}](${address}${found ? `#page=${found.page}` : ''})`;
  return found?.exact ? `${source}, page ${found.page}` : source;
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
