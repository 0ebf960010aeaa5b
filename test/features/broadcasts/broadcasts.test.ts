import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import { typeset } from '../../../src/core/text/text.ts';
import { broadcasting, compose, confirmed, LATER, settle, WORDS } from '../../support/broadcasts.ts';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import {
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
import type { Place } from '../../support/vocabulary.ts';

const teams = fakeTeams();
const { setUp, subscribers, unsubscribes, drafted, asked, sent, progress, received } = broadcasting(teams);

beforeEach(setUp);

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
