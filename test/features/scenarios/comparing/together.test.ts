import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../../../src/core/id.ts';
import { choiceFact, requestFact } from '../../../../src/features/acquisitions/index.ts';
import { recheck } from '../../../../src/features/scenarios/comparing/jobs.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFiche, anOffer, aSupplier, flat } from '../../../support/fiches.ts';
import { colleagues } from '../../../support/organization.ts';
import { alex, nadia } from '../../../support/people.ts';
import { need } from '../../../support/pricing.ts';
import { rowsOf } from '../../../support/rows.ts';
import { askedBy, countStatements } from '../../../support/statements.ts';

// On the first of a month forty suppliers may have other prices: each open file is calculated again, and its members are
// told, once.

const FIRST = '2026-12-01';
const teams = fakeTeams({ processes: 2 });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());

const named = (count: number) => Array.from({ length: count }, (_, n) => `fournisseur-${n}`);
const priced = (supplier: string, price: string, changes: object = {}) =>
  aFiche({
    ...aSupplier(supplier, {
      ...changes,
      offers: [anOffer({ id: `${supplier}-courriel`, name: `Courriel ${supplier}`, tiers: flat(price) })],
    }),
  });

/** Files that each chose the first of so many suppliers, and new prices of all of these. */
async function world({ files, suppliers }: { readonly files: number; readonly suppliers: number }) {
  const { catalogue, files: opened, needs, scenarios } = teams.services;
  await colleagues(teams, [alex, nadia]);
  await teams.install(alex);
  await catalogue.publication.publish(
    named(suppliers).map((supplier) => priced(supplier, '4.00')),
    'command',
  );
  for (let n = 0; n < files; n++) {
    const { id: file } = await opened.create(alex, `Dossier ${n}`, newId());
    await needs.setEligibility(alex, file, { kind: 'lcop4', bound: 'yes' });
    const request = { durationMonths: 12, needs: [need('courriel', 100)] };
    await teams.db.transaction((tx) => opened.writeFact(tx, file, requestFact, request));
    await scenarios.seal(alex, file);
    await teams.mustPress(alex, 'scenarios.choose', { file, supplier: 'fournisseur-0' });
  }
  await teams.runJobs();
  await catalogue.publication.publish(
    named(suppliers).map((supplier, n) => priced(supplier, n === 1 ? '1.00' : '3.00', { version: FIRST })),
    'command',
  );
  teams.clock.advance({ days: 8 });
}

/** What waits for the open files to be calculated again, once the prices took effect: nothing else waits any more. */
async function announced() {
  await teams.services.catalogue.announcements.announceDue();
  const jobs = (await teams.jobs.take()).filter(({ name }) => name === 'scenarios.recheck');
  await teams.jobs.put(...jobs);
  return jobs;
}

/** How many statements it takes to do what waits. */
const statementsOf = async () => (await askedBy(() => teams.runJobs())).statements;

/** How many were told of a file, whether they have read it or not: a chat takes so many messages in half a minute. */
const driftsTold = async (): Promise<number> =>
  (await rowsOf(teams.db, sql`select notice from deliveries where kind = 'scenarios.drift'`, z.unknown()))
    .length;

let few: number;
/** How many suppliers more the larger price day has: what was done for each of them would take that many statements more. */
const MORE = 18;

test('the fiches that take effect together are one piece of work', async () => {
  await world({ files: 3, suppliers: 2 });
  expect(await announced()).toHaveLength(1);
  few = await statementsOf();
});

test('it takes as much for twenty as for two', async () => {
  await world({ files: 3, suppliers: 2 + MORE });
  expect(await announced()).toHaveLength(1);
  // What is asked at the same moment is one statement: by how they meet, some more or some less.
  expect(await statementsOf()).toBeLessThan(few + MORE / 2);
});

/** How many statements it takes to calculate so many files again, whose members are all told. */
async function recheckOf(files: number): Promise<number> {
  await world({ files, suppliers: 2 });
  const [waiting] = await announced();
  const { statements } = await askedBy(() =>
    recheck.handle(recheck.input.parse(waiting?.payload), teams.services),
  );
  expect(await driftsTold()).toBe(files);
  return statements;
}

test('three files are calculated again in less than twenty statements', async () => {
  few = await recheckOf(3);
  expect(few).toBeLessThan(20);
});

test('it takes as much for twelve files as for three', async () => {
  expect(await recheckOf(12)).toBe(few);
});

test('the members of a file are told once, of the fiche that moved it', async () => {
  await world({ files: 2, suppliers: 20 });
  await announced();
  await teams.runJobs();
  const told = teams.received(alex, 'scenarios/drift');
  expect(told).toHaveLength(2);
  for (const { plain } of told)
    expect(plain).toContain('Le plus bas maintenant : fournisseur-1 inc., 1 200,00 $.');
});

test('one that was left alone in the queue by the code of before is calculated too', async () => {
  await world({ files: 1, suppliers: 2 });
  const alone = { supplier: 'fournisseur-1', version: FIRST, previous: null };
  await announced();
  await teams.jobs.take();
  await teams.jobs.put({ name: 'scenarios.recheck', payload: alone });
  await teams.runJobs();
  expect(teams.received(alex, 'scenarios/drift')).toHaveLength(1);
});

test('a file in which somebody works is calculated once they are done, and the others meanwhile', async () => {
  await world({ files: 3, suppliers: 2 });
  const [waiting] = await announced();
  const { files } = teams.other.services;
  const [one = ''] = await files.openWith(choiceFact);
  let done: Promise<void> | undefined;
  await teams.other.db.transaction(async (tx) => {
    await files.holdFile(tx, one);
    done = recheck.handle(recheck.input.parse(waiting?.payload), teams.services);
    while ((await driftsTold()) < 2);
  });
  await done;
  expect(await driftsTold()).toBe(3);
});

test('a process that ends in the middle, and the same work left twice in the queue, tell nobody twice', async () => {
  // They are calculated twenty at a time.
  await world({ files: 22, suppliers: 3 });
  const [waiting] = await announced();
  if (!waiting) throw new Error('nothing waits');
  const { files } = teams.services;
  const hold = files.holdFreeFiles;
  let held = 0;
  files.holdFreeFiles = (...given) => {
    if (++held === 2) throw new Error('on purpose');
    return hold(...given);
  };
  await teams.runJobs();
  expect(await driftsTold()).toBe(20);
  await teams.jobs.put(waiting);
  await teams.runJobs();
  expect(await driftsTold()).toBe(22);
});
