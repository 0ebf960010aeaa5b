/** Longer than any text that a form or a conversation takes: what is cut there is refused as too long anyway. */
const LONGEST = 20_000;
const DEEPEST = 8;

const LINE_BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** What nobody sees: controls, halves of pairs, noncharacters, zero-width, bidirectional and tag characters. */
const UNSEEN = /(?!\n|\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cs}\p{NChar}\p{DI}\ufff9-\ufffc]/gu;
/** What a cut leaves of a character of two units. */
const HALF_PAIR = /[\ud800-\udbff]$/;
const STRAY_VARIANTS = /(?<!\p{Emoji})[\ufe0e\ufe0f]/gu;
const REPEATED_JOINERS = /([\u200c\u200d])[\u200c\u200d]+/g;
/** Not between two emoji, and not in a script in which an invisible joiner changes what is read. */
const STRAY_JOINERS =
  /(?<![\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}])(?:\u200c|(?<!\p{ExtPict}|\p{EMod}|\ufe0f)\u200d|\u200d(?!\p{ExtPict}))/gu;
/** No script stacks so many accents on a letter. */
const STACKED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** Letters, digits and signs in another width or face, as keyboards of East Asia, PDF files and posts in bold write them. */
const OTHER_FORMS = /[\u3000\ufb00-\ufb06\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu;

/** The same text with the letters, digits and signs that those stand for: « catalogue » of « ｃａｔａｌｏｇｕｅ ». */
export const plainForms = (text: string): string =>
  text.replace(OTHER_FORMS, (form) => form.normalize('NFKC'));

/**
 * What somebody typed, as it is kept and shown: composed (NFC), in ordinary letters, with `\n` for every line break, at
 * most one line left empty, and without the characters that nobody sees and that break databases, documents and the
 * reading of a line. It is cut at `most` UTF-16 units before anything else, and again at the end, as some signs become
 * several letters. Emoji and the scripts that need invisible joiners keep them.
 */
export function cleanText(raw: string, most = LONGEST): string {
  const seen = raw
    .slice(0, most)
    .replace(LINE_BREAKS, '\n')
    .replaceAll('\t', ' ')
    .replace(UNSEEN, '')
    .replace(STRAY_VARIANTS, '')
    .replace(REPEATED_JOINERS, '$1')
    .replace(STRAY_JOINERS, '')
    .replace(STACKED_MARKS, '$1');
  const clean = plainForms(seen)
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC');
  return clean.length > most ? clean.slice(0, most).replace(HALF_PAIR, '') : clean;
}

/** What was written, cleaned, on one line with single spaces: a name. */
export const cleanLine = (raw: string, most = 400): string =>
  cleanText(raw, most).replace(/\s+/g, ' ').trim();

/** Submitted data with each of its texts clean. What is nested deeper than any form of ours is left out. */
export function cleanData(value: unknown, deep = DEEPEST): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (value === null || typeof value !== 'object') return value;
  if (deep === 0) return null;
  if (Array.isArray(value)) return value.map((item) => cleanData(item, deep - 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanData(inner, deep - 1)]));
}

/** A page's form with each of its texts clean. */
export const cleanForm = (form: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...form].map(([name, value]) => [name, cleanText(value)]));
