import type { PersonKey } from '../../../people/index.ts';
import { buildConfirming } from '../../steps/store/confirming.ts';
import { buildSigning, concludeContracts } from '../../steps/store/signing.ts';
import type { Kickoff } from '../../tables.ts';
import { buildUndoing } from '../../undoing/store/undoing.ts';
import { buildUnmissing } from '../../undoing/store/unmissing.ts';
import { buildWriting } from '../../writing/store/notes.ts';
import { buildMailSending } from '../../writing/store/sending.ts';
import { endWithFiles } from './archiving.ts';
import { buildBasis } from './basis.ts';
import { buildChoosing } from './choosing.ts';
import { buildDeparting } from './departing.ts';
import { buildFates } from './fates.ts';
import { buildListing } from './listing.ts';
import { buildLookingAfter } from './looking-after.ts';
import { roundOf } from './moments.ts';
import { buildMoving } from './moving.ts';
import { buildOffering } from './offering.ts';
import { buildOwnKickoffs } from './own-kickoffs.ts';
import { buildProposing } from './proposing.ts';
import type { KickoffParts } from './records.ts';
import { buildReminding } from './reminding.ts';
import { buildRequesting } from './requesting.ts';
import { buildTakingPlace } from './taking-place.ts';
import { buildKickoffWaits } from './waits.ts';

export type Kickoffs = ReturnType<typeof buildKickoffs>;

/** The kickoff meeting and the eleven steps that lead from a choice to a signed contract (guide 3.5). */
export function buildKickoffs(parts: KickoffParts) {
  const basis = buildBasis(parts);
  const { db, contracts, today, forClient, find, ofFile, cancelledOf, groundOf, standingIn } = basis;
  const offering = { ...basis, ...buildOffering(basis) };
  const proposing = buildProposing(offering);
  const lookingAfter = buildLookingAfter(basis);
  concludeContracts(basis);
  endWithFiles(basis, lookingAfter);
  return {
    today,
    forClient,
    findKickoff: (id: string) => find(db, id),
    ofFile: (file: string) => ofFile(db, file),
    /** For who sees the file. */
    cancelledOf: (file: string) => cancelledOf(db, file),
    ground: (file: string, person: PersonKey) => groundOf(db, file, person),
    standing: (row: Kickoff) => standingIn(db, row),
    /** The moments proposed now, in order. */
    slots: (row: Kickoff) => roundOf(db, row),
    /** The contract that came of it, once it is noted. */
    contractOf: (row: Kickoff) => contracts.ofFile(row.acquisitionId),
    /** Whether somebody may open the contract that came of it: it may be of a body for which they act no more. */
    opensContract: (id: string, person: PersonKey) => contracts.isSeen(id, person),
    ...buildRequesting(basis),
    ...lookingAfter,
    ...proposing,
    ...buildChoosing({ ...basis, ...proposing }),
    ...buildMoving(offering),
    ...buildTakingPlace(basis),
    ...buildReminding(basis),
    ...buildConfirming(basis),
    ...buildSigning(basis),
    ...buildUndoing(basis),
    ...buildUnmissing(basis),
    ...buildListing(db),
    ...buildKickoffWaits(basis),
    ...buildWriting(basis),
    ...buildMailSending(basis),
    ...buildOwnKickoffs(db),
    ...buildFates(parts),
    ...buildDeparting(basis),
  };
}
