import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { download } from '../../src/app/doors.ts';
import { newId } from '../../src/core/id.ts';
import type { Calendar } from '../../src/core/ports/calendar.ts';
import { verifyChain } from '../../src/features/people/index.ts';
import { LABELS } from '../../src/features/people/privacy/rules/readable.ts';
import { retentions } from '../../tools/conservation.ts';
import { aContract } from '../support/contracts.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, booked, kickoffOf, people, requested, staffCard, visit } from '../support/kickoff.ts';
import { colleagues } from '../support/organization.ts';
import { alex, diane, foreigner, keyOf, nadia, samuel, staffRoom } from '../support/people.ts';
import { countOf, rowsOf } from '../support/rows.ts';
import { scenes } from '../support/walk/scenes.ts';
import { wordsOf } from '../support/word.ts';

// Somebody has their data erased: what was theirs goes, what is public stays without their name, what is alive goes on
// or is ended in order, and everybody whom it concerns is told.

/** The broker's calendar: the events that are in it. */
const entered = new Set<string>();
const calendar: Calendar = {
  busy: async () => [],
  enter: async ({ id }) => {
    entered.add(id);
    return { event: id, joinUrl: undefined };
  },
  remove: async (event) => void entered.delete(event),
};
const teams = fakeTeams({ processes: 2, calendar, shortGuide: true });

const erased = (person = alex) => teams.services.privacy.erase(person, newId());
const asked = async (person = alex) =>
  teams.mustClick(person, await teams.asks(person, 'mes données'), 'Supprimer mes données');

