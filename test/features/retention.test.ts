import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { getTableName, sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { newId } from '../../src/core/id.ts';
import { limitOf, PERIODS_FILE, readPeriods } from '../../src/core/time/periods.ts';
import { purge } from '../../src/features/people/jobs.ts';
import { authorizationFact } from '../../src/features/scenarios/index.ts';
import { conservationPage, ENGINES, PAGE, retentions } from '../../tools/conservation.ts';
import { writeAnyRow } from '../support/any-row.ts';
import { aContract, TERMINATION } from '../support/contracts.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, booked, people } from '../support/kickoff.ts';
import { admin, alex, nadia, samuel, staffRoom } from '../support/people.ts';
import { countOf, rowsOf } from '../support/rows.ts';
import { hands } from '../support/walk/hands.ts';
import { scenes } from '../support/walk/scenes.ts';

// Each table has its period and its reason, in one place. Nothing outlives its period, and nothing goes a day too soon.

const teams = fakeTeams({ processes: 2, shortGuide: true });

const Named = z.object({ schema: z.string(), name: z.string() });
/** Every table of the database, but those that tests add. */
const tables = async () =>
  (
    await rowsOf(
      teams.db,
      sql`select n.nspname as schema, c.relname as name from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
      Named,
    )
  ).filter(({ name }) => !name.startsWith('test_'));
const ours = async () => (await tables()).filter(({ schema }) => schema === 'public').map(({ name }) => name);

/** Forgets all that can be, as the nights would. */
async function nights(): Promise<void> {
  for (let n = 0; n < 3; n++) while (await teams.services.forgetting.forget());
}

/** The same, and once more after the month that silent people are given. */
async function months(): Promise<void> {
  const { silence } = teams.services;
  await nights();
  await silence.warn();
  await hands(teams).days(5);
  teams.clock.advance({ days: 31 });
  await silence.forget();
  await nights();
}
const held = (name: string) => countOf(teams, sql`${sql.identifier(name)}`);
const count = (table: PgTable) => countOf(teams, sql`${table}`);

describe('the declaration', () => {
  test('has each table of the database exactly once', async () => {
    const declared = retentions.map(({ table }) => getTableName(table));
    expect(
      (await ours())
        .filter((name) => !declared.includes(name))
        .map((name) => `${name}: say in retention.ts, beside its tables.ts, how long it is kept and why`),
    ).toEqual([]);
    expect(declared.toSorted()).toEqual((await ours()).toSorted());
  });

  test('speaks for every other schema', async () => {
    const others = new Set((await tables()).map(({ schema }) => schema));
    others.delete('public');
    expect([...others].filter((schema) => !(schema in ENGINES))).toEqual([]);
  });

  test('knows every foreign key: what rests on a row goes with it, and the database lets nothing go by itself', async () => {
    const keys = await rowsOf(
      teams.db,
      sql`select c.conrelid::regclass::text as name, c.confrelid::regclass::text as parent, c.confdeltype as how
        from pg_catalog.pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
      z.object({ name: z.string(), parent: z.string(), how: z.string() }),
    );
    expect(keys.length).toBeGreaterThan(25);
    expect(keys.filter(({ how }) => how === 'c')).toEqual([]);
    const forgotten = new Set(
      retentions.filter(({ ends }) => !ends.includes('never')).map(({ table }) => getTableName(table)),
    );
    const withParent = ({ name, parent }: { name: string; parent: string }) =>
      retentions.some(
        ({ table, ends }) =>
          getTableName(table) === name &&
          ends.some((end) => end !== 'never' && 'with' in end && getTableName(end.with) === parent),
      );
    // An entry that was published outlives the question from which it came, and a campaign its last evaluation.
    const apart = ['knowledge_entries', 'evaluations'];
    expect(
      keys.filter((key) => forgotten.has(key.parent) && !apart.includes(key.name) && !withParent(key)),
    ).toEqual([]);
  });

  test('names nobody where it keeps something for ever', () => {
    expect(
      retentions.filter(({ ends, persons, alsoNamed }) => ends.includes('never') && (persons ?? alsoNamed)),
    ).toEqual([]);
  });

  test('knows every column where a name is written', () => {
    const looksLikeOne = /(^|_)(name|by|owner)$/;
    /** What is called so and is nobody's name. */
    const things = [
      'acquisitions.name',
      'organizations.name',
      'organization_aliases.name',
      'people_register_imports.file_name',
      'contracts.supplier_name',
      'contract_terminations.by',
      'kickoffs.supplier_name',
      'evaluation_campaigns.name',
      'conversations.bot_name',
      'broadcast_lists.name',
      'broadcast_templates.name',
    ];
    const unknown = retentions.flatMap(({ table, persons, alsoNamed = {} }) => {
      const known = new Set([
        ...(persons?.named.map(({ name }) => name?.name) ?? []),
        ...Object.keys(alsoNamed),
      ]);
      return getTableConfig(table)
        .columns.filter(({ name, columnType }) => columnType === 'PgText' && looksLikeOne.test(name))
        .filter(({ name }) => !known.has(name))
        .map(({ name }) => `${getTableName(table)}.${name}`);
    });
    expect(unknown.filter((name) => !things.includes(name))).toEqual([]);
  });

  test('is the page of the documentation', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(conservationPage());
  });
});

