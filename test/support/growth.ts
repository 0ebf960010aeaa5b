/** At the first length what grows with the square shows itself in a second; at the second, what remains of it. */
const LENGTHS = [32 * 1024, 256 * 1024];
/** A pause of the machine or of the collector, and what nobody would notice, in milliseconds. */
const UNNOTICED_MS = 150;
const TRIES = 3;

/** Pieces of which somebody who means harm makes a text; each is repeated until the text is long. */
export const PIECES: readonly string[] = [
  ...['<at', '<at>', '</at', '<at>a</at>', '&#', '&nbsp;', '<quoted messageId="'],
  ...['**a ', '_a ', '**', '\\', '['],
  ...[' ', '\n', '\u00a0', '.,! ', '- '],
  ...['\u0301\u0323', 'a\u0301\u0323', '\u0315\u0300\u05ae\u0327', '\u200b', '\ud800', '😀', 'ﬃ'],
  ...['a', 's', 'é', '1 ', '1.', "l'", '-tu', 'bonjour ', ', merci', 'non ok ', 'e-', '« ', ' :', '/'],
  ...['{', '"', '{"a":', '%2', 'errorCode:  '],
];

export const repeated = (piece: string, length: number, end = ''): string =>
  `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length - end.length)}${end}`;

/** What the processor worked for it: what a busy machine leaves waiting does not count. */
function milliseconds(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

const least = (work: () => unknown): number =>
  Math.min(...Array.from({ length: TRIES }, () => milliseconds(work)));

/**
 * The pieces whose repetition makes a function's time grow faster than its text: twice the text, more than three times
 * the time. Each with its milliseconds at both lengths.
 */
export function superlinear(work: (text: string) => unknown, pieces: readonly string[] = PIECES): string[] {
  return pieces.flatMap((piece) => ['', 'x'].flatMap((end) => growthOf(work, piece, end) ?? []));
}

function growthOf(work: (text: string) => unknown, piece: string, end: string): string | undefined {
  for (const length of LENGTHS) {
    const long = repeated(piece, length, end);
    // What takes a short moment cannot have grown out of hand: most end here.
    if (milliseconds(() => work(long)) < UNNOTICED_MS) continue;
    const short = repeated(piece, length / 2, end);
    const [half, whole] = [least(() => work(short)), least(() => work(long))];
    if (whole > 3 * half + UNNOTICED_MS) return `${JSON.stringify(piece + end)}: ${half} → ${whole} ms`;
  }
  return undefined;
}
