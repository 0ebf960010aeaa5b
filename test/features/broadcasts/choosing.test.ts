import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { typeset } from '../../../src/core/text/text.ts';
import { compose, confirmed, preview, settle, WORDS } from '../../support/broadcasts.ts';
import { samples } from '../../support/catalogue.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aSupplier } from '../../support/fiches.ts';
import { colleagues, giveRole, MINISTRY, met } from '../../support/organization.ts';
import { admin, alex, channel, diane, nadia, samuel } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import { askedBy, countStatements } from '../../support/statements.ts';

const teams = fakeTeams({ shortGuide: true });
const TOWNS = 1_000;

beforeEach(async () => {
  await met(teams, alex, nadia, samuel, diane, admin);
  await giveRole(teams, diane, 'staff');
  await colleagues(teams, [alex]);
  await teams.db.execute(sql`
    insert into organizations (id, key, name, created_at)
    select gen_random_uuid(), 'ville ' || n, 'Ville ' || n, now() from generate_series(1, ${TOWNS}) n`);
  teams.posted.length = 0;
});

const aimed = async () => teams.mustClick(diane, await compose(teams, diane), 'Continuer', WORDS);
const organizations = async (groups = 'channels') =>
  teams.mustClick(diane, await aimed(), 'Choisir des organisations', { groups });
const sought = (card: ShownCard, text: string) => teams.mustClick(diane, card, 'Chercher', { search: text });
const chosen = async (...names: readonly string[]) => {
  let card = await organizations();
  for (const name of names) card = await teams.mustClick(diane, await sought(card, name), 'Ajouter');
  return card;
};
const back = (card: ShownCard) => teams.mustClick(diane, card, 'Retour aux destinataires');

describe('the bodies of a notice, among a thousand', () => {
  test('are found by a few letters without accents, a page of six at a time', async () => {
    const card = await sought(await organizations(), 'energie');
    expect(card.plain).toContain(typeset(MINISTRY));
    const towns = await sought(card, 'ville 99');
    expect(towns.plain).toContain('Page 1 de 4');
    expect((await teams.mustClick(diane, towns, 'Suivante')).plain).toContain('Ville 99\n');
  });

  test('stand as a list, and reach their members and nobody else', async () => {
    const card = await chosen('energie', 'ville 998');
    expect(card.plain).toContain('Dans la liste : 2 organisations');
    const seen = await teams.mustClick(diane, await back(card), 'Voir avant d’envoyer', { groups: '' });
    expect(seen.plain).toContain(typeset(`les membres confirmés de ${MINISTRY}, Ville 998`));
    await confirmed(teams, diane, seen);
    await settle(teams);
    expect([alex, nadia].map((person) => teams.received(person, 'broadcasts/message').length)).toEqual([
      1, 0,
    ]);
  });

  test('are kept, with what was ticked before, when the form is left and taken up again', async () => {
    await chosen('ville 998');
    const list = await teams.asks(diane, 'diffuser');
    const draft = await teams.mustClick(diane, list, WORDS.title);
    const aim = await teams.mustClick(diane, draft, 'Destinataires');
    expect(aim.plain).toContain('Ville 998');
    expect(aim.valueOf('groups')).toBe('channels');
  });

  test('are added once however often it is pressed, and taken away again', async () => {
    const card = await sought(await organizations(), 'ville 998');
    const { verb, data } = card.button('Ajouter');
    await teams.mustPress(diane, verb, data);
    const twice = await teams.mustPress(diane, verb, data);
    expect(twice.plain).toContain('Dans la liste : 1 organisation');
    const gone = await teams.mustClick(diane, twice, 'Retirer');
    expect(gone.plain).toContain('La liste est vide');
    const { verb: remove, data: same } = twice.button('Retirer');
    expect((await teams.mustPress(diane, remove, same)).plain).toContain('La liste est vide');
  });

  test('of two of the team who choose at once, neither takes anything from the other', async () => {
    const card = await organizations();
    const hers = await sought(card, 'ville 998');
    const his = await sought(card, 'ville 997');
    await teams.mustClick(diane, hers, 'Ajouter');
    const after = await teams.mustClick(admin, his, 'Ajouter');
    expect(after.plain).toContain('Dans la liste : 2 organisations');
  });

  test('are pasted as names, a line each; a name of nobody’s comes back as typed, with what is near', async () => {
    const card = await organizations();
    const names = `Ville 998\n${MINISTRY}s`;
    const form = await teams.formBack(diane, card, 'Ajouter ces noms', { names });
    expect(form.plain).toContain('peut-être « Ministère de l’Énergie »');
    expect(form.valueOf('names')).toBe(names);
    const added = await teams.mustClick(diane, form, 'Ajouter ces noms', {
      names: `${MINISTRY.toUpperCase()}\n\nVille 998\nville 998`,
    });
    expect(added.plain).toContain('Dans la liste : 2 organisations');
  });

  test('a hundred of them are paged, and ask the database no more than six', async () => {
    const stop = countStatements();
    const card = await organizations();
    const few = await askedBy(() => sought(card, 'ville'));
    const names = Array.from({ length: 100 }, (_, n) => `Ville ${n + 1}`).join('\n');
    const many = await teams.mustClick(diane, card, 'Ajouter ces noms', { names });
    expect(many.plain).toContain('Page 1 de 17 · 100 organisations');
    const after = await askedBy(() => sought(many, 'ville'));
    stop();
    expect(after.statements).toBe(few.statements);
  });

  test('of a notice that left meanwhile nothing is chosen any more: it is shown as it stands', async () => {
    await teams.install(channel);
    const card = await sought(await organizations(), 'ville 998');
    const aim = await back(card);
    await confirmed(
      teams,
      diane,
      await teams.mustClick(diane, aim, 'Voir avant d’envoyer', { groups: 'channels' }),
    );
    const late = await teams.mustClick(diane, card, 'Ajouter');
    expect(late.template).toBe('broadcasts/progress');
  });

  test('a notice whose last recipient was taken away is not sent to nobody: that is said', async () => {
    const card = await chosen('ville 998');
    const seen = await teams.mustClick(diane, await back(card), 'Voir avant d’envoyer', { groups: '' });
    const again = await teams.mustClick(
      diane,
      await teams.mustClick(diane, seen, 'Destinataires'),
      'Choisir des organisations',
      {
        groups: '',
      },
    );
    await teams.mustClick(diane, again, 'Retirer');
    const list = await teams.asks(diane, 'diffuser');
    const draft = await teams.mustClick(diane, list, WORDS.title);
    const refused = await teams.formBack(diane, draft, 'Continuer', { date: '', time: '' });
    expect(refused.plain).toContain('Choisissez au moins un groupe de destinataires');
  });

  test('a body that is none is refused, and so is somebody of no team', async () => {
    const { verb, data } = (await sought(await organizations(), 'ville 998')).button('Ajouter');
    const { word } = await teams.press(diane, verb, { ...data, id: 'personne' });
    expect(word).not.toBe('');
    expect((await teams.press(nadia, verb, data)).card).toBeUndefined();
    await giveRole(teams, diane, 'client');
    expect((await teams.press(diane, verb, data)).card).toBeUndefined();
  });
});

