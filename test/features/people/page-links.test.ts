import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { page } from '../../../src/app/doors.ts';
import { newId } from '../../../src/core/id.ts';
import type { Tx } from '../../../src/core/ports/db.ts';
import type { Person } from '../../../src/core/turn.ts';
import { buildSigning, renewKey, retireKey } from '../../../src/features/people/links/store/signing-key.ts';
import { buildTokens } from '../../../src/features/people/links/store/tokens.ts';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, kickoffOf, people, proposed, visit } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, channel, diane, group, nadia, staffRoom } from '../../support/people.ts';
import { countOf, rowsOf } from '../../support/rows.ts';
import { pressTogether, traces } from '../../support/together.ts';

// Links for suppliers and calendars: numbered, listed for the staff with their last use, revoked, replaced. One that
// leads nowhere says what to do, and nothing else.

const teams = fakeTeams({ processes: 2 });
const both = () => [teams, teams.other];

beforeEach(() => people(teams));

const read = (token: string, form?: Record<string, string>, world: Pick<typeof teams, 'services'> = teams) =>
  page(token, form && new URLSearchParams(form), world.services);
const status = async (token: string, world: Pick<typeof teams, 'services'> = teams) =>
  (await read(token, undefined, world)).status;

/** The address that the newest card shows; its token. */
const token = () => teams.lastCard().token();
async function feedOf(person: Person, contract: string): Promise<string> {
  await teams.press(person, 'contracts.feed', { contract });
  return token();
}
const list = (which = 'alive') => teams.mustPress(diane, 'people.links', { which, page: 1 });
/** The id of the link that the staff see first. */
async function first(which = 'alive'): Promise<string> {
  const { rows } = await teams.services.pageLinks.page(which === 'alive' ? 'alive' : 'former', 1);
  const [row] = rows;
  if (!row) throw new Error('no link');
  return row.id;
}
const revokeFirst = async () =>
  teams.mustClick(
    diane,
    await teams.mustPress(diane, 'people.askRevokeLink', { link: await first() }),
    'Révoquer',
  );

/** An address as the release before made it. */
async function formerToken(kind: string, subject: object, days = 30): Promise<string> {
  const until = Math.floor(teams.clock.now().add({ hours: 24 * days }).epochMilliseconds / 1_000);
  const body = Buffer.from(JSON.stringify({ kind, until, subject })).toString('base64url');
  const { signature } = await buildSigning(teams.db, teams.clock).sign(body);
  return `${body}.${signature.toString('base64url')}`;
}

test('a new key signs from now on, what the one before signed still holds, and does no more once it is taken away', async () => {
  const alone = <T>(work: (tx: Tx) => Promise<T>) => teams.db.transaction(work);
  const signed = () => buildTokens(teams.db, teams.clock);
  const id = newId();
  const reading = signed();
  const first = await reading.of(id);
  expect(await alone((tx) => retireKey(tx, 1))).toBe(false);
  expect(await alone((tx) => renewKey(tx, teams.clock))).toBe(2);
  const second = await signed().of(id);
  expect(second.split('.')[1]).toBe('2');
  // One that knows nothing of the new key yet looks for it; the one before still holds.
  expect(await reading.read(second)).toEqual({ id });
  expect(await reading.read(first)).toEqual({ id });
  expect(await reading.read(second.replace('.2.', '.3.'))).toBeUndefined();
  expect(await alone((tx) => retireKey(tx, 2))).toBe(false);
  expect(await alone((tx) => retireKey(tx, 1))).toBe(true);
  const after = signed();
  expect(await after.read(first)).toBeUndefined();
  expect(await after.read(second)).toEqual({ id });
});

