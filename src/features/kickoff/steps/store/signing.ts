import type { z } from 'zod';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Next } from '../../../acquisitions/index.ts';
import type { Signed } from '../../../contracts/index.ts';
import type { State } from '../../meeting/rules/states.ts';
import type { Basis } from '../../meeting/store/basis.ts';
import type { KickoffOutcome } from '../../meeting/store/records.ts';
import { mayConfirm, STEPS } from '../rules.ts';

/** Concludes of the fifth step of a file: the eleven steps of its kickoff, and its contract. */
export function concludeContracts({ contracts, files, ofFile, currentStep }: Basis): void {
  files.concludes('contract', async (from, id) => {
    const noted = (await contracts.ofFile(id, from)) !== undefined;
    const row = await ofFile(from, id);
    if (!row) return { done: noted, missing: [], noted, next: nextOf(undefined) };
    const current = await currentStep(from, row);
    return {
      done: current === undefined,
      missing: current ? [`Étape ${current.step.number} sur ${STEPS.length} : ${current.step.title}.`] : [],
      noted,
      held: row.state === 'held',
      next: nextOf(row.state),
    };
  });
}

/** What the client does now, in the file's words. */
const nextOf = (state: State | undefined): Next => ({
  title: state === undefined ? 'Demander la rencontre' : NEXT[state],
  verb: 'kickoff.open',
});

const NEXT: Record<State, string> = {
  requested: 'Voir la rencontre',
  asked: 'Répondre au Courtier',
  proposed: 'Choisir le moment',
  booked: 'Voir la rencontre',
  held: 'Continuer : contrat',
  signed: 'Voir le contrat',
  cancelled: 'Demander la rencontre',
};

/** The contract is noted once both signed it. */
export function buildSigning({ db, contracts, files, forClient, lock, standingIn }: Basis) {
  return {
    /**
     * Notes the contract once both signed it: the eleventh step is then its copy to the broker. Refused without what
     * article 48 asked of its choice on the day of the signature (guide 3.4.3).
     */
    async sign(
      person: Person,
      id: string,
      signed: z.output<typeof Signed>,
      effect: Id,
      { meant = true }: { readonly meant?: boolean } = {},
    ): Promise<KickoffOutcome> {
      const seen = await forClient(id, person);
      const { acquisitionId: acquisition, supplierId: supplier, supplierName: name, rcti, details } = seen;
      const words = { supplier, rcti, title: await files.nameOf(acquisition), offers: details.components };
      const drafted = await contracts.draftContract({ ...signed, ...words }, { acquisition, name });
      return db.transaction<KickoffOutcome>(async (tx) => {
        await files.lock(tx, acquisition, person);
        const row = await lock(tx, id);
        if (row.state !== 'held' || !mayConfirm(await standingIn(tx, row), STEPS.length, 'client'))
          return { kind: 'stale', kickoff: row };
        const { refusal, body } = await files.conclusion('choice', acquisition, tx, signed.signedOn);
        if (refusal) throw new CourtierError('refused', refusal);
        const contract = { ...drafted, rcti: body?.bound === 'yes' };
        await files.entrust(tx, acquisition, person);
        const others = await files.members(acquisition, tx);
        await contracts.noteContract(tx, person, effect, contract, { others, meant });
        return { kind: 'done', kickoff: row };
      });
    },
  };
}