describe('the suppliers of a notice, among two hundred', () => {
  beforeEach(async () => {
    await teams.services.catalogue.publication.publish(
      [...samples, ...Array.from({ length: 200 }, (_, n) => aSupplier(`nuage-${n + 1}`))],
      'command',
    );
  });
  const suppliers = async () =>
    teams.mustClick(diane, await aimed(), 'Choisir des fournisseurs', { groups: 'subscribers' });

  test('are found by a few letters, stand as a list, and are what the notice is about', async () => {
    const added = await teams.mustClick(diane, await sought(await suppliers(), 'nordet'), 'Ajouter');
    expect(added.plain).toContain('Dans la liste : 1 fournisseur');
    const aim = await back(added);
    expect(aim.plain).toContain('Nordet');
    const seen = await teams.mustClick(diane, aim, 'Voir avant d’envoyer', { groups: 'subscribers' });
    expect(seen.plain).toContain('les abonnés à tout, ou à ce que l’avis concerne');
  });

  test('stay when the words are changed, and go with a copy', async () => {
    const added = await teams.mustClick(diane, await sought(await suppliers(), 'nordet'), 'Ajouter');
    const words = await teams.mustClick(diane, await back(added), 'Modifier le texte');
    const aim = await teams.mustClick(diane, words, 'Continuer', { ...WORDS, title: 'Autre titre' });
    expect(aim.plain).toContain('Nordet');
    const list = await teams.asks(diane, 'diffuser');
    const draft = await teams.mustClick(diane, list, 'Autre titre');
    const { data } = draft.button('Destinataires');
    const copy = await teams.mustPress(diane, 'broadcasts.duplicate', data);
    expect((await teams.mustClick(diane, copy, 'Continuer', { ...WORDS, title: 'Copie' })).plain).toContain(
      'Nordet',
    );
  });

  test('a card of the release before, which asks them with the words, is still taken', async () => {
    const seen = await preview(teams, diane, { suppliers: 'nordet' });
    expect(seen.plain).toContain('Nordet');
  });
});
