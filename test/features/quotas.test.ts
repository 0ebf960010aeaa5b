import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { quotasOf } from '../../src/core/routes/turns.ts';
import type { Person } from '../../src/core/turn.ts';
import { features } from '../../src/features/registry.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { people } from '../support/kickoff.ts';
import { colleagues } from '../support/organization.ts';
import { alex, diane, nadia, staffRoom, strangers } from '../support/people.ts';
import { countOf } from '../support/rows.ts';
import { pressAllTogether } from '../support/together.ts';

// How often something may be done in a day is declared beside what creates it, and counted where it is written.

const creating = features.flatMap(({ actions }) => actions).filter(({ creates }) => creates);
const quotas = [...quotasOf(features)];
const clients = new Set(
  features.flatMap(({ actions }) => actions.flatMap(({ verb, role }) => (role === 'client' ? [verb] : []))),
);
/** The broker's clients (guide 2.4): what they all do in a day, from one tenant, is to be met by no limit. */
const BODIES = 300;

describe('the registry', () => {
  test.each(creating.map(({ verb, quota }) => [verb, quota] as const))(
    '%s has a quota, or a reason why it is not counted',
    (_verb, quota) => {
      expect(quota && ('why' in quota ? quota.why : quota.uncounted)).toMatch(/^.{20,}\.$/);
    },
  );

  test.each(quotas)('the figures of %s grow from a person to a body to a tenant', (_act, quota) => {
    expect(quota.person).toBeGreaterThanOrEqual(10);
    expect(quota.body).toBeGreaterThan(quota.person);
    expect(quota.tenant).toBeGreaterThan(quota.body);
    for (const noun of quota.noun) expect(noun).not.toBe('');
  });

  test.each(quotas.filter(([act]) => clients.has(act)))(
    '%s lets three hundred bodies work',
    (_act, { tenant }) => {
      expect(tenant).toBeGreaterThanOrEqual(BODIES * 10);
    },
  );

  test('the staff are told of some apart, then of all together, by a command that lists them', () => {
    const commands = features.flatMap(({ messages }) => messages).filter(({ role }) => role === 'staff');
    const told = quotas.flatMap(([, { told }]) => told ?? []);
    expect(told.length).toBeGreaterThan(3);
    for (const { command } of told) expect(commands.map((each) => each.command)).toContain(command);
  });
});

describe('counting', () => {
  // A tenth: six comments a person, thirty a body.
  const teams = fakeTeams({ processes: 2, quotaPercent: 10 });
  const MOST = 6;
  const OF_BODY = 30;
  const REFUSED =
    'La limite d’aujourd’hui est atteinte : 6 commentaires par personne. Vous pourrez continuer dès demain.';

  beforeEach(() => people(teams));

  const comment = (person: Person, n: number) => ({
    person,
    verb: 'contracts.comment',
    data: { kind: 'documents', supplier: '', text: `Commentaire ${n}` },
  });
  const sends = (person: Person, times: number, from = 0) =>
    pressAllTogether(
      [teams, teams.other],
      Array.from({ length: times }, (_, n) => comment(person, from + n)),
    );
  const written = (of = sql`contract_comments`) => countOf(teams, of);
  const refusals = (answers: Awaited<ReturnType<typeof sends>>) => answers.filter(({ card }) => !card);

  test('fifty at once, at two processes, are as many as a day takes', async () => {
    const answers = await sends(alex, 50);
    expect(await written()).toBe(MOST);
    expect(refusals(answers)).toHaveLength(50 - MOST);
  });

  test('a body’s people are counted together too', async () => {
    const members = strangers(6);
    await colleagues(teams, members, 'Ville de Matane');
    const answers = await Promise.all(members.map((person, n) => sends(person, MOST, n * MOST)));
    expect(await written()).toBe(OF_BODY);
    const words = answers.flatMap(refusals).map(({ word }) => word.replaceAll('\u00a0', ' '));
    expect(words).toHaveLength(members.length * MOST - OF_BODY);
    for (const word of words) expect(word).toContain('30 commentaires par organisation');
  });

  test('a refusal says what, how many, and when again; the form stays as it is', async () => {
    await sends(alex, MOST);
    const { verb, data } = comment(alex, 99);
    const { card, word } = await teams.press(alex, verb, data);
    expect(card).toBeUndefined();
    expect(word.replaceAll('\u00a0', ' ')).toContain(REFUSED);
    expect(word).toContain('formulaire');
  });

  test('somebody else goes on, and so does who waited for the next day', async () => {
    await sends(alex, MOST + 1);
    expect(refusals(await sends(nadia, 1))).toEqual([]);
    teams.clock.advance({ hours: 24 });
    expect(refusals(await sends(alex, 1))).toEqual([]);
  });

  test('a form that is sent twice counts once, and is answered once the day is full', async () => {
    const card = await teams.asks(alex, 'commenter');
    const form = { kind: 'documents', supplier: '', text: 'Le premier.' };
    await teams.mustClick(alex, card, 'Envoyer', form);
    await teams.mustClick(alex, card, 'Envoyer', form);
    expect(refusals(await sends(alex, MOST - 1))).toEqual([]);
    expect(await written()).toBe(MOST);
    await teams.mustClick(alex, card, 'Envoyer', form);
  });

  test('what is refused for another reason is not counted', async () => {
    await teams.refusedPress(alex, 'contracts.create', { title: 'Contrat' });
    await teams.press(alex, 'acquisitions.create', { name: '' });
    expect(await written(sql`quota_counts where act <> 'people.declare'`)).toBe(0);
  });

  test('counts are given to whoever asks for their data, and forgotten after a week', async () => {
    await sends(alex, 2);
    expect(JSON.stringify(await teams.services.privacy.held(alex))).toContain('contracts.comment');
    teams.clock.advance({ hours: 24 * 9 });
    await teams.services.forgetting.forget();
    expect(await written(sql`quota_counts`)).toBe(0);
  });
});

