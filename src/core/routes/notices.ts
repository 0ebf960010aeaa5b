import type { z } from 'zod';
import type { Content } from '../card.ts';
import type { Recipient } from '../ports/delivery.ts';
import type { Person } from '../turn.ts';
import type { Role } from './turns.ts';

/** How a kind of notice is delivered. */
export interface NoticeRules {
  readonly kind: string;
  /** `once`: never sent twice, what may have been received is listed for a person. `surely`: that is sent once more. */
  readonly policy: 'once' | 'surely';
  /** `decent`: business days between 8 and 18 h. */
  readonly hours: 'decent' | 'any';
  /** Waits for the end of a person's pause, and for their hour. */
  readonly pausable: boolean;
  /** What it is, in the list of a person's reminders. */
  readonly title?: string;
  /** The smaller goes first: 0 answers somebody, 1 is a reminder, 2 goes to many. */
  readonly priority: 0 | 1 | 2;
}

/** A kind of notice, composed when its time comes; `undefined` when there is nothing to tell any more. */
export interface NoticeRoute<S> extends NoticeRules {
  readonly subject: z.ZodType;
  readonly compose: (subject: unknown, recipient: Recipient, services: S) => Promise<Content | undefined>;
  /** Of which file or contract, and what there is to do: a line in the list of a person's reminders. */
  readonly about?: (subject: unknown, person: Person, services: S) => Promise<string>;
}

/** A kind of notice whose composer receives its parsed subject. */
export function notice<S, I extends z.ZodType>(
  rules: NoticeRules,
  subject: I,
  compose: (subject: z.output<I>, recipient: Recipient, services: S) => Promise<Content | undefined>,
  about?: (subject: z.output<I>, person: Person, services: S) => Promise<string>,
): NoticeRoute<S> {
  return {
    ...rules,
    subject,
    compose: (value, recipient, services) => compose(value as z.output<I>, recipient, services),
    ...(about && {
      about: (value: unknown, person: Person, services: S) => about(value as z.output<I>, person, services),
    }),
  };
}

interface KnowsTheStaff {
  readonly access: { may(person: Person, role: Role): Promise<boolean> };
}

/**
 * A kind of notice that is the staff's alone. Whoever left the team between its enqueueing and its delivery is not told;
 * their channel is.
 */
export const teamNotice = <S, I extends z.ZodType>(
  rules: NoticeRules,
  subject: I,
  compose: (subject: z.output<I>, recipient: Recipient, services: S) => Promise<Content | undefined>,
): NoticeRoute<S & KnowsTheStaff> =>
  notice(rules, subject, async (value, recipient, services: S & KnowsTheStaff) =>
    recipient.kind === 'person' && !(await services.access.may({ ...recipient, name: '' }, 'staff'))
      ? undefined
      : compose(value, recipient, services),
  );
