import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { download } from '../../../src/app/doors.ts';
import { DeliveryError } from '../../../src/core/errors.ts';
import { newId } from '../../../src/core/id.ts';
import { samples } from '../../support/catalogue.ts';
import { aContract } from '../../support/contracts.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues, giveRole } from '../../support/organization.ts';
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
import type { ShownCard } from '../../support/shown-card.ts';

const teams = fakeTeams();

beforeEach(async () => {
  await teams.services.catalogue.publication.publish(samples, 'sample');
  for (const person of [alex, nadia, samuel, diane, admin]) {
    await teams.services.people.see(person);
    await teams.install(personalChat(person), person);
  }
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

const words = { title: 'Nouvelle version du guide', text: 'Le **guide** est à jour.' };

/** Diane writes a notice, up to the card that shows it before it leaves. */
async function drafted(changes: object = {}, groups = 'subscribers', organizations = ''): Promise<ShownCard> {
  await teams.says(diane, 'diffuser');
  const compose = await teams.click(diane, teams.lastCard(), 'Nouvel avis');
  const aim = await teams.click(diane, compose.card as ShownCard, 'Continuer', { ...words, ...changes });
  const preview = await teams.click(diane, aim.card as ShownCard, 'Voir avant d’envoyer', {
    groups,
    organizations,
  });
  return preview.card as ShownCard;
}

async function sent(changes: object = {}, groups?: string, organizations?: string): Promise<ShownCard> {
  const preview = await drafted(changes, groups, organizations);
  await teams.click(diane, preview, 'Confirmer l’envoi');
  await settle();
  return progress();
}

/** Sends what is due, then redraws the card that follows it. */
async function settle(): Promise<void> {
  await teams.runJobs();
  teams.clock.advance({ seconds: 6 });
  await teams.runJobs();
}

/** The newest card that follows a sending. */
function progress(): ShownCard {
  const item = teams.in(personalChat(diane)).findLast(({ content }) => {
    return typeof content === 'object' && content.template === 'broadcasts/progress';
  });
  if (!item || typeof item.content === 'string') throw new Error('nothing is followed');
  return teams.shown(item.content);
}

const received = (conversation = personalChat(alex)) =>
  teams
    .in(conversation)
    .filter(({ content }) => typeof content === 'object' && content.template === 'broadcasts/message');

describe('who receives it', () => {
  beforeEach(subscribers);

  test('a notice about nothing in particular reaches every subscriber, people and channels, once each', async () => {
    await sent();
    for (const place of [personalChat(alex), personalChat(nadia), channel])
      expect(received(place)).toHaveLength(1);
    expect(received(personalChat(samuel))).toHaveLength(0);
  });

  test('a notice about a category reaches those who follow it, and those who follow everything', async () => {
    await sent({ categories: 'courriel' });
    expect([alex, nadia].map((person) => received(personalChat(person)).length)).toEqual([1, 1]);
    expect(received(channel)).toHaveLength(0);
  });

  test('a notice about a supplier reaches the channel that follows it', async () => {
    await sent({ suppliers: 'nordet' });
    expect(received(channel)).toHaveLength(1);
    expect(received(personalChat(nadia))).toHaveLength(0);
  });

  test('someone who is a subscriber and a member of an organization receives it once', async () => {
    await colleagues(teams, [alex, samuel]);
    const [organization] = await teams.services.organizations.all();
    await sent({}, 'subscribers', organization?.id);
    expect(received()).toHaveLength(1);
    expect(received(personalChat(samuel))).toHaveLength(1);
  });

  test('all channels can be told', async () => {
    await teams.install(staffRoom);
    await sent({}, 'channels');
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
    await sent({ categories: 'courriel' }, 'acquisitions');
    expect([alex, nadia, samuel].map((person) => received(personalChat(person)).length)).toEqual([1, 0, 0]);
  });

  test('are not told once the file is archived', async () => {
    const { files } = teams.services;
    const file = await files.create(alex, 'Courriel', newId());
    await files.move(alex, file.id, file.revision, 'archive');
    const preview = await drafted({}, 'acquisitions');
    expect(preview.plain).toContain('Pour personne.');
    expect(() => preview.button('Confirmer l’envoi')).toThrow();
  });
});

describe('people who follow a contract', () => {
  const told = () => [alex, nadia, samuel].map((person) => received(personalChat(person)).length);

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
    await sent({ suppliers: 'pekan', categories: 'courriel' }, 'contracts');
    expect(told()).toEqual([1, 0, 1]);
  });

  test('are all told of a notice about nothing in particular, once each however many contracts', async () => {
    await aContract(teams, { supplier: 'pekan' }, alex);
    await aContract(teams, { supplier: 'nordet' }, alex);
    await aContract(teams, { supplier: 'pekan' }, nadia);
    await sent({}, 'contracts');
    expect(told()).toEqual([1, 1, 0]);
  });

  test('are not told once it has ended', async () => {
    const ended = { supplier: 'pekan', signedOn: '2024-11-20', startsOn: '2024-11-25' };
    await aContract(teams, { ...ended, endsOn: '2026-11-22' }, alex);
    await aContract(teams, { ...ended, endsOn: '2026-11-23' }, nadia);
    await sent({}, 'contracts');
    expect(told()).toEqual([0, 1, 0]);
  });

  test('are not told once they ceased to follow it', async () => {
    const contract = await aContract(teams, { supplier: 'pekan' }, alex);
    await aContract(teams, { supplier: 'pekan' }, nadia);
    await teams.services.contracts.setFollowing(alex, contract, false);
    await sent({}, 'contracts');
    expect(told()).toEqual([0, 1, 0]);
  });
});

