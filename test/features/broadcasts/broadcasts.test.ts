import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download } from '../../../src/app/doors.ts';
import { DeliveryError } from '../../../src/core/errors.ts';
import { newId } from '../../../src/core/id.ts';
import { typeset } from '../../../src/core/text/text.ts';
import type { Person } from '../../../src/core/turn.ts';
import { compose, confirmed, confirming, preview, settle, WORDS } from '../../support/broadcasts.ts';
import { samples } from '../../support/catalogue.ts';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues, giveRole, met } from '../../support/organization.ts';
import {
  admin,
  alex,
  channel,
  diane,
  nadia,
  personalChat,
  samuel,
  silentTurn,
  staffRoom,
} from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import type { ShownCard } from '../../support/shown-card.ts';
import { traces } from '../../support/together.ts';
import type { Place } from '../../support/vocabulary.ts';

const teams = fakeTeams();

beforeEach(async () => {
  await teams.services.catalogue.publication.publish(samples, 'sample');
  await met(teams, alex, nadia, samuel, diane, admin);
  await teams.install(channel);
  await giveRole(teams, diane, 'staff');
  teams.posted.length = 0;
});

/** Alex follows everything, Nadia one category, the channel one supplier. */
async function subscribers(): Promise<void> {
  const { subscriptions } = teams.services.catalogue;
  teams.setRoster([alex, nadia]);
  await subscriptions.subscribe(silentTurn(alex), { kind: 'all', id: 'all' });
  await subscriptions.subscribe(silentTurn(nadia), { kind: 'category', id: 'courriel' });
  await subscriptions.subscribe(silentTurn(alex, channel), { kind: 'supplier', id: 'nordet' });
}

/** Diane writes a notice, up to the card that shows it before it leaves. */
const drafted = (changes: object = {}, audience: object = {}) => preview(teams, diane, changes, audience);

/** Diane sends a notice; the card that follows it. */
async function sent(changes: object = {}, audience: object = {}): Promise<ShownCard> {
  await confirmed(teams, diane, await drafted(changes, audience));
  await settle(teams);
  return progress();
}

/** The newest card that follows a sending. */
const progress = () => teams.newest(diane, 'broadcasts/progress');

const received = (place: Place = alex) => teams.received(place, 'broadcasts/message');

/** Somebody who follows everything follows nothing any more. */
async function unsubscribes(person: Person): Promise<void> {
  const { subscriptions } = teams.services.catalogue;
  const [held] = await subscriptions.subscriptionsPage(silentTurn(person), 1, 1);
  await subscriptions.unsubscribe(silentTurn(person), held?.id ?? '');
}

/** On the first of December, at half past nine. */
const LATER = { date: '2026-12-01', time: '09:30' };
/** What is said before it leaves. */
const asked = (card: ShownCard, hour: object = {}) => confirming(teams, diane, card, hour);

describe('who receives it', () => {
  beforeEach(subscribers);

  test('a notice about nothing in particular reaches every subscriber, people and channels, once each', async () => {
    await sent();
    for (const place of [alex, nadia, channel]) expect(received(place)).toHaveLength(1);
    expect(received(samuel)).toHaveLength(0);
  });

  test('a notice about a category reaches those who follow it, and those who follow everything', async () => {
    await sent({ categories: 'courriel' });
    expect([alex, nadia].map((person) => received(person).length)).toEqual([1, 1]);
    expect(received(channel)).toHaveLength(0);
  });

  test('a notice about a supplier reaches the channel that follows it', async () => {
    await sent({ suppliers: 'nordet' });
    expect(received(channel)).toHaveLength(1);
    expect(received(nadia)).toHaveLength(0);
  });

  test('someone who is a subscriber and a member of an organization receives it once', async () => {
    await colleagues(teams, [alex, samuel]);
    const {
      items: [organization],
    } = await teams.services.organizations.bodiesToChoose({ sought: '' }, 1, 1);
    await sent({}, { organizations: organization?.id });
    expect(received()).toHaveLength(1);
    expect(received(samuel)).toHaveLength(1);
  });

  test('all channels can be told', async () => {
    await teams.install(staffRoom);
    await sent({}, { groups: 'channels' });
    expect([channel, staffRoom].map((place) => received(place).length)).toEqual([1, 1]);
    expect(received()).toHaveLength(0);
  });
});

