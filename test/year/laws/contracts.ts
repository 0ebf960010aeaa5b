import { sql } from 'drizzle-orm';
import { countOf, textsOf } from '../facts.ts';
import { judged, type Law } from '../law.ts';

/** A contract, with its renewals and its amendments, lasts three years at most. */
export const threeYears: Law = {
  id: 'no contract beyond three years',
  from: 'guide, 4.4 and FAQ 9',
  day: async (world) =>
    judged(
      await countOf(world, sql`contracts`),
      ...(await textsOf(
        world,
        sql`select 'contract nº ' || number || ' ends on ' || ends_on as text from contracts_now
          where ends_on > least(signed_on, starts_on) + interval '3 years' - interval '1 day'`,
      )),
    ),
};

/** Contracts whose file chose what is not the lowest price, for a body that article 48 binds. */
const DEMANDING = sql`contracts c
  join acquisition_facts choice on choice.acquisition_id = c.acquisition_id and choice.key = 'choice'
  join acquisition_facts said on said.acquisition_id = c.acquisition_id and said.key = 'eligibility'
  left join acquisition_facts given on given.acquisition_id = c.acquisition_id and given.key = 'authorization'
  where (choice.value ->> 'gapCents')::bigint > 0
    and coalesce(said.value ->> 'bound', 'unknown') = 'yes' and coalesce(choice.value ->> 'bound', 'yes') = 'yes'`;

/** A contract that is not of the lowest price was authorized before its signature, where article 48 binds the body. */
export const authorized: Law = {
  id: 'no contract without what 3.4.3 demands',
  from: 'guide, 3.4.3',
  day: async (world) =>
    judged(
      await countOf(world, DEMANDING),
      ...(await textsOf(
        world,
        sql`select 'contract nº ' || c.number || ' is signed on ' || c.signed_on || ' without an authorization' as text
          from ${DEMANDING} and coalesce(given.value ->> 'date', '9999') > c.signed_on::text`,
      )),
    ),
};

/** What was signed is not lost. */
export const kept: Law = {
  id: 'no contract is lost before its time',
  from: 'guide, 4.12: six years after its end',
  async day({ memory, ...world }) {
    const before = (memory.get('contracts') ?? []) as readonly string[];
    const now = await textsOf(world, sql`select id::text as text from contracts`);
    memory.set('contracts', now);
    return judged(
      before.length,
      ...before.filter((id) => !now.includes(id)).map((id) => `contract ${id} is gone`),
    );
  },
};
