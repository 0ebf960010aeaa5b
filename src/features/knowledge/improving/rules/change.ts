import { materialOf, NOTHING_LEARNED, type SearchMaterial } from '../../answering/rules.ts';

/** What may be made of questions that were not, or badly, answered. */
export type Change =
  | { readonly act: 'wording'; readonly entryId: string; readonly text: string }
  | { readonly act: 'offTopic'; readonly text: string }
  | {
      readonly act: 'entry';
      readonly id: string;
      readonly title: string;
      readonly alternates: readonly string[];
      readonly answer: string;
    };

/** What would be searched after a change. */
export function changed({ entries, background }: SearchMaterial, change: Change): SearchMaterial {
  switch (change.act) {
    case 'wording':
      return materialOf(entries, background, { ...NOTHING_LEARNED, wordings: [change] });
    case 'offTopic':
      return { entries, background: [...background, change.text] };
    case 'entry': {
      const { id, title: question, alternates, answer } = change;
      return {
        entries: [...entries.filter((each) => each.id !== id), { id, question, alternates, answer }],
        background,
      };
    }
  }
}
