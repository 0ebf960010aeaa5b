import type { SearchEntry } from '../search/index.ts';
import type { Content } from './content.ts';

/** What of the content is searched: its entries, and the questions that the guide leaves open. */
export const searchableOf = ({ entries, silences }: Content): SearchEntry[] => [
  ...entries.map(({ id, title, questions, answer }) => ({
    id,
    question: title,
    alternates: questions,
    answer,
  })),
  ...silences.map(({ id, title, questions }) => ({
    id,
    question: title,
    alternates: questions,
    answer: '',
    silent: true,
  })),
];
