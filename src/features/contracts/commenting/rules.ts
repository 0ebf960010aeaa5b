import { type BusinessDays, brokerDate } from '../../../core/business-days.ts';
import { byBroker, type Due } from '../../../core/due.ts';
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

/** Business days in which the broker means to answer a complaint, and anything else: marks of its own (guide 4.5). */
export const COMPLAINT_DAYS = 3;
export const COMMENT_DAYS = 5;

export const commentDue = (kind: CommentKind, sentAt: Date, days: BusinessDays): Due => ({
  ...byBroker('COMPLAINT_DAYS et COMMENT_DAYS, dans le code'),
  on: days.add(
    brokerDate(Temporal.Instant.fromEpochMilliseconds(sentAt.getTime())),
    isComplaint(kind) ? COMPLAINT_DAYS : COMMENT_DAYS,
  ),
});