describe('the staff', () => {
  const teams = fakeTeams();
  const APART = 5;
  const LIMIT = 60;

  beforeEach(() => people(teams));

  async function flood(times: number): Promise<void> {
    for (let n = 0; n < times; n++)
      await teams.press(alex, 'contracts.comment', {
        kind: 'documents',
        supplier: '',
        text: `Commentaire ${n}`,
      });
    await teams.runJobs();
    teams.clock.advance({ minutes: 2 });
    await teams.runJobs();
  }
  const cards = () => teams.received(staffRoom, 'people/quota');

  test('have a card of each comment, up to some; the others are one card, which counts them and leads to the list', async () => {
    await flood(APART);
    expect(cards()).toEqual([]);
    await flood(20);
    expect(teams.received(staffRoom, 'contracts/comment-staff')).toHaveLength(APART);
    const [card, ...others] = cards();
    expect(others).toEqual([]);
    expect(card?.plain).toContain('Alex Gagnon : 25 commentaires en une journée');
    if (card) await teams.click(diane, card, 'Voir la liste', {}, staffRoom);
    expect(teams.lastCard().plain).toContain('Nº 25');
  });

  test('are told once that somebody reached a limit, whatever the number of refusals', async () => {
    await flood(LIMIT + 20);
    const reached = cards().filter(({ plain }) => plain.includes('Limite du jour atteinte'));
    expect(reached).toHaveLength(1);
    expect(reached[0]?.plain).toContain('Alex Gagnon');
    expect(reached[0]?.plain).toContain('60 commentaires par personne');
  });

  test('a thousand acts of one person are seven cards in their channel', async () => {
    await flood(1_000);
    expect(teams.in(staffRoom)).toHaveLength(APART + 2);
    expect(await countOf(teams, sql`contract_comments`)).toBe(LIMIT);
  });

  test('questions and requests are told likewise', async () => {
    for (let n = 0; n < 8; n++)
      await teams.press(alex, 'people.declare', {
        other: `Ville de ${'abcdefgh'[n]?.repeat(6)}`,
        sure: true,
        leave: true,
      });
    await teams.runJobs();
    expect(teams.received(staffRoom, 'people/memberships').length).toBeLessThanOrEqual(3);
    expect(
      cards()
        .map(({ plain }) => plain)
        .join(),
    ).toContain('demandes d’adhésion');
  });
});
