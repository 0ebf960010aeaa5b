import { and, asc, count, eq, gte, inArray } from 'drizzle-orm';
import type { Clock } from '../../../../core/clock.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Relied, RelyingRoute } from '../../../../core/routes/keeping.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { contractsNow, followersNow } from '../../tables.ts';
import { contractsAudience } from './audience.ts';

interface Services {
  readonly db: Db;
  readonly clock: Clock;
}

const today = ({ clock }: Services): Temporal.PlainDate => brokerDate(clock.now());

/** The contracts that run with a supplier: those who follow one are told of what the broker does to its fiche. */
export const relying: RelyingRoute<Services> = {
  audience: ({ supplier }, services) =>
    contractsAudience({ categories: [], suppliers: [supplier] }, today(services)),
  noun: ['contrat en cours', 'contrats en cours'],
  async count({ suppliers }, services) {
    const [row] = await services.db
      .select({ contracts: count() })
      .from(contractsNow)
      .where(
        and(
          inArray(contractsNow.supplierId, [...suppliers]),
          gte(contractsNow.endsOn, today(services).toString()),
        ),
      );
    return row?.contracts ?? 0;
  },
  async of({ supplier }: Relied, person, services) {
    const rows = await services.db
      .select({ number: contractsNow.number, title: contractsNow.title })
      .from(contractsNow)
      .innerJoin(followersNow, eq(followersNow.contractId, contractsNow.id))
      .where(
        and(
          isPerson(followersNow, person),
          eq(contractsNow.supplierId, supplier),
          gte(contractsNow.endsOn, today(services).toString()),
        ),
      )
      .orderBy(asc(contractsNow.number));
    return rows.map(
      ({ number, title }) =>
        `Contrat nº ${number}, ${title} : il garde les conditions que vous avez signées.`,
    );
  },
};
