import { wrongField } from '../../../core/cards/refused.ts';
import { frenchDate } from '../../../core/clock.ts';
import { isBefore } from '../../../core/time/days.ts';

export const TERMINATION_SIDES = ['client', 'supplier', 'agreement'] as const;
export type TerminationSide = (typeof TERMINATION_SIDES)[number];

export const TERMINATION_NAMES: Record<TerminationSide, string> = {
  client: 'Votre organisation',
  supplier: 'Le fournisseur',
  agreement: 'Les deux, d’un commun accord',
};

/** What the dates of a termination are held to. */
export interface TerminationGround {
  readonly signedOn: Temporal.PlainDate;
  /** The end by the contract and its amendments. */
  readonly termEndsOn: Temporal.PlainDate;
  /** The latest signature of an amendment. */
  readonly amendedOn: Temporal.PlainDate | undefined;
  readonly today: Temporal.PlainDate;
}

/** Refuses, with a sentence, dates that the termination of a contract cannot have. */
export function checkTermination(
  noticeOn: Temporal.PlainDate,
  effectiveOn: Temporal.PlainDate,
  { signedOn, termEndsOn, amendedOn, today }: TerminationGround,
): void {
  if (isBefore(noticeOn, signedOn) || isBefore(today, noticeOn))
    throw wrongField(
      'noticeOn',
      'La lettre ou l’avis est daté entre la signature du contrat et aujourd’hui.',
    );
  if (isBefore(effectiveOn, noticeOn))
    throw wrongField(
      'effectiveOn',
      'La résiliation prend effet le jour de la lettre ou de l’avis, ou plus tard.',
    );
  if (isBefore(termEndsOn, effectiveOn))
    throw wrongField(
      'effectiveOn',
      `Le contrat se termine déjà le ${frenchDate(termEndsOn)} : une résiliation prend effet ce jour-là au plus tard.`,
    );
  if (amendedOn && isBefore(effectiveOn, amendedOn))
    throw wrongField(
      'effectiveOn',
      `Un avenant a été signé le ${frenchDate(amendedOn)} : la résiliation prend effet ce jour-là ou plus tard.`,
    );
}
