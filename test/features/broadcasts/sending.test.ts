import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download } from '../../../src/app/doors.ts';
import { DeliveryError } from '../../../src/core/errors.ts';
import { broadcasting, confirmed, LATER, settle, WORDS } from '../../support/broadcasts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole } from '../../support/organization.ts';
import { alex, channel, diane, nadia, samuel, silentTurn, staffRoom } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import { traces } from '../../support/together.ts';

const teams = fakeTeams();
const { setUp, subscribers, unsubscribes, drafted, asked, sent, progress, received } = broadcasting(teams);

beforeEach(setUp);

describe('while it leaves and afterwards', () => {
  beforeEach(subscribers);

  test('a card of its own follows it and ends with the counts', async () => {
    const card = await sent();
    expect(card.plain).toContain('Envoyés 3');
    expect(card.plain).toContain('3 sur 3.');
  });

  test('that ends while the card is redrawn, or just after, is still shown ended', async () => {
    await confirmed(teams, diane, await drafted());
    // The card goes before what goes to many: drawn while they wait, it is posted as they leave.
    await teams.runJobs();
    expect(received()).toHaveLength(1);
    expect(progress().plain).not.toContain('3 sur 3.');
    await settle(teams);
    expect(progress().plain).toContain('3 sur 3.');
  });

  test('that ends before its card may be redrawn again is shown ended a little later', async () => {
    await confirmed(teams, diane, await drafted());
    const [following] = await teams.jobs.waiting();
    await teams.runJobs();
    // Asked for once more within the same seconds, and everything has left.
    await teams.jobs.take();
    await teams.jobs.put({ name: following?.name ?? '', payload: following?.payload ?? {} });
    await teams.runJobs();
    await settle(teams);
    expect(progress().plain).toContain('3 sur 3.');
  });

  test('whose end Teams did not take is shown ended once it does; a card that is gone is left', async () => {
    await confirmed(teams, diane, await drafted());
    const { update } = teams.messenger;
    const redraw = jest.spyOn(teams.messenger, 'update');
    redraw.mockRejectedValue(new DeliveryError('retry', 'throttled'));
    await settle(teams);
    expect(progress().plain).not.toContain('3 sur 3.');
    redraw.mockReset().mockImplementation(update);
    await settle(teams);
    expect(progress().plain).toContain('3 sur 3.');
    redraw.mockRestore();

    await confirmed(teams, diane, await drafted({ title: 'Un autre avis' }));
    const gone = jest.spyOn(teams.messenger, 'update');
    gone.mockRejectedValue(new DeliveryError('dead', 'gone'));
    await settle(teams);
    expect(await teams.jobs.waiting('broadcasts.follow')).toEqual([]);
    gone.mockRestore();
  });

  test('a failure is listed with its reason, and sent again only to those who lack it', async () => {
    await confirmed(teams, diane, await drafted());
    const following = await teams.jobs.take();
    teams.failures.push(new DeliveryError('unknown', 'noAnswer'));
    await teams.runJobs();
    await teams.jobs.put(...following);
    await settle(teams);
    const card = progress();
    expect(card.plain).toContain('Incertains 1');
    const list = await teams.mustClick(diane, card, 'Qui ne l’a pas reçu');
    expect(list.plain).toContain('Teams n’a pas confirmé la réception.');
    const ask = await teams.mustClick(diane, list, 'Renvoyer');
    expect(ask.plain).toContain('pourraient recevoir l’avis deux fois');
    await teams.click(diane, ask, 'Renvoyer aux incertains');
    await settle(teams);
    expect(progress().plain).toContain('Envoyés 3');
    for (const place of [alex, nadia, channel]) expect(received(place)).toHaveLength(1);
  });

  test('a failure is not sent again to those whom it concerns no more', async () => {
    await confirmed(teams, diane, await drafted());
    teams.failures.push(...[1, 2, 3].map(() => new DeliveryError('dead', 'refused')));
    await settle(teams);
    const [row] = (await teams.services.broadcasts.broadcastsPage(1, 1)).rows;
    const again = { broadcast: row?.id, which: 'failed' };
    await unsubscribes(alex);
    await teams.press(diane, 'broadcasts.resend', again);
    await settle(teams);
    expect(received()).toHaveLength(0);
    expect(received(nadia)).toHaveLength(1);
    expect(await teams.refusedPress(diane, 'broadcasts.resend', again)).toContain('personne à qui');
  });

  test('stopped before its hour, nobody receives it', async () => {
    const followed = await confirmed(teams, diane, await drafted(), LATER);
    const stopped = await teams.mustClick(diane, followed, 'Confirmer l’arrêt');
    expect(stopped.plain).toContain('Envoi arrêté');
    expect(stopped.plain).toContain('Aucun message n’est parti ; 3 destinataires n’ont rien reçu.');
    teams.clock.advance({ days: 10 });
    await teams.runJobs();
    expect(received()).toHaveLength(0);
  });

  test('a stop that comes once all of it has left changes nothing, and says so', async () => {
    const followed = await confirmed(teams, diane, await drafted());
    await settle(teams);
    const card = await teams.mustClick(diane, followed, 'Confirmer l’arrêt');
    expect(card.plain).toContain('Tout est déjà parti.');
    expect(card.offers('Corriger')).toBe(true);
    expect((await teams.services.broadcasts.broadcastsPage(1, 1)).rows[0]?.state).toBe('released');
    expect(await traces(teams, 'broadcast.cancel')).toBe(0);
  });

  test('a stop while Teams has not answered for the last ones stands: they may come back', async () => {
    const followed = await confirmed(teams, diane, await drafted());
    await settle(teams);
    await teams.db.execute(sql`update deliveries set state = 'sending' where id =
      (select id from deliveries where notice like 'broadcast:%' and state = 'sent' limit 1)`);
    await teams.click(diane, followed, 'Confirmer l’arrêt');
    expect((await teams.services.broadcasts.broadcastsPage(1, 1)).rows[0]?.state).toBe('cancelled');
  });

  test('a correction changes every message in place', async () => {
    const card = await sent();
    const form = await teams.mustClick(diane, card, 'Corriger');
    await teams.click(diane, form, 'Corriger', {
      ...WORDS,
      text: 'Le guide le sera **demain**.',
    });
    await settle(teams);
    for (const place of [alex, nadia, channel]) {
      expect(received(place)).toHaveLength(1);
      expect(received(place)[0]?.plain).toContain('demain');
    }
    expect(progress().plain).toContain('3 messages corrigés, 0 à faire.');
  });

  test('a correction that a colleague was faster with comes back as it was typed, beside what they wrote', async () => {
    await giveRole(teams, samuel, 'staff');
    const card = await sent();
    const [first, second] = [
      await teams.mustClick(diane, card, 'Corriger'),
      await teams.mustClick(samuel, card, 'Corriger'),
    ];
    await teams.mustClick(samuel, second, 'Corriger', { ...WORDS, text: 'Le mot de Samuel.' });
    const typed = { ...WORDS, text: 'Le mot de Diane.' };
    const form = await teams.formBack(diane, first, 'Corriger', typed);
    expect(form.plain).toContain('Cet avis a changé entre-temps.');
    expect(form.plain).toContain('Le mot de Samuel.');
    expect(form.valueOf('text')).toBe('Le mot de Diane.');
    await teams.mustClick(diane, form, 'Corriger', typed);
    await settle(teams);
    expect(received()[0]?.plain).toContain('Le mot de Diane.');
  });

  test('the same correction sent again is shown made', async () => {
    const form = await teams.mustClick(diane, await sent(), 'Corriger');
    const typed = { ...WORDS, text: 'Corrigé.' };
    await teams.mustClick(diane, form, 'Corriger', typed);
    expect((await teams.mustClick(diane, form, 'Corriger', typed)).template).toBe('broadcasts/progress');
  });

  test('a correction of what was withdrawn meanwhile is shown as it stands, with what was typed', async () => {
    const card = await sent();
    const form = await teams.mustClick(diane, card, 'Corriger');
    await teams.mustClick(diane, card, 'Confirmer le retrait');
    const back = await teams.formBack(diane, form, 'Corriger', { ...WORDS, text: 'Le mot de Diane.' });
    expect(back.plain).toContain('Ce que vous aviez écrit');
    expect(back.plain).toContain('Le mot de Diane.');
    expect(back.plain).toContain('Retiré');
  });

  test('an old button of the words, once it was withdrawn, shows it as it stands', async () => {
    const card = await sent();
    await teams.mustClick(diane, card, 'Confirmer le retrait');
    const now = await teams.mustClick(diane, card, 'Corriger');
    expect(now.plain).toContain('Cet avis a changé entre-temps.');
    expect(now.plain).toContain('Retiré');
  });

  test('a notice of one message agrees with one', async () => {
    const preview = await drafted({}, { groups: 'channels' });
    await confirmed(teams, diane, preview);
    await settle(teams);
    const card = progress();
    expect(card.plain).toContain('1 message sera effacé de Teams');
    await teams.mustClick(diane, card, 'Confirmer le retrait');
    await settle(teams);
    expect(progress().plain).toContain('1 message retiré, 0 à faire.');
  });

  test('withdrawn, every message is deleted', async () => {
    const card = await sent();
    await teams.click(diane, card, 'Confirmer le retrait');
    await settle(teams);
    for (const place of [alex, nadia, channel]) expect(received(place)).toHaveLength(0);
    expect(progress().plain).toContain('3 messages retirés');
  });

  test('the results can be had as a workbook', async () => {
    const card = await sent();
    await teams.click(diane, card, 'Résultats (.xlsx)');
    const file = await download(teams.lastCard().token(), teams.services);
    expect(file.fileName).toBe('avis-1_resultats.xlsx');
    expect(file.body.length).toBeGreaterThan(1_000);
  });
});

