import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { samples } from '../../../support/catalogue.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aSupplier } from '../../../support/fiches.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane } from '../../../support/people.ts';
import { askedBy, countStatements } from '../../../support/statements.ts';

// A message does not ask the database what is in force: each process looks every few seconds.

const teams = fakeTeams({ processes: 2 });
type World = Pick<typeof teams, 'services'>;

const isKnown = async ({ services }: World) =>
  (await services.catalogue.known())?.supplier('zirconite') !== undefined;
const publish = ({ services }: World, version = '2026-11-01') =>
  services.catalogue.publication.publish([aSupplier('zirconite', { version })], 'command');

let stopCounting = () => {};
beforeAll(() => {
  stopCounting = countStatements();
});
afterAll(() => stopCounting());

beforeEach(async () => {
  await teams.services.catalogue.publication.publish(samples, 'sample');
  await Promise.all([teams.refresh(), teams.other.refresh()]);
});

describe('the catalogue that messages are answered with', () => {
  test('is asked for again after a few seconds only', async () => {
    const known = async () => (await askedBy(() => teams.services.catalogue.known())).statements;
    expect(await known()).toBe(0);
    teams.clock.advance({ seconds: 7 });
    expect([await known(), await known()]).toEqual([1, 0]);
  });

  test('is read once for all who ask for it after it changed', async () => {
    await publish(teams.other);
    const ask = () => teams.services.catalogue.current();
    const alone = await askedBy(ask);
    await publish(teams.other, '2026-11-02');
    const views: unknown[] = [];
    const together = await askedBy(async () => {
      views.push(...(await Promise.all(Array.from({ length: 20 }, ask))));
    });
    expect(together.statements).toBe(alone.statements);
    expect(new Set(views).size).toBe(1);
  });

  test('has at once what was published at the same process', async () => {
    expect(await isKnown(teams)).toBe(false);
    await publish(teams);
    expect(await isKnown(teams)).toBe(true);
  });

  test('has what was published while the process was looking', async () => {
    const { catalogue } = teams.services;
    await Promise.all([catalogue.refresh(), publish(teams), catalogue.refresh()]);
    expect(await isKnown(teams)).toBe(true);
  });

  test('has what another process published once this one has looked', async () => {
    await publish(teams.other);
    expect(await isKnown(teams)).toBe(false);
    await teams.refresh();
    expect(await isKnown(teams)).toBe(true);
  });

  test('has what another process published after a few seconds, even where nobody looked', async () => {
    await publish(teams.other);
    teams.clock.advance({ seconds: 7 });
    expect(await isKnown(teams)).toBe(true);
  });

  test('has a version on its day, from the first minute', async () => {
    await publish(teams, '2026-12-01');
    expect(await isKnown(teams)).toBe(false);
    teams.clock.advance({ days: 8 });
    await teams.refresh();
    expect(await isKnown(teams)).toBe(true);
  });

  test('no longer offers what was suspended a moment ago', async () => {
    await giveRole(teams, diane, 'staff');
    await publish(teams);
    expect((await teams.asks(alex, 'zirconite')).plain).not.toContain('Suspendue');
    await teams.mustPress(diane, 'catalogue.measure', {
      ...{ supplier: 'zirconite', offer: 'all', kind: 'suspended', from: '', reason: 'Pannes répétées.' },
      page: 1,
    });
    expect((await teams.asks(alex, 'zirconite')).plain).toContain('Suspendue depuis le 23 novembre 2026');
  });
});
