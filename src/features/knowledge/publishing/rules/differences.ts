/** The words of an entry, as far as two versions of it may differ. */
export interface Words {
  readonly title: string;
  readonly alternates: readonly string[];
  readonly answer: string;
  readonly review: string;
}

export interface Difference {
  readonly field: keyof Words;
  readonly before: string;
  readonly after: string;
}

const FIELDS = ['title', 'answer', 'alternates', 'review'] as const;
const asText = (words: Words, field: keyof Words): string =>
  field === 'alternates' ? words.alternates.join('\n') : words[field];

/** What changed from one version to another, field by field, in the order in which an entry is read. */
export const differences = (before: Words, after: Words): Difference[] =>
  FIELDS.map((field) => ({ field, before: asText(before, field), after: asText(after, field) })).filter(
    (each) => each.before !== each.after,
  );
