import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import ExcelJS from 'exceljs';
import { CourtierError } from '../../../src/core/errors.ts';
import { newId } from '../../../src/core/id.ts';
import type { Directory } from '../../../src/core/ports/directory.ts';
import type { Person } from '../../../src/core/turn.ts';
import { compose, confirmed, confirming, preview, settle, WORDS } from '../../support/broadcasts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole, met } from '../../support/organization.ts';
import { admin, alex, channel, diane, nadia, samuel, silentTurn, staffRoom } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const GROUP = '77777777-7777-4777-8777-777777777777';
const STRANGER = 'eeeeeeee-0000-4000-8000-000000000001';

/** Who the directory knows now: what a test changes between two readings. */
const known = { emails: new Map<string, Person>(), members: [] as Person[], silent: false };
const keyOf = ({ tenantId, objectId }: Person) => ({ tenantId, objectId });
const answer = async <T>(value: T): Promise<T> => {
  if (known.silent) throw new Error('Graph answered 503');
  return value;
};
const directory: Directory = {
  findByEmail: (emails) =>
    answer(
      new Map([...known.emails].filter(([email]) => emails.includes(email)).map(([e, p]) => [e, keyOf(p)])),
    ),
  groupsNamed: (name) => answer([{ tenantId: alex.tenantId, id: GROUP, name: `${name} du numérique` }]),
  findGroup: (tenantId, id) =>
    answer(id === GROUP ? { tenantId, id, name: 'Directions du numérique' } : undefined),
  membersOf: (_tenant, _id, most) => answer(known.members.slice(0, most).map(keyOf)),
};

const teams = fakeTeams({ directory, shortGuide: true });
const broadcasts = () => teams.services.broadcasts;
const rows = (table: string) => countOf(teams, sql`${sql.identifier(table)}`);
const received = (person: Person) => teams.received(person, 'broadcasts/message').length;

beforeEach(async () => {
  known.emails = new Map([
    ['alex@ville.example', alex],
    ['nadia@ville.example', nadia],
  ]);
  known.members = [];
  known.silent = false;
  await met(teams, alex, nadia, samuel, diane, admin);
  await giveRole(teams, diane, 'staff');
  for (const person of [alex, nadia, samuel, diane]) await teams.install(person);
  teams.posted.length = 0;
});

async function dropped(lines: readonly string[], name = 'destinataires.csv'): Promise<ShownCard> {
  await teams.drops(diane, { [name]: lines.join('\r\n') });
  return teams.lastCard();
}

/** A notice for the people of a list, up to what is seen before it leaves. */
async function written(report: ShownCard): Promise<ShownCard> {
  const form = await teams.mustClick(diane, report, 'Écrire un avis');
  const aim = await teams.mustClick(diane, form, 'Continuer', WORDS);
  return teams.mustClick(diane, aim, 'Voir avant d’envoyer', {
    groups: '',
  });
}

