import { wrongField } from '../../../../core/cards/refused.ts';
import { frenchDate } from '../../../../core/clock.ts';
import { isBefore } from '../../../../core/time/days.ts';
import { checkSigned, type Term, tooLong } from './term.ts';

/** How far a contract was evaluated: nothing was submitted, something was, or its final evaluation was submitted or signed. */
export type Evaluated = 'no' | 'yearly' | 'final';

/** What an evaluation of a contract rests on. */
interface Rested extends Term {
  readonly supplierId: string;
  readonly rcti: boolean;
}

/** What was noted of a contract since, which its correction is held to. */
export interface CorrectionGround {
  readonly today: Temporal.PlainDate;
  readonly evaluated: Evaluated;
  /** The first day of which something was noted: an invoice, an amendment, a duty, the notice of a termination. */
  readonly firstNoted: Temporal.PlainDate | undefined;
  /** The ends that its signed amendments gave it. */
  readonly amendedEnds: readonly Temporal.PlainDate[];
  readonly terminatedOn: Temporal.PlainDate | undefined;
}

const FIELDS: Readonly<Record<string, string>> = { supplierId: 'supplier' };

/** Why what an evaluation rests on is not corrected any more; empty while it is. */
export const settledBy = (evaluated: Evaluated): string =>
  evaluated === 'final'
    ? 'L’évaluation de fin de contrat est déjà faite : le fournisseur, la signature, la fin et le RCTI ne se corrigent plus.'
    : evaluated === 'yearly'
      ? 'Une évaluation de ce contrat est déjà soumise : le fournisseur, la signature et le RCTI ne se corrigent plus.'
      : '';

/** Refuses, with a sentence, what cannot be said of a contract beside what was noted of it since. */
export function checkCorrection(was: Rested, wanted: Rested, ground: CorrectionGround): void {
  const changes = (field: keyof Rested) => String(was[field]) !== String(wanted[field]);
  const settled: readonly (keyof Rested)[] =
    ground.evaluated === 'no'
      ? []
      : ['supplierId', 'signedOn', 'rcti', ...(ground.evaluated === 'final' ? (['endsOn'] as const) : [])];
  for (const field of settled)
    if (changes(field)) throw wrongField(FIELDS[field] ?? field, settledBy(ground.evaluated));
  if (!changes('signedOn') && !changes('startsOn') && !changes('endsOn')) return;
  checkSigned(wanted, ground.today);
  checkSince(wanted, ground, changes('signedOn'));
}

/** What was noted since stays within the dates of its contract. */
function checkSince(
  { signedOn, startsOn, endsOn }: Term,
  { firstNoted, amendedEnds, terminatedOn }: CorrectionGround,
  signatureMoves: boolean,
): void {
  if (signatureMoves && firstNoted && isBefore(firstNoted, signedOn))
    throw wrongField(
      'signedOn',
      `Ce qui est déjà noté de ce contrat (factures, avenants, obligations, résiliation) commence le ${frenchDate(firstNoted)} : il a été signé ce jour-là au plus tard.`,
    );
  for (const amended of amendedEnds) {
    const held = `Un avenant signé porte la fin au ${frenchDate(amended)}.`;
    const refusal = tooLong({ signedOn, startsOn, endsOn: amended });
    if (refusal) throw wrongField('signedOn', `${held} ${refusal}`);
    if (isBefore(amended, startsOn)) throw wrongField('startsOn', `${held} Le contrat commence avant.`);
  }
  if (terminatedOn && amendedEnds.length === 0 && isBefore(endsOn, terminatedOn))
    throw wrongField(
      'endsOn',
      `La résiliation notée prend effet le ${frenchDate(terminatedOn)} : la fin du contrat est ce jour-là ou plus tard.`,
    );
}
