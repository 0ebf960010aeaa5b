import type { State } from '../rules/states.ts';
import type { Basis } from './basis.ts';
import type { LookingAfter } from './looking-after.ts';

const AHEAD: State[] = ['requested', 'asked', 'proposed', 'booked'];

const BOOKED =
  'Une rencontre de démarrage est fixée pour ce dossier : l’archiver l’annule. Elle quitte l’agenda, celui du fournisseur aussi, et le Courtier en est avisé.';
const ASKED =
  'Une rencontre de démarrage est demandée pour ce dossier : l’archiver l’annule, et le Courtier en est avisé.';
const HELD =
  'La rencontre de démarrage de ce dossier a eu lieu, et son contrat se prépare : l’archiver ne l’annule pas. Le Courtier en est avisé.';

/** What archiving a file does to its meeting: one that is ahead is cancelled, of one that was held the staff are told. */
export function endWithFiles(
  { files, lock, notices, ofFile }: Basis,
  { cancelIn }: Pick<LookingAfter, 'cancelIn'>,
): void {
  files.goesOn(async (tx, file) => {
    const found = await ofFile(tx, file);
    // The file is held, then the kickoff, always in this order.
    const row = found && (await lock(tx, found.id));
    if (row && AHEAD.includes(row.state))
      return {
        sentence: row.state === 'booked' ? BOOKED : ASKED,
        async end(ended, person) {
          await cancelIn(ended, person, row.id, row.revision);
          return 'La rencontre est annulée.';
        },
      };
    if (row?.state !== 'held') return undefined;
    return {
      sentence: HELD,
      async end(ended) {
        await notices.staff(ended, row, 'archived', `archived:${row.revision}`);
        return 'Le Courtier est avisé.';
      },
    };
  });
}
