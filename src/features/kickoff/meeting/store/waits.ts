import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import { handOver } from '../../../../core/people/handing-over.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import type { Person } from '../../../../core/turn.ts';
import { acquisitionTable } from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { type Confirmation, standingOf } from '../../steps/rules.ts';
import { confirmations, type Kickoff, kickoffs } from '../../tables.ts';
import { brokerTurn } from '../rules/waiting.ts';
import type { Basis } from './basis.ts';
import { ENDED } from './fates.ts';

const takerOf = ({ takenTenant, takenId }: Kickoff): PersonKey | undefined =>
  takenTenant !== null && takenId !== null ? { tenantId: takenTenant, objectId: takenId } : undefined;

/** The meetings that wait for the broker, and in whose hands they are. */
export function buildKickoffWaits({ db, audit, days, rules, timeZone, lock, now, today, write }: Basis) {
  return {
    /** All that wait for the broker, or those of some ids. */
    async waits(only?: readonly string[]): Promise<Wait[]> {
      const live = and(notInArray(kickoffs.state, ENDED), only && inArray(kickoffs.id, [...only]));
      const rows = await db.select().from(kickoffs).where(live);
      const files = await db
        .select({ id: acquisitionTable.id, number: acquisitionTable.number })
        .from(acquisitionTable)
        .innerJoin(kickoffs, eq(kickoffs.acquisitionId, acquisitionTable.id))
        .where(live);
      const numbers = new Map(files.map(({ id, number }) => [id, number]));
      const confirmed = await db
        .select({
          kickoff: confirmations.kickoffId,
          step: confirmations.step,
          party: confirmations.party,
          at: confirmations.at,
          by: confirmations.by,
        })
        .from(confirmations)
        .innerJoin(kickoffs, eq(kickoffs.id, confirmations.kickoffId))
        .where(live)
        .orderBy(asc(confirmations.step));
      const of = Map.groupBy(confirmed, ({ kickoff }) => kickoff);
      return rows.flatMap((row) => {
        const parts: readonly Confirmation[] = of.get(row.id) ?? [];
        const latest = parts.map(({ at }) => at.getTime());
        const turn = brokerTurn(row, {
          standing: standingOf(parts, today(), { rules, days, timeZone }),
          confirmedAt: latest.length > 0 ? new Date(Math.max(...latest)) : undefined,
          now: now(),
          rules,
          days,
        });
        const requester = { tenantId: row.requesterTenant, objectId: row.requesterId };
        return turn
          ? [
              {
                ...turn,
                id: row.id,
                title: `Rencontre nº ${row.number} · ${row.supplierName}`,
                person: row.requesterName,
                actsFor: requester.objectId === '' ? undefined : requester,
                about: `Dossier nº ${numbers.get(row.acquisitionId) ?? ''}`,
                touched: row.updatedAt,
                owner: takerOf(row),
              },
            ]
          : [];
      });
    },

    /** A meeting is in somebody's hands, or nobody's, unless it is not in those of `seen` any more. */
    async assign(
      tx: Tx,
      by: Person,
      id: string,
      seen: PersonKey | undefined,
      owner: Person | undefined,
    ): Promise<boolean> {
      const row = await lock(tx, id);
      const standing = { waits: !ENDED.includes(row.state), taker: takerOf(row), seen, owner };
      return handOver(by, standing, async (step) => {
        await write(tx, row, undefined, {
          takenTenant: owner?.tenantId ?? null,
          takenId: owner?.objectId ?? null,
          takenName: owner?.name ?? null,
        });
        await audit.record(tx, by, `kickoff.${step}`, id);
      });
    },
  };
}
