import { join } from 'node:path';
import { besideBundle, compiledOr } from '../compiled.ts';
import { CONTENT_FOLDER } from '../content.ts';
import { CourtierError } from '../errors.ts';
import { fillFacts } from './facts.ts';
import { readGuide } from './read.ts';
import type { Guide } from './schema.ts';
import { editionOf, linkedSourceIn, pagedSourceIn, sourceIn } from './source.ts';

export { missingFacts } from './facts.ts';
export { readGuide } from './read.ts';
export {
  CATEGORY_IDS,
  COMMENT_IDS,
  CONTACT_IDS,
  type ContactId,
  type Guide,
  type GuideContact,
  type GuideDocument,
  type GuideProblem,
  ORGANIZATION_IDS,
  RULE_IDS,
} from './schema.ts';
export { pathOf } from './source.ts';

/** The edition that comes with the code. */
export const GUIDE_FOLDER = join(CONTENT_FOLDER, 'guide');

/** Beside the bundle: what its build read of that edition. */
export const GUIDE_COMPILED = 'guide.json';

// One edition for the process, as there is one language: what it says is asked for in a hundred places, from rules to
// cards. `openGuide` names its folder before anything is asked; nothing is read at import.
let folder = GUIDE_FOLDER;
let current: Guide | undefined;
let readAt: string | undefined;

/** Takes the guide of a folder, and where its passages can be read. It is read when it is first asked for. */
export function openGuide(from: string = GUIDE_FOLDER, at?: string): void {
  folder = from;
  readAt = at;
  current = undefined;
}

/** The folder of the edition in force: its facts, and its texts below `entries`. */
export const guideFolder = (): string => folder;

/** What the edition in force says. Throws one sentence when its folder cannot be used. */
export function guide(): Guide {
  if (current) return current;
  const { guide: read, problems } = compiledOr(besideBundle(GUIDE_COMPILED), { folder, deep: false }, () =>
    readGuide(folder),
  );
  const [first] = problems;
  if (!read || first)
    throw new CourtierError(
      'invalid',
      `Le guide ne peut pas être lu. ${join(folder, first?.file ?? '')} : ${first?.sentence ?? ''} « courtier guide check » dit tout ce qui est à corriger.`,
    );
  current = read;
  return read;
}

/**
 * A text of ours in which `{{copyDays}}` has become « cinq jours ouvrables », and `{{guide|3.5+4.12}}` « Guide, sections
 * 3.5 et 4.12 (édition du 1er juin 2018) ». Throws for a fact that there is not.
 */
export const withFacts = (text: string): string => fillFacts(text, guide());

/** The longest that a contract may last, renewals included, in months (FAQ 9). */
export const longestMonths = (): number => 12 * guide().rules.contractYears.value;

/** A record whose values are read in the guide each time that they are asked for. */
export function readingGuide<K extends string, V>(
  keys: readonly K[],
  value: (guide: Guide, key: K) => V,
): Readonly<Record<K, V>> {
  const record = {} as Record<K, V>;
  for (const key of keys)
    Object.defineProperty(record, key, { enumerable: true, get: () => value(guide(), key) });
  return record;
}

/** « édition du 1er juin 2018 ». */
export const editionText = (): string => editionOf(guide());

/** « Guide, section 3.4.3 (édition du 1er juin 2018) »: what a source line names. */
export const guideSource = (...places: string[]): string => sourceIn(guide(), places);

/** A source line of one place in Markdown: a link to where one reads it, to a passage of it, where there is such a place. */
export const linkedSource = (place: string, passage?: string): string =>
  linkedSourceIn(guide(), place, readAt, passage);

/** A source line of one place, with its page. */
export const pagedSource = (place: string): string => pagedSourceIn(guide(), place);

/** « Guide de l'utilisateur (édition du 1er juin 2018), section 3.1 »: the source line of a document. */
export const documentSource = (...sections: string[]): string =>
  `${guide().edition.title} (${editionText()}), ${sections.length > 1 ? 'sections' : 'section'} ${sections.join(' et ')}`;