/** The tables of which some row has a text in it. */
async function tellingOf(text: string): Promise<string[]> {
  const found: string[] = [];
  const tables = await rowsOf(
    teams.db,
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`,
    z.object({ name: z.string() }),
  );
  for (const { name } of tables)
    if ((await countOf(teams, sql`${sql.identifier(name)} as row where row::text like ${`%${text}%`}`)) > 0)
      found.push(name);
  return found.filter((name) => !name.startsWith('test_')).sort();
}

beforeEach(() => entered.clear());

describe('after all that a person can do', () => {
  beforeEach(async () => {
    for (const [, prepare] of scenes(teams)) await prepare(async () => {});
    const file = await aFile(teams, { name: 'À deux' });
    await teams.mustPress(alex, 'acquisitions.share', { file, colleague: keyOf(nadia) });
    const other = await aFile(teams, { name: 'De Nadia', owner: nadia });
    await teams.mustPress(nadia, 'acquisitions.share', { file: other, colleague: keyOf(alex) });
    await teams.services.needs.ask(nadia, other, 'change', alex, newId());
    await teams.runJobs();
  }, 120_000);

  /** The card counts what goes, what goes on and what stays, until when. */
  async function theCardCounts(): Promise<void> {
    const { plain } = await asked();
    for (const words of [
      'Supprimé',
      'Se poursuit sans vous',
      'Reste, sans votre nom',
      'question',
      'Nadia Benali',
    ])
      expect(plain).toContain(words);
    expect(plain).toContain('7 ans après la fin du contrat');
    expect(plain).toContain('section 4.12');
    expect(plain).toContain('de votre organisation y restent, à vos collègues, qui en sont avisés');
  }

  /** What they take away reads as a document, each thing by its name. */
  async function theDocumentReads(): Promise<void> {
    const card = await teams.mustClick(
      alex,
      await teams.asks(alex, 'mes données'),
      'Télécharger mes données',
    );
    const [word = '', json = ''] = card.buttons.map(({ url }) => url?.split('/').at(-1));
    const document = await download(word, teams.services);
    expect(document.fileName).toMatch(/\.docx$/);
    const text = await wordsOf(document.body);
    for (const words of [
      'Mes données dans Courtier',
      alex.name,
      'Gestes dans des dossiers',
      'a noté un contrat',
    ])
      expect(text).toContain(words);
    const held = JSON.parse(String((await download(json, teams.services)).body));
    const named = (value: unknown): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : Array.isArray(value)
          ? [...new Set(value.flatMap((row) => Object.keys(row ?? {})))]
          : Object.entries(value).flatMap(([key, inner]) => [key, ...named(inner)]);
    const keys = Object.entries(z.record(z.string(), z.unknown()).parse(held)).flatMap(([title, value]) =>
      title === 'personne' ? [] : named(value),
    );
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !/^\d+$/.test(key) && !Object.hasOwn(LABELS, key))).toEqual([]);
  }

  test('they can take it away and read it, see what erasing does, and are then in no table but, by their id, in the trail', async () => {
    await theDocumentReads();
    await theCardCounts();
    expect(await tellingOf(alex.name)).not.toEqual([]);
    await erased();
    await teams.runJobs();
    expect(await tellingOf(alex.name)).toEqual([]);
    const declared = retentions.filter(({ persons }) => persons?.erased === 'kept');
    expect(declared).toHaveLength(1);
    expect(await tellingOf(alex.objectId)).toEqual(['audit']);
    expect((await verifyChain(teams.db)).broken).toBeUndefined();
  }, 120_000);

  test('of the staff the same, and their colleagues of the team hear what there is to take up', async () => {
    await erased(diane);
    await teams.runJobs();
    expect(await tellingOf(diane.name)).toEqual([]);
    expect(await tellingOf(diane.objectId)).toEqual(['audit']);
    const { plain } = teams.newest(staffRoom, 'people/departure');
    expect(plain).toContain('Une personne de l’équipe est partie');
    expect(plain).toContain('prise');
    expect(await countOf(teams, sql`escalations where status = 'taken'`)).toBe(0);
  }, 120_000);
});

describe('a booked meeting', () => {
  beforeEach(() => people(teams));
  const meeting = async (file: string) => {
    const { token } = await booked(teams, file);
    const [slot] = [...entered];
    return { token, slot };
  };

  test('goes on with a colleague: the event, the link and the reminders stay, and both sides are told', async () => {
    const file = await aFile(teams);
    const { token, slot } = await meeting(file);
    const { plain } = await asked();
    expect(plain).toContain('poursuivie par Nadia Benali');
    await erased();
    await teams.runJobs();
    const kickoff = await kickoffOf(teams, file);
    expect([kickoff.state, kickoff.requesterName, kickoff.event]).toEqual(['booked', nadia.name, slot]);
    expect([...entered]).toEqual([slot]);
    expect((await visit(teams, token)).status).toBe(200);
    expect(staffCard(teams).plain).toContain('Nadia Benali poursuit');
    expect(teams.newest(nadia, 'kickoff/status').plain).toContain('Rencontre');
    await teams.mustPress(nadia, 'kickoff.move', { kickoff: kickoff.id, revision: kickoff.revision });
  });

  test('of somebody alone is ended in order: out of the calendar, and the staff are told', async () => {
    const file = await aFile(teams);
    await erased(nadia);
    await teams.runJobs();
    const { token } = await meeting(file);
    const { plain } = await asked();
    expect(plain).toContain('annulée et retirée de l’agenda');
    await erased();
    await teams.runJobs();
    expect([...entered]).toEqual([]);
    expect(await countOf(teams, sql`kickoffs where state = 'cancelled'`)).toBe(1);
    expect(await countOf(teams, sql`kickoff_slots where state <> 'released'`)).toBe(0);
    expect(staffCard(teams).plain).toContain('personne de son organisation ne peut poursuivre');
    expect((await visit(teams, token)).body).toContain('Cette rencontre est annulée');
    expect(await countOf(teams, sql`deliveries where kind like 'kickoff.%' and state = 'pending'`)).toBe(0);
  });

  test('that a member of the staff followed is the team’s again', async () => {
    const file = await aFile(teams);
    await requested(teams, file);
    const { id } = await kickoffOf(teams, file);
    await teams.mustPress(diane, 'kickoff.take', { kickoff: id }, staffRoom);
    await erased(diane);
    await teams.runJobs();
    expect((await kickoffOf(teams, file)).takenName).toBeNull();
    expect(staffCard(teams).plain).toContain('Quelqu’un peut la prendre en charge');
  });
});

describe('what is a body’s', () => {
  beforeEach(() => people(teams));

  test('stays with the colleagues, who are told once', async () => {
    const file = await aFile(teams);
    const contract = await aContract(teams);
    await erased();
    await erased();
    await teams.runJobs();
    expect((await teams.mustPress(nadia, 'acquisitions.open', { file })).plain).toContain('Courriel');
    expect((await teams.mustPress(nadia, 'contracts.open', { contract })).plain).toContain(
      'Courriel du ministère',
    );
    const told = teams.posted.filter(
      ({ content }) => typeof content === 'object' && content.template === 'people/departure',
    );
    expect(told).toHaveLength(1);
    expect(teams.newest(nadia, 'people/departure').plain).toContain('Une personne partie a quitté Ministère');
  });

  test('that only they followed recalls its duties to those who stay', async () => {
    const contract = await aContract(teams);
    await erased();
    expect(await countOf(teams, sql`contract_followers_now where contract_id = ${contract}::uuid`)).toBe(1);
  });

  test('waits for somebody, and the broker is told, where nobody of the body is left', async () => {
    const file = await aFile(teams);
    await aContract(teams);
    await erased(nadia);
    expect((await asked()).plain).toContain('le Courtier est avisé que plus personne n’agit pour elle');
    await erased();
    await teams.runJobs();
    expect(await countOf(teams, sql`acquisitions`)).toBe(1);
    expect(teams.newest(staffRoom, 'people/departure').plain).toContain(
      'Plus personne n’agit pour Ministère',
    );
    await colleagues(teams, [samuel]);
    expect((await teams.mustPress(samuel, 'acquisitions.open', { file })).plain).toContain('Courriel');
  });

  test('of another body is not touched', async () => {
    await colleagues(teams, [samuel], 'Ville de Rimouski');
    const file = await aFile(teams, { owner: samuel });
    await teams.services.files.create({ ...samuel, name: alex.name }, `Dossier de ${alex.name}`, newId());
    const before = await teams.services.files.history(file);
    await erased();
    expect(await teams.services.files.history(file)).toEqual(before);
    expect(await countOf(teams, sql`acquisitions where name = ${`Dossier de ${alex.name}`}`)).toBe(1);
    expect(await countOf(teams, sql`acquisition_record where by = ${alex.name}`)).toBe(1);
  });
});

describe('what was somebody’s alone, of no body', () => {
  beforeEach(() => people(teams));

  test('goes with all that is in it, as the card had said', async () => {
    await aFile(teams, { owner: samuel, name: 'À moi' });
    await aFile(teams, { owner: samuel, name: 'Aussi' });
    expect((await asked(samuel)).plain).toContain('2 dossiers d’acquisition à vous seulement : supprimés');
    await erased(samuel);
    for (const table of ['acquisitions', 'acquisition_facts', 'acquisition_record'])
      expect(await countOf(teams, sql`${sql.identifier(table)}`)).toBe(0);
  });

  test('stays without their name while its contract runs, and no longer (guide 4.12)', async () => {
    const file = await aFile(teams, { owner: samuel });
    const contract = await aContract(teams, {}, samuel);
    await teams.db.execute(
      sql`update contracts set acquisition_id = ${file}::uuid where id = ${contract}::uuid`,
    );
    expect((await asked(samuel)).plain).toContain('gardé sans votre nom');
    await erased(samuel);
    expect(await countOf(teams, sql`scenario_seals`)).toBe(1);
    expect(await tellingOf(samuel.name)).toEqual([]);
    expect(await tellingOf(samuel.objectId)).toEqual(['audit']);
    expect(await countOf(teams, sql`contracts`)).toBe(1);
    teams.clock.advance({ years: 4 });
    await teams.services.forgetting.forget();
    expect(await countOf(teams, sql`scenario_seals`)).toBe(0);
    expect(await countOf(teams, sql`contracts`)).toBe(1);
  });
});

describe('erasing', () => {
  beforeEach(() => people(teams));

  test('at two processes at once, and with an old card after they came back, is done once', async () => {
    await aFile(teams);
    const effect = newId();
    await Promise.all([
      teams.services.privacy.erase(alex, effect),
      teams.other.services.privacy.erase(alex, effect),
    ]);
    expect(await countOf(teams, sql`audit where action = 'privacy.erase'`)).toBe(1);
    await colleagues(teams, [alex]);
    await teams.services.files.create(alex, 'De retour', newId());
    await teams.services.privacy.erase(alex, effect);
    expect(await teams.services.files.filesOf(alex, 'open')).not.toEqual([]);
  });

  test('is all or nothing: what fails in its middle leaves everything, and it is done the next time', async () => {
    const file = await aFile(teams);
    await booked(teams, file);
    await teams.db.execute(sql`create function broken() returns trigger language plpgsql as
      $$ begin raise exception 'broken'; end $$`);
    await teams.db.execute(
      sql`create trigger broken before delete on people for each row execute function broken()`,
    );
    await expect(erased()).rejects.toThrow();
    await teams.db.execute(sql`drop function broken cascade`);
    expect((await kickoffOf(teams, file)).requesterName).toBe(alex.name);
    expect(await teams.services.people.findPerson(alex)).toBeDefined();
    expect(await countOf(teams, sql`audit where action = 'privacy.erase'`)).toBe(0);
    await erased();
    expect((await kickoffOf(teams, file)).requesterName).toBe(nadia.name);
  });

  test('while a colleague writes to the same file waits for them, and loses nothing of theirs', async () => {
    const file = await aFile(teams);
    await teams.mustPress(alex, 'acquisitions.share', { file, colleague: keyOf(nadia) });
    const revision = (await teams.services.files.findFile(file, nadia)).revision;
    await Promise.all([
      erased(),
      teams.other.services.files.rename(nadia, file, revision, 'De Nadia'),
      teams.other.services.files.create(nadia, 'Un autre', newId()),
    ]);
    const left = await teams.services.files.findFile(file, nadia);
    expect([left.name, left.role]).toEqual(['De Nadia', 'owner']);
  });

  test('a thousand rows of each kind goes, and the card had counted them', async () => {
    await teams.db.execute(sql`insert into questions
      (id, tenant_id, object_id, conversation_id, text, outcome, score, nearest, asked_at)
      select gen_random_uuid(), ${alex.tenantId}, ${alex.objectId}, 'c', 'q', 'none', 0, '{}', now()
      from generate_series(1, 1000)`);
    await teams.db.execute(sql`insert into audit (at, tenant_id, object_id, action, object)
      select now(), ${alex.tenantId}, ${alex.objectId}, 'contract.invoice', 'x' from generate_series(1, 1500)`);
    expect((await asked()).plain).toContain('1 000 questions posées');
    expect((await teams.services.audit.auditOf(alex)).length).toBeGreaterThanOrEqual(1_500);
    await erased();
    expect(await countOf(teams, sql`questions`)).toBe(0);
  });

  test('takes nothing of somebody of the same id in another tenant', async () => {
    await teams.says(foreigner, 'durée maximale d’un contrat');
    await teams.says(alex, 'durée maximale d’un contrat');
    await erased();
    expect(await countOf(teams, sql`questions where tenant_id = ${foreigner.tenantId}`)).toBe(1);
    expect(await teams.services.people.findPerson(foreigner)).toBeDefined();
  });

  test('ends the links to their data', async () => {
    const card = await teams.mustClick(
      alex,
      await teams.asks(alex, 'mes données'),
      'Télécharger mes données',
    );
    await erased();
    await expect(download(card.token(), teams.services)).rejects.toThrow('plus valide');
  });
});
