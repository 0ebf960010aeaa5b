import { newStemmer } from 'snowball-stemmers';
import { remembered } from './remembered.ts';

const stemmer = newStemmer('french');

/** Snowball's French stem of a folded word. */
export const stemOf = remembered((word) => (word.length > 3 ? stemmer.stem(word) : word));
