import { buildConfirmations } from '../../steps/store/confirmations.ts';
import { buildGrounds } from './grounds.ts';
import { buildMoments } from './moments.ts';
import { buildRecords, type KickoffParts } from './records.ts';

export type Basis = ReturnType<typeof buildBasis>;

/** What every step of a kickoff is made with: the ports, its row, the choice of its file, its moments, its steps. */
export function buildBasis(parts: KickoffParts) {
  const basis = { ...parts, ...buildRecords(parts) };
  return { ...basis, ...buildGrounds(basis), ...buildMoments(basis), ...buildConfirmations(basis) };
}
