import { cleanText, plainForms } from './intake.ts';

const MARKS = /\p{M}/gu;
/** More marks on one letter than any language writes: sorting them takes a time that grows with their square. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Letters and their marks in one character where there is one (NFC), in a time that grows with the text. */
export function compose(text: string): string {
  return text.replace(TOO_MANY_MARKS, '$1').normalize('NFC');
}

/** Lower-case, without accents, in ordinary letters, single spaces: the form in which wordings are compared. */
export function fold(text: string): string {
  return plainForms(text)
    .replace(MARKS, '')
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[’ʼ]/g, "'")
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** With its first letter in upper case. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** With its first letter in lower case, as in the middle of a sentence. */
export const uncapital = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What Markdown reads, wherever it stands: signs, addresses that become links, names of emoji between colons. */
const READ_AS_MARKDOWN = /[\\`*_[\]()#~|!]|:(?=\/\/|[\w+-]{1,40}:)|@(?=\S)|(?<=[\p{L}\p{N}])\.(?=\p{L})/gu;

/**
 * A person's words for a place where Teams reads Markdown: they are shown as they were typed, each line apart, and
 * nothing in them becomes a list, a title, a quotation, a link, a mention or an emoji. Elsewhere (titles of buttons,
 * labels, choices, values, what is read aloud) words stay as they are.
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(READ_AS_MARKDOWN, '\\$&')
    .replace(/^( *)([-+])/gm, '$1\\$2')
    .replace(/^( *\d{1,9})\.(?=\s|$)/gm, '$1\\.')
    .replace(/^ +/gm, (spaces) => '\u00a0'.repeat(spaces.length))
    .replace(/&(?=#?\w{1,40};)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\n+/g, '\n\n');
}

/** French typography for texts of ours: one full stop after « inc. », narrow no-break space before ? ! ;, no-break space in « », typographic apostrophe. */
export function typeset(text: string): string {
  return text
    .replace(/(\p{L})'(?=[\p{L}\p{N}«*_[({])/gu, '$1’')
    .replace(/(?<!\.)\.\.(?=\s|$|»)/g, '.')
    .replace(/ ([?!;])/g, '\u202f$1')
    .replace(/ :(?=\s|$)/g, '\u00a0:')
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»')
    .replace(/(\d) (?=(?:\d{3}\b|\$|%|h\b))/g, '$1\u00a0');
}

/** At most `limit` characters, cut at a word, with an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1).replace(/[\p{Cs}\u200d]+$/u, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** What is elided before a name: a vowel, the « h » of « hydro », the « y » of « Ypsilon ». Other « h » are read as they are. */
const ELIDES = /^(?:[aeiouœæ]|hy|y[^aeiou])/;

/** « de Bleuet inc. », « d’Airelle inc. »: a name after what belongs to it. */
export const ofName = (name: string): string =>
  ELIDES.test(name.normalize('NFD').replace(MARKS, '').toLowerCase()) ? `d’${name}` : `de ${name}`;

const lists = new Intl.ListFormat('fr-CA');

/** « Alex, Nadia et Samuel ». */
export const listed = (items: Iterable<string>): string => lists.format(items);

const numbers = new Intl.NumberFormat('fr-CA');

/** « 1 question », « 3 questions ». */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${numbers.format(n)} ${Math.abs(n) < 2 ? singular : plural}`;
}

/** « 45 % », in whole percents; « – » of nothing. */
export const shareText = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;
