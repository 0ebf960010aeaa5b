import { beforeEach, expect, jest, test } from '@jest/globals';
import { dropped, REASON } from '../../../support/correcting.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { priced } from '../../../support/fiches.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, channel, diane, nadia, personalChat, samuel } from '../../../support/people.ts';
import type { Place } from '../../../support/vocabulary.ts';

const teams = fakeTeams();

beforeEach(async () => {
  for (const person of [alex, nadia, samuel]) await teams.install(person);
  await teams.install(channel);
  await teams.services.catalogue.publication.publish(
    [priced('bleuet', '5.00'), priced('canneberge', '6.00')],
    'sample',
  );
  teams.setRoster([alex]);
  teams.posted.length = 0;
});

const follow = (topic: string, person = alex, place = personalChat(person)) =>
  teams.mustPress(person, 'catalogue.subscribe', { topic }, place);

/** Versions that take effect now, announced as the assistant does every minute. */
async function published(...suppliers: string[]): Promise<void> {
  await teams.services.catalogue.publication.publish(
    suppliers.map((id) => priced(id, '4.00', { version: '2026-12-01' })),
    'command',
  );
  await announced();
}

async function announced(): Promise<void> {
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
}

const digests = (place: Place = alex) => teams.received(place, 'catalogue/digest');

/** The morning of 1 December: versions of that day took effect at midnight. */
const morning = () => teams.clock.advance({ days: 8 });

test('several fiches of one day are one notice, with a link to each difference', async () => {
  await follow('all');
  morning();
  await published('bleuet', 'canneberge');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  expect(digests()).toHaveLength(1);
  const card = teams.newest(alex, 'catalogue/digest');
  expect(card.plain).toContain('Le catalogue a changé le 1er décembre 2026');
  expect(card.plain).toContain('bleuet inc.');
  expect(card.plain).toContain('canneberge inc.');
});

/** The notice of the day, for whoever follows everything there. */
async function told(place: Place = alex) {
  await follow('all', alex, 'objectId' in place ? undefined : place);
  morning();
  await published('bleuet');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  return teams.newest(place, 'catalogue/digest');
}

test('it says the matter: before and after, with the percent and the direction', async () => {
  expect((await told()).plain).toContain('5,00 $ → 4,00 $ (baisse de 20 %)');
});

test('it says what was added and what was withdrawn, prices first', async () => {
  await follow('all');
  const [offer] = priced('bleuet', '4.00').offers;
  if (!offer) throw new Error('no offer');
  morning();
  const before = priced('canneberge', '6.00');
  await teams.services.catalogue.publication.publish(
    [
      {
        ...priced('canneberge', '6.60', { version: '2026-12-01' }),
        offers: [
          ...before.offers.map((each) => ({ ...each, status: 'withdrawn' as const })),
          { ...offer, id: 'canneberge-nouvelle', name: 'Canneberge Nouvelle' },
        ],
      },
    ],
    'command',
  );
  await announced();
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  const { plain } = teams.newest(alex, 'catalogue/digest');
  expect(plain).toContain('est retirée du catalogue');
  expect(plain).toContain('Nouvelle offre : Canneberge Nouvelle');
  expect(plain.indexOf('est retirée')).toBeLessThan(plain.indexOf('Nouvelle offre'));
});

test('what the broker suspended, then what it corrected, is read before the many fiches of a price day', async () => {
  await giveRole(teams, diane, 'staff');
  await follow('all');
  morning();
  await published(...Array.from({ length: 9 }, (_, at) => `airelle-${at}`));
  const wrong = await dropped(teams, priced('canneberge', '5.50'));
  await teams.mustClick(diane, wrong, 'Corriger la fiche', REASON);
  const form = await teams.mustPress(diane, 'catalogue.measures', { supplier: 'bleuet', page: 1 });
  await teams.mustClick(diane, form, 'Décider', { offer: 'all', kind: 'suspended', reason: 'Pannes.' });
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  const { plain } = teams.newest(alex, 'catalogue/digest');
  const at = ['Pannes.', 'Prix corrigé', 'Nouveau fournisseur'].map((words) => plain.indexOf(words));
  expect(at).not.toContain(-1);
  expect(at).toEqual(at.toSorted((one, other) => one - other));
  expect(plain).toContain('Et 3 autres fournisseurs');
});

test('what it leads to comes below it, and it stays', async () => {
  const card = await told();
  for (const [title, template] of [
    ['Voir ce qui change : bleuet', 'catalogue/difference'],
    ['Catalogue', 'catalogue/home'],
    ['Ne plus suivre', 'catalogue/subscriptions'],
  ] as const) {
    expect((await teams.click(alex, card, title)).card).toBeUndefined();
    expect(teams.lastCard().template).toBe(template);
  }
  expect(digests()).toHaveLength(1);
});

