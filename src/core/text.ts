const MARKS = /\p{M}/gu;
/** More marks on one letter than any language writes: sorting them takes a time that grows with their square. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Letters and their marks in one character where there is one (NFC), in a time that grows with the text. */
export function compose(text: string): string {
  return text.replace(TOO_MANY_MARKS, '$1').normalize('NFC');
}

/** Lower-case, without accents, single spaces: the form in which wordings are compared. */
export function fold(text: string): string {
  return text
    .replace(MARKS, '')
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[’ʼ]/g, "'")
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** A person's words, made harmless for Teams Markdown and mentions. Line breaks are kept. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/(?!\n)[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\\`*_[\]()#~|!]/g, '\\$&')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** French typography for texts of ours: narrow no-break space before ? ! ;, no-break space in « », typographic apostrophe. */
export function typeset(text: string): string {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, '$1’')
    .replace(/ ([?!;])/g, '\u202f$1')
    .replace(/ :(?=\s|$)/g, '\u00a0:')
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»')
    .replace(/(\d) (?=(?:\d{3}\b|\$|%|h\b))/g, '$1\u00a0');
}

/** At most `limit` characters, cut at a word, with an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

const numbers = new Intl.NumberFormat('fr-CA');

/** « 1 question », « 3 questions ». */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${numbers.format(n)} ${Math.abs(n) < 2 ? singular : plural}`;
}
