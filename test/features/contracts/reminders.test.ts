import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, foreigner, nadia, samuel } from '../../support/people.ts';
import { linesOf, recalling } from '../../support/recalls.ts';
import { countOf, rowsOf } from '../../support/rows.ts';

const teams = fakeTeams();
const { run, hour, cards } = recalling(teams);

beforeEach(() => people(teams));

/** Signed on a Friday, noted on the Monday that follows: the copy is due this Friday, 27 November. */
const RECENT = { signedOn: '2026-11-20', rcti: 'false' };
/** Signed long before it is noted. */
const OLD = { signedOn: '2025-01-15', startsOn: '2025-02-01', endsOn: '2027-12-31', rcti: 'true' };

test('a duty is recalled from the day after its contract was noted, the day before, the day after, a week after', async () => {
  await aContract(teams, RECENT);
  expect(await run(20)).toEqual(['2026-11-24 copy', '2026-11-26 copy', '2026-11-30 copy', '2026-12-04 copy']);
});

test('it says what changed since it was recalled last', async () => {
  await aContract(teams, RECENT);
  await run(12);
  expect(
    cards().map(({ plain }) => /Nouveau · Dans 3 jours|Demain|En retard depuis \d+ jours/.exec(plain)?.[0]),
  ).toEqual(['Nouveau · Dans 3 jours', 'Demain', 'En retard depuis 3 jours', 'En retard depuis 7 jours']);
});

test('what is done is recalled no more', async () => {
  const contract = await aContract(teams, RECENT);
  expect(await run(2)).toEqual(['2026-11-24 copy']);
  await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-25' });
  expect(await run(14)).toEqual([]);
});

test('after a stop of a month, everything comes in one card', async () => {
  await aContract(teams, { ...RECENT, rcti: 'true' });
  teams.clock.advance({ days: 31 });
  // Christmas Eve: everything waits for Tuesday 29.
  expect(await run(6)).toEqual(['2026-12-29 copy', '2026-12-29 publication']);
  expect(cards()).toHaveLength(1);
});

test('who does not want the reminders of a contract has none; a colleague who does has them', async () => {
  const contract = await aContract(teams, RECENT);
  await teams.mustPress(alex, 'contracts.unfollow', { contract });
  await teams.mustPress(nadia, 'contracts.follow', { contract });
  expect(await run(3)).toEqual([]);
  expect(cards(nadia).flatMap(linesOf)).toEqual(['copy']);
});

test('a reminder that waits is not sent once its duty is done', async () => {
  const contract = await aContract(teams, RECENT);
  // Late in the evening of the next day: it waits for the morning.
  teams.clock.advance({ days: 1, hours: 10 });
  await hour();
  await teams.mustPress(alex, 'contracts.done', { contract, duty: 'copy', on: '2026-11-23' });
  expect(await run(2)).toEqual([]);
});

test('of who follows very many contracts, the latest are recalled, whatever ended long ago', async () => {
  const signed = (n: number, on: string) =>
    teams.db.execute(sql`
      with added as (insert into contracts (id, organization_id, title, supplier_id, supplier_name, offers, signed_on,
        starts_on, ends_on, amount_cents, rcti, created_tenant, created_id, created_at, updated_at)
      select gen_random_uuid(), (select organization_id from memberships limit 1), 'Contrat ' || n, 'airelle',
        'airelle inc.', 'Courriel', ${on}::date, ${on}::date, ${on}::date + 700, 100, true, ${alex.tenantId},
        ${alex.objectId}, ${on}::date, ${on}::date from generate_series(1, ${n}) n returning id)
      insert into contract_followers (contract_id, tenant_id, object_id)
      select id, ${alex.tenantId}, ${alex.objectId} from added`);
  await signed(150, '2020-01-15');
  await signed(210, '2024-01-15');
  const contract = await aContract(teams, RECENT);
  const followed = await teams.services.contracts.remindedOf(alex);
  expect(followed[0]?.contract.id).toBe(contract);
  expect(followed).toHaveLength(200);
  expect(followed.map(({ contract: { signedOn } }) => signedOn)).not.toContain('2020-01-15');
});

