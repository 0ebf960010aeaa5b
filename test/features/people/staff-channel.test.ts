import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import { admin, alex, diane, samuel, staffRoom } from '../../support/people.ts';

// The staff's channel is deleted, or the assistant removed from it: administrators are told, and what arrives goes to
// each of the staff until the channel is back or another is chosen.

const teams = fakeTeams({ shortGuide: true });

beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
  for (const person of [admin, samuel]) await teams.says(person, 'aide');
});

async function complains(text = 'Le soutien tarde.') {
  const words = { kind: 'supplierComplaint', supplier: 'airelle', text } as const;
  await teams.services.comments.send(alex, words, newId());
  await teams.runJobs();
}
const cards = (who: typeof diane) => teams.received(who, 'contracts/comment-staff').length;
const told = (who: typeof diane) =>
  teams.in(who).filter(({ content }) => String(content).includes('Le canal de l’équipe ne répond plus'));
async function looks(tried = true) {
  await teams.services.staffChannel.watch(tried);
  await teams.runJobs();
}

test('a lost channel, from the first refusal to the new one', async () => {
  await complains();
  expect([cards(diane), teams.received(staffRoom, 'contracts/comment-staff').length]).toEqual([0, 1]);

  teams.refuses(staffRoom.id);
  await complains('Toujours rien.');
  expect(cards(diane)).toBe(0);
  // What it did not receive is told to each of the staff, and to the administrators what happened; once.
  for (const _time of [1, 2]) await looks();
  expect([cards(diane), cards(samuel)]).toEqual([1, 1]);
  expect([told(admin).length, told(diane).length]).toEqual([1, 0]);

  await complains('Encore.');
  expect([cards(diane), cards(samuel), cards(alex)]).toEqual([2, 2, 0]);

  const health = await teams.asks(diane, 'santé');
  expect(health.plain).toContain('Le canal de l’équipe est perdu');
  expect(health.plain).toContain('Perdu depuis le 23 novembre 2026');

  const other = { ...staffRoom, id: 'another-room' };
  await teams.install(other);
  await teams.says(admin, 'désigner ce canal', other);
  await complains('Et enfin.');
  expect(cards(diane)).toBe(2);
  expect(teams.received(other, 'contracts/comment-staff')).toHaveLength(1);
});

test('what was to go to each of the staff does not go to whoever left them before it left', async () => {
  teams.refuses(staffRoom.id);
  await complains();
  await looks();
  const words = { kind: 'supplierComplaint', supplier: 'airelle', text: 'Encore.' } as const;
  await teams.services.comments.send(alex, words, newId());
  const before = [cards(diane), cards(samuel)];
  await giveRole(teams, samuel, 'client');
  await teams.runJobs();
  expect([cards(diane), cards(samuel)]).toEqual([(before[0] ?? 0) + 1, before[1]]);
});

describe('a channel', () => {
  test('that is back has what arrives again', async () => {
    teams.refuses(staffRoom.id);
    await looks();
    teams.refuses('');
    await looks();
    await complains();
    expect(cards(diane)).toBe(0);
    expect((await teams.asks(diane, 'santé')).plain).toContain('Répond, essayé à l’instant');
  });

  test('from which the assistant was removed is lost without being tried', async () => {
    await teams.services.conversations.forget(staffRoom.id);
    await looks(false);
    expect(told(admin)).toHaveLength(1);
    await complains();
    expect(cards(diane)).toBe(1);
  });

  test('is not lost because Teams does not answer', async () => {
    expect(await teams.services.staffChannel.watch(false)).toBe('answers');
    expect(told(admin)).toEqual([]);
  });
});

describe('`santé`', () => {
  test('says what was given up, what is full, and what the assistant is', async () => {
    teams.conditions({
      version: '1.2.3',
      jobs: [{ job: 'people.purge', waiting: 2, active: 0, failed: 1, oldestSeconds: 1_200 }],
      disk: { free: 1_000_000_000, total: 100_000_000_000 },
      database: { engine: 'postgres', bytes: 250_000_000, schema: { newest: 1, known: 1 } },
    });
    const { plain } = await teams.asks(diane, 'santé');
    for (const said of [
      'Des travaux ont été abandonnés : people.purge (1).',
      'Un travail attend depuis 20 minutes.',
      'Le disque est presque plein.',
      'PostgreSQL, 250 Mo',
      'Version 1.2.3',
      'Installé',
    ])
      expect(plain).toContain(said);
  });

  test('counts what is said outside broadcasts', async () => {
    await complains();
    expect((await teams.asks(diane, 'santé')).plain).toMatch(/Réponses et rappels \d+ envoyés? en 24 h/);
  });
});