describe('a file of people', () => {
  test('is checked line by line: unknown, duplicate, unreadable, not installed, each with its number', async () => {
    const card = await dropped([
      'Nom;Courriel ou identifiant',
      'Alex;Alex@Ville.example',
      `Samuel;${samuel.objectId}`,
      'Encore Alex;alex@ville.example',
      'Inconnu;personne@ailleurs.example',
      'Sans rien;',
      `De loin;${STRANGER}`,
    ]);
    expect(card.plain).toContain('2 personnes à qui l’avis peut être envoyé');
    expect(card.plain).toContain('Ligne 4 : Encore Alex ; alex@ville.example (déjà à la ligne 2)');
    expect(card.plain).toContain('Ligne 5 : Inconnu ; personne@ailleurs.example (inconnu)');
    expect(card.plain).toContain('Ligne 6 : Sans rien (ni courriel ni identifiant Entra)');
    expect(card.plain).toContain(`Ligne 7 : De loin ; ${STRANGER} (inconnu)`);
  });

  test('a person without the assistant is told apart from an unknown one', async () => {
    known.emails.set('loin@ville.example', { ...alex, objectId: STRANGER, name: 'Loin' });
    const card = await dropped(['loin@ville.example']);
    expect(card.plain).toContain('1 personne sans Courtier');
    expect(card.plain).toContain('Courtier n’est pas installé');
  });

  test('reaches its people and nobody else, once each', async () => {
    const card = await dropped(['alex@ville.example', samuel.objectId, 'alex@ville.example']);
    const seen = await written(card);
    expect(seen.plain).toContain('les personnes de la liste nº 1 (destinataires.csv)');
    await confirmed(teams, diane, seen);
    await settle(teams);
    await settle(teams);
    expect([alex, samuel, nadia].map(received)).toEqual([1, 1, 0]);
  });

  test('is a workbook as well', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Feuille').addRows([['Courriel'], ['alex@ville.example'], ['nadia@ville.example']]);
    await teams.drops(diane, { 'Destinataires du 3.xlsx': new Uint8Array(await book.xlsx.writeBuffer()) });
    expect(teams.lastCard().plain).toContain('2 personnes à qui l’avis peut être envoyé');
  });

  test('is read again when the notice leaves: whoever has an address then is told', async () => {
    const seen = await written(await dropped(['alex@ville.example', 'relais@ville.example']));
    known.emails.delete('alex@ville.example');
    known.emails.set('relais@ville.example', samuel);
    await confirmed(teams, diane, seen);
    await settle(teams);
    await settle(teams);
    expect([alex, samuel].map(received)).toEqual([0, 1]);
  });

  test('is kept though the directory is silent, and can be checked again', async () => {
    known.silent = true;
    const card = await dropped(['alex@ville.example']);
    expect(card.plain).toContain('L’annuaire ne répond pas');
    expect(card.plain).toContain('1 ligne inconnue');
    known.silent = false;
    const again = await teams.mustClick(diane, card, 'Vérifier de nouveau');
    expect(again.plain).toContain('1 personne à qui l’avis peut être envoyé');
  });

  test('a silent directory holds back a notice that leaves, which goes once it answers', async () => {
    const seen = await written(await dropped(['alex@ville.example']));
    await confirmed(teams, diane, seen);
    known.silent = true;
    const { rows: notices } = await broadcasts().broadcastsPage(1, 1);
    await expect(broadcasts().newcomers(notices[0]?.id ?? '')).rejects.toThrow(CourtierError);
    expect(received(alex)).toBe(0);
    known.silent = false;
    await settle(teams);
    await settle(teams);
    expect(received(alex)).toBe(1);
  });

  test('dropped once and delivered twice is one list', async () => {
    const effect = newId();
    for (const _time of [1, 2])
      await teams.drops(diane, { 'destinataires.csv': 'alex@ville.example' }, undefined, effect);
    expect(await rows('broadcast_lists')).toBe(1);
    expect(await rows('broadcast_list_people')).toBe(1);
  });

  test('is added to a draft that was begun, beside whom it is for', async () => {
    await preview(teams, diane);
    const card = await dropped(['alex@ville.example']);
    const draft = String(card.valueOf('draft'));
    const seen = await teams.mustClick(diane, card, 'Ajouter à l’avis choisi', { draft });
    expect(seen.plain).toContain('tous les abonnés au catalogue');
    expect(seen.plain).toContain('la liste nº 1');
  });

  test('is not added to a notice that left meanwhile', async () => {
    const before = await preview(teams, diane, {}, { groups: 'installed' });
    const card = await dropped(['alex@ville.example']);
    const draft = String(card.valueOf('draft'));
    await confirmed(teams, diane, before);
    const form = await teams.formBack(diane, card, 'Ajouter à l’avis choisi', { draft });
    expect(form.plain).toContain('Cet avis n’est plus un brouillon');
    expect(form.plain).toContain('La liste nº 1');
  });

  test('of a thousand lines is checked in a page', async () => {
    const lines = Array.from({ length: 1_000 }, (_, n) => `personne${n}@ville.example`);
    const card = await dropped([...lines, 'alex@ville.example']);
    expect(card.plain).toContain('1 personne à qui l’avis peut être envoyé');
    expect(card.plain).toContain('Page 1 de 100');
    const next = await teams.mustClick(diane, card, 'Suivante');
    expect(next.plain).toContain('Ligne 11 :');
  });

  test('without anybody in it is refused, and nothing is kept', async () => {
    await teams.drops(diane, { 'destinataires.csv': 'Nom\r\nAlex' });
    expect(teams.lastText()).toContain('aucun courriel ni identifiant Entra');
    expect(await rows('broadcast_lists')).toBe(0);
  });

  test('is taken of the staff only', async () => {
    await teams.drops(alex, { 'destinataires.csv': 'nadia@ville.example' });
    expect(await rows('broadcast_lists')).toBe(0);
  });

  test('shows somebody the lines that are theirs, those of an id alone too, and no other', async () => {
    await dropped(['alex@ville.example', samuel.objectId]);
    const { surDesListes: mine } = await broadcasts().heldOf(samuel);
    expect(mine.map(({ ligne }) => ligne)).toEqual([samuel.objectId]);
    expect((await broadcasts().heldOf(nadia)).surDesListes).toEqual([]);
  });

  test('whoever erases themselves leaves every list; the list stays without whoever gave it', async () => {
    await dropped(['alex@ville.example', samuel.objectId]);
    await teams.db.transaction((tx) => broadcasts().eraseLists(tx, alex));
    await teams.db.transaction((tx) => broadcasts().eraseLists(tx, diane));
    expect(await rows('broadcast_list_people')).toBe(1);
  });
});

