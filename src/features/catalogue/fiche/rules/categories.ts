import { CATEGORY_IDS, readingGuide } from '../../../../core/guide/index.ts';

/** The ten categories of collaboration and office tools, in the guide's order (section 2.3). */
export const CATEGORIES = CATEGORY_IDS;

export type Category = (typeof CATEGORIES)[number];

export const CATEGORY_NAMES: Readonly<Record<Category, string>> = readingGuide(
  CATEGORIES,
  ({ categories }, id) => categories[id].short,
);