describe('people with an open acquisition file', () => {
  test('are told when their file is about the notice', async () => {
    const { files } = teams.services;
    const [mail, other] = [
      await files.create(alex, 'Courriel', newId()),
      await files.create(nadia, 'Tableur', newId()),
    ];
    await teams.db.transaction((tx) => files.concern(tx, mail.id, 'categories', ['courriel']));
    await teams.db.transaction((tx) => files.concern(tx, other.id, 'categories', ['tableur']));
    await files.create(samuel, 'Vide', newId());
    await sent({ categories: 'courriel' }, { groups: 'acquisitions' });
    expect([alex, nadia, samuel].map((person) => received(person).length)).toEqual([1, 0, 0]);
  });

  test('are not told once the file is archived', async () => {
    const { files } = teams.services;
    const file = await files.create(alex, 'Courriel', newId());
    await files.move(alex, file.id, file.revision, 'archive');
    const preview = await drafted({}, { groups: 'acquisitions' });
    expect(preview.plain).toContain('Pour personne.');
    expect((await asked(preview)).buttons.map(({ title }) => title)).toEqual(['Revenir']);
  });
});

describe('people who follow a contract', () => {
  const told = () => [alex, nadia, samuel].map((person) => received(person).length);

  test('are told when its supplier is concerned, or a category of the file that it was born of', async () => {
    const { files, contracts } = teams.services;
    await aContract(teams, { supplier: 'pekan' }, alex);
    await aContract(teams, { supplier: 'nordet' }, nadia);
    const file = await files.create(samuel, 'Courriel', newId());
    await teams.db.transaction((tx) => files.concern(tx, file.id, 'categories', ['courriel']));
    const facts = { title: 'Courriel', offers: 'Courriel', amount: 1, rcti: false };
    const term = { signedOn: '2026-11-20', startsOn: '2026-12-01', endsOn: '2027-11-30' };
    await contracts.create(samuel, { ...facts, ...term, supplier: 'nordet' }, newId(), {
      acquisition: file.id,
    });
    await sent({ suppliers: 'pekan', categories: 'courriel' }, { groups: 'contracts' });
    expect(told()).toEqual([1, 0, 1]);
  });

  test('are all told of a notice about nothing in particular, once each however many contracts', async () => {
    await aContract(teams, { supplier: 'pekan' }, alex);
    await aContract(teams, { supplier: 'nordet' }, alex);
    await aContract(teams, { supplier: 'pekan' }, nadia);
    await sent({}, { groups: 'contracts' });
    expect(told()).toEqual([1, 1, 0]);
  });

  test('are not told once it has ended', async () => {
    const ended = { supplier: 'pekan', signedOn: '2024-11-20', startsOn: '2024-11-25' };
    await aContract(teams, { ...ended, endsOn: '2026-11-22' }, alex);
    await aContract(teams, { ...ended, endsOn: '2026-11-23' }, nadia);
    await sent({}, { groups: 'contracts' });
    expect(told()).toEqual([0, 1, 0]);
  });

  test('are not told once they ceased to follow it', async () => {
    const contract = await aContract(teams, { supplier: 'pekan' }, alex);
    await aContract(teams, { supplier: 'pekan' }, nadia);
    await teams.services.contracts.setFollowing(alex, contract, false);
    await sent({}, { groups: 'contracts' });
    expect(told()).toEqual([0, 1, 0]);
  });
});