describe('a link', () => {
  test('asked for fifty times at two processes is one, with one number', async () => {
    const { kickoff } = await proposed(teams, await aFile(teams));
    await pressTogether(both(), {
      person: diane,
      verb: 'kickoff.supplierLink',
      data: { kickoff: kickoff.id },
    });
    expect(await countOf(teams, sql`page_links`)).toBe(1);
    expect(await traces(teams, 'link.make')).toBe(1);
    const urls = teams.received(diane, 'kickoff/link').map((card) => card.token());
    expect(new Set(urls).size).toBe(1);
  });

  test('to one’s own calendar, replaced fifty times at two processes at once, is replaced once', async () => {
    const card = await teams.asks(alex, 'mon agenda');
    const { data } = card.buttonFor('welcome.renewFeed');
    await pressTogether(both(), { person: alex, verb: 'welcome.renewFeed', data });
    expect(await countOf(teams, sql`page_links`)).toBe(2);
    expect(await countOf(teams, sql`page_links where revoked_at is null`)).toBe(1);
    expect(await status(card.token())).toBe(404);
    expect(await status((await teams.asks(alex, 'mon agenda')).token())).toBe(200);
  });

  test('has its secret neither in the database nor in the log', async () => {
    const contract = await aContract(teams);
    const secret = (await feedOf(alex, contract)).replace(/\.ics$/, '').split('.')[1] ?? '';
    expect(secret).toHaveLength(43);
    await read(`${secret}x`);
    const tables = await rowsOf(
      teams.db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
      z.object({ name: z.string() }),
    );
    for (const { name } of tables)
      expect(
        await countOf(teams, sql`${sql.identifier(name)} as row where row::text like ${`%${secret}%`}`),
      ).toBe(0);
    expect(teams.logged.join('\n')).not.toContain(secret);
  });

  test('is good as long as the deployer says, and asked for again it is prolonged', async () => {
    const { kickoff, token: link } = await proposed(teams, await aFile(teams));
    teams.clock.advance({ days: 50 });
    await teams.press(diane, 'kickoff.supplierLink', { kickoff: kickoff.id });
    expect(token()).toBe(link);
    expect(teams.lastCard().plain).toContain('bon jusqu’au 13 mars 2027');
    teams.clock.advance({ days: 60 });
    expect(await status(link)).toBe(200);
    teams.clock.advance({ days: 1 });
    expect(await status(link)).toBe(404);
  });

  test('has the day of its last use, written once a day and at whatever process', async () => {
    const contract = await aContract(teams);
    const link = await feedOf(alex, contract);
    expect((await list()).plain).toContain('Jamais utilisé.');
    const version = () =>
      rowsOf(teams.db, sql`select xmin::text from page_links`, z.object({ xmin: z.string() }));
    await read(link);
    const written = await version();
    for (const world of both()) expect(await status(link, world)).toBe(200);
    expect(await version()).toEqual(written);
    teams.clock.advance({ days: 2 });
    await read(link, undefined, teams.other);
    expect((await list()).plain).toContain('Utilisé la dernière fois le 25 novembre 2026.');
  });

  test('that leads nowhere was not used', async () => {
    const contract = await aContract(teams);
    const link = await feedOf(alex, contract);
    await teams.mustPress(alex, 'people.declare', { other: 'Ville de Gaspé', leave: true });
    expect(await status(link)).toBe(404);
    const card = await list();
    expect(card.plain).toContain('Jamais utilisé.');
    expect(card.plain).toContain('il ne montre rien');
    expect(card.plain).not.toContain('Alex Gagnon · ');
  });
});

