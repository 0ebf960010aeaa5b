import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { typeset } from '../../../src/core/text/text.ts';
import { confirmed, confirming, preview as previewOf, settle, WORDS } from '../../support/broadcasts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues, giveRole, MINISTRY, met, staffed } from '../../support/organization.ts';
import { admin, alex, channel, diane, nadia, samuel, staffRoom } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import { traces } from '../../support/together.ts';

// Where a second person must approve.
const teams = fakeTeams({ approval: true });
let preview: ShownCard;

beforeEach(async () => {
  await met(teams, diane, samuel, admin, alex);
  await teams.install(channel);
  await staffed(teams, diane, samuel);
  const shown = await previewOf(teams, diane, {}, { groups: 'channels' });
  preview = await confirmed(teams, diane, shown);
  await teams.runJobs();
});

const LATER = { date: '2026-12-01', time: '10:00' };
const received = () => teams.received(channel, 'broadcasts/message');
const words = () => received().map((card) => card.plain);
const broadcast = async () => {
  const { rows } = await teams.services.broadcasts.broadcastsPage(1, 1);
  if (!rows[0]) throw new Error('no broadcast');
  return rows[0];
};
/** Approved by the administrator, and sent. */
async function sent(): Promise<ShownCard> {
  await teams.mustClick(admin, preview, 'Approuver et envoyer');
  await settle(teams);
  return teams.newest(admin, 'broadcasts/progress');
}
/** Somebody proposes other words for what was sent. */
async function proposed(by = diane, text = 'Le guide est à jour, **enfin**.'): Promise<ShownCard> {
  const form = await teams.mustPress(by, 'broadcasts.edit', { broadcast: (await broadcast()).id });
  const card = await teams.mustClick(by, form, 'Corriger', { ...WORDS, text });
  await teams.runJobs();
  return card;
}

describe('a notice', () => {
  test('does not leave before somebody else approved it', () => {
    expect(preview.plain).toContain('Avis à approuver');
    expect(received()).toHaveLength(0);
  });

  test('is shown to the staff’s channel, and another member approves it there', async () => {
    const card = teams.newest(staffRoom);
    expect(card.plain).toContain('Rédigé par Diane Tremblay.');
    await teams.click(admin, card, 'Approuver et envoyer', {}, staffRoom);
    await teams.runJobs();
    expect(received()).toHaveLength(1);
  });

  test('says in words for whom it is', () => {
    expect(preview.plain).toContain(
      'Destinataires choisis : tous les canaux où Courtier est installé, sauf celui de l’équipe.',
    );
  });

  test('names the bodies that it is for', async () => {
    await colleagues(teams, [alex]);
    const {
      items: [body],
    } = await teams.services.organizations.bodiesToChoose({ sought: '' }, 1, 1);
    const shown = await previewOf(teams, diane, {}, { groups: '', organizations: body?.id ?? '' });
    expect(shown.plain).toContain(`les membres confirmés de ${typeset(MINISTRY)}`);
  });

  test('says when it would leave, and leaves then only if that still holds', async () => {
    const draft = await teams.mustClick(admin, preview, 'Renvoyer');
    const waiting = await confirmed(teams, diane, draft, LATER);
    expect(waiting.plain).toContain('Départ : le 1er décembre 2026 à 10 h');
    teams.clock.advance({ days: 14 });
    const again = await teams.mustClick(admin, waiting, 'Approuver et programmer');
    expect(again.plain).toContain('L’heure demandée est passée.');
    await settle(teams);
    expect(received()).toHaveLength(0);
    await teams.mustClick(admin, again, 'Approuver et envoyer');
    await settle(teams);
    expect(received()).toHaveLength(1);
  });

  test('that was stopped goes on as it was approved, and not before the hour that was approved', async () => {
    const draft = await teams.mustClick(admin, preview, 'Renvoyer');
    const waiting = await confirmed(teams, diane, draft, LATER);
    const followed = await teams.mustClick(admin, waiting, 'Approuver et programmer');
    const stopped = await teams.mustClick(diane, followed, 'Confirmer l’arrêt');
    const form = await teams.formBack(diane, stopped, 'Continuer', { date: '', time: '' });
    expect(form.plain).toContain('L’heure approuvée n’est pas venue');
    const later = { date: '2026-12-02', time: '10:00' };
    await teams.mustClick(diane, await confirming(teams, diane, stopped, later), 'Envoyer le');
    teams.clock.advance({ days: 14 });
    await settle(teams);
    expect(received()).toHaveLength(1);
  });

  test('is not approved by its author', async () => {
    const word = await teams.refusedClick(diane, preview, 'Approuver et envoyer');
    expect(word).toContain('Vous avez écrit une partie de cet avis');
    await teams.runJobs();
    expect(received()).toHaveLength(0);
  });

  test('is not approved by a client', async () => {
    const word = await teams.refusedClick(alex, preview, 'Approuver et envoyer');
    expect(word).toContain('introuvable');
  });

  test('approved by two at once is sent once', async () => {
    await Promise.all([1, 2].map(() => teams.click(admin, preview, 'Approuver et envoyer')));
    await teams.runJobs();
    expect(received()).toHaveLength(1);
  });

  test('approved by two people at once has one approver', async () => {
    await Promise.all([admin, samuel].map((each) => teams.click(each, preview, 'Approuver et envoyer')));
    await settle(teams);
    expect(received()).toHaveLength(1);
    expect(await traces(teams, 'broadcast.approve')).toBe(1);
  });

  test('tells its author that it was approved', async () => {
    await sent();
    expect(teams.newest(diane, 'broadcasts/progress').plain).toContain('Approuvé par une autre personne');
  });

  test('that somebody changed behind the approval does not leave', async () => {
    await teams.mustClick(admin, preview, 'Approuver et envoyer');
    // As code of the release before does, which knows no fingerprint.
    await teams.db.execute(sql`update broadcasts set text = 'Autre chose.'`);
    await settle(teams);
    expect(received()).toHaveLength(0);
  });
});

