import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '../../../src/core/ports/db.ts';
import { rowsOf } from '../rows.ts';
import { CANARY } from '../samples.ts';

/**
 * What is written but changes nothing for anybody. A download link is an answer to whoever asked for it, good for a
 * quarter of an hour, one a press; the key that signs links is made the first time that it is needed.
 */
const ANSWERS = ['download_links', 'signing_key'];
/** Where no word that somebody typed may be: ids only. */
const WORDLESS = ['test_jobs', 'deliveries', 'audit', 'quota_counts'];
/** How a change of such a row with a word in it is told. */
export const WITH_WORDS = ' with words';
/** When somebody was last seen. */
const PASSING = ['last_seen'];

/**
 * From now on each change of a row is written down, in the transaction that makes it: what is rolled back was not, and
 * a row written again as it is was not changed.
 */
export async function watchEffects(db: Db): Promise<void> {
  const answers = sql.raw(ANSWERS.map((name) => `'${name}'`).join());
  const wordless = sql.raw(WORDLESS.map((name) => `'${name}'`).join());
  const passing = sql.raw(PASSING.map((name) => `'${name}'`).join());
  await db.execute(
    sql`create table if not exists test_effects (id bigserial primary key, what text not null)`,
  );
  await db.execute(sql`
    create or replace function test_effect() returns trigger language plpgsql as $$
    declare changed text;
    begin
      -- What the pace no longer looks back at goes when the next message leaves: no press does it.
      if tg_op = 'DELETE' and tg_table_name = 'delivery_posts' then return null; end if;
      if tg_op = 'UPDATE' then
        select string_agg(n.key, ' ' order by n.key) into changed
        from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o on o.key = n.key
        where n.value <> o.value and n.key not in (${passing});
        if changed is null then return null; end if;
        changed := tg_table_name || ': ' || changed;
      elsif tg_op = 'DELETE' then changed := tg_table_name || ' −1';
      elsif tg_table_name in (${wordless}) and to_jsonb(new)::text ilike ${sql.raw(`'%${CANARY}%'`)} then
        changed := tg_table_name || ${sql.raw(`'${WITH_WORDS}'`)};
      elsif tg_table_name = 'test_jobs' then changed := 'job ' || (to_jsonb(new) ->> 'name');
      elsif tg_table_name = 'audit' then changed := 'audit ' || (to_jsonb(new) ->> 'action');
      else changed := tg_table_name || ' +1';
      end if;
      insert into test_effects (what) values (changed);
      return null;
    end $$`);
  await db.execute(sql`
    do $$ declare name text;
    begin
      for name in select tablename from pg_tables
        where schemaname = 'public' and tablename not in ('test_effects', 'test_jobs', ${answers})
      loop
        execute format('create or replace trigger test_effect after insert or update or delete on %I
          for each row execute function test_effect()', name);
      end loop;
    end $$`);
  // A job that is done is taken out.
  await db.execute(sql`
    create or replace trigger test_effect after insert on test_jobs for each row execute function test_effect()`);
}

const What = z.object({ what: z.string() });
const inOrder = (rows: readonly z.infer<typeof What>[]): string[] => rows.map(({ what }) => what).sort();

/** What changed since it was last asked, « contracts +1 », « kickoffs: revision state », in the order of the alphabet. */
export const effectsSince = async (db: Db): Promise<string[]> =>
  inOrder(await rowsOf(db, sql`delete from test_effects returning what`, What));

/** The same, which whoever asks next is told too. */
export const effectsSoFar = async (db: Db): Promise<string[]> =>
  inOrder(await rowsOf(db, sql`select what from test_effects`, What));