describe('a group of Entra', () => {
  async function aimed(): Promise<ShownCard> {
    const form = await compose(teams, diane);
    return teams.mustClick(diane, form, 'Continuer', WORDS);
  }
  const opened = async () =>
    teams.mustClick(diane, await aimed(), 'Choisir des groupes', { groups: 'staffChannel' });
  const found = async () => teams.mustClick(diane, await opened(), 'Chercher', { search: 'Directions' });
  const added = async () => teams.mustClick(diane, await found(), 'Ajouter');
  const seenBefore = async () => {
    const aim = await teams.mustClick(diane, await added(), 'Retour aux destinataires');
    return teams.mustClick(diane, aim, 'Voir avant d’envoyer', { groups: '' });
  };

  test('is found by its name, and its members are told as they are when the notice leaves', async () => {
    known.members = [alex, nadia];
    const seen = await seenBefore();
    expect(seen.plain).toContain('le groupe Entra « Directions du numérique »');
    known.members = [nadia, samuel];
    await confirmed(teams, diane, seen);
    await settle(teams);
    await settle(teams);
    expect([alex, nadia, samuel].map(received)).toEqual([0, 1, 1]);
  });

  test('what was ticked before it was looked for is kept', async () => {
    const aim = await teams.mustClick(diane, await added(), 'Retour aux destinataires');
    expect(aim.valueOf('groups')).toBe('staffChannel');
    expect(aim.plain).toContain('Le groupe Entra « Directions du numérique »');
  });

  test('stands as added, once however often it is pressed, and is taken away again', async () => {
    const card = await found();
    const { verb, data } = card.button('Ajouter');
    await teams.mustPress(diane, verb, data);
    const twice = await teams.mustPress(diane, verb, data);
    expect(twice.plain).toContain('Dans la liste : 1 liste ou groupe');
    expect(twice.offers('Ajouter')).toBe(false);
    const empty = await teams.mustClick(diane, twice, 'Retirer');
    expect(empty.plain).toContain('La liste est vide');
  });

  test('a directory that does not answer leaves the form where it is, as it was filled', async () => {
    const card = await opened();
    known.silent = true;
    const { verb, data } = card.button('Chercher');
    const { card: drawn, word } = await teams.press(diane, verb, { ...data, search: 'Directions' });
    expect(word).toContain('L’annuaire ne répond pas');
    expect(drawn).toBeUndefined();
  });

  test('a card of the release before still finds and adds one', async () => {
    const aim = await aimed();
    const { data } = aim.button('Voir avant d’envoyer');
    const card = await teams.mustPress(diane, 'broadcasts.findGroup', {
      ...data,
      groups: 'staffChannel',
      organizations: '',
      groupName: 'Directions',
    });
    expect(card.offers('Ajouter')).toBe(true);
    const broadcast = String((data as { broadcast: string }).broadcast);
    const former = { broadcast, tenant: alex.tenantId, group: GROUP, form: newId() };
    const after = await teams.mustPress(diane, 'broadcasts.addGroup', former);
    expect(after.plain).toContain('Dans la liste : 1 liste ou groupe');
  });
});

