import { cleanText } from '../../core/intake.ts';
import { typeset } from '../../core/text.ts';

/** A text as every document holds it: nothing that XML forbids, French typography, one kind of apostrophe. */
export const written = (text: string): string => typeset(cleanText(text));
