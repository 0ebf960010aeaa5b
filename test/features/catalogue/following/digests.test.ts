import { beforeEach, expect, jest, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { priced } from '../../../support/fiches.ts';
import { alex, channel, nadia, personalChat, samuel } from '../../../support/people.ts';
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
  expect((await teams.mustClick(alex, card, 'Voir ce qui change : bleuet')).template).toBe(
    'catalogue/difference',
  );
  expect((await teams.mustClick(alex, card, 'Ne plus suivre')).template).toBe('catalogue/subscriptions');
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