test('in a channel the detail goes to the personal chat of whoever pressed, once, and nothing else is offered', async () => {
  const card = await told(channel);
  const there = teams.received(channel).length;
  expect(card.offers('Ne plus suivre')).toBe(false);
  for (const _twice of [1, 2])
    expect((await teams.click(nadia, card, 'Voir ce qui change', {}, channel)).word).toContain('personnelle');
  await teams.runJobs();
  expect(teams.received(nadia, 'catalogue/difference')).toHaveLength(1);
  expect(teams.received(channel)).toHaveLength(there);
  expect(teams.received(alex, 'catalogue/difference')).toHaveLength(0);
});

test('whoever cannot be written to is told how, and a version to come is not shown', async () => {
  const card = await told(channel);
  await teams.services.conversations.forget(personalChat(nadia).id);
  const { verb, data } = card.buttonFor('catalogue.look');
  expect(await teams.refusedPress(nadia, verb, data, channel)).toContain('Ajoutez Courtier');
  expect(await teams.refusedPress(alex, verb, { ...data, version: '2027-01-05' })).toContain('introuvable');
});

test('whoever follows prices only is told of prices, and of nothing else', async () => {
  const form = await follow('all');
  await teams.mustClick(alex, form, 'Enregistrer', {
    everything: 'true',
    categories: '',
    suppliers: '',
    prices: 'true',
  });
  morning();
  const [offer] = priced('bleuet', '4.00').offers;
  if (!offer) throw new Error('no offer');
  const renamed = { ...priced('canneberge', '6.00', { version: '2026-12-01' }) };
  await teams.services.catalogue.publication.publish(
    [
      { ...renamed, offers: renamed.offers.map((each) => ({ ...each, name: 'Autre nom' })) },
      {
        ...priced('bleuet', '4.00', { version: '2026-12-01' }),
        offers: [{ ...offer, name: 'Bleuet renommé' }],
      },
    ],
    'command',
  );
  await announced();
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  const { plain } = teams.newest(alex, 'catalogue/digest');
  expect(plain).toContain('5,00 $ → 4,00 $');
  expect(plain).not.toContain('canneberge inc.');
  expect(plain).not.toContain(', nom :');
});

test('whoever follows a list is told of what touches its offers, and of nothing else', async () => {
  await teams.mustPress(alex, 'catalogue.follow', { criteria: '{"availability":"99.5"}' });
  await teams.mustPress(nadia, 'catalogue.follow', { criteria: '{"features":["teleportation"]}' });
  morning();
  await published('bleuet');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  expect(teams.newest(alex, 'catalogue/digest').plain).toContain('bleuet inc.');
  expect(digests(nadia)).toEqual([]);
});

test('each is told what they follow, and nothing else', async () => {
  await follow('supplier:canneberge');
  await follow('category:sondage', nadia);
  await follow('supplier:bleuet', alex, channel);
  morning();
  await published('bleuet', 'canneberge');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  expect(digests()[0]?.plain).toContain('canneberge inc.');
  expect(digests()[0]?.plain).not.toContain('bleuet inc.');
  expect(digests(channel)).toHaveLength(1);
  expect([nadia, samuel].map((person) => digests(person).length)).toEqual([0, 0]);
});

test('a later change of the same day joins the notice that is there already', async () => {
  await follow('all');
  morning();
  await published('bleuet');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  await published('canneberge');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.plain).toContain('canneberge inc.');
});

test('at midnight it waits for the morning', async () => {
  await follow('all');
  teams.clock.advance({ days: 7, hours: 14, minutes: 1 });
  await published('bleuet');
  teams.clock.advance({ minutes: 30 });
  await teams.runJobs();
  expect(digests()).toHaveLength(0);
  teams.clock.advance({ hours: 8 });
  await teams.runJobs();
  expect(digests()).toHaveLength(1);
});

test('whoever ceases to follow before it leaves is not told', async () => {
  const card = await follow('all');
  morning();
  await published('bleuet');
  await teams.click(alex, card, 'Ne plus suivre');
  teams.clock.advance({ minutes: 11 });
  await teams.runJobs();
  expect(digests()).toHaveLength(0);
});

test('whoever was just being sent the notice when a change joined it sees it a minute later', async () => {
  await follow('all');
  morning();
  await published('bleuet');
  teams.clock.advance({ minutes: 11 });
  const { messenger } = teams;
  const { send } = messenger;
  const sending = jest.spyOn(messenger, 'send').mockImplementationOnce(async (...composed) => {
    // It is composed already, and not yet received.
    await teams.services.catalogue.publication.publish(
      [priced('canneberge', '4.00', { version: '2026-12-01' })],
      'command',
    );
    await teams.services.catalogue.announcements.announceDue();
    return send(...composed);
  });
  await teams.runJobs();
  expect(digests()[0]?.plain).not.toContain('canneberge inc.');
  teams.clock.advance({ minutes: 1 });
  await teams.runJobs();
  expect(digests()).toHaveLength(1);
  expect(digests()[0]?.plain).toContain('canneberge inc.');
  sending.mockRestore();
});
