/** A kind of emphasis: how its mark stands in escaped text, how in Markdown, and whether it may stand inside a word. */
interface Emphasis {
  readonly escaped: string;
  readonly mark: string;
  readonly insideWords: boolean;
}
export const BOLD: Emphasis = { escaped: '\\*\\*', mark: '**', insideWords: true };
export const ITALICS: Emphasis = { escaped: '\\_', mark: '_', insideWords: false };

const LETTER = /[\p{L}\p{N}]/u;

/**
 * A line in which every escaped pair of marks around words is emphasis again. One pass: where a mark finds none that
 * closes it, no later one does.
 */
export function emphasize(line: string, { escaped, mark, insideWords }: Emphasis): string {
  const length = escaped.length;
  const isLetterAt = (at: number) => LETTER.test(String.fromCodePoint(line.codePointAt(at) ?? 0x20));
  const isLetterBefore = (at: number) =>
    isLetterAt(at - 1) || (at > 1 && isLetterAt(at - 2) && isPair(line, at - 2));
  const opens = (at: number) => !isSpace(line[at + length]) && (insideWords || !isLetterBefore(at));
  const closes = (at: number) => !isSpace(line[at - 1]) && (insideWords || !isLetterAt(at + length));

  let result = '';
  let done = 0;
  for (let open = line.indexOf(escaped); open >= 0; ) {
    if (!opens(open)) {
      open = line.indexOf(escaped, open + 1);
      continue;
    }
    let close = line.indexOf(escaped, open + length + 1);
    while (close >= 0 && !closes(close)) close = line.indexOf(escaped, close + 1);
    if (close < 0) break;
    result += `${line.slice(done, open)}${mark}${line.slice(open + length, close)}${mark}`;
    done = close + length;
    open = line.indexOf(escaped, done);
  }
  return result + line.slice(done);
}

const isSpace = (character: string | undefined): boolean =>
  character === undefined || character.trim() === '';
const isPair = (line: string, at: number): boolean => (line.codePointAt(at) ?? 0) > 0xffff;
