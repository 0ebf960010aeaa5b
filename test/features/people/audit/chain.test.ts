import { describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { verifyChain } from '../../../../src/features/people/index.ts';
import { admin, alex, diane } from '../../../support/people.ts';
import { countOf, rowsOf } from '../../../support/rows.ts';
import { onEveryDatabase } from '../../../support/together.ts';

const REFUSED = { cause: { message: 'the audit trail is append-only' } };

onEveryDatabase({}, (teams, processes, processFor) => {
  /** Writes down so many acts, each in a transaction of its own, one after the other. */
  async function acts(...actions: readonly string[]): Promise<void> {
    for (const action of actions)
      await teams.db.transaction((tx) => teams.services.audit.record(tx, alex, action, 'é’<object>'));
  }

  /** What somebody does who holds the database and its rules. */
  const behind = (statement: string) =>
    teams.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql.raw(statement));
    });

  const verify = (noted?: string) => verifyChain(teams.db, noted);

  test('every row is linked to the one before it, and the whole holds', async () => {
    await acts('test.one', 'test.two', 'test.three');
    const links = await rowsOf(
      teams.db,
      sql`select c.previous, c.hash, a.action from audit_chain c join audit a on a.id = c.audit_id order by c.position`,
      z.object({ previous: z.string(), hash: z.string(), action: z.string() }),
    );
    expect(links.map(({ action }) => action)).toEqual(['test.one', 'test.two', 'test.three']);
    expect(links.map(({ previous }) => previous)).toEqual(['', links[0]?.hash, links[1]?.hash]);
    expect(await verify()).toMatchObject({ links: 3, broken: undefined, unlinked: 0, head: { position: 3 } });
  });

  test('an empty trail holds', async () => {
    expect(await verify()).toMatchObject({ links: 0, head: undefined, broken: undefined });
  });

  test('what is rolled back leaves neither row nor link', async () => {
    await expect(
      teams.db.transaction(async (tx) => {
        await teams.services.audit.record(tx, alex, 'test.one', 'object');
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await countOf(teams, sql`audit_chain`)).toBe(0);
  });

  test('fifty transactions at once, of several rows each, are one chain', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const { db, services } = processFor(n);
        return db.transaction(async (tx) => {
          await services.audit.record(tx, alex, 'test.first', `${n}`);
          await services.audit.record(tx, diane, 'test.second', `${n}`);
        });
      }),
    );
    expect(await verify()).toMatchObject({ links: 100, broken: undefined, unlinked: 0 });
  });

  test('a transaction that takes its time holds up no other one', async () => {
    const [one, other] = processes();
    if (!one || !other) return expect(processes()).toHaveLength(1);
    await one.db.transaction(async (tx) => {
      await one.services.audit.record(tx, alex, 'test.slow', 'object');
      await other.db.transaction((its) => other.services.audit.record(its, diane, 'test.fast', 'object'));
      expect(await countOf(other, sql`audit_chain`)).toBe(1);
    });
    expect(await verify()).toMatchObject({ links: 2, broken: undefined });
  });

  describe('is found broken', () => {
    test.each([
      ['where a row was changed', "update audit set object = 'other' where id = 2", 2, 'changed'],
      [
        'where somebody else is said to have done it',
        "update audit set object_id = 'x' where id = 2",
        2,
        'changed',
      ],
      [
        'where the hour is another',
        "update audit set at = at - interval '1 second' where id = 3",
        3,
        'changed',
      ],
      ['where a row was taken out', 'delete from audit where id = 2', 2, 'gone'],
      [
        'where a row and its link were taken out',
        'delete from audit_chain where position = 2; delete from audit where id = 2',
        2,
        'missing',
      ],
      ['at its beginning, which no purge took', 'delete from audit_chain where position = 1', 2, 'start'],
      [
        'where a link was made anew',
        'update audit_chain set hash = previous where position = 2',
        2,
        'changed',
      ],
    ])('%s', async (_what, statement, position, why) => {
      await acts('test.one', 'test.two', 'test.three', 'test.four');
      for (const each of statement.split('; ')) await behind(each);
      expect((await verify()).broken).toEqual({ position, why });
    });

    test('where a link was inserted that fits its row but not the chain', async () => {
      await acts('test.one', 'test.two', 'test.three');
      await behind(
        "update audit_chain c set hash = audit_hash(2, c.previous, row(a.id, a.at, a.tenant_id, a.object_id, a.action, 'other')::audit) from audit a where a.id = c.audit_id and position = 2",
      );
      await behind("update audit set object = 'other' where id = 2");
      expect((await verify()).broken).toEqual({ position: 3, why: 'loose' });
    });

    test('where a row has no link', async () => {
      await acts('test.one');
      await behind(
        "insert into audit (at, tenant_id, object_id, action, object) values (now(), 't', 'o', 'test.forged', 'x')",
      );
      expect(await verify()).toMatchObject({ broken: undefined, unlinked: 1 });
    });

    test('where its end was taken out, by whoever noted a hash of it', async () => {
      await acts('test.one', 'test.two');
      const head = (await verify()).head?.hash;
      await acts('test.three');
      expect((await verify(head)).noted).toBe(true);
      await behind('delete from audit_chain where position > 1');
      await behind('delete from audit where id > 1');
      expect(await verify(head)).toMatchObject({ broken: undefined, noted: false });
    });
  });

  test.each([
    "update audit_chain set hash = ''",
    'delete from audit_chain',
    'truncate audit cascade',
    'truncate audit_chain',
  ])('the database refuses: %s', async (statement) => {
    await acts('test.one');
    await expect(teams.db.execute(statement)).rejects.toMatchObject(REFUSED);
  });

  describe('after seven years', () => {
    /** Something that was done so many years before today. */
    const longAgo = (years: number) =>
      teams.db.execute(
        sql`insert into audit (at, tenant_id, object_id, action, object)
          values (now() - make_interval(years => ${years}), 't', 'o', 'test.old', 'x')`,
      );

    test('the beginning goes, which the chain itself says, and what stays holds', async () => {
      for (const years of [9, 8]) await longAgo(years);
      await acts('test.young');
      await teams.services.audit.purge();
      expect(await countOf(teams, sql`audit where action = 'test.old'`)).toBe(0);
      expect(await verify()).toMatchObject({ links: 2, broken: undefined, head: { position: 4 } });
    });

    test('purged again and again, even to its last row, it holds', async () => {
      for (const years of [9, 8, 8]) await longAgo(years);
      for (let n = 0; n < 3; n++) await teams.services.audit.purge();
      await acts('test.young');
      expect((await verify()).broken).toBeUndefined();
      expect(await countOf(teams, sql`audit where action = 'test.old'`)).toBe(0);
    });

    test('where nothing is old enough, nothing is written', async () => {
      await longAgo(6);
      await teams.services.audit.purge();
      expect(await countOf(teams, sql`audit`)).toBe(1);
      expect(await teams.services.audit.auditOf(admin)).toEqual([]);
    });
  });
});