describe('a notice for lists only, stopped before its hour', () => {
  const LATER = { date: '2026-12-01', time: '09:30' };
  async function stopped(): Promise<ShownCard> {
    const seen = await written(await dropped(['alex@ville.example', 'relais@ville.example']));
    await confirmed(teams, diane, seen, LATER);
    const followed = teams.newest(diane, 'broadcasts/progress');
    return teams.mustClick(diane, followed, 'Confirmer l’arrêt');
  }

  test('says that nothing left and that its lists are read again, and goes on to whoever is in them then', async () => {
    const card = await stopped();
    expect(card.plain).toContain(
      'Aucun message n’est parti ; les personnes de ses listes sont relues s’il reprend',
    );
    known.emails.set('relais@ville.example', samuel);
    const confirm = await confirming(teams, diane, card);
    expect(confirm.plain).toContain('Les personnes de ses listes, relues au départ');
    const { verb, data } = confirm.buttonFor('broadcasts.resume');
    await teams.mustPress(diane, verb, data);
    await settle(teams);
    await settle(teams);
    expect([alex, samuel, nadia].map(received)).toEqual([1, 1, 0]);
  });

  test('goes on once, pressed twice', async () => {
    const confirm = await confirming(teams, diane, await stopped());
    const { verb, data } = confirm.buttonFor('broadcasts.resume');
    await teams.mustPress(diane, verb, data);
    await teams.mustPress(diane, verb, data);
    await settle(teams);
    await settle(teams);
    expect(received(alex)).toBe(1);
  });

  test('is not sent before its hour or after it, as long as nobody takes it up again', async () => {
    await stopped();
    teams.clock.advance({ days: 14 });
    await settle(teams);
    expect(received(alex)).toBe(0);
  });

  test('stopped once somebody has it goes on to the others only', async () => {
    const seen = await written(await dropped(['alex@ville.example', 'relais@ville.example']));
    await confirmed(teams, diane, seen);
    await settle(teams);
    await settle(teams);
    const { rows: notices } = await broadcasts().broadcastsPage(1, 1);
    const row = notices[0];
    if (!row) throw new Error('no notice');
    const { broadcast } = await broadcasts().cancel(diane, row.id, row.revision);
    known.emails.set('relais@ville.example', samuel);
    await broadcasts().resume(diane, broadcast.id, broadcast.revision, 'now');
    await settle(teams);
    await settle(teams);
    expect([alex, samuel].map(received)).toEqual([1, 1]);
  });
});

describe('everybody who installed it, and the staff’s own channel', () => {
  beforeEach(async () => {
    await teams.install(channel);
    await teams.install(staffRoom);
    await teams.says(admin, 'désigner ce canal', staffRoom);
    teams.posted.length = 0;
  });
  const inRoom = (place: typeof channel) => teams.received(place, 'broadcasts/message').length;
  async function sent(groups: string): Promise<void> {
    await confirmed(teams, diane, await preview(teams, diane, {}, { groups }));
    await settle(teams);
  }

  test('every person who has it is told, no channel', async () => {
    await sent('installed');
    expect([alex, nadia, samuel, diane].map(received)).toEqual([1, 1, 1, 1]);
    expect(inRoom(channel)).toBe(0);
  });

  test('all channels are not the staff’s', async () => {
    await sent('channels');
    expect([channel, staffRoom].map(inRoom)).toEqual([1, 0]);
  });

  test('the staff’s channel follows the catalogue, and is not told with the other subscribers', async () => {
    const { subscriptions } = teams.services.catalogue;
    teams.setRoster([diane]);
    await subscriptions.subscribe(silentTurn(diane, staffRoom), { kind: 'all', id: 'all' });
    await subscriptions.subscribe(silentTurn(alex), { kind: 'all', id: 'all' });
    await sent('subscribers');
    expect(inRoom(staffRoom)).toBe(0);
    expect(received(alex)).toBe(1);
  });

  test('the staff’s channel is told when it is ticked', async () => {
    await sent('channels,staffChannel');
    expect([channel, staffRoom].map(inRoom)).toEqual([1, 1]);
  });
});
