import type { Snapshot } from './answers.ts';
import type { Form } from './form.ts';

/** What happened during a time, for whoever evaluates it. */
export interface Memory {
  readonly from: string;
  /** The last day that counts: what comes later is the next evaluation's. */
  readonly to: string;
  readonly events: readonly MemoryEvent[];
  /** Amendments signed, and changes of the supplier's fiche: a sentence each. */
  readonly changes: readonly string[];
}

export interface MemoryEvent {
  readonly on: string;
  readonly good: boolean;
  readonly text: string;
  /** What it is about, where it is about one criterion. */
  readonly criterion: string | null;
}

/** The contract of an evaluation, as its document names it. */
export interface ContractFacts {
  readonly number: number;
  readonly title: string;
  readonly supplierName: string;
  readonly offers: string;
  readonly amountCents: number;
  readonly signedOn: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** All that a submission says beside its answers, as it was that day: nothing that happens later changes it. */
export interface FrozenGround {
  readonly organization: string;
  readonly contract: ContractFacts;
  readonly year: number;
  readonly final: boolean;
  readonly form: Form;
  readonly memory: Memory;
}

/** A submission, whole: an official record. */
export interface OfficialRecord extends FrozenGround {
  readonly number: number;
  readonly answers: Snapshot;
  readonly by: string;
  readonly at: Date;
}

/** The contract's facts alone, of a row that has more. */
export const contractFacts = ({
  number,
  title,
  supplierName,
  offers,
  amountCents,
  signedOn,
  startsOn,
  endsOn,
}: ContractFacts): ContractFacts => ({
  number,
  title,
  supplierName,
  offers,
  amountCents,
  signedOn,
  startsOn,
  endsOn,
});

/**
 * The time that an evaluation is about: the year before it opened and the days on which one answers; at the end of a
 * contract, the whole of it (guide 4.9 and 4.10).
 */
export function timeOf(
  {
    final,
    opensOn,
    closesOn,
  }: { readonly final: boolean; readonly opensOn: string; readonly closesOn: string },
  { signedOn, endsOn }: Pick<ContractFacts, 'signedOn' | 'endsOn'>,
): { readonly from: string; readonly to: string } {
  if (final) return { from: signedOn, to: endsOn };
  const year = Temporal.PlainDate.from(opensOn).subtract({ years: 1 }).toString();
  return { from: year < signedOn ? signedOn : year, to: closesOn };
}