describe('before it leaves', () => {
  beforeEach(subscribers);

  test('the card shows the notice, for whom it is and how many it reaches', async () => {
    const preview = await drafted();
    expect(preview.plain).toContain('Le **guide** est à jour.');
    expect(preview.plain).toContain('Pour 2 personnes et 1 canal.');
    expect(preview.plain).toContain('3 joignables.');
    expect(received()).toHaveLength(0);
  });

  test('is confirmed on a card that says exactly to whom, how many and when; nothing left before', async () => {
    const card = await asked(await drafted());
    for (const told of [
      'Avis Nouvelle version du guide',
      'Pour Tous les abonnés au catalogue',
      'Combien 2 personnes et 1 canal : 3 joignables.',
      'Quand Tout de suite (durée de l’envoi : environ 1 seconde).',
    ])
      expect(card.plain).toContain(told);
    expect(card.button('Envoyer à').title).toBe(typeset('Envoyer à 2 personnes et 1 canal'));
    await teams.runJobs();
    expect(received()).toHaveLength(0);
  });

  test('how many is counted when it is asked, not when the audience was chosen', async () => {
    const preview = await drafted();
    await teams.services.catalogue.subscriptions.subscribe(silentTurn(samuel), { kind: 'all', id: 'all' });
    expect((await asked(preview)).plain).toContain('3 personnes et 1 canal');
  });

  test('those who cannot be reached are listed, with the reason', async () => {
    await teams.services.conversations.forget(personalChat(alex).id);
    await teams.services.conversations.block(personalChat(nadia).id, 'suspended');
    const preview = await drafted();
    expect(preview.plain).toContain('1 joignable, 2 non joignables.');
    const card = await teams.mustClick(diane, preview, 'Voir les 2 non joignables');
    expect(card.plain).toContain('Alex Gagnon');
    expect(card.plain).toContain('Courtier n’est pas installé.');
    expect(card.plain).toContain('Courtier est bloqué par la personne ou par son organisation.');
  });

  test('one who cannot be reached is spoken of as one', async () => {
    await teams.services.conversations.forget(personalChat(alex).id);
    const list = await teams.mustClick(diane, await drafted(), 'Voir le destinataire non joignable');
    expect(list.plain).toContain('Alex Gagnon');
  });

  test('a page that is no more is the nearest one', async () => {
    const preview = await drafted();
    const { broadcast } = preview.buttonFor('broadcasts.edit').data;
    expect((await teams.mustPress(diane, 'broadcasts.list', { page: 9 })).plain).toContain(WORDS.title);
    await teams.services.conversations.forget(personalChat(alex).id);
    const out = await teams.mustPress(diane, 'broadcasts.recipients', { broadcast, page: 9 });
    expect(out.plain).toContain('Alex Gagnon');
  });

  test('a trial goes to its author only, and says so', async () => {
    await teams.click(diane, await drafted(), 'M’envoyer un essai');
    expect(teams.lastCard().plain).toContain('Essai : vous seul voyez ce message.');
    expect(received()).toHaveLength(0);
  });

  test('it can be left and taken up again where it was', async () => {
    await drafted();
    const card = await teams.mustClick(
      diane,
      await teams.asks(diane, 'diffuser'),
      'Nouvelle version du guide',
    );
    expect(card.plain).toContain('Avant d’envoyer');
  });

  test('it can be abandoned; its cards then show so', async () => {
    const preview = await drafted();
    const card = await teams.mustClick(diane, preview, 'Abandonner l’avis');
    expect(card.plain).toContain('Abandonné');
    const again = await asked(preview);
    expect(again.plain).toContain('Cet avis a changé entre-temps.');
    await teams.runJobs();
    expect(received()).toHaveLength(0);
  });

  test('pressing twice sends once', async () => {
    const { verb, data } = (await asked(await drafted())).buttonFor('broadcasts.submit');
    await Promise.all([1, 2].map(() => teams.press(diane, verb, data)));
    await teams.runJobs();
    expect(received()).toHaveLength(1);
  });

  test.each([
    ['no title', { title: '  ' }, 'Donnez un titre'],
    ['a title that is too long', { title: 'x'.repeat(121) }, 'Donnez un titre'],
    ['no text', { text: '' }, 'Écrivez un texte'],
    ['a link that is not https', { link: 'http://www.quebec.ca' }, 'adresse https d’un site permis'],
    [
      'a link to an unknown site',
      { link: 'https://www.quebec.ca.exemple.com' },
      'adresse https d’un site permis',
    ],
    ['a link with a password', { link: 'https://a:b@www.quebec.ca' }, 'adresse https d’un site permis'],
    ['a category that does not exist', { categories: 'courriel,autre' }, 'ne correspond plus'],
  ])('%s is refused with a sentence, and nothing is written', async (_what, changes, sentence) => {
    const word = await teams.refusedClick(diane, await compose(teams, diane), 'Continuer', {
      ...WORDS,
      ...changes,
    });
    expect(word).toContain(sentence);
    expect((await teams.services.broadcasts.broadcastsPage(1, 5)).total).toBe(0);
  });

  test('no recipient at all is refused', async () => {
    const aim = await teams.mustClick(diane, await compose(teams, diane), 'Continuer', WORDS);
    const word = await teams.refusedClick(diane, aim, 'Voir avant d’envoyer', { groups: '' });
    expect(word).toContain('au moins un groupe');
  });

  test('of Markdown only bold, italics and lists remain; a mention or an image does not', async () => {
    const preview = await drafted({
      text: '**gras** _italique_\n- un\n• deux\nwww.x.test\n![image](https://x.test/a.png) <at>tous</at> ${title}',
    });
    const text = preview.words;
    expect(text).toContain('**gras** _italique_\n\n- un\n- deux\n\nwww\\.x\\.test');
    expect(text).toContain('\\!\\[image\\]');
    expect(text).toContain('&lt;at&gt;');
  });
});