describe('what was due before the contract was noted', () => {
  const asked = () => teams.mustPress(alex, 'contracts.create', { ...NEW, ...OLD });
  const NEW = {
    title: 'Courriel du ministère',
    supplier: 'airelle',
    offers: 'Courriel',
    amount: '9 600,00 $',
  };

  test('is asked at once, all on one card, and never recalled unasked', async () => {
    const card = await asked();
    expect(card.template).toBe('contracts/entry');
    expect(card.inputs.length).toBeGreaterThan(8);
    expect(card.plain).toContain('qu’en est-il');
    expect((await run(30)).filter((line) => !line.includes('fees:2026-10-01'))).toEqual([]);
  });

  test('is done, to be done or without an object, as somebody says; only what is to be done is recalled', async () => {
    const card = await asked();
    const after = await teams.mustClick(alex, card, 'Noter ces réponses', {
      said0: 'wanted',
      said1: 'none',
      said2: 'done',
    });
    expect(after.plain).toContain('C’est noté. Seul ce qui reste à faire sera rappelé.');
    expect(await run(2)).toEqual(['2026-11-24 copy']);
    const again = await teams.mustClick(alex, after, 'Obligations d’avant l’entrée');
    expect(['said0', 'said1', 'said2', 'said3'].map((place) => again.valueOf(place))).toEqual([
      'wanted',
      'none',
      'done',
      '',
    ]);
  });

  test('is all said at once by one press, beside what was chosen', async () => {
    const after = await teams.mustClick(alex, await asked(), 'Le reste est déjà fait', { said0: 'wanted' });
    const again = await teams.mustClick(alex, after, 'Obligations d’avant l’entrée');
    expect(again.inputs.map(({ value }) => value).filter((value) => value !== 'done')).toEqual(['wanted']);
    expect(again.offers('Le reste est déjà fait')).toBe(false);
  });

  test('what a colleague answered meanwhile stays, where it was not answered otherwise', async () => {
    const card = await asked();
    await teams.mustClick(nadia, card, 'Noter ces réponses', { said0: 'wanted', said1: 'none' });
    const after = await teams.mustClick(alex, card, 'Le reste est déjà fait', { said1: 'wanted' });
    const again = await teams.mustClick(alex, after, 'Obligations d’avant l’entrée');
    expect(['said0', 'said1', 'said2'].map((place) => again.valueOf(place))).toEqual([
      'wanted',
      'wanted',
      'done',
    ]);
  });

  test('what was only shown as answered does not undo what a colleague answered since', async () => {
    const first = await asked();
    const { contract } = first.button('Noter ces réponses').data;
    const entry = () => teams.mustPress(alex, 'contracts.entry', { contract });
    await teams.mustClick(alex, first, 'Noter ces réponses', { said0: 'done' });
    const seen = await entry();
    await teams.mustClick(nadia, seen, 'Noter ces réponses', { said0: 'wanted' });
    await teams.mustClick(alex, seen, 'Noter ces réponses', { said0: 'done', said1: 'none' });
    const again = await entry();
    expect(['said0', 'said1'].map((place) => again.valueOf(place))).toEqual(['wanted', 'none']);
  });

  test('can be said otherwise later', async () => {
    const card = await asked();
    await teams.mustClick(alex, card, 'Noter ces réponses', { said0: 'wanted' });
    await teams.mustClick(alex, card, 'Noter ces réponses', { said0: 'done' });
    expect(await run(2)).toEqual([]);
    const again = await teams.mustClick(alex, card, 'Noter ces réponses', { said0: 'done' });
    expect(again.plain).toContain('Rien n’a changé');
    await teams.mustClick(alex, card, 'Noter ces réponses', { said0: 'wanted' });
    expect((await run(2)).map((line) => line.slice(11))).toEqual(['copy']);
  });

  test('is nobody else’s to say', async () => {
    const { data } = (await asked()).button('Noter ces réponses');
    for (const person of [samuel, foreigner])
      for (const verb of ['contracts.entry', 'contracts.sayEntry'])
        expect(await teams.refusedPress(person, verb, { ...data, said0: 'done' })).toContain('introuvable');
    expect(await countOf(teams, sql`contract_duties_done`)).toBe(0);
  });

  test('leaves alone what the contract does not ask for, and what was due after', async () => {
    const { data } = (await asked()).button('Noter ces réponses');
    const forged = { ...data, duties: 'exit __proto__ copy', said0: 'done', said1: 'done', said2: 'done' };
    await teams.mustPress(alex, 'contracts.sayEntry', forged);
    const { done } = await teams.services.contracts.followed(String(data.contract), alex);
    expect([...done.keys()]).toEqual(['copy']);
  });
});

test('an hour that has nothing new to tell writes nothing', async () => {
  await aContract(teams, RECENT);
  await run(2);
  const rows = () => countOf(teams, sql`reminders`);
  const before = [await rows(), await countOf(teams, sql`deliveries`)];
  const Version = z.object({ xmin: z.string(), xmax: z.string() });
  const versions = () =>
    rowsOf(teams.db, sql`select xmin::text, xmax::text from reminders order by thing`, Version);
  const seen = await versions();
  await hour();
  expect([await rows(), await countOf(teams, sql`deliveries`)]).toEqual(before);
  expect(await versions()).toEqual(seen);
});