describe.each([
  ['its words', 'Modifier le texte', 'Continuer', { ...WORDS, title: 'Autre titre' }],
  [
    'its audience',
    'Destinataires',
    'Voir avant d’envoyer',
    { groups: 'channels,subscribers', organizations: '' },
  ],
  ['its hour', undefined, 'Continuer', { date: '2026-12-01', time: '10:00' }],
])('whoever changed %s', (_what, opens, button, inputs) => {
  test('is no approver of it, even of another’s notice', async () => {
    const draft = await teams.mustClick(admin, preview, 'Renvoyer');
    const form = opens ? await teams.mustClick(samuel, draft, opens) : draft;
    await teams.mustClick(samuel, form, button, inputs);
    const { id, revision } = await broadcast();
    await teams.services.broadcasts.submit(samuel, id, revision);
    const waiting = await teams.mustPress(samuel, 'broadcasts.open', { broadcast: (await broadcast()).id });
    for (const writer of [samuel, diane])
      expect(await teams.refusedClick(writer, waiting, 'Approuver et')).toContain('Vous avez écrit');
    await teams.mustClick(admin, waiting, 'Approuver et');
    expect(await broadcast()).toMatchObject({ state: 'released', approverName: admin.name });
  });
});

test('a notice that waits for a body merged into another is for that other, once it is seen and approved anew', async () => {
  const CITY = 'Ville de Rivière-Noire';
  await colleagues(teams, [alex], CITY);
  await colleagues(teams, [nadia], MINISTRY);
  const [from, into] = [
    await teams.services.organizations.bodyNamed(CITY),
    await teams.services.organizations.bodyNamed(MINISTRY),
  ];
  if (!from || !into) throw new Error('no body');
  const shown = await previewOf(teams, diane, {}, { groups: '', organizations: from.id });
  const waiting = await confirmed(teams, diane, shown);
  await teams.db.transaction((tx) => teams.services.house.merge(tx, from.id, into.id));
  const again = await teams.mustClick(admin, waiting, 'Approuver et');
  expect(again.plain).toContain('Cet avis a changé entre-temps.');
  expect(again.plain).toContain(typeset(MINISTRY));
  const id = String(again.buttonFor('broadcasts.approve').data.broadcast);
  const row = () => teams.services.broadcasts.findBroadcast(id);
  expect((await row()).state).toBe('awaiting');
  await teams.mustClick(admin, again, 'Approuver et');
  expect(await row()).toMatchObject({ state: 'released', audience: { organizations: [into.id] } });
});

describe('given back', () => {
  test('its author is told, with what is to change', async () => {
    await teams.mustClick(samuel, preview, 'Renvoyer', { comment: 'Ajoutez la *date*.' });
    await teams.runJobs();
    const card = teams.newest(diane, 'broadcasts/preview');
    expect(card.plain).toContain('Samuel Roy demande de le revoir : « Ajoutez la *date*. »');
    expect((await teams.mustClick(diane, card, 'Modifier le texte')).template).toBe('broadcasts/compose');
  });

  test('without a word, it says who wants it seen again', async () => {
    await teams.mustClick(samuel, preview, 'Renvoyer');
    await teams.runJobs();
    expect(teams.newest(diane, 'broadcasts/preview').plain).toContain('Samuel Roy demande de le revoir.');
  });

  test('and changed, the comment is of another text and shows no more', async () => {
    const card = await teams.mustClick(samuel, preview, 'Renvoyer', { comment: 'Ajoutez la date.' });
    const form = await teams.mustClick(diane, card, 'Modifier le texte');
    await teams.mustClick(diane, form, 'Continuer', { ...WORDS, title: 'Daté' });
    const shown = await teams.mustPress(diane, 'broadcasts.open', { broadcast: (await broadcast()).id });
    expect(shown.plain).not.toContain('Ajoutez la date');
  });

  test('a client gives nothing back', async () => {
    expect(await teams.refusedClick(alex, preview, 'Renvoyer')).toContain('introuvable');
  });
});