describe('ten years on', () => {
  /** Everything that people and staff do, then a row in each table that nobody wrote to. */
  async function everything(): Promise<readonly string[]> {
    for (const [, prepare] of scenes(teams)) await prepare(async () => {});
    const file = await aFile(teams, { name: 'À deux' });
    await teams.services.needs.ask(alex, file, 'change', nadia, newId());
    const contract = await aContract(teams, { title: 'Contrat suivi' });
    const today = teams.clock.today().toString();
    await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: today });
    await teams.mustPress(alex, 'contracts.addInvoice', {
      contract,
      paidOn: today,
      amount: '100,00 $',
      note: '',
    });
    await teams.mustPress(alex, 'contracts.terminate', {
      contract,
      ...TERMINATION,
      noticeOn: today,
      effectiveOn: today,
    });
    await teams.runJobs();
    const byHand: string[] = [];
    for (const { table } of retentions)
      if ((await count(table)) === 0) {
        byHand.push(getTableName(table));
        await writeAnyRow(teams.db, table, { day: today });
      }
    return byHand;
  }

  test('nothing outlives its period, whatever it is', async () => {
    const byHand = await everything();
    for (const name of await ours()) expect([name, await held(name)]).not.toEqual([name, 0]);
    expect(byHand.length).toBeLessThan(retentions.length / 3);
    teams.clock.advance({ years: 10 });
    await months();
    // What told silent people is kept for a time too.
    teams.clock.advance({ years: 3 });
    await nights();
    const left: string[] = [];
    for (const { table, ends } of retentions)
      if (!ends.includes('never') && (await count(table)) > 0) left.push(getTableName(table));
    // The trail has a purge of its own, and says what was forgotten; published answers and the staff are there still.
    const STAY = [
      ...['audit', 'audit_chain', 'people', 'memberships', 'conversations'],
      ...['knowledge_entries', 'knowledge_entry_versions', 'knowledge_improvements'],
    ];
    expect(left.filter((name) => !STAY.includes(name))).toEqual([]);
    const clients = sql`role = 'client' and object_id <> ${admin.objectId}`;
    expect(await countOf(teams, sql`people where ${clients}`)).toBe(0);
    expect(
      await countOf(
        teams,
        sql`memberships m where not exists (select from people p where p.object_id = m.object_id and p.role <> 'client')`,
      ),
    ).toBe(0);
    expect(
      await countOf(
        teams,
        sql`conversations c where not exists (select from people p where p.object_id = c.person_id)
          and c.id <> ${staffRoom.id}`,
      ),
    ).toBe(0);
    expect(await countOf(teams, sql`knowledge_entries where retired_at is not null`)).toBe(0);
  }, 120_000);
});

