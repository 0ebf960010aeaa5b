import { and, count, desc, eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import type { Id } from '../../../../core/id.ts';
import type { Db } from '../../../../core/ports/db.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Contracts } from '../../../contracts/index.ts';
import type { PersonKey, Quotas } from '../../../people/index.ts';
import { events } from '../../tables.ts';

export type ContractEvent = typeof events.$inferSelect;

const MOST_EVENTS = 200;

/** What happens on a contract during the year, noted for its evaluation (guide 4.10). */
export function buildContractEvents(
  db: Db,
  clock: Clock,
  contracts: Contracts,
  quotas: Pick<Quotas, 'spend'>,
) {
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  return {
    /** Notes what happened on a contract, good or bad: it is shown beside the criteria. */
    note: (
      person: Person,
      contract: string,
      event: {
        readonly on: string;
        readonly good: boolean;
        readonly text: string;
        readonly criterion: string | null;
      },
      effect: Id,
    ): Promise<void> =>
      contracts.changing(person, contract, async (tx, { signedOn }) => {
        if (event.on < signedOn || event.on > today())
          throw new CourtierError('refused', 'L’événement est entre la signature du contrat et aujourd’hui.');
        const { tenantId, objectId, name: by } = person;
        const added = await tx
          .insert(events)
          .values({ id: effect, contractId: contract, ...event, tenantId, objectId, by, createdAt: now() })
          .onConflictDoNothing()
          .returning({ id: events.id });
        if (added.length === 0) return;
        await quotas.spend(tx, person, 'evaluations.note');
        const [held] = await tx.select({ n: count() }).from(events).where(eq(events.contractId, contract));
        if ((held?.n ?? 0) > MOST_EVENTS)
          throw new CourtierError('refused', `Un contrat garde au plus ${MOST_EVENTS} événements.`);
      }),

    async events(contract: string, person: PersonKey): Promise<ContractEvent[]> {
      await contracts.find(contract, person);
      return db.select().from(events).where(eq(events.contractId, contract)).orderBy(desc(events.on));
    },

    async dropEvent(person: Person, contract: string, event: string): Promise<void> {
      await contracts.find(contract, person);
      await db.delete(events).where(and(eq(events.id, event), eq(events.contractId, contract)));
    },
  };
}