describe('a correction of what was sent', () => {
  test('changes nothing before somebody else approved it', async () => {
    await sent();
    const card = await proposed();
    expect(card.plain).toContain('Correction à approuver');
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('Le **guide** est à jour.')]);
    expect((await broadcast()).edition).toBe(1);
  });

  test('is shown to the staff’s channel beside what it replaces, with whom it reaches', async () => {
    await sent();
    await proposed();
    const { plain } = teams.newest(staffRoom, 'broadcasts/correction');
    for (const told of ['Le guide est à jour, **enfin**.', 'Le **guide** est à jour.', 'tous les canaux'])
      expect(plain).toContain(told);
  });

  test('is approved by somebody who wrote no part of it, and made everywhere', async () => {
    await sent();
    await proposed(diane, 'Le guide est à jour, enfin presque.');
    const card = await proposed(samuel);
    for (const writer of [diane, samuel])
      expect(await teams.refusedClick(writer, card, 'Approuver la correction')).toContain('Vous avez écrit');
    expect(await teams.refusedClick(alex, card, 'Approuver la correction')).toContain('introuvable');
    await teams.mustClick(admin, card, 'Approuver la correction');
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('enfin')]);
    expect(teams.newest(samuel, 'broadcasts/progress').plain).toContain('Approuvé par une autre personne');
  });

  test('is approved in a team of two by whoever wrote the notice, and so is the next by the other', async () => {
    await sent();
    await teams.mustClick(diane, await proposed(samuel), 'Approuver la correction');
    await teams.mustClick(samuel, await proposed(diane, 'Daté.'), 'Approuver la correction');
    await teams.mustClick(samuel, await proposed(diane, 'Daté deux fois.'), 'Abandonner');
    await teams.mustClick(diane, await proposed(samuel, 'Daté du jour.'), 'Approuver la correction');
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('Daté du jour.')]);
    expect((await broadcast()).edition).toBe(4);
  });

  test('given back, whoever wrote it is told why, and changes it', async () => {
    await sent();
    await teams.mustClick(admin, await proposed(), 'Renvoyer', { comment: 'Dites la date.' });
    await teams.runJobs();
    const card = teams.newest(diane, 'broadcasts/correction');
    expect(card.plain).toContain('demande de le revoir : « Dites la date. »');
    expect(card.plain).not.toContain('Approuvé');
    const form = await teams.mustClick(diane, card, 'Modifier la correction');
    await teams.mustClick(diane, form, 'Corriger', { ...WORDS, text: 'Daté.' });
    await teams.mustPress(admin, 'broadcasts.acceptCorrection', {
      broadcast: (await broadcast()).id,
      revision: (await broadcast()).revision,
    });
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('Daté.')]);
  });

  test('that another was written before comes back as it was typed, beside that other', async () => {
    await sent();
    const form = await teams.mustPress(diane, 'broadcasts.edit', { broadcast: (await broadcast()).id });
    await proposed(samuel, 'Le mot de Samuel.');
    const typed = { ...WORDS, text: 'Le mot de Diane.' };
    const back = await teams.formBack(diane, form, 'Corriger', typed);
    expect(back.plain).toContain('Le mot de Samuel.');
    expect(back.valueOf('text')).toBe('Le mot de Diane.');
    expect((await teams.mustClick(diane, back, 'Corriger', typed)).plain).toContain('Le mot de Diane.');
  });

  test('an old button of it, once the notice is withdrawn, shows the notice as it stands', async () => {
    const { id } = await broadcast();
    await sent();
    const card = await proposed();
    const { revision } = await broadcast();
    await teams.mustPress(diane, 'broadcasts.withdraw', { broadcast: id, revision });
    const now = await teams.mustPress(admin, 'broadcasts.correction', { broadcast: id });
    expect(now.plain).toContain('Cet avis a changé entre-temps.');
    expect((await teams.mustClick(diane, card, 'Modifier la correction')).plain).toContain('Retiré');
  });

  test('waits for the staff until it is given back, and again once it is changed', async () => {
    await sent();
    const waiting = async () => (await teams.services.broadcasts.waits()).map(({ title }) => title);
    const card = await proposed();
    expect(await waiting()).toEqual(['Correction de l’avis nº 1']);
    await teams.mustClick(admin, card, 'Renvoyer', { comment: 'Dites la date.' });
    expect(await waiting()).toEqual([]);
    await proposed(diane, 'Daté.');
    expect(await waiting()).toEqual(['Correction de l’avis nº 1']);
  });

  test('given back, given up and proposed again waits for the staff, without what was said before', async () => {
    await sent();
    const waiting = async () => (await teams.services.broadcasts.waits()).map(({ title }) => title);
    const back = await teams.mustClick(admin, await proposed(), 'Renvoyer', { comment: 'Dites la date.' });
    await teams.mustClick(diane, back, 'Abandonner');
    teams.clock.advance({ minutes: 1 });
    const again = await proposed();
    expect(again.plain).toContain('Correction à approuver');
    expect(again.plain).not.toContain('Dites la date.');
    expect(await waiting()).toEqual(['Correction de l’avis nº 1']);
  });

  test('given back, its author asks again with the same words', async () => {
    await sent();
    await teams.mustClick(admin, await proposed(), 'Renvoyer', { comment: 'Dites la date.' });
    teams.clock.advance({ minutes: 1 });
    const shown = teams.received(staffRoom, 'broadcasts/correction').length;
    expect((await proposed()).plain).toContain('Correction à approuver');
    expect(teams.received(staffRoom, 'broadcasts/correction')).toHaveLength(shown + 1);
    expect(await teams.services.broadcasts.waits()).toHaveLength(1);
    await proposed();
    expect(await traces(teams, 'broadcast.propose')).toBe(2);
  });

  test('given up, what was approved stays', async () => {
    await sent();
    await teams.mustClick(diane, await proposed(), 'Abandonner');
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('Le **guide** est à jour.')]);
    expect(await teams.services.broadcasts.correctionOf((await broadcast()).id)).toBeUndefined();
  });

  test('changed while somebody looks at it is not approved as it was', async () => {
    await sent();
    const seen = await proposed();
    await proposed(diane, 'Tout autre chose.');
    const card = await teams.mustClick(admin, seen, 'Approuver la correction');
    expect(card.plain).toContain('a changé entre-temps');
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('Le **guide** est à jour.')]);
  });

  test('approved by two at once is made once', async () => {
    await sent();
    const card = await proposed();
    await Promise.all([admin, samuel].map((each) => teams.click(each, card, 'Approuver la correction')));
    await settle(teams);
    expect((await broadcast()).edition).toBe(2);
    expect(await traces(teams, 'broadcast.accept')).toBe(1);
  });

  test('of a notice that has not left yet leaves with it only once it is approved', async () => {
    const draft = await teams.mustClick(admin, preview, 'Renvoyer');
    const waiting = await confirmed(teams, diane, draft, LATER);
    await teams.mustClick(admin, waiting, 'Approuver et programmer');
    await proposed();
    teams.clock.advance({ days: 14 });
    await settle(teams);
    expect(words()).toEqual([expect.stringContaining('Le **guide** est à jour.')]);
  });
});

