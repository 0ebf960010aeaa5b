import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../../core/ports/db.ts';
import type { Audience } from '../../../../core/ports/delivery.ts';
import type { Relied, ReliedTogether } from '../../../../core/routes/keeping.ts';
import { readCount, readRows } from '../../../../core/rows/raw.ts';
import {
  acquisitionFactTable,
  acquisitionMemberTable,
  acquisitionTable,
  choiceFact,
  type FactKind,
} from '../../../acquisitions/index.ts';
import type { PersonKey } from '../../../people/index.ts';
import { comparedFact, lastSealFact, shortlistFact } from '../../rules/facts.ts';
import type { Grounds } from './choice-ground.ts';

const texts = (values: readonly string[]): SQL =>
  sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;

/** Whether an open file's list of offers, comparison or choice has something of these suppliers' fiches in it. */
function restsOn({ suppliers, offers }: ReliedTogether): SQL {
  const names = [choiceFact, comparedFact, lastSealFact].map(({ key }: FactKind<object>) => sql`${key}`);
  return sql`a.state = 'open' and exists (select 1 from ${acquisitionFactTable} f where f.acquisition_id = a.id
    and ((f.key in (${sql.join(names, sql`, `)}) and f.value ->> 'supplier' = any(${texts(suppliers)}))
      or (f.key = ${shortlistFact.key} and jsonb_exists_any(f.value -> 'offers', ${texts(offers)}))))`;
}

const Found = z.object({ id: z.string() });
const Held = Found.extend({ number: z.int(), name: z.string() });

const rests = ({ supplier, offers }: Relied): SQL => restsOn({ suppliers: [supplier], offers });

/** How many open files rest on something of these suppliers. */
export const relyingCount = (from: Db, on: ReliedTogether): Promise<number> =>
  readCount(from, sql`select count(*)::int as n from ${acquisitionTable} a where ${restsOn(on)}`);

/** The members of the open files that rest on what a fiche says. */
export const relyingMembers = (on: Relied): Audience => sql`
  select m.tenant_id, m.object_id, '' as conversation_id
  from ${acquisitionMemberTable} m join ${acquisitionTable} a on a.id = m.acquisition_id
  where ${rests(on)}`;

/** The open files that rest on something of these suppliers, by id. */
export async function relyingFiles(from: Db, on: ReliedTogether): Promise<Set<string>> {
  const rows = await readRows(from, sql`select a.id from ${acquisitionTable} a where ${restsOn(on)}`, Found);
  return new Set(rows.map(({ id }) => id));
}

/** A person's files that do, each with what became of its scenario. */
export async function relyingOf(
  db: Db,
  { drift }: Pick<Grounds, 'drift'>,
  on: Relied,
  { tenantId, objectId }: PersonKey,
): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`
    select a.id, a.number, a.name from ${acquisitionMemberTable} m join ${acquisitionTable} a on a.id = m.acquisition_id
    where m.tenant_id = ${tenantId} and m.object_id = ${objectId} and ${rests(on)}
    order by a.number`,
    Held,
  );
  return Promise.all(
    rows.map(async ({ id, number, name }) => {
      const { sentence } = await drift(db, id);
      return `Dossier nº ${number}, ${name}${sentence === '' ? '.' : ` : ${sentence}`}`;
    }),
  );
}
