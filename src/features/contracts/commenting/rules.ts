import { COMMENT_IDS, readingGuide } from '../../../core/guide/index.ts';
import { type BusinessDays, brokerDate } from '../../../core/time/business-days.ts';
import { byBroker, type Due } from '../../../core/time/due.ts';

/** What a comment to the broker is about (guide 4.5). */
export const COMMENT_KINDS = COMMENT_IDS;
export type CommentKind = (typeof COMMENT_KINDS)[number];

export const COMMENT_NAMES: Readonly<Record<CommentKind, string>> = readingGuide(
  COMMENT_KINDS,
  ({ comments }, kind) => comments[kind].title,
);

export const isComplaint = (kind: CommentKind): boolean =>
  kind === 'supplierComplaint' || kind === 'offerComplaint';
export const COMPLAINT_KINDS = COMMENT_KINDS.filter(isComplaint);

/** Why a case was closed. */
export const CLOSINGS = ['settled', 'explained', 'referred', 'withdrawn', 'double'] as const;
export type Closing = (typeof CLOSINGS)[number];
export const CLOSING_NAMES: Readonly<Record<Closing, string>> = {
  settled: 'Réglé',
  explained: 'Expliqué : rien à corriger',
  referred: 'Transmis à qui peut agir',
  withdrawn: 'Retiré par la personne',
  double: 'Suivi dans un autre message',
};

/** What happened of a comment, one after the other. */
export const WORD_ACTS = ['wrote', 'answered', 'closed', 'reopened'] as const;
export type WordAct = (typeof WORD_ACTS)[number];

/** Business days in which the broker means to answer a complaint, and anything else: marks of its own (guide 4.5). */
const COMPLAINT_DAYS = 3;
const COMMENT_DAYS = 5;
/** Business days after an answer when the broker looks whether a complaint is settled. */
const FOLLOW_UP_DAYS = 10;

/** A comment, as far as it says how it stands. */
export interface CommentStanding {
  readonly kind: CommentKind;
  readonly createdAt: Date;
  readonly answeredAt: Date | null;
  /** When the person wrote since the last answer, or the case was reopened. */
  readonly askedAt: Date | null;
  readonly closedAt: Date | null;
  /** The day that the staff chose. */
  readonly dueOn: string | null;
}

/**
 * Whose turn it is: `broker`, who answers; `person`, who was answered, while the case is open; nobody's, once it ended.
 * One answer ends what is no complaint, as long as nobody writes again.
 */
export function turnOf({
  kind,
  answeredAt,
  askedAt,
  closedAt,
}: CommentStanding): 'broker' | 'person' | 'ended' {
  if (closedAt) return 'ended';
  if (!answeredAt || askedAt) return 'broker';
  return isComplaint(kind) ? 'person' : 'ended';
}

/** Since when it waits for the broker: to answer, or to see that it is settled. */
export const waitsSince = (row: CommentStanding): Date =>
  (turnOf(row) === 'person' ? row.answeredAt : row.askedAt) ?? row.createdAt;

/** By when the broker means to answer, or to follow up; the day that the staff chose comes first. */
export function commentDue(row: CommentStanding, days: BusinessDays): Due {
  if (row.dueOn)
    return { ...byBroker('le jour choisi par l’équipe'), on: Temporal.PlainDate.from(row.dueOn) };
  const since = brokerDate(waitsSince(row));
  const within =
    turnOf(row) === 'person' ? FOLLOW_UP_DAYS : isComplaint(row.kind) ? COMPLAINT_DAYS : COMMENT_DAYS;
  return {
    ...byBroker('COMPLAINT_DAYS, COMMENT_DAYS et FOLLOW_UP_DAYS, dans le code'),
    on: days.office.add(since, within),
  };
}

/** How it stands, for the staff and for whoever wrote; `last`: what happened of it last, where that was read. */
export function standingText(
  row: CommentStanding & { readonly closing: Closing | null },
  last?: WordAct | undefined,
): string {
  if (row.closedAt) return row.closing ? `Fermé : ${CLOSING_NAMES[row.closing]}` : 'Fermé';
  if (row.askedAt && row.answeredAt)
    return last === 'wrote'
      ? 'Un nouveau mot attend une réponse'
      : last === 'reopened'
        ? 'Rouvert par le Courtier'
        : 'De nouveau à traiter';
  return { broker: 'À traiter', person: 'Répondu, ouvert', ended: 'Répondu' }[turnOf(row)];
}
