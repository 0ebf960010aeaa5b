import { COMMENT_IDS, readingGuide } from '../../../core/guide/index.ts';

/** What a comment to the broker is about (guide 4.5). */
export const COMMENT_KINDS = COMMENT_IDS;
export type CommentKind = (typeof COMMENT_KINDS)[number];

export const COMMENT_NAMES: Readonly<Record<CommentKind, string>> = readingGuide(
  COMMENT_KINDS,
  ({ comments }, kind) => comments[kind].title,
);

export const isComplaint = (kind: CommentKind): boolean =>
  kind === 'supplierComplaint' || kind === 'offerComplaint';
