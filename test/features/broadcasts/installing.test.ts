import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Installer, InstallOutcome } from '../../../src/core/ports.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { admin, alex, foreigner, personalChat, silentTurn } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const asked: string[] = [];
let outcome: InstallOutcome = 'installed';
const installer: Installer = {
  tenantId: admin.tenantId,
  async forPerson(objectId) {
    if (!outcome) throw new Error('Graph answered 503');
    asked.push(objectId);
    return outcome;
  },
  async forTeam(groupId) {
    asked.push(groupId);
    return outcome;
  },
};
const teams = fakeTeams({ installer });
const GROUP = '44444444-4444-4444-8444-444444444444';
const linkTo = (tenant: string) =>
  `https://teams.microsoft.com/l/team/19%3Aabc%40thread.tacv2/conversations?groupId=${GROUP}&tenantId=${tenant}`;

beforeEach(async () => {
  asked.length = 0;
  outcome = 'installed';
  await teams.install(personalChat(admin), admin);
});

/** People who follow everything and do not have the assistant. */
async function lack(n: number, tenantId = admin.tenantId): Promise<void> {
  for (let i = 0; i < n; i++) {
    const person = { tenantId, objectId: `lacks-${String(i).padStart(2, '0')}`, name: 'X' };
    await teams.services.catalogue.subscriptions.subscribe(silentTurn(person), { kind: 'all', id: 'all' });
  }
}

/** The card of those who cannot be reached, for a notice to all subscribers. */
async function outOfReach(): Promise<ShownCard> {
  await teams.says(admin, 'diffuser');
  const compose = await teams.click(admin, teams.lastCard(), 'Nouvel avis');
  const aim = await teams.click(admin, compose.card as ShownCard, 'Continuer', { title: 'T', text: 'X' });
  const preview = await teams.click(admin, aim.card as ShownCard, 'Voir avant d’envoyer', {
    groups: 'subscribers',
  });
  const missing = (preview.card as ShownCard).buttons.find(({ verb }) => verb === 'broadcasts.recipients');
  const shown = await teams.click(admin, preview.card as ShownCard, missing?.title ?? '');
  return shown.card as ShownCard;
}

const install = async () => {
  const card = await outOfReach();
  await teams.click(admin, card, 'Confirmer l’installation');
  await teams.runJobs();
  const { card: after } = await teams.click(admin, card, 'Actualiser');
  return after as ShownCard;
};

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

test('a second time replaces the first answer', async () => {
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

test('those who have it are left alone', async () => {
  await lack(1);
  const has = { tenantId: admin.tenantId, objectId: 'lacks-00', name: 'X' };
  const card = await outOfReach();
  await teams.install(personalChat(has), has);
  await teams.click(admin, card, 'Confirmer l’installation');
  await teams.runJobs();
  expect(asked).toEqual([]);
});

test('where Graph fails, the job is tried again and goes on from the same place', async () => {
  await lack(12);
  const card = await outOfReach();
  await teams.click(admin, card, 'Confirmer l’installation');
  outcome = undefined as unknown as InstallOutcome;
  await teams.runJobs();
  expect(await teams.jobs.waiting()).toHaveLength(1);
  outcome = 'installed';
  await teams.runJobs();
  const { card: after } = await teams.click(admin, card, 'Actualiser');
  expect((after as ShownCard).plain).toContain('faite pour 12 personnes');
});

describe('a team', () => {
  const press = async (link: unknown) => {
    await teams.says(admin, 'diffuser');
    return teams.click(admin, teams.lastCard(), 'Installer', { link });
  };

  test('gets it by its link', async () => {
    const { word } = await press(linkTo(admin.tenantId));
    expect(asked).toEqual([GROUP]);
    expect(word).toBe('Courtier est installé dans cette équipe.');
  });

  test('of another organization is refused with a sentence', async () => {
    expect((await press(linkTo(foreigner.tenantId))).word).toContain('autre organisation');
    expect(asked).toEqual([]);
  });

  test.each([
    '',
    'équipe Finances',
    `http://teams.microsoft.com/l/team/x?groupId=${GROUP}&tenantId=${GROUP}`,
    `https://teams.microsoft.com.evil.example/l/team/x?groupId=${GROUP}&tenantId=${GROUP}`,
    `https://teams.microsoft.com/l/team/x?groupId=../../users&tenantId=${GROUP}`,
    7,
  ])('is not found behind %j', async (link) => {
    expect((await press(link)).word).toContain('Copiez le lien de l’équipe');
    expect(asked).toEqual([]);
  });
});

test('a client can neither see nor forge it', async () => {
  await lack(2);
  const card = await outOfReach();
  expect((await teams.click(alex, card, 'Confirmer l’installation')).word).toContain('introuvable');
  expect(
    (await teams.press(alex, personalChat(alex), 'broadcasts.installTeam', { link: linkTo(admin.tenantId) }))
      .word,
  ).toContain('introuvable');
  await teams.runJobs();
  expect(asked).toEqual([]);
});