describe('before it leaves', () => {
  beforeEach(subscribers);

  test('the card shows the notice, how many it reaches, when it leaves and how long it takes', async () => {
    const preview = await drafted();
    expect(preview.plain).toContain('Le **guide** est à jour.');
    expect(preview.plain).toContain('Pour 2 personnes et 1 canal.');
    expect(preview.plain).toContain('3 joignables, 0 non joignable.');
    expect(preview.plain).toContain('Partira dès que vous confirmez. Durée de l’envoi : environ 1 seconde.');
    expect(received()).toHaveLength(0);
  });

  test('those who cannot be reached are listed, with the reason', async () => {
    await teams.services.conversations.forget(personalChat(alex).id);
    await teams.services.conversations.block(personalChat(nadia).id, 'suspended');
    const preview = await drafted();
    expect(preview.plain).toContain('1 joignable, 2 non joignables.');
    const { card } = await teams.click(diane, preview, 'Voir les 2 non joignables');
    expect(card?.plain).toContain('Alex Gagnon');
    expect(card?.plain).toContain('Courtier n’est pas installé.');
    expect(card?.plain).toContain('Courtier est bloqué par la personne ou par son organisation.');
  });

  test('a trial goes to its author only, and says so', async () => {
    await teams.click(diane, await drafted(), 'M’envoyer un essai');
    expect(teams.lastCard().plain).toContain('Essai : vous seul voyez ce message.');
    expect(received()).toHaveLength(0);
  });

  test('it can be left and taken up again where it was', async () => {
    await drafted();
    await teams.says(diane, 'diffuser');
    const { card } = await teams.click(diane, teams.lastCard(), 'Nouvelle version du guide');
    expect(card?.plain).toContain('Avant d’envoyer');
  });

  test('it can be abandoned; its cards then show so', async () => {
    const preview = await drafted();
    const { card } = await teams.click(diane, preview, 'Abandonner l’avis');
    expect(card?.plain).toContain('Abandonné');
    const again = await teams.click(diane, preview, 'Confirmer l’envoi');
    expect(again.card?.plain).toContain('Cet avis a changé entre-temps.');
    await teams.runJobs();
    expect(received()).toHaveLength(0);
  });

  test('pressing twice sends once', async () => {
    const preview = await drafted();
    await Promise.all([
      teams.click(diane, preview, 'Confirmer l’envoi'),
      teams.click(diane, preview, 'Confirmer l’envoi'),
    ]);
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
    await teams.says(diane, 'diffuser');
    const { card } = await teams.click(diane, teams.lastCard(), 'Nouvel avis');
    const { word } = await teams.click(diane, card as ShownCard, 'Continuer', { ...words, ...changes });
    expect(word.replace(/[\u00a0\u202f]/g, ' ')).toContain(sentence);
    expect((await teams.services.broadcasts.page(1, 5)).total).toBe(0);
  });

  test('no recipient at all is refused', async () => {
    await teams.says(diane, 'diffuser');
    const compose = await teams.click(diane, teams.lastCard(), 'Nouvel avis');
    const aim = await teams.click(diane, compose.card as ShownCard, 'Continuer', words);
    const { word } = await teams.click(diane, aim.card as ShownCard, 'Voir avant d’envoyer', { groups: '' });
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

  test('a normal notice written in the evening waits for the next business morning', async () => {
    teams.clock.advance({ hours: 10 });
    const preview = await drafted();
    expect(preview.plain).toContain('Partira le 24 novembre 2026 à 8 h 00.');
    await teams.click(diane, preview, 'Confirmer l’envoi');
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
    const [item] = received();
    expect(typeof item?.content === 'object' && teams.shown(item.content).plain).toContain('Important');
  });

  test('a date and an hour can be fixed, and taken back', async () => {
    const preview = await drafted();
    const fixed = await teams.click(diane, preview, 'Fixer l’heure', { date: '2026-12-01', time: '09:30' });
    expect(fixed.card?.plain).toContain('Partira le 1er décembre 2026 à 9 h 30.');
    const freed = await teams.click(diane, fixed.card as ShownCard, 'Fixer l’heure', { date: '', time: '' });
    expect(freed.card?.plain).toContain('Partira dès que vous confirmez.');
  });

  test('an hour that has passed is refused', async () => {
    const { word } = await teams.click(diane, await drafted(), 'Fixer l’heure', {
      date: '2026-11-20',
      time: '09:30',
    });
    expect(word).toContain('déjà passée');
  });

  test.each(['24:00', '99:99', '9:30', 'midi'])(
    'an hour that does not exist (%s) is refused',
    async (time) => {
      const { word } = await teams.click(diane, await drafted(), 'Fixer l’heure', {
        date: '2026-12-01',
        time,
      });
      expect(word).toContain('Choisissez une heure, comme 14:30.');
    },
  );

  test('whoever subscribes before the hour receives it too', async () => {
    const preview = await drafted();
    const { card } = await teams.click(diane, preview, 'Fixer l’heure', {
      date: '2026-12-01',
      time: '09:30',
    });
    await teams.click(diane, card as ShownCard, 'Confirmer l’envoi');
    await teams.runJobs();
    await teams.services.catalogue.subscriptions.subscribe(silentTurn(samuel), { kind: 'all', id: 'all' });
    teams.clock.advance({ days: 8 });
    const [row] = (await teams.services.broadcasts.page(1, 1)).rows;
    await teams.services.broadcasts.newcomers(row?.id ?? '');
    await teams.runJobs();
    expect(received(personalChat(samuel))).toHaveLength(1);
    expect(received()).toHaveLength(1);
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
    await teams.click(diane, await drafted(), 'Confirmer l’envoi');
    // The card goes before what goes to many: drawn while they wait, it is posted as they leave.
    await teams.runJobs();
    expect(received()).toHaveLength(1);
    expect(progress().plain).not.toContain('3 sur 3.');
    await settle();
    expect(progress().plain).toContain('3 sur 3.');
  });

  test('that ends before its card may be redrawn again is shown ended a little later', async () => {
    await teams.click(diane, await drafted(), 'Confirmer l’envoi');
    const [following] = await teams.jobs.waiting();
    await teams.runJobs();
    // Asked for once more within the same seconds, and everything has left.
    await teams.jobs.take();
    await teams.jobs.put({ name: following?.name ?? '', payload: following?.payload ?? {} });
    await teams.runJobs();
    await settle();
    expect(progress().plain).toContain('3 sur 3.');
  });

  test('whose end Teams did not take is shown ended once it does; a card that is gone is left', async () => {
    await teams.click(diane, await drafted(), 'Confirmer l’envoi');
    const { update } = teams.messenger;
    const redraw = jest.spyOn(teams.messenger, 'update');
    redraw.mockRejectedValue(new DeliveryError('retry', 'throttled'));
    await settle();
    expect(progress().plain).not.toContain('3 sur 3.');
    redraw.mockReset().mockImplementation(update);
    await settle();
    expect(progress().plain).toContain('3 sur 3.');
    redraw.mockRestore();

    await teams.click(diane, await drafted({ title: 'Un autre avis' }), 'Confirmer l’envoi');
    const gone = jest.spyOn(teams.messenger, 'update');
    gone.mockRejectedValue(new DeliveryError('dead', 'gone'));
    await settle();
    expect(await teams.jobs.waiting('broadcasts.follow')).toEqual([]);
    gone.mockRestore();
  });

  test('a failure is listed with its reason, and sent again only to those who lack it', async () => {
    await teams.click(diane, await drafted(), 'Confirmer l’envoi');
    const following = await teams.jobs.take();
    teams.failures.push(new DeliveryError('unknown', 'noAnswer'));
    await teams.runJobs();
    await teams.jobs.put(...following);
    await settle();
    const card = progress();
    expect(card.plain).toContain('Incertains 1');
    const list = await teams.click(diane, card, 'Qui ne l’a pas reçu');
    expect(list.card?.plain).toContain('Teams n’a pas confirmé la réception.');
    const ask = await teams.click(diane, list.card as ShownCard, 'Renvoyer');
    expect(ask.card?.plain).toContain('pourraient recevoir l’avis deux fois');
    await teams.click(diane, ask.card as ShownCard, 'Renvoyer aux incertains');
    await settle();
    expect(progress().plain).toContain('Envoyés 3');
    for (const place of [personalChat(alex), personalChat(nadia), channel])
      expect(received(place)).toHaveLength(1);
  });

  test('stopped before its hour, nobody receives it', async () => {
    const preview = await drafted();
    const { card } = await teams.click(diane, preview, 'Fixer l’heure', {
      date: '2026-12-01',
      time: '09:30',
    });
    const followed = await teams.click(diane, card as ShownCard, 'Confirmer l’envoi');
    const stopped = await teams.click(diane, followed.card as ShownCard, 'Confirmer l’arrêt');
    expect(stopped.card?.plain).toContain('Envoi arrêté');
    teams.clock.advance({ days: 10 });
    await teams.runJobs();
    expect(received()).toHaveLength(0);
  });

  test('a correction changes every message in place', async () => {
    const card = await sent();
    const form = await teams.click(diane, card, 'Corriger');
    await teams.click(diane, form.card as ShownCard, 'Corriger', {
      ...words,
      text: 'Le guide le sera **demain**.',
    });
    await settle();
    for (const place of [personalChat(alex), personalChat(nadia), channel]) {
      expect(received(place)).toHaveLength(1);
      const [item] = received(place);
      expect(typeof item?.content === 'object' && teams.shown(item.content).plain).toContain('demain');
    }
    expect(progress().plain).toContain('3 messages corrigés, 0 à faire.');
  });

  test('withdrawn, every message is deleted', async () => {
    const card = await sent();
    await teams.click(diane, card, 'Confirmer le retrait');
    await settle();
    for (const place of [personalChat(alex), personalChat(nadia), channel])
      expect(received(place)).toHaveLength(0);
    expect(progress().plain).toContain('3 messages retirés');
  });

  test('the results can be had as a workbook', async () => {
    const card = await sent();
    await teams.click(diane, card, 'Résultats (.xlsx)');
    const url = teams.lastCard().button('Télécharger').url ?? '';
    const file = await download(url.split('/').at(-1) ?? '', teams.services);
    expect(file.fileName).toBe('avis-1_resultats.xlsx');
    expect(file.body.length).toBeGreaterThan(1_000);
  });
});

describe('« J’ai pris connaissance »', () => {
  beforeEach(subscribers);

  async function message(place = personalChat(alex)): Promise<ShownCard> {
    await sent({ acknowledge: 'true' });
    const [item] = received(place);
    if (typeof item?.content !== 'object') throw new Error('nothing received');
    return teams.shown(item.content);
  }

  test('is counted once for each person', async () => {
    const card = await message();
    for (const _twice of [1, 2]) await teams.click(alex, card, 'J’ai pris connaissance');
    await teams.click(nadia, card, 'J’ai pris connaissance');
    const { card: now } = await teams.click(diane, progress(), 'Actualiser');
    expect(now?.plain).toContain('Ont pris connaissance 2');
  });

  test('is taken from the members of a channel that received it', async () => {
    await teams.click(samuel, await message(channel), 'J’ai pris connaissance', {}, channel);
    const { card: now } = await teams.click(diane, progress(), 'Actualiser');
    expect(now?.plain).toContain('Ont pris connaissance 1');
  });

  test('is not taken from somebody who did not receive it', async () => {
    const { word } = await teams.click(samuel, await message(), 'J’ai pris connaissance');
    expect(word).toContain('introuvable');
  });

  test('is not asked for when the author does not want it', async () => {
    await sent();
    const [item] = received();
    expect(typeof item?.content === 'object' && teams.shown(item.content).buttons).toEqual([]);
  });
});

describe('the health of what is sent', () => {
  test('tells what waits, what failed and why, and that the secret ends soon', async () => {
    await subscribers();
    await teams.services.conversations.forget(personalChat(alex).id);
    await sent();
    await teams.says(diane, 'santé');
    const { plain } = teams.lastCard();
    expect(plain).toContain('Le secret de l’application est à renouveler.');
    expect(plain).toContain('Injoignable : 1. Courtier n’est pas installé');
    expect(plain).toContain('Rien n’attend');
  });
});

describe('only the staff', () => {
  test('see the command: for a client the words are a question', async () => {
    await teams.says(alex, 'diffuser');
    expect(teams.lastCard().template).not.toBe('broadcasts/list');
  });

  test('may press any of its buttons, also when a client replays a card of theirs', async () => {
    await subscribers();
    const preview = await drafted();
    const card = await sent();
    for (const { verb, data } of [...preview.buttons, ...card.buttons]) {
      if (!verb) continue;
      const { word, card: answer } = await teams.press(alex, personalChat(alex), verb, data);
      expect([verb, word, answer]).toEqual([verb, expect.stringContaining('introuvable'), undefined]);
    }
  });
});