describe('its hour', () => {
  beforeEach(subscribers);

  test('a normal notice written in the evening waits for the next business morning, and says so', async () => {
    teams.clock.advance({ hours: 10 });
    const preview = await drafted();
    const card = await asked(preview);
    expect(card.plain).toContain('Quand Le 24 novembre 2026 à 8 h');
    expect(card.plain).toContain('Un avis normal part un jour ouvrable, de 8 h à 18 h.');
    await teams.mustClick(diane, card, 'Envoyer le 24 novembre à 8 h');
    await teams.runJobs();
    expect(received()).toHaveLength(0);
    teams.clock.advance({ hours: 12 });
    await teams.runJobs();
    expect(received()).toHaveLength(1);
  });

  test('an important one leaves at once, and says that it is important', async () => {
    teams.clock.advance({ hours: 10 });
    await sent({ importance: 'urgent' });
    expect(received()).toHaveLength(1);
    expect(teams.newest(alex).plain).toContain('Important');
  });

  test('what the fields say counts: with a date and an hour, the blue button leads to that moment', async () => {
    const card = await asked(await drafted(), LATER);
    expect(card.plain).toContain('Quand Le 1er décembre 2026 à 9 h 30');
    await teams.mustClick(diane, card, 'Envoyer le 1er décembre à 9 h 30');
    await settle(teams);
    expect(received()).toHaveLength(0);
    teams.clock.advance({ days: 8 });
    await teams.runJobs();
    expect(received()).toHaveLength(1);
  });

  test('the way back keeps what was typed, and empty fields mean « at once » again', async () => {
    const back = await teams.mustClick(diane, await asked(await drafted(), LATER), 'Revenir');
    expect([back.valueOf('date'), back.valueOf('time')]).toEqual(['2026-12-01', '09:30']);
    expect((await asked(back)).plain).toContain('Quand Tout de suite');
  });

  test.each([
    ['a date without an hour', { date: '2026-12-01', time: '' }, 'Choisissez aussi l’heure'],
    ['an hour without a date', { date: '', time: '09:30' }, 'Choisissez aussi la date'],
    ['a day that has passed', { date: '2026-11-20', time: '09:30' }, 'Cette date est déjà passée'],
    ['an hour that has passed', { date: '2026-11-23', time: '00:05' }, 'Cette heure est déjà passée'],
    ['the hour 24:00', { date: '2026-12-01', time: '24:00' }, 'Choisissez une heure, comme 14:30.'],
    ['the hour 99:99', { date: '2026-12-01', time: '99:99' }, 'Choisissez une heure, comme 14:30.'],
    ['the hour 9:3', { date: '2026-12-01', time: '9:3' }, 'Choisissez une heure, comme 14:30.'],
    ['the hour « midi »', { date: '2026-12-01', time: 'midi' }, 'Choisissez une heure, comme 14:30.'],
  ])(
    '%s is refused beside its field; the form stays as typed and nothing leaves',
    async (_what, hour, told) => {
      const form = await teams.formBack(diane, await drafted(), 'Continuer', hour);
      expect(form.plain).toContain(told);
      expect(form.valueOf('date')).toBe(hour.date);
      if (/^\d\d:\d\d$/.test(hour.time)) expect(form.valueOf('time')).toBe(hour.time);
      await settle(teams);
      expect(received()).toHaveLength(0);
    },
  );

  test('is kept where nobody can be reached for now, and nothing can be sent', async () => {
    await teams.db.execute(sql`delete from catalogue_subscriptions`);
    const card = await asked(await drafted(), LATER);
    expect(card.plain).toContain('Personne n’est joignable pour le moment');
    expect(card.buttons.map(({ title }) => title)).toEqual(['Revenir']);
    const back = await teams.mustClick(diane, card, 'Revenir');
    expect(back.inputs.find(({ id }) => id === 'date')?.value).toBe(LATER.date);
  });

  test('that passes while the confirmation is before one is not sent at once instead', async () => {
    const card = await asked(await drafted(), LATER);
    teams.clock.advance({ days: 14 });
    const again = await teams.mustClick(diane, card, 'Envoyer le');
    expect(again.plain).toContain('L’heure choisie est passée.');
    await settle(teams);
    expect(received()).toHaveLength(0);
  });

  test('« now » that has become tomorrow is said again before anything leaves', async () => {
    const card = await asked(await drafted());
    teams.clock.advance({ hours: 10 });
    const again = await teams.mustClick(diane, card, 'Envoyer à');
    expect(again.plain).toContain('n’est plus celle que vous avez vue');
    expect(again.offers('Envoyer le 24 novembre à 8 h')).toBe(true);
    await settle(teams);
    expect(received()).toHaveLength(0);
  });

  test('a card of the release before, which sent whatever its fields said, sends nothing', async () => {
    const { data } = (await drafted()).buttonFor('broadcasts.schedule');
    const card = await teams.mustPress(diane, 'broadcasts.submit', data);
    expect(card.offers('Continuer')).toBe(true);
    await settle(teams);
    expect(received()).toHaveLength(0);
  });

  test('whoever subscribes before the hour receives it too', async () => {
    await confirmed(teams, diane, await drafted(), LATER);
    await teams.runJobs();
    await teams.services.catalogue.subscriptions.subscribe(silentTurn(samuel), { kind: 'all', id: 'all' });
    teams.clock.advance({ days: 8 });
    const [row] = (await teams.services.broadcasts.broadcastsPage(1, 1)).rows;
    await teams.services.broadcasts.newcomers(row?.id ?? '');
    await teams.runJobs();
    expect(received(samuel)).toHaveLength(1);
    expect(received()).toHaveLength(1);
  });

  test('whoever unsubscribes before the hour does not receive it any more', async () => {
    await confirmed(teams, diane, await drafted(), LATER);
    await teams.runJobs();
    await unsubscribes(alex);
    teams.clock.advance({ days: 8 });
    await settle(teams);
    expect(received()).toHaveLength(0);
    for (const place of [nadia, channel]) expect(received(place)).toHaveLength(1);
  });

  test('whom it concerns is read again just before the hour: nothing leaves earlier', async () => {
    await confirmed(teams, diane, await drafted({ urgent: 'true' }), LATER);
    await teams.runJobs();
    await unsubscribes(alex);
    const at = Temporal.ZonedDateTime.from(`${LATER.date}T${LATER.time}[America/Toronto]`).toInstant();
    teams.clock.advance(teams.clock.now().until(at.subtract({ seconds: 30 })));
    await teams.runJobs();
    expect(received(nadia)).toHaveLength(0);
    const pending = sql`deliveries where kind like 'broadcasts.%' and state = 'pending' and object_id = ${alex.objectId}`;
    expect(await countOf(teams, sql`${pending} and due_at > now()`)).toBe(0);
    teams.clock.advance({ seconds: 31 });
    await settle(teams);
    expect(received()).toHaveLength(0);
    expect(received(nadia)).toHaveLength(1);
  });
});

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