describe('where nothing changed, the trail says nothing', () => {
  test('of a draft that is written again as it is', async () => {
    const draft = await teams.mustClick(admin, preview, 'Renvoyer');
    const before = await traces(teams, 'broadcast.edit');
    const form = await teams.mustClick(samuel, draft, 'Modifier le texte');
    await teams.mustClick(samuel, form, 'Continuer', { ...WORDS });
    const aim = await teams.mustPress(samuel, 'broadcasts.aim', { broadcast: (await broadcast()).id });
    await teams.mustClick(samuel, aim, 'Voir avant d’envoyer', { groups: 'channels', organizations: '' });
    expect(await traces(teams, 'broadcast.edit')).toBe(before);
  });

  test('of a correction with the same words', async () => {
    await sent();
    const form = await teams.mustPress(diane, 'broadcasts.edit', { broadcast: (await broadcast()).id });
    await teams.mustClick(diane, form, 'Corriger', { ...WORDS });
    expect(await traces(teams, 'broadcast.propose')).toBe(0);
  });

  test('of a sending again to nobody', async () => {
    await sent();
    const word = await teams.refusedPress(admin, 'broadcasts.resend', {
      broadcast: (await broadcast()).id,
      which: 'failed',
    });
    expect(word).toContain('personne à qui le renvoyer');
    expect(await traces(teams, 'broadcast.resend.failed')).toBe(0);
  });

  test('of a stranger’s attempts', async () => {
    const count = async () => (await teams.services.audit.auditOf(nadia)).length;
    await giveRole(teams, nadia, 'client');
    for (const button of ['Approuver et envoyer', 'Renvoyer', 'Abandonner l’avis'])
      await teams.refusedClick(nadia, preview, button);
    expect(await count()).toBe(0);
  });
});
