import { cleanText } from '../../core/text/intake.ts';
import { typeset } from '../../core/text/text.ts';

/** A text as every document holds it: nothing that XML forbids, French typography, one kind of apostrophe. */
export const written = (text: string): string => typeset(cleanText(text));