describe('what is received', () => {
  beforeEach(subscribers);

  test('has its date and who signs it', async () => {
    await sent();
    expect(received()[0]?.plain).toContain('23 novembre 2026 · Diane Tremblay, pour le Courtier');
  });

  test('names nobody where many read it', async () => {
    await sent();
    const [card] = received(channel);
    expect(card?.plain).toContain('23 novembre 2026 · L’équipe du Courtier');
    expect(card?.plain).not.toContain('Diane');
  });
});

describe('« J’ai pris connaissance »', () => {
  beforeEach(subscribers);

  async function message(place: Place = alex): Promise<ShownCard> {
    await sent({ acknowledge: 'true' });
    return teams.newest(place, 'broadcasts/message');
  }

  test('is counted once for each person', async () => {
    const card = await message();
    for (const _twice of [1, 2]) await teams.click(alex, card, 'J’ai pris connaissance');
    await teams.click(nadia, card, 'J’ai pris connaissance');
    const now = await teams.mustClick(diane, progress(), 'Actualiser');
    expect(now.plain).toContain('Ont pris connaissance 2');
  });

  test('is taken from the members of a channel that received it', async () => {
    await teams.click(samuel, await message(channel), 'J’ai pris connaissance', {}, channel);
    const now = await teams.mustClick(diane, progress(), 'Actualiser');
    expect(now.plain).toContain('Ont pris connaissance 1');
  });

  test('is not taken from somebody who did not receive it', async () => {
    const word = await teams.refusedClick(samuel, await message(), 'J’ai pris connaissance');
    expect(word).toContain('introuvable');
  });

  test('is not asked for when the author does not want it', async () => {
    await sent();
    expect(received().map(({ buttons }) => buttons)).toEqual([[]]);
  });
});

describe('the health of what is sent', () => {
  test('tells what waits, what failed and why, and that the secret ends soon', async () => {
    await subscribers();
    await teams.services.conversations.forget(personalChat(alex).id);
    await sent();
    const { plain } = await teams.asks(diane, 'santé');
    expect(plain).toContain('Le secret de l’application est à renouveler.');
    expect(plain).toContain('Injoignable : 1. Courtier n’est pas installé');
    expect(plain).toContain('Rien n’attend');
  });
});

describe('only the staff', () => {
  test('see the command: for a client the words are a question', async () => {
    expect((await teams.asks(alex, 'diffuser')).template).not.toBe('broadcasts/list');
  });

  test('may press any of its buttons: a client who replays a card of theirs finds nothing', async () => {
    await subscribers();
    const before = await drafted();
    const between = await asked(before);
    const card = await sent();
    const buttons = [...before.buttons, ...between.buttons, ...card.buttons].flatMap(({ verb, data }) =>
      verb ? [[verb, data] as const] : [],
    );
    expect(await teams.reaches(alex, buttons)).toEqual([]);
  });
});
