import { isDeepStrictEqual } from 'node:util';
import { and, eq, ne } from 'drizzle-orm';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Person } from '../../../../core/turn.ts';
import { type Kickoff, kickoffs } from '../../tables.ts';
import { after } from '../rules/states.ts';
import type { Details } from '../screens/schema.ts';
import type { Basis } from './basis.ts';
import type { Ground } from './grounds.ts';
import type { KickoffOutcome } from './records.ts';

const NOT_YET = 'La rencontre ne peut pas encore être demandée.';
const UNDER_WAY = 'La rencontre est déjà en cours : écrivez à l’équipe pour changer la demande.';

/** What a client asks for: with whom, and what the broker has to know. */
type Request = Pick<Kickoff, 'details' | 'supplierId' | 'supplierName' | 'rcti'>;

const requestOf = ({ supplierId, supplierName, rcti }: Ground, details: Details): Request => ({
  details,
  supplierId,
  supplierName,
  rcti,
});

/** Asking for the meeting: the first of the eleven steps (guide 3.5). */
export function buildRequesting({
  db,
  audit,
  files,
  notices,
  quotas,
  now,
  write,
  groundOf,
  confirmIn,
}: Basis) {
  /** Answers what the staff asked, or says the same request otherwise while nobody acted on it. */
  async function askAgain(
    tx: Tx,
    person: Person,
    held: Kickoff,
    request: Request,
    seen: number | undefined,
  ): Promise<KickoffOutcome> {
    if (!after(held.state, 'answer')) throw new CourtierError('refused', UNDER_WAY);
    if (held.state === 'requested' && isDeepStrictEqual({ ...held, ...request }, held))
      return { kind: 'done', kickoff: held };
    if (seen !== undefined && seen !== held.revision) return { kind: 'stale', kickoff: held };
    const told = await quotas.spend(tx, person, 'kickoff.request');
    const row = await write(tx, held, 'answer', request);
    await audit.record(tx, person, 'kickoff.answer', row.id);
    if (told === 'apart') await notices.staff(tx, row, 'answered', `revision:${row.revision}`);
    return { kind: 'done', kickoff: row };
  }

  async function askFirst(
    tx: Tx,
    person: Person,
    acquisitionId: string,
    request: Request,
    effect: Id,
  ): Promise<Kickoff> {
    const told = await quotas.spend(tx, person, 'kickoff.request');
    const { tenantId: requesterTenant, objectId: requesterId, name: requesterName } = person;
    const requester = { requesterTenant, requesterId, requesterName };
    const [row] = await tx
      .insert(kickoffs)
      .values({ id: effect, acquisitionId, ...request, ...requester, createdAt: now(), updatedAt: now() })
      .returning();
    if (!row) throw new Error('kickoff not written');
    await confirmIn(tx, row, 1, 'client', person);
    await files.entrust(tx, acquisitionId, person);
    const sentence = `Rencontre de démarrage demandée avec ${request.supplierName}.`;
    await files.record(tx, acquisitionId, person, sentence);
    await audit.record(tx, person, 'kickoff.request', row.id);
    if (told === 'apart') await notices.staff(tx, row, 'requested', 'requested');
    return row;
  }

  return {
    /**
     * Asks for the meeting, or answers what the staff asked: one request of a file at a time. `seen`: the revision of the
     * request that was seen, 0 for none; `stale` where it changed since.
     */
    request: (
      person: Person,
      fileId: string,
      details: Details,
      effect: Id,
      seen?: number | undefined,
    ): Promise<KickoffOutcome> =>
      db.transaction<KickoffOutcome>(async (tx) => {
        await files.lock(tx, fileId, person);
        const ground = await groundOf(tx, fileId, person);
        const ofFile = eq(kickoffs.acquisitionId, fileId);
        const [sent] = await tx
          .select()
          .from(kickoffs)
          .where(and(eq(kickoffs.id, effect), ofFile));
        if (sent) return { kind: 'done', kickoff: sent };
        if (ground.missing.length > 0) throw new CourtierError('refused', ground.missing[0] ?? NOT_YET);
        const [held] = await tx
          .select()
          .from(kickoffs)
          .where(and(ofFile, ne(kickoffs.state, 'cancelled')))
          .for('update');
        const request = requestOf(ground, details);
        if (held) return askAgain(tx, person, held, request, seen);
        return { kind: 'done', kickoff: await askFirst(tx, person, fileId, request, effect) };
      }),
  };
}
