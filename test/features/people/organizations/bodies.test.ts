import { describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues, staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, staffRoom } from '../../../support/people.ts';
import { rowsOf } from '../../../support/rows.ts';

const teams = fakeTeams();
const FORESTS = 'Ministère des Forêts et de la Faune';

/** What somebody sees after declaring a name. */
const declares = async (person: typeof alex, other: string) =>
  teams.mustClick(person, await teams.asks(person, 'mon organisation'), 'Enregistrer', { other });
const bodyOf = async (person: typeof alex) =>
  (await teams.services.organizations.findMembership(person))?.organization;
const opened = async (name: string) => {
  const card = await teams.mustClick(diane, await teams.asks(diane, 'organismes'), 'Chercher', {
    search: name,
  });
  const [body] = (await teams.services.organizations.bodiesPage(name, 1)).items;
  expect(card.words).toContain(name);
  expect(card.words).toContain('1 personne confirmée');
  return teams.mustPress(diane, 'people.openBody', { body: body?.id });
};

test('who types a name like a known one is asked whether it is that one', async () => {
  await colleagues(teams, [nadia], FORESTS);
  const card = await declares(alex, 'Ministère des Foret et de la Faune');
  expect(card.template).toBe('people/organization-which');
  expect(await bodyOf(alex)).toBeUndefined();
  await teams.mustClick(alex, card, 'Continuer', { known: FORESTS });
  expect(await bodyOf(alex)).toBe(FORESTS);
});

test('who keeps the name that was typed has a body of that name', async () => {
  await colleagues(teams, [nadia], FORESTS);
  const typed = 'Ministère des Forêts';
  await teams.mustClick(alex, await declares(alex, typed), 'Continuer', { known: typed });
  expect(await bodyOf(alex)).toBe(typed);
});

test('a name that somebody only typed is proposed to nobody', async () => {
  await declares(nadia, 'Ministère des Foretz');
  const card = await declares(alex, 'Ministère des Forêts');
  expect(card.words).toContain('En attente de confirmation');
  expect((await teams.asks(samuel, 'mon organisation')).words).not.toContain('Foretz');
});

test('names in syllabics are bodies apart', async () => {
  await declares(alex, 'ᓄᓇᕕᒃ');
  await declares(nadia, 'ᑲᑎᕕᒃ');
  expect([await bodyOf(alex), await bodyOf(nadia)]).toEqual(['ᓄᓇᕕᒃ', 'ᑲᑎᕕᒃ']);
});

test('beyond a hundred bodies no list is cut: a name is typed, and found', async () => {
  await teams.db.execute(sql`
    with made as (
      insert into organizations (id, key, name, created_at)
      select gen_random_uuid(), 'ville de numero ' || n, 'Ville de Numéro ' || n, now() from generate_series(1, 1000) n
      returning id)
    insert into tenant_mappings (tenant_id, organization_id, mapped_at) select id::text, id, now() from made`);
  await colleagues(teams, [nadia], FORESTS);
  const card = await teams.asks(alex, 'mon organisation');
  expect(card.words).not.toContain('Choisir dans la liste');
  const which = await teams.mustClick(alex, card, 'Enregistrer', { other: 'MFF' });
  expect(JSON.stringify(which.json)).toContain(FORESTS);
});

test('the staff see what is known of a request before they decide', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [nadia], FORESTS);
  teams.setRoster([{ ...alex, domain: 'forets.gouv.qc.ca' }]);
  await teams.mustClick(alex, await teams.asks(alex, 'mon organisation'), 'Enregistrer', { other: FORESTS });
  const card = await teams.asks(diane, 'adhésions', staffRoom);
  expect(card.words).toContain('1 personne confirmée pour cet organisme, dont 1 du même locataire');
  expect(card.words).toContain('forets');
  expect(card.words).toContain(alex.tenantId);
});

test('the staff confirm somebody for the body that was meant, under which the typed name is then found', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [nadia], FORESTS);
  const typed = 'Ministère des Forêts';
  await teams.mustClick(alex, await declares(alex, typed), 'Continuer', { known: typed });
  const card = await teams.asks(diane, 'adhésions', staffRoom);
  const body = await teams.services.belonging.bodyOf(nadia);
  await teams.mustClick(diane, card, 'Confirmer pour celui-ci', { instead: body?.id }, staffRoom);
  expect(await teams.services.belonging.bodyOf(alex)).toMatchObject({ id: body?.id });
  await declares(samuel, typed);
  expect(await bodyOf(samuel)).toBe(FORESTS);
});

test('a body in which somebody else works is not made a name of another', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [nadia], FORESTS);
  const typed = 'Ministère des Forêts';
  await teams.mustClick(alex, await declares(alex, typed), 'Continuer', { known: typed });
  await declares(samuel, typed);
  const body = await teams.services.belonging.bodyOf(nadia);
  const card = await teams.asks(diane, 'adhésions', staffRoom);
  await teams.mustClick(diane, card, 'Confirmer pour celui-ci', { instead: body?.id }, staffRoom);
  expect([await bodyOf(alex), await bodyOf(samuel)].sort()).toEqual([typed, FORESTS].sort());
});

