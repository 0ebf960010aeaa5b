import type { Refused } from './cards/refused.ts';

/** What a template may receive: scalars and lists of flat objects, so that user data can never inject structure. */
export type ViewScalar = string | number | boolean;
export type View = {
  readonly [key: string]:
    | ViewScalar
    | readonly { readonly [key: string]: ViewScalar | readonly { readonly [key: string]: ViewScalar }[] }[];
};

/** A card before it is drawn: its template (`<feature>/<name>`), its data, and what is read aloud in its place. */
export interface Card {
  readonly template: string;
  readonly view: View;
  readonly summary: string;
  /** It is only looked at, as somebody else would see it: its buttons are drawn, and none can be pressed. */
  readonly inert?: true;
  /** It is a form that was refused: it is drawn with what was typed. */
  readonly refused?: Refused;
  /** The client's own thumbs are asked for beside it: what is pressed there is `Feedback`. */
  readonly feedback?: true;
}

/** What can be said in a conversation: plain text or a card. */
export type Content = string | Card;