describe('a sending that was stopped', () => {
  beforeEach(subscribers);

  /** Stopped before its hour. */
  const stopped = async (): Promise<ShownCard> =>
    teams.mustClick(diane, await confirmed(teams, diane, await drafted(), LATER), 'Confirmer l’arrêt');

  test('goes on at once, once, for those who received nothing', async () => {
    const card = await asked(await stopped());
    expect(card.plain).toContain('3 destinataires qui n’ont rien reçu');
    await teams.mustClick(diane, card, 'Reprendre pour 3 destinataires');
    await settle(teams);
    for (const place of [alex, nadia, channel]) expect(received(place)).toHaveLength(1);
    expect(progress().plain).toContain('Envoyés 3');
  });

  test('goes on for those whom it still concerns', async () => {
    const card = await asked(await stopped());
    await unsubscribes(alex);
    await teams.mustClick(diane, card, 'Reprendre pour 3 destinataires');
    await settle(teams);
    expect(received()).toHaveLength(0);
    for (const place of [nadia, channel]) expect(received(place)).toHaveLength(1);
  });

  test('goes on at another hour, and not before', async () => {
    const card = await asked(await stopped(), { date: '2026-12-08', time: '10:00' });
    await teams.mustClick(diane, card, 'Envoyer le 8 décembre à 10 h');
    teams.clock.advance({ days: 8 });
    await settle(teams);
    expect(received()).toHaveLength(0);
    teams.clock.advance({ days: 8 });
    await settle(teams);
    expect(received()).toHaveLength(1);
  });

  test('put off, tells nobody new at the hour that it had', async () => {
    const card = await asked(await stopped(), { date: '2026-12-08', time: '10:00' });
    await teams.mustClick(diane, card, 'Envoyer le');
    await teams.services.catalogue.subscriptions.subscribe(silentTurn(samuel), { kind: 'all', id: 'all' });
    teams.clock.advance({ days: 9 });
    await settle(teams);
    expect(received(samuel)).toHaveLength(0);
    teams.clock.advance({ days: 8 });
    await settle(teams);
    expect(received(samuel)).toHaveLength(1);
  });

  test('leads back to the hour that was typed', async () => {
    const hour = { date: '2026-12-08', time: '10:00' };
    const back = await teams.mustClick(diane, await asked(await stopped(), hour), 'Revenir');
    expect([back.valueOf('date'), back.valueOf('time')]).toEqual([hour.date, hour.time]);
  });

  test('an hour without a day is refused beside its field', async () => {
    const form = await teams.formBack(diane, await stopped(), 'Continuer', { date: '', time: '10:00' });
    expect(form.plain).toContain('Choisissez aussi la date');
    expect(form.valueOf('time')).toBe('10:00');
  });

  test('whose hour passes before it is confirmed does not leave at once instead', async () => {
    const card = await asked(await stopped(), { date: '2026-12-08', time: '10:00' });
    teams.clock.advance({ days: 21 });
    expect((await teams.mustClick(diane, card, 'Envoyer le')).plain).toContain('n’est plus celle');
    await settle(teams);
    expect(received()).toHaveLength(0);
  });

  test('is not taken up by a client, nor a draft that was given up by anybody', async () => {
    const { verb, data } = (await asked(await stopped())).buttonFor('broadcasts.resume');
    expect(await teams.refusedPress(alex, verb, data)).toContain('introuvable');
    const given = await teams.mustClick(diane, await drafted(), 'Abandonner l’avis');
    expect(given.offers('Continuer')).toBe(false);
    const { data: held } = given.buttonFor('broadcasts.duplicate');
    const forged = { ...held, revision: 3, departs: 'now' };
    expect(await teams.refusedPress(diane, 'broadcasts.resume', forged)).toBeTruthy();
    await settle(teams);
    expect(received()).toHaveLength(0);
  });

  test('is duplicated in a form filled with its words, for the same people; it stays as it is', async () => {
    await teams.install(staffRoom);
    const first = await drafted({ importance: 'urgent' }, { groups: 'channels' });
    const followed = await confirmed(teams, diane, first, LATER);
    const card = await teams.mustClick(diane, followed, 'Confirmer l’arrêt');
    const form = await teams.mustClick(diane, card, 'Dupliquer');
    expect(form.plain).toContain('Copie de l’avis nº 1');
    expect([form.valueOf('title'), form.valueOf('importance')]).toEqual([WORDS.title, 'urgent']);
    const aim = await teams.mustClick(diane, form, 'Continuer', { ...WORDS, title: 'Reporté' });
    expect(aim.valueOf('groups')).toBe('channels');
    const { rows } = await teams.services.broadcasts.broadcastsPage(1, 5);
    expect(new Map(rows.map(({ title, state }) => [title, state]))).toEqual(
      new Map([
        ['Reporté', 'draft'],
        [WORDS.title, 'cancelled'],
      ]),
    );
  });
});