describe('the staff', () => {
  test('see what each is for, for whom, who asked for it and until when', async () => {
    await proposed(teams, await aFile(teams));
    await feedOf(alex, await aContract(teams));
    const { plain } = await teams.asks(diane, 'liens', staffRoom);
    expect(plain).toContain('2 liens en vigueur');
    expect(plain).toContain('Nº 1 · Page du fournisseur');
    expect(plain).toContain('airelle inc. · camille@airelle.example');
    expect(plain).toContain('Demandé par Diane Tremblay le 23 novembre 2026');
    expect(plain).toContain('Contrat nº 1 · pour Alex Gagnon');
  });

  test('are told who loses what before, then nothing of it answers any more, at any process', async () => {
    const { token: link } = await booked(teams, await aFile(teams));
    const agenda = /liens\/([\w.-]+)\.ics/.exec(String((await read(link)).body))?.[1] ?? '';
    expect(await status(agenda)).toBe(200);
    const [{ id } = { id: '' }] = (await teams.services.pageLinks.page('alive', 1)).rows.filter(
      ({ kind }) => kind === 'kickoff.supplier',
    );
    const confirm = await teams.mustPress(diane, 'people.askRevokeLink', { link: id });
    expect(confirm.plain).toContain('Le fournisseur ne pourra plus choisir de moment');
    const done = await teams.mustClick(diane, confirm, 'Révoquer');
    expect(done.plain).toContain('Révoqué le 23 novembre 2026 par Diane Tremblay');
    for (const world of both())
      expect([await status(link, world), await status(agenda, world)]).toEqual([404, 404]);
    expect(await traces(teams, 'link.revoke')).toBe(1);
  });

  test('revoke once, whoever presses at once and at whatever process', async () => {
    await feedOf(alex, await aContract(teams));
    await pressTogether(
      both(),
      { person: diane, verb: 'people.revokeLink', data: { link: await first() } },
      20,
    );
    expect(await traces(teams, 'link.revoke')).toBe(1);
    expect(
      (await teams.mustPress(admin, 'people.revokeLink', { link: await first('former') })).plain,
    ).toContain('ne répondait déjà plus');
  });

  test('have one new link in the place of a supplier’s, whoever presses at once', async () => {
    const { token: link } = await proposed(teams, await aFile(teams));
    const answers = await pressTogether(
      both(),
      { person: diane, verb: 'people.replaceLink', data: { link: await first() } },
      20,
    );
    expect(new Set(answers.map(({ card }) => card?.words.match(/liens\/\S+/)?.[0])).size).toBe(1);
    expect(await countOf(teams, sql`page_links`)).toBe(2);
    const next = (
      await teams.mustPress(diane, 'people.replaceLink', { link: await first('former') })
    ).token();
    expect([await status(link), await status(next)]).toEqual([404, 200]);
  });

  test('have no address of somebody’s own calendar', async () => {
    await feedOf(alex, await aContract(teams));
    const confirm = await teams.mustPress(diane, 'people.askRevokeLink', { link: await first() });
    expect(confirm.buttons.map(({ title }) => title)).toEqual(['Révoquer', 'Annuler']);
    expect(await teams.refusedPress(diane, 'people.replaceLink', { link: await first() })).toContain(
      'introuvable',
    );
  });

  test('see and do it in their channel and in their own chat only', async () => {
    await feedOf(alex, await aContract(teams));
    const link = await first();
    for (const place of [channel, group]) {
      expect(await teams.hears(diane, 'liens', place)).toContain('dans le canal de l’équipe');
      for (const [verb, data] of [
        ['people.links', {}],
        ['people.askRevokeLink', { link }],
        ['people.revokeLink', { link }],
        ['people.replaceLink', { link }],
      ] as const)
        expect(await teams.refusedPress(diane, verb, data, place)).toContain('dans le canal de l’équipe');
    }
    expect((await teams.asks(diane, 'liens')).plain).toContain('1 lien en vigueur');
  });

  test('are alone to do so: to anybody else there is nothing there', async () => {
    await feedOf(alex, await aContract(teams));
    const data = { link: await first() };
    const buttons = ['links', 'askRevokeLink', 'revokeLink', 'replaceLink'].map(
      (verb) => [`people.${verb}`, data] as const,
    );
    expect(await teams.reaches(alex, buttons)).toEqual([]);
    expect(await teams.reaches(nadia, buttons, staffRoom)).toEqual([]);
    await giveRole(teams, diane, 'client');
    expect(await teams.reaches(diane, buttons)).toEqual([]);
  });

  test('find their way in a thousand links', async () => {
    const { kickoff } = await proposed(teams, await aFile(teams));
    await teams.db.execute(sql`
      insert into page_links (id, kind, subject, made_by, made_at, used_on, until)
      select gen_random_uuid(), 'kickoff.supplier', jsonb_build_object('kickoff', ${kickoff.id}::text, 'supplier', 'airelle'),
        'Diane Tremblay', ${new Date('2026-11-01')}, '2026-11-20', ${new Date('2027-01-31')}
      from generate_series(1, 999)`);
    const card = await list();
    expect(card.plain).toMatch(/1\s000 liens en vigueur/);
    expect(card.plain).toContain('Page 1 de 200');
    const last = await teams.mustPress(diane, 'people.links', { which: 'alive', page: 9_000 });
    expect(last.plain).toContain('Page 200 de 200');
  });
});

