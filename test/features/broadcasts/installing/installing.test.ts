import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Installer, InstallOutcome } from '../../../../src/core/ports/directory.ts';
import { followAll, linkToTeam, preview, TEAM } from '../../../support/broadcasts.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { admin, alex, foreigner } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

const asked: string[] = [];
/** What Teams answers; without it, Graph fails. */
let outcome: InstallOutcome | undefined = 'installed';
function answered(id: string): InstallOutcome {
  if (!outcome) throw new Error('Graph answered 503');
  asked.push(id);
  return outcome;
}
/** The tenants that the deployer named, each with the id of its own catalogue. */
const catalogues = new Map([[admin.tenantId, TEAM]]);
const installer: Installer = {
  consent: async () => 'given',
  catalogues,
  async forPerson(_tenant, objectId) {
    return answered(objectId);
  },
  async forTeam(_tenant, groupId) {
    return answered(groupId);
  },
};
const teams = fakeTeams({ installer });

beforeEach(async () => {
  asked.length = 0;
  outcome = 'installed';
  await teams.install(admin);
});

/** People who follow everything and do not have the assistant. */
async function lack(n: number, tenantId = admin.tenantId): Promise<void> {
  for (let i = 0; i < n; i++)
    await followAll(teams, { tenantId, objectId: `lacks-${String(i).padStart(2, '0')}`, name: 'X' });
}

/** The card of those who cannot be reached, for a notice to all subscribers. */
async function outOfReach(): Promise<ShownCard> {
  const card = await preview(teams, admin);
  return teams.mustClick(admin, card, card.buttonFor('broadcasts.recipients').title);
}

async function install(): Promise<ShownCard> {
  const card = await outOfReach();
  await teams.click(admin, card, 'Confirmer l’installation');
  await teams.runJobs();
  return teams.mustClick(admin, card, 'Actualiser');
}

test('everybody who lacks it gets it, a few at a time, each once', async () => {
  await lack(23);
  const card = await install();
  expect(card.plain).toContain('Installation : faite pour 23 personnes.');
  expect(new Set(asked).size).toBe(23);
  expect(asked).toHaveLength(23);
});

test('what Teams refuses is counted apart', async () => {
  await lack(2);
  outcome = 'refused';
  expect((await install()).plain).toContain('refusée par Teams pour 2 personnes');
});

test('an installation asked for again replaces the first answer', async () => {
  await lack(2);
  outcome = 'refused';
  await install();
  outcome = 'present';
  expect((await install()).plain).toContain('Installation : déjà faite pour 2 personnes.');
});

test('people of another tenant are left to their own organization', async () => {
  await lack(2, foreigner.tenantId);
  await install();
  expect(asked).toEqual([]);
});

test('each organization that the deployer named gets it for its own people', async () => {
  catalogues.set(foreigner.tenantId, TEAM);
  await lack(11);
  await lack(2, foreigner.tenantId);
  try {
    expect((await install()).plain).toContain('faite pour 13 personnes');
  } finally {
    catalogues.delete(foreigner.tenantId);
  }
});

test('those who have it are left alone', async () => {
  await lack(1);
  const has = { tenantId: admin.tenantId, objectId: 'lacks-00', name: 'X' };
  const card = await outOfReach();
  await teams.install(has);
  await teams.click(admin, card, 'Confirmer l’installation');
  await teams.runJobs();
  expect(asked).toEqual([]);
});

test('where Graph fails, the job is tried again and goes on from the same place', async () => {
  await lack(12);
  const card = await outOfReach();
  await teams.click(admin, card, 'Confirmer l’installation');
  outcome = undefined;
  await teams.runJobs();
  expect(await teams.jobs.waiting()).toHaveLength(1);
  outcome = 'installed';
  await teams.runJobs();
  const after = await teams.mustClick(admin, card, 'Actualiser');
  expect(after.plain).toContain('faite pour 12 personnes');
});

describe('a team', () => {
  const refused = async (link: unknown) =>
    teams.refusedClick(admin, await teams.asks(admin, 'diffuser'), 'Installer', { link });

  test('gets it by its link', async () => {
    const list = await teams.asks(admin, 'diffuser');
    const { word } = await teams.click(admin, list, 'Installer', { link: linkToTeam(admin.tenantId) });
    expect(asked).toEqual([TEAM]);
    expect(word).toBe('Courtier est installé dans cette équipe.');
  });

  test('of another organization is refused with a sentence', async () => {
    expect(await refused(linkToTeam(foreigner.tenantId))).toContain('autre organisation');
    expect(asked).toEqual([]);
  });

  test.each([
    '',
    'équipe Finances',
    `http://teams.microsoft.com/l/team/x?groupId=${TEAM}&tenantId=${TEAM}`,
    `https://teams.microsoft.com.evil.example/l/team/x?groupId=${TEAM}&tenantId=${TEAM}`,
    `https://teams.microsoft.com/l/team/x?groupId=../../users&tenantId=${TEAM}`,
    7,
  ])('is not found behind %j', async (link) => {
    expect(await refused(link)).toContain('Copiez le lien de l’équipe');
    expect(asked).toEqual([]);
  });
});

test('a client can neither see nor forge it', async () => {
  await lack(2);
  const card = await outOfReach();
  expect(await teams.refusedClick(alex, card, 'Confirmer l’installation')).toContain('introuvable');
  expect(
    await teams.refusedPress(alex, 'broadcasts.installTeam', { link: linkToTeam(admin.tenantId) }),
  ).toContain('introuvable');
  await teams.runJobs();
  expect(asked).toEqual([]);
});
