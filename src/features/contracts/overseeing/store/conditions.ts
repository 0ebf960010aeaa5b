import { and, asc, desc, eq, gte, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { anywhere, byName, folded } from '../../../../core/rows/columns.ts';
import { fold } from '../../../../core/text/text.ts';
import { bodyAliasTable, bodyTable } from '../../../people/index.ts';
import { contractsNow } from '../../tables.ts';
import { daysOf, type RegisterFilter } from '../rules/filter.ts';

/** A word of a search: in a name of the body, of the supplier or of the contract, or the contract's number. */
function saysWord(word: string): SQL | undefined {
  const like = anywhere(word);
  return or(
    sql`${folded(bodyTable.name)} like ${like}`,
    sql`exists (select from ${bodyAliasTable} a where a.organization_id = ${contractsNow.organizationId}
      and ${folded(sql`a.name`)} like ${like})`,
    sql`${folded(contractsNow.supplierName)} like ${like}`,
    sql`${folded(contractsNow.title)} like ${like}`,
    sql`${contractsNow.number}::text = ${word}`,
  );
}

/** What says that a contract is in a state on a day. */
function inState(
  state: RegisterFilter['state'],
  today: Temporal.PlainDate,
  exitMonths: number,
): SQL | undefined {
  const running = gte(contractsNow.endsOn, today.toString());
  if (state === 'inForce') return running;
  if (state === 'ending')
    return and(running, lte(contractsNow.endsOn, today.add({ months: exitMonths }).toString()));
  if (state === 'ended')
    return and(lt(contractsNow.endsOn, today.toString()), isNull(contractsNow.terminatedOn));
  return state === 'terminated' ? isNotNull(contractsNow.terminatedOn) : undefined;
}

function within({ dated, period }: RegisterFilter): SQL | undefined {
  const days = daysOf(period);
  const on = dated === 'signed' ? contractsNow.signedOn : contractsNow.endsOn;
  return days && and(gte(on, days.start.toString()), lte(on, days.end.toString()));
}

/** Which contracts a filter lets through, of those joined with their body; `late` are the rows of late duties. */
export const matches = (
  filter: RegisterFilter,
  late: SQL,
  today: Temporal.PlainDate,
  exitMonths: number,
): SQL | undefined =>
  and(
    ...fold(filter.words)
      .split(' ')
      .flatMap((word) => (word === '' ? [] : [saysWord(word)])),
    filter.body === '' ? undefined : eq(contractsNow.organizationId, filter.body),
    filter.supplier === '' ? undefined : eq(contractsNow.supplierId, filter.supplier),
    inState(filter.state, today, exitMonths),
    within(filter),
    filter.late ? sql`${contractsNow.id} in (select l.contract_id from ${late} l)` : undefined,
  );

const ORDERS: Readonly<Record<RegisterFilter['order'], () => SQL[]>> = {
  end: () => [asc(contractsNow.endsOn)],
  newest: () => [desc(contractsNow.signedOn)],
  amount: () => [desc(contractsNow.amountCents)],
  body: () => [sql`${byName(bodyTable.name)} nulls last`, asc(contractsNow.endsOn)],
  supplier: () => [byName(contractsNow.supplierName), asc(contractsNow.endsOn)],
};

/** The order of a filter; contracts that it holds for the same come by number. */
export const orderOf = ({ order }: RegisterFilter): SQL[] => [...ORDERS[order](), asc(contractsNow.number)];