describe('one’s own calendar link', () => {
  test('is ended by oneself, and asked for again it is another one', async () => {
    const contract = await aContract(teams);
    const link = await feedOf(alex, contract);
    const { data } = teams.lastCard().buttonFor('people.endLink');
    const card = await teams.mustPress(alex, 'people.endLink', data);
    expect(card.plain).toContain('écrivez « contrats »');
    expect(await status(link)).toBe(404);
    const next = await feedOf(alex, contract);
    expect([next === link, await status(next)]).toEqual([false, 200]);
    expect(await traces(teams, 'link.revoke')).toBe(1);
  });

  test('revoked by the staff is told to whoever has it, once', async () => {
    const contract = await aContract(teams);
    await feedOf(alex, contract);
    await pressTogether(
      both(),
      { person: diane, verb: 'people.revokeLink', data: { link: await first() } },
      10,
    );
    await teams.runJobs();
    const [card, ...others] = teams.received(alex, 'people/link-ended');
    expect(others).toEqual([]);
    expect(card?.plain).toContain('L’équipe du Courtier a révoqué votre lien nº 1');
    expect(card?.plain).toContain('ouvrez le contrat, puis abonnez votre agenda au nouveau lien');
  });

  test('is ended and replaced by nobody else', async () => {
    const contract = await aContract(teams);
    const link = await feedOf(alex, contract);
    const id = await first();
    expect(await teams.refusedPress(nadia, 'people.endLink', { link: id })).toContain('introuvable');
    expect(await teams.refusedPress(nadia, 'contracts.renewFeed', { contract, link: id })).toContain(
      'introuvable',
    );
    expect(await status(link)).toBe(200);
  });

  test('of a colleague goes on when one’s own is replaced', async () => {
    const contract = await aContract(teams);
    const [mine, hers] = [await feedOf(alex, contract), await feedOf(nadia, contract)];
    await teams.press(alex, 'contracts.renewFeed', { contract });
    expect([await status(mine), await status(hers)]).toEqual([404, 200]);
  });

  test('to a meeting shows nothing to whoever left the body', async () => {
    const { kickoff } = await booked(teams, await aFile(teams));
    await teams.press(alex, 'kickoff.agenda', { kickoff: kickoff.id });
    const link = token();
    expect(await status(link)).toBe(200);
    await teams.mustPress(alex, 'people.declare', { other: 'Ville de Gaspé', leave: true });
    expect(await status(link)).toBe(404);
  });

  test('goes with the data of whoever has themselves erased; what staff made for others stays, without their name', async () => {
    const { token: link } = await proposed(teams, await aFile(teams));
    const mine = await feedOf(nadia, await aContract(teams));
    await teams.services.privacy.erase(nadia);
    await teams.services.privacy.erase(diane);
    expect([await status(mine), await status(link)]).toEqual([404, 200]);
    await giveRole(teams, diane, 'staff');
    expect((await list()).plain).toContain('Demandé par Une personne partie');
  });
});

