import type { Db, Tx } from '../../../../core/ports/db.ts';
import {
  type AcquisitionFile,
  type ChoiceConclusion,
  choiceFact,
  requestFact,
  type Wanted,
} from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { KickoffParts, Records } from './records.ts';

/** What is known of a file's choice (guide 3.4). */
export interface Ground {
  readonly file: AcquisitionFile;
  /** What is still to be done before the meeting; empty when it may be asked for. */
  readonly missing: readonly string[];
  /** Where the choice stands. */
  readonly standing: ChoiceConclusion;
  /** When it was made: two may be, in a day. */
  readonly chosenAt: Date | undefined;
  readonly supplierId: string;
  readonly supplierName: string;
  readonly priceCents: string;
  readonly months: number | undefined;
  readonly needs: NonNullable<Wanted['needs']>;
  readonly rcti: boolean;
}

const ARCHIVED = 'Ce dossier est archivé : rouvrez-le pour le changer.';

/** What a meeting stands on: the choice of its file, and where required, its authorization. */
export function buildGrounds({ files, find }: KickoffParts & Records) {
  return {
    async groundOf(from: Db, id: string, person: PersonKey): Promise<Ground> {
      const file = await files.findFile(id, person, from);
      const { value: request } = await files.readFact(from, id, requestFact);
      const standing = await files.conclusion('choice', id, from);
      const { choice, missing, refusal, body } = standing;
      const left = [...new Set([...(refusal ? [refusal] : []), ...missing])];
      return {
        file,
        missing: file.state === 'open' ? left : [ARCHIVED],
        standing,
        chosenAt: await files.factWrittenAt(from, id, choiceFact),
        supplierId: choice?.supplier ?? '',
        supplierName: choice?.name ?? '',
        priceCents: choice?.priceCents ?? '0',
        months: request?.durationMonths,
        needs: request?.needs ?? [],
        rcti: body?.bound === 'yes',
      };
    },

    /**
     * Why the meeting cannot be held on the choice of its file as it is now (guide 3.4.3 and 3.5). The file is held until
     * the transaction ends: before the kickoff is locked, always in this order.
     */
    async refusalOf(tx: Tx, id: string): Promise<string | undefined> {
      const { acquisitionId, supplierId, supplierName } = await find(tx, id);
      await files.holdFile(tx, acquisitionId);
      const { refusal, choice } = await files.conclusion('choice', acquisitionId, tx);
      if (refusal) return refusal;
      return choice?.supplier === supplierId
        ? undefined
        : `Cette rencontre est pour ${supplierName}, qui n’est plus le fournisseur choisi.`;
    },
  };
}