describe('a body that is more than what somebody typed is not made a name of another:', () => {
  const typed = 'Ministère des Forêts';
  const kept = async () =>
    rowsOf(
      teams.db,
      sql`select name from organizations where name = ${typed}`,
      z.object({ name: z.string() }),
    );
  async function requestedThenMeant(meanwhile: (id: string) => Promise<unknown>) {
    await staffed(teams, diane);
    await colleagues(teams, [nadia], FORESTS);
    await teams.mustClick(alex, await declares(alex, typed), 'Continuer', { known: typed });
    const [made] = await rowsOf(
      teams.db,
      sql`select id from organizations where name = ${typed}`,
      z.object({ id: z.string() }),
    );
    await meanwhile(made?.id ?? '');
    const card = await teams.asks(diane, 'adhésions', staffRoom);
    const body = await teams.services.belonging.bodyOf(nadia);
    return teams.mustClick(diane, card, 'Confirmer pour celui-ci', { instead: body?.id }, staffRoom);
  }

  test('one that the staff put in their register meanwhile', async () => {
    const card = await requestedThenMeant((id) =>
      teams.db.execute(sql`update organizations set registered_at = now() where id = ${id}::uuid`),
    );
    expect(card.plain).toContain(`« ${typed} » reste un organisme à part`);
    expect(await bodyOf(alex)).toBe(FORESTS);
    expect(await kept()).toHaveLength(1);
  });

  test('one that has another name', async () => {
    const card = await requestedThenMeant((id) =>
      teams.db.execute(
        sql`insert into organization_aliases (key, organization_id, name, created_at) values ('mf', ${id}::uuid, 'MF', now())`,
      ),
    );
    expect(card.plain).toContain('reste un organisme à part');
    expect(await kept()).toHaveLength(1);
  });

  test('one where somebody was confirmed, who left it since', async () => {
    await requestedThenMeant(async () => {
      await colleagues(teams, [samuel], typed);
      await colleagues(teams, [samuel], 'Ville de Lévis');
    });
    expect(await kept()).toHaveLength(1);
  });
});

test('a body keeps its members under a new name, and is found by the former one', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [nadia], FORESTS);
  const name = 'Ministère des Ressources naturelles et des Forêts';
  const card = await teams.mustClick(diane, await opened(FORESTS), 'Enregistrer le nom', { name });
  expect(card.words).toContain(FORESTS);
  expect(await bodyOf(nadia)).toBe(name);
  await declares(alex, FORESTS);
  expect(await bodyOf(alex)).toBe(name);
});

test('two who rename the same body at once: the second sees the first’s name', async () => {
  await staffed(teams, diane, samuel);
  await colleagues(teams, [nadia], FORESTS);
  const card = await opened(FORESTS);
  await teams.mustClick(diane, card, 'Enregistrer le nom', { name: 'Forêts' });
  const seen = await teams.formBack(samuel, card, 'Enregistrer le nom', { name: 'Faune' });
  expect(seen.words).toContain('vient de changer ce nom');
  expect(seen.valueOf('name')).toBe('Faune');
  expect(await bodyOf(nadia)).toBe('Forêts');
});

test('a name is one body’s only', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [nadia], FORESTS);
  await colleagues(teams, [samuel], 'Ville de Lévis');
  const card = await opened('Ville de Lévis');
  for (const [button, inputs] of [
    ['Enregistrer le nom', { name: FORESTS }],
    ['Ajouter', { alias: FORESTS }],
  ] as const)
    expect(await teams.refusedClick(diane, card, button, inputs)).toContain(
      'déjà le nom d’un autre organisme',
    );
});

test('an acronym that the staff add leads to its body until they remove it', async () => {
  await staffed(teams, diane);
  await colleagues(teams, [nadia], FORESTS);
  const card = await teams.mustClick(diane, await opened(FORESTS), 'Ajouter', { alias: 'MFFP-Est' });
  await declares(alex, 'mffp est');
  expect(await bodyOf(alex)).toBe(FORESTS);
  await teams.mustClick(diane, card, 'Retirer');
  await declares(samuel, 'mffp est');
  expect(await bodyOf(samuel)).toBe('mffp est');
});

test('clients may neither look at the list of bodies nor change one', async () => {
  await colleagues(teams, [nadia], FORESTS);
  const body = (await teams.services.belonging.bodyOf(nadia))?.id;
  for (const [verb, data] of [
    ['people.bodies', {}],
    ['people.openBody', { body }],
    ['people.renameBody', { body, revision: 1, name: 'Autre' }],
    ['people.addAlias', { body, alias: 'Autre' }],
    ['people.removeAlias', { body, removed: 'Autre' }],
  ] as const)
    expect(await teams.refusedPress(nadia, verb, data)).toContain('introuvable');
  expect(await bodyOf(nadia)).toBe(FORESTS);
});

test('an administrator named with a tenant is one in that tenant only', async () => {
  const { buildPeople } = await import('../../../../src/features/people/roster/store/people.ts');
  const people = buildPeople(teams.db, teams.clock, [`${alex.tenantId}/${alex.objectId}`]);
  expect(await people.may(alex, 'admin')).toBe(true);
  expect(await people.may({ ...alex, tenantId: '99999999-0000-4000-8000-000000000000' }, 'admin')).toBe(
    false,
  );
});
