import { CourtierError } from '../../../../core/errors.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Choice } from '../../../acquisitions/index.ts';
import { supplierName } from '../../texts.ts';
import { replacedText, repricedText, type SeenChoice } from '../rules/seen-choice.ts';
import type { ChoosingPorts } from './choice-ground.ts';
import type { FileComparison } from './comparing.ts';

const SIGNED = 'Le contrat de ce dossier est signé : son choix ne change plus.';
const UNDER_WAY =
  'Une rencontre de démarrage est en cours pour ce choix. Annulez-la d’abord (« rencontre »), puis choisissez de nouveau.';
const HELD =
  'La rencontre de démarrage de ce choix a eu lieu : vous ne pouvez plus l’annuler. Écrivez à l’équipe du Courtier, qui peut l’annuler (« rencontres », de son côté), puis choisissez de nouveau.';

/** What keeps a supplier from being chosen, or is asked first. */
export const buildChoiceGuards = ({ files }: Pick<ChoosingPorts, 'files'>) => ({
  /** A signed contract changes its choice no more; a meeting stands on one, which may be kept (guide 3.5). */
  async mustNotBeUnderWay(tx: Tx, id: string, keeps: boolean): Promise<void> {
    const contract = await files.conclusion('contract', id, tx);
    if (contract.noted || contract.done) throw new CourtierError('refused', SIGNED);
    if (contract.missing.length > 0 && !keeps)
      throw new CourtierError('refused', contract.held ? HELD : UNDER_WAY);
  },

  /** What became of what a card showed, since it was drawn: the choice that it replaces, the price; none where it stands. */
  async unseenIn(
    tx: Tx,
    id: string,
    person: Person,
    seen: SeenChoice,
    { before, held, supplier }: { before: Choice | undefined; held: FileComparison; supplier: string },
  ): Promise<string[]> {
    const by = before && (await files.lastBy(tx, id, 'choice'));
    return [
      replacedText(seen, before, supplier, by, person),
      repricedText(seen, held.comparison, supplier, (one) => supplierName(held.fiches, one)),
    ].flatMap((text) => text ?? []);
  },
});
