import { and, asc, count, desc, eq, getViewSelectedFields, gte, lte, ne, sql } from 'drizzle-orm';
import { brokerDate } from '../../../../core/business-days.ts';
import { type Clock, frenchDay } from '../../../../core/clock.ts';
import { notFound } from '../../../../core/errors.ts';
import type { Db } from '../../../../core/ports.ts';
import type { CatalogueService } from '../../../catalogue/index.ts';
import { type Contracts, contractTable } from '../../../contracts/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { CampaignState } from '../../campaigns/rules/states.ts';
import { campaigns, type Evaluation, evaluations, events, sections } from '../../tables.ts';
import type { Form, Forms } from '../rules/form.ts';

export interface AnsweredParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly contracts: Contracts;
  readonly catalogue: CatalogueService;
  readonly forms: Forms;
}

type Contract = typeof contractTable.$inferSelect;
type Section = typeof sections.$inferSelect;
export type ContractEvent = typeof events.$inferSelect;

/** An evaluation as it is being answered. */
export interface Answered {
  readonly evaluation: Evaluation;
  readonly contract: Contract;
  readonly form: Form;
  readonly sections: ReadonlyMap<string, Section>;
  readonly events: readonly ContractEvent[];
  /** Amendments signed, and changes of the supplier's fiche, during the year: a sentence each. */
  readonly changes: readonly string[];
  /** How other bodies may reach the person about this contract; undefined when they may not (guide 4.6). */
  readonly reference: string | undefined;
  readonly campaign: CampaignState;
  /** Whether answers may still be given or changed. */
  readonly writable: boolean;
}

/** From its opening to its last day; a late first answer is taken for as long as the campaign lasts. */
export const isWritable = ({ state, opensOn, closesOn }: Evaluation, today: string): boolean =>
  opensOn <= today && (state === 'open' || (state === 'submitted' && closesOn >= today));

export type AnsweredEvaluations = ReturnType<typeof buildAnsweredEvaluations>;

/** The evaluations that a person may see, as they are being answered. */
export function buildAnsweredEvaluations({ db, clock, contracts, catalogue, forms }: AnsweredParts) {
  const today = () => brokerDate(clock.now()).toString();

  async function changesOf(contract: Contract, since: string, person: PersonKey): Promise<string[]> {
    const signed = (await contracts.amendments(contract.id, person))
      .filter(({ signedOn }) => signedOn !== null && signedOn >= since)
      .map(({ number, signedOn, text }) => `Avenant nº ${number}, ${frenchDay(signedOn ?? since)} : ${text}`);
    return [...signed, ...(await catalogue.changesSince(contract.supplierId, since))];
  }

  return {
    /** An evaluation, for somebody who sees its contract; for anyone else it does not exist. */
    async evaluationSeenBy(id: string, person: PersonKey): Promise<Answered> {
      const [row] = await db
        .select({
          evaluation: evaluations,
          contract: getViewSelectedFields(contractTable),
          campaign: campaigns.state,
        })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
        .where(and(eq(evaluations.id, id), await contracts.visible(person)));
      if (!row) throw notFound();
      const { evaluation, contract } = row;
      const given = await db.select().from(sections).where(eq(sections.evaluationId, id));
      const year = Temporal.PlainDate.from(evaluation.opensOn).subtract({ years: 1 }).toString();
      const noted = await db
        .select()
        .from(events)
        .where(and(eq(events.contractId, contract.id), gte(events.on, year)))
        .orderBy(asc(events.on));
      return {
        evaluation,
        contract,
        form: forms.version(evaluation.form),
        sections: new Map(given.map((section) => [section.section, section])),
        events: noted,
        changes: await changesOf(contract, year, person),
        reference: await contracts.consented(contract.id, person),
        campaign: row.campaign,
        writable: row.campaign === 'open' && isWritable(evaluation, today()),
      };
    },

    /** A page of the evaluations that a person is asked for: first those to answer, the first due first. */
    async evaluationsPage(person: PersonKey, page: number, size: number) {
      const where = and(
        ne(evaluations.state, 'excluded'),
        lte(evaluations.opensOn, today()),
        await contracts.visible(person),
      );
      const [counted] = await db
        .select({ total: count() })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(where);
      const toAnswer = sql`(${evaluations.state} = 'open' and ${campaigns.state} <> 'closed')`;
      const rows = await db
        .select({
          evaluation: evaluations,
          title: contractTable.title,
          supplier: contractTable.supplierName,
          campaign: campaigns.state,
        })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .innerJoin(campaigns, eq(campaigns.id, evaluations.campaignId))
        .where(where)
        .orderBy(
          desc(toAnswer),
          sql`case when ${toAnswer} then ${evaluations.closesOn} end`,
          desc(evaluations.closesOn),
          asc(contractTable.number),
        )
        .limit(size)
        .offset((page - 1) * size);
      return { rows, total: counted?.total ?? 0 };
    },

    /** How many evaluations of a campaign that are due on a day a person has still to answer. */
    async countPending(person: PersonKey, campaign: string, closesOn: string): Promise<number> {
      const [row] = await db
        .select({ n: count() })
        .from(evaluations)
        .innerJoin(contractTable, eq(contractTable.id, evaluations.contractId))
        .where(
          and(
            eq(evaluations.campaignId, campaign),
            eq(evaluations.closesOn, closesOn),
            eq(evaluations.state, 'open'),
            await contracts.visible(person),
          ),
        );
      return row?.n ?? 0;
    },
  };
}
