import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { page } from '../../src/app/doors.ts';
import type { Clock } from '../../src/core/clock.ts';
import { type Built, feature } from '../../src/core/manifest.ts';
import type { Db } from '../../src/core/ports/db.ts';
import type { Deliveries } from '../../src/core/ports/delivery.ts';
import type { Queue } from '../../src/core/ports/queue.ts';
import { job } from '../../src/core/routes/jobs.ts';
import { notice } from '../../src/core/routes/notices.ts';
import { action } from '../../src/core/routes/turns.ts';
import { type PageLinks, people } from '../../src/features/people/index.ts';
import { features, type Services } from '../../src/features/registry.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { alex, nadia } from '../support/people.ts';

// A feature that somebody adds in an afternoon: its manifest, and one line where the features are listed.

/** What people kept, by their id: a feature that lasts has a table. */
const buildKeepsakes = (clock: Clock, pageLinks: PageLinks) => {
  const words = new Map<string, string>();
  return {
    words,
    link: async (owner: string) =>
      (await pageLinks.issue('throwAway.page', { owner }, clock.now().add({ hours: 1 }))).url,
  };
};
interface Kept {
  readonly db: Db;
  readonly queue: Queue;
  readonly deliveries: Deliveries;
  readonly keepsakes: ReturnType<typeof buildKeepsakes>;
}
const Owner = z.strictObject({ tenantId: z.string(), objectId: z.string() });

const throwAway = feature({
  id: 'throwAway',
  below: [people],
  read: () => ({ greeting: 'Un essai commence.' }),
  build: ({ clock }, { pageLinks }, { greeting }) => ({
    keepsakes: buildKeepsakes(clock, pageLinks),
    greeting,
  }),
  messages: [
    {
      command: 'essai jetable',
      description: 'Essayer ce qui ne durera pas',
      role: 'client',
      scopes: ['personal'],
      handle: async (turn, { greeting }) => void (await turn.reply(greeting)),
    },
  ],
  actions: [
    action(
      'throwAway.keep',
      z.object({ word: z.string().max(20) }),
      async (turn, { word }, services: Kept) => {
        const { db, queue, keepsakes } = services;
        const { tenantId, objectId } = turn.person;
        keepsakes.words.set(objectId, word);
        await db.transaction((tx) => queue.enqueue(tx, 'throwAway.tell', { tenantId, objectId }));
        turn.notify('C’est gardé.');
      },
    ),
  ],
  jobs: [
    job('throwAway.tell', Owner, async (owner, { db, deliveries }: Kept) => {
      const told = {
        kind: 'throwAway.kept',
        key: `throwAway:${owner.objectId}`,
        about: 'throwAway',
        subject: owner,
      };
      await db.transaction((tx) => deliveries.address(tx, told, [{ kind: 'person', ...owner }]));
    }),
  ],
  notices: [
    notice(
      {
        kind: 'throwAway.kept',
        title: 'Ce que vous avez gardé',
        policy: 'once',
        hours: 'any',
        pausable: true,
        priority: 0,
      },
      Owner,
      async ({ objectId }, _recipient, { keepsakes }: Kept) =>
        `${keepsakes.words.get(objectId)} : ${await keepsakes.link(objectId)}`,
    ),
  ],
  pages: [
    {
      kind: 'throwAway.page',
      title: 'Page jetable',
      loses: 'Personne ne perd rien.',
      again: 'Recommencez l’essai.',
      about: async () => 'Un mot',
      handle: async (subject, _form, { keepsakes }) => {
        const { owner } = z.object({ owner: z.string() }).parse(subject);
        return { status: 200, mediaType: 'text/html', body: `<p>${keepsakes.words.get(owner)}</p>` };
      },
      refuse: (sentence) => ({ status: 403, mediaType: 'text/html', body: sentence }),
    },
  ],
  privacy: {
    title: 'Essais',
    export: async ({ objectId }, { keepsakes }) => ({ garde: keepsakes.words.get(objectId) ?? null }),
    erase: async (_tx, { objectId }, { keepsakes }) => void keepsakes.words.delete(objectId),
  },
  templates: [],
});

const teams = fakeTeams<Services & Built<[typeof throwAway]>>({ features: [...features, throwAway] });
const keeps = (word: unknown) => teams.press(alex, 'throwAway.keep', { word });

test('its command answers, and `aide` lists it', async () => {
  expect(await teams.hears(alex, 'Essai jetable !')).toBe('Un essai commence.');
  expect((await teams.asks(alex, 'aide')).words).toContain('Essayer ce qui ne durera pas');
});

test('its button enqueues its job, its job a notice, and the notice leads to its page', async () => {
  await teams.install(alex);
  expect((await keeps('mousse')).word).toBe('C’est gardé.');
  await teams.runJobs();
  const [said, address = ''] = teams.lastText().split(/\s:\s/);
  expect(said).toBe('mousse');
  const token = address.slice(address.lastIndexOf('/') + 1);
  expect(await page(token, undefined, teams.services)).toMatchObject({ status: 200, body: '<p>mousse</p>' });
  expect((await page(`${token}x`, undefined, teams.services)).status).toBe(404);
});

test('its button refuses what its schema does not know', async () => {
  expect((await keeps('m'.repeat(21))).word).not.toBe('C’est gardé.');
  expect(teams.services.keepsakes.words.size).toBe(0);
});

test('its notice is a kind of reminder, as the others', () => {
  const kinds = teams.services.house.noticeKinds().map(({ kind }) => kind);
  expect(kinds).toContain('throwAway.kept');
  expect(kinds).toContain('contracts.duty');
});

test('what it holds is in the export of its person, and goes with their erasure', async () => {
  await keeps('mousse');
  const { privacy, keepsakes } = teams.services;
  expect(await privacy.held(alex)).toMatchObject({ Essais: { garde: 'mousse' } });
  expect(await privacy.held(nadia)).toMatchObject({ Essais: { garde: null } });
  await privacy.erase(alex);
  expect(keepsakes.words.size).toBe(0);
});
