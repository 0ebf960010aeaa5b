import type { Side, State } from '../meeting/rules/states.ts';
import { type Confirmation, type Party, STEPS, type StepStanding } from '../steps/rules.ts';

/** The meeting took place: either side says so. What comes before has ways back of its own. */
export const MEETING = 3;
/** The supplier's signature, after the client's own: the contract is then signed by both (guide 3.5). */
const SUPPLIER_SIGNS = 10;
const UNDER_WAY: readonly State[] = ['held', 'signed'];

type Part = Pick<Confirmation, 'step' | 'party'>;

/** What a side may take back: its own parts, and that the meeting took place. The supplier, without account, tells the staff. */
const isOf = (side: Side, { step, party }: Part): boolean =>
  step === MEETING || (step > MEETING && (side === 'client') === (party === 'client'));

/** Whether a side has confirmed something that could be taken back. */
export const hasConfirmed = (side: Side, state: State, standing: readonly StepStanding[]): boolean =>
  UNDER_WAY.includes(state) &&
  standing.some(({ step: { number }, confirmed }) =>
    confirmed.some((party) => isOf(side, { step: number, party })),
  );

/** In their order: the parties of one step, where each waits for the one before, as well. */
function comesAfter(later: Part, { step, party }: Part): boolean {
  if (later.step !== step) return later.step > step;
  const found = STEPS.find(({ number }) => number === step);
  return found?.inOrder === true && found.parties.indexOf(later.party) > found.parties.indexOf(party);
}

/** Something that was confirmed, and that one may want to take back. */
export interface Undoable<C extends Confirmation = Confirmation> {
  readonly part: C;
  /** What was confirmed after it and goes with it, in order. */
  readonly after: readonly C[];
  /** Why it stays. */
  readonly obstacle: string | undefined;
}

const SIGNED_BY_BOTH: Record<Side, string> = {
  client:
    'Le fournisseur a confirmé sa signature (étape 10) : le contrat est signé par les deux parties. Si c’est une erreur, écrivez à l’équipe du Courtier, qui peut d’abord annuler l’étape 10.',
  staff:
    'Le fournisseur a confirmé sa signature (étape 10) : le contrat est signé par les deux parties. Si c’est une erreur, annulez d’abord l’étape 10.',
};
const NOTED: Record<Side, string> = {
  client:
    'Le contrat signé est noté, et il repose sur cette étape. S’il l’a été par erreur, ouvrez-le et retirez-le d’abord (« Noté par erreur »).',
  staff:
    'Le client a noté le contrat signé, et il repose sur cette étape. S’il l’a été par erreur, le client le retire d’abord (« Noté par erreur »).',
};

/** The duty of the copy is done then, and a contract of which something was done is not taken away. */
const COPIED: Record<Side, string> = {
  client:
    'Le contrat signé est noté, et il repose sur cette étape. S’il l’a été par erreur, annulez d’abord l’étape 11, puis ouvrez le contrat et retirez-le (« Noté par erreur »).',
  staff:
    'Le client a noté le contrat signé, et il repose sur cette étape. S’il l’a été par erreur, le client annule d’abord l’étape 11, puis retire le contrat (« Noté par erreur »).',
};
/** A meeting that is booked ends with its file: none is again in one that is archived. */
const ARCHIVED: Record<Side, string> = {
  client:
    'Ce dossier est archivé : la rencontre ne redevient pas « fixée ». Rouvrez-le d’abord, ou écrivez à l’équipe du Courtier, qui peut annuler la rencontre.',
  staff:
    'Le client a archivé ce dossier : la rencontre ne redevient pas « fixée ». Le client le rouvre d’abord, ou annulez la rencontre.',
};

/** What is outside of the steps, and that some rest on. */
export interface Ground {
  /** Its contract is noted. */
  readonly contracted: boolean;
  /** Its file is archived. */
  readonly archived: boolean;
}

/**
 * Why a part stays: what is outside of these steps rests on it. A contract that is noted was signed by both, with what
 * article 48 asks for, and the supplier signs what the client signed (guide 3.4.3 and 3.5).
 */
function obstacleOf(
  side: Side,
  { step }: Part,
  after: readonly Part[],
  { contracted, archived }: Ground,
): string | undefined {
  if (contracted && step < STEPS.length)
    return (after.some((later) => later.step === STEPS.length) ? COPIED : NOTED)[side];
  if (after.some((later) => later.step === SUPPLIER_SIGNS)) return SIGNED_BY_BOTH[side];
  return archived && step === MEETING ? ARCHIVED[side] : undefined;
}

const ORDER: readonly Party[] = ['client', 'broker', 'supplier'];
const inOrder = (a: Part, b: Part): number =>
  a.step - b.step || ORDER.indexOf(a.party) - ORDER.indexOf(b.party);

/**
 * What a side may take back of what was confirmed, the latest first, with what goes with it: the steps come in order,
 * so that what was confirmed after one is confirmed anew.
 */
export function undoableOf<C extends Confirmation>(
  side: Side,
  state: State,
  confirmed: readonly C[],
  ground: Ground,
): Undoable<C>[] {
  if (!UNDER_WAY.includes(state)) return [];
  const sorted = [...confirmed].sort(inOrder);
  return sorted
    .filter((part) => isOf(side, part))
    .map((part) => {
      const after = sorted.filter((later) => comesAfter(later, part));
      return { part, after, obstacle: obstacleOf(side, part, after, ground) };
    })
    .reverse();
}
