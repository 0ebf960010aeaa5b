import type { z } from 'zod';
import { comesBack, forgiving } from '../../../../core/cards/forgiving.ts';
import { redraws } from '../../../../core/cards/redraw.ts';
import { frenchDateTime } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import { action } from '../../../../core/routes/turns.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import * as schema from '../../screens/schema.ts';
import type { ContractServices } from '../../screens/services.ts';
import { contractCard } from './contract.ts';
import { list } from './list.ts';

const DROPPED = 'Le contrat noté par erreur est retiré, avec ses rappels.';
const CHANGED = 'Quelqu’un a changé ce contrat entre-temps : rien n’est retiré. Voyez-le d’abord.';

interface Dropped {
  readonly kind: 'gone' | 'stale';
  readonly word: string;
}

/** Takes a contract away; where that was done before, says by whom to those who may know. */
async function drop(
  { person }: ActionTurn,
  { contract, revision }: z.output<typeof schema.Seen>,
  { contracts, people, timeZone }: ContractServices,
): Promise<Dropped> {
  try {
    const outcome = await contracts.dropContract(person, contract, revision);
    return outcome === 'done' ? { kind: 'gone', word: DROPPED } : { kind: 'stale', word: CHANGED };
  } catch (error) {
    const absent = error instanceof CourtierError && error.kind === 'notFound';
    const gone = absent ? await contracts.goneOf(contract, person) : undefined;
    if (!gone) throw error;
    const { by, at } = gone;
    const on = `le ${frenchDateTime(at, timeZone)}`;
    if (isSame(by, person)) return { kind: 'gone', word: `Vous avez déjà retiré ce contrat, ${on}.` };
    const name = (await people.findPerson(by))?.name ?? GONE;
    return { kind: 'gone', word: `${name} a déjà retiré ce contrat, noté par erreur, ${on}.` };
  }
}

/** Noted by mistake: it goes, and the others are shown; the contract comes back where somebody changed it. */
export const dropContract = forgiving(
  comesBack(schema.Reference, contractCard),
  action(
    'contracts.dropContract',
    schema.Seen,
    redraws(
      drop,
      (turn, { contract }, services: ContractServices, word, { kind }) =>
        kind === 'stale'
          ? contractCard(turn, { contract }, services, word)
          : list(turn.person, 1, services, word),
      ({ word }) => word,
    ),
  ),
);
