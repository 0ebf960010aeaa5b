/** An answer in two or three lines, and what is folded below them; both in Markdown, by paragraphs. */
export interface Brief {
  readonly brief: readonly string[];
  readonly details: readonly string[];
}

/** About three lines. */
const SHORT = 260;
/** A line of a list. */
const ITEM = /^(?:-|\d+\.) /;
/** So little more is not worth a press. */
const SPARE = 140;

const lengthOf = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);

/** The sentences of a paragraph, none cut within bold words. */
function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = [];
  for (const part of paragraph.split(/(?<=[.!?](?:\*\*)?) (?=[\p{Lu}«*[])/u)) {
    const last = sentences.at(-1);
    const open = last !== undefined && (last.match(/\*\*/g) ?? []).length % 2 === 1;
    if (open) sentences[sentences.length - 1] = `${last} ${part}`;
    else sentences.push(part);
  }
  return sentences;
}

/** The sentences of a paragraph that fit in a length, the first at least, and the others. */
function cut(paragraph: string, limit: number): [taken: string, left: string] {
  const sentences = sentencesOf(paragraph);
  let taken = 1;
  while (taken < sentences.length && sentences.slice(0, taken + 1).join(' ').length <= limit) taken++;
  return [sentences.slice(0, taken).join(' '), sentences.slice(taken).join(' ')];
}

/** What each line of a list is about, when each says so first, in bold. */
function headsOf(list: string): string | undefined {
  const heads = list.split('\n').map((line) => /^(?:-|\d+\.) \*\*(.+?)\*\*/.exec(line)?.[1]);
  return heads.every((head) => head !== undefined) ? heads.join(' · ') : undefined;
}

/** What introduces a list, with the list when it is short, with what its lines are about when they say so. */
function listed(intro: string, list: string, others: readonly string[], room: number): Brief {
  if (intro.length + list.length <= room + SPARE) return { brief: [intro, list], details: others };
  const heads = headsOf(list);
  if (heads !== undefined) return { brief: [intro, heads], details: [list, ...others] };
  const sentences = sentencesOf(intro);
  const before = sentences.slice(0, -1).join(' ');
  return before === ''
    ? { brief: [intro.replace(/\s*:$/, '…')], details: [list, ...others] }
    : { brief: [before], details: [sentences.at(-1) ?? '', list, ...others] };
}

/**
 * What of an answer is shown at once: a short answer is whole. Below a lead, which says the point, what follows is folded
 * but for what makes it precise first, where that is short.
 */
export function briefOf(lead: string | undefined, answer: string): Brief {
  const paragraphs = answer.split(/\n{2,}/);
  const room = SHORT - (lead?.length ?? 0);
  if (lengthOf(paragraphs) <= room + SPARE) return { brief: paragraphs, details: [] };
  const [first = '', second = '', ...others] = paragraphs;
  if (lead !== undefined) {
    const [taken, left] = cut(first, room);
    if (first.endsWith(':') || taken.length > room || ITEM.test(first))
      return { brief: [], details: paragraphs };
    return { brief: [taken], details: [left, second, ...others].filter((paragraph) => paragraph !== '') };
  }
  if (first.endsWith(':')) return listed(first, second, others, room);
  const [taken, left] = cut(first, room);
  return { brief: [taken], details: [left, second, ...others].filter((paragraph) => paragraph !== '') };
}