describe('what must stay', () => {
  const MARGIN = readPeriods(PERIODS_FILE).marginDays;
  beforeEach(() => people(teams));

  /** A file with its meeting, that led to a contract which ends on a day. */
  async function concluded(endsOn = '2028-11-30'): Promise<string> {
    const file = await aFile(teams);
    await booked(teams, file);
    const contract = await aContract(teams, { endsOn });
    await teams.db.execute(
      sql`update contracts set acquisition_id = ${file}::uuid where id = ${contract}::uuid`,
    );
    return file;
  }
  /** It is the morning of a day. */
  const itIs = (day: Temporal.PlainDate) =>
    teams.clock.advance({ days: teams.clock.today().until(day).days });
  const lastDay = (endsOn: string, years = 0) =>
    Temporal.PlainDate.from(endsOn).add({ years }).add({ days: MARGIN });

  const OF_THE_CHOICE = [
    'acquisitions',
    'acquisition_members',
    'acquisition_facts',
    'acquisition_record',
    'scenario_seals',
    'kickoffs',
    'kickoff_slots',
    'kickoff_confirmations',
  ];
  const left = async (names: readonly string[]) => {
    const counts = await Promise.all(names.map(held));
    return names.filter((_name, at) => counts[at]);
  };

  test('the documents of a choice: to the last day of the contract, and not one less', async () => {
    await concluded('2029-11-15');
    itIs(lastDay('2029-11-15'));
    await nights();
    expect(await left(OF_THE_CHOICE)).toEqual(OF_THE_CHOICE);
    teams.clock.advance({ days: 1 });
    await nights();
    expect(await left(OF_THE_CHOICE)).toEqual([]);
    expect(await held('contracts')).toBe(1);
  });

  test('a contract and all that is its: seven years after its end, and not a day less', async () => {
    await concluded();
    itIs(lastDay('2028-11-30', 7));
    await nights();
    expect(await left(['contracts', 'contract_followers'])).toHaveLength(2);
    teams.clock.advance({ days: 1 });
    await nights();
    expect(await left(['contracts', 'contract_followers'])).toEqual([]);
  });

  test('what an amendment prolongs is kept from the new end', async () => {
    await concluded();
    await teams.db.execute(sql`insert into contract_amendments
      (id, contract_id, number, kind, text, new_end, signed_on, created_at)
      select gen_random_uuid(), id, 1, 'duration', '', '2029-11-30', '2027-01-15', now() from contracts`);
    itIs(lastDay('2029-11-30', 7));
    await nights();
    expect(await held('contracts')).toBe(1);
    teams.clock.advance({ days: 1 });
    await nights();
    expect(await held('contracts')).toBe(0);
  });

  test('the justification of an authorization: as long as the contract itself is kept', async () => {
    const file = await concluded();
    await teams.db.transaction((tx) =>
      teams.services.files.writeFact(tx, file, authorizationFact, { reference: 'CT 12', date: '2026-11-20' }),
    );
    itIs(lastDay('2028-11-30', 7));
    await nights();
    expect(await left(OF_THE_CHOICE)).toEqual(OF_THE_CHOICE);
    teams.clock.advance({ days: 1 });
    await nights();
    expect(await left(OF_THE_CHOICE)).toEqual([]);
  });

  test('a silent person whose contract runs, and a file that moved of late', async () => {
    await aContract(teams, { endsOn: '2029-11-15' });
    itIs(Temporal.PlainDate.from('2029-10-01'));
    await months();
    expect(await teams.services.people.findPerson(alex)).toBeDefined();
    expect(await teams.services.people.findPerson(samuel)).toBeUndefined();
    // The last duties of a contract come some months after its end.
    itIs(lastDay('2029-11-15').add({ days: 181 }));
    await months();
    expect(await teams.services.people.findPerson(alex)).toBeUndefined();
  });

  test('a notice that waits, however long ago it was written', async () => {
    const { deliveries } = teams.services;
    const waits = (key: string, at: Temporal.Instant) =>
      teams.db.transaction((tx) =>
        deliveries.address(tx, { kind: 'people.decision', key, about: key, subject: {}, at }, [
          { kind: 'person', tenantId: alex.tenantId, objectId: alex.objectId },
        ]),
      );
    await waits('far', teams.clock.now().add({ hours: 24 * 1_000 }));
    teams.clock.advance({ days: 900 });
    await nights();
    expect(await deliveries.counts('far')).toMatchObject({ pending: 1 });
    teams.clock.advance({ days: 900 });
    await nights();
    expect(await deliveries.counts('far')).toMatchObject({ pending: 0 });
  });

  test('what somebody is writing to at this moment', async () => {
    const file = await aFile(teams);
    teams.clock.advance({ years: 4 });
    await teams.other.db.transaction(async (tx) => {
      await teams.services.files.holdFile(tx, file);
      await nights();
      expect(await held('acquisitions')).toBe(1);
    });
    await nights();
    expect(await held('acquisitions')).toBe(0);
  });
});

