import { CourtierError } from '../errors.ts';

/** A form that was refused: what was typed, what is wrong, and where. */
export interface Refused {
  /** The button that was pressed, with what its card sends along: its form is found by them. */
  readonly verb: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly sentence: string;
  /** The input that the sentence is about; absent for the whole form. */
  readonly field?: string | undefined;
  /** It is only asked about: sent again as it is, it is done. */
  readonly asked: boolean;
}

/** The key under which a form says that what was asked about it is meant. */
export const SURE = 'sure';

/** What is asked cannot be done, and why. */
export const refused = (sentence: string): CourtierError => new CourtierError('refused', sentence);

/** What was typed in a field cannot be, and why: the sentence is shown beside it. */
export const wrongField = (field: string, sentence: string): CourtierError =>
  new CourtierError('refused', sentence, undefined, { field });

/** What is asked is done once it is meant: whoever sent it is asked whether they mean it. */
export const asked = (sentence: string): CourtierError =>
  new CourtierError('refused', sentence, undefined, { asked: true });

/** What was typed in a field is unlikely: whoever sent it is asked whether they mean it. */
export const askedField = (field: string, sentence: string): CourtierError =>
  new CourtierError('refused', sentence, undefined, { field, asked: true });