describe('a link that leads nowhere', () => {
  const bodies = async (tokens: readonly string[], form?: Record<string, string>) =>
    Promise.all(
      tokens.map(async (each) => {
        const { status, mediaType, body } = await read(each, form);
        return { status, mediaType, body };
      }),
    );

  test('says one and the same thing, be it former, revoked, expired, mistyped or forged', async () => {
    const contract = await aContract(teams);
    const revoked = await feedOf(alex, contract);
    await revokeFirst();
    const { token: supplier } = await proposed(teams, await aFile(teams));
    teams.clock.advance({ days: 61 });
    const forged = `${newId()}.${'A'.repeat(43)}`;
    const former = await formerToken('contracts.feed', { contract, feed: 7, tenantId: 'a', objectId: 'b' });
    const nobodys = await formerToken('contracts.feed', { contract, feed: 1 });
    const [one, ...others] = await bodies([
      revoked,
      supplier,
      forged,
      former,
      nobodys,
      `${supplier}x`,
      supplier.slice(0, -1),
      '',
      'a.b',
      '%',
    ]);
    expect(one?.status).toBe(404);
    expect(one?.mediaType).toBe('text/html');
    for (const other of others) expect(other).toEqual(one);
    const body = String(one?.body);
    expect(body).toContain('courtier.infonuagique@cspq.gouv.qc.ca');
    expect(body).toContain('demandez un nouveau lien à la personne qui vous a transmis celui-ci');
    expect(body).toContain('« contrats »'.replaceAll(' ', '\u00a0'));
    for (const name of ['airelle', 'Alex', 'Courriel', 'nº']) expect(body).not.toContain(name);
  });

  test('gives back what was being written when it was revoked, and keeps nothing of it', async () => {
    const file = await aFile(teams);
    const { token: link, slots, kickoff } = await proposed(teams, file);
    await read(link);
    const [{ id } = { id: '' }] = (await teams.services.pageLinks.page('alive', 1)).rows;
    await teams.mustPress(diane, 'people.revokeLink', { link: id });
    const form = {
      what: 'choose',
      round: '1',
      slots: slots[0]?.id ?? '',
      remark: 'Nous serons <b>trois</b>, "merci".',
    };
    const { status, body } = await visit(teams, link, form);
    expect(status).toBe(404);
    expect(body).toContain('n’a pas été enregistré');
    expect(body).toContain('Nous serons &lt;b&gt;trois&lt;/b&gt;, &quot;merci&quot;.');
    expect(await kickoffOf(teams, file)).toEqual(await teams.services.kickoffs.findKickoff(kickoff.id));
    expect((await kickoffOf(teams, file)).remark).toBe('');
    const [one, other] = await bodies([link, `${newId()}.${'A'.repeat(43)}`], form);
    expect(one).toEqual(other);
  });
});

describe('a link of the release before', () => {
  test('goes on, is listed once it was used, and ends like any other', async () => {
    const { kickoff } = await proposed(teams, await aFile(teams));
    await teams.db.execute(sql`delete from page_links`);
    const old = await formerToken('kickoff.supplier', { kickoff: kickoff.id, supplier: 'airelle' });
    expect(await Promise.all([status(old), status(old, teams.other)])).toEqual([200, 200]);
    expect(await countOf(teams, sql`page_links`)).toBe(1);
    expect((await list()).plain).toContain('Utilisé la dernière fois');
    await revokeFirst();
    expect(await status(old)).toBe(404);
    expect(await countOf(teams, sql`page_links`)).toBe(1);
  });

  test('to a calendar goes on for whoever it names, unless it was replaced then or is now', async () => {
    const contract = await aContract(teams);
    const { tenantId, objectId } = alex;
    const old = await formerToken('contracts.feed', { contract, feed: 1, tenantId, objectId });
    const replaced = await formerToken('contracts.feed', { contract, feed: 2, tenantId, objectId });
    expect([await status(`${old}.ics`), await status(replaced)]).toEqual([200, 404]);
    await teams.press(alex, 'contracts.renewFeed', { contract });
    expect([await status(old), await status(token())]).toEqual([404, 200]);
  });

  test('that was never used since ends with the one in its place', async () => {
    const contract = await aContract(teams);
    const { tenantId, objectId } = alex;
    const old = await formerToken('contracts.feed', { contract, feed: 1, tenantId, objectId });
    await feedOf(alex, contract);
    await teams.mustPress(alex, 'people.endLink', { link: await first() });
    expect(await status(old)).toBe(404);
  });

  test('ends at its time', async () => {
    const { kickoff } = await proposed(teams, await aFile(teams));
    await teams.db.execute(sql`delete from page_links`);
    const old = await formerToken('kickoff.supplier', { kickoff: kickoff.id, supplier: 'airelle' }, 3);
    teams.clock.advance({ days: 4 });
    expect(await status(old)).toBe(404);
  });
});

test('links are forgotten a year after they could have held', async () => {
  await proposed(teams, await aFile(teams));
  teams.clock.advance({ days: 60 + 364 });
  await teams.services.forgetting.forget();
  expect((await list('former')).plain).toContain('1 ancien lien');
  teams.clock.advance({ days: 3 });
  await teams.services.forgetting.forget();
  expect(await countOf(teams, sql`page_links`)).toBe(0);
});