describe('the purge', () => {
  /** So many questions, asked two years ago. */
  const questions = (n: number) =>
    teams.db.execute(sql`insert into questions
      (id, tenant_id, object_id, conversation_id, text, outcome, score, nearest, asked_at)
      select gen_random_uuid(), 't', 'o', 'c', 'q', 'none', 0, '{}',
        ${teams.clock
          .now()
          .subtract({ hours: 24 * 730 })
          .toString()}::timestamptz
      from generate_series(1, ${n})`);
  const ObjectRow = z.object({ object: z.string() });
  /** How many rows of a table the journal says were forgotten, and in how many pieces. */
  async function noted(table: string) {
    const rows = await rowsOf(
      teams.db,
      sql`select object from audit where action = 'retention.forget' and object like ${`${table}:%`}`,
      ObjectRow,
    );
    return {
      pieces: rows.length,
      rows: rows.reduce((sum, { object }) => sum + Number(object.split(':')[1]), 0),
    };
  }

  test('goes by pieces, each noted with its number', async () => {
    await questions(1_000);
    await nights();
    expect(await held('questions')).toBe(0);
    expect(await noted('questions')).toEqual({ pieces: 5, rows: 1_000 });
  });

  test('notes nothing where nothing goes', async () => {
    await people(teams);
    const before = await held('audit');
    await nights();
    expect(await held('audit')).toBe(before);
  });

  test('leaves what one job should not do to the next', async () => {
    await questions(20_100);
    await purge.handle({}, teams.services);
    expect(await held('questions')).toBe(100);
    await teams.runJobs();
    expect(await held('questions')).toBe(0);
  });

  test('at two processes at once forgets each row once', async () => {
    await questions(1_000);
    await Promise.all([teams.services.forgetting.forget(), teams.other.services.forgetting.forget()]);
    await nights();
    expect(await held('questions')).toBe(0);
    expect((await noted('questions')).rows).toBe(1_000);
  });

  test('leaves the trail whole', async () => {
    await questions(10);
    await nights();
    expect(
      await countOf(
        teams,
        sql`audit a where not exists (select 1 from audit_chain c where c.audit_id = a.id)`,
      ),
    ).toBe(0);
  });
});

describe('the periods', () => {
  const now = Temporal.Instant.from('2026-11-23T15:00:00Z');
  const periods = readPeriods(PERIODS_FILE);
  const limit = (period: Parameters<typeof limitOf>[0]) =>
    limitOf(period, now, periods, 'America/Toronto').day;

  test('of the guide are the guide’s, with the broker’s margin after them', () => {
    expect(limit({ of: 'guide', after: 'keptYears' })).toBe('2019-10-24');
    expect(limit({ of: 'guide', after: 'contract' })).toBe('2026-10-24');
  });

  test('of the broker are set in a file, which a wrong value refuses by its name', () => {
    expect(limit({ of: 'broker', setting: 'uploadDays' })).toBe('2026-11-16');
    const file = join(tmpdir(), `conservation-${newId()}.yaml`);
    writeFileSync(file, readFileSync(PERIODS_FILE, 'utf8').replace('fileDays: 1095', 'fileDays: 5'));
    expect(() => readPeriods(file)).toThrow('fileDays');
  });
});
