import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { tick } from '../../../src/features/evaluations/campaigns/jobs.ts';
import { aContract } from '../../support/contracts.ts';
import { audited, drawn } from '../../support/drawn.ts';
import { evaluating, OVERALL, ofBodies, scores } from '../../support/evaluations.ts';
import { people } from '../../support/kickoff.ts';
import { diane } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { onTwoProcesses, pressTogether, traces } from '../../support/together.ts';

// Two processes on one PostgreSQL: what is sent fifty times happens once.

const { teams, both, once } = onTwoProcesses();
const { answer, campaign, day, evaluation, submit } = evaluating(teams);

beforeEach(() => people(teams));

test('a campaign is started once, and the next one takes the next number', async () => {
  await aContract(teams);
  const wanted = { kind: 'window', name: 'Évaluations', opensOn: day(0), closesOn: day(45) };
  const { card } = await once('evaluations.start', drawn(wanted), diane);
  expect(card?.words).toContain('La campagne est ouverte');
  expect(await countOf(teams, sql`evaluation_campaigns`)).toBe(1);
  expect(await countOf(teams, sql`evaluations`)).toBe(1);
  expect(await audited(teams, 'campaign.%')).toEqual(['campaign.start']);
  await campaign(45, 10);
  const { rows } = await teams.services.campaigns.campaignsPage(1, 5);
  expect(rows.map(({ number }) => number)).toEqual([2, 1]);
});

test('the hourly job, at two processes and again, opens one campaign for the contracts that end, and takes one number', async () => {
  await aContract(teams, { endsOn: '2026-12-10', startsOn: '2026-11-21', rcti: 'true' });
  for (let n = 0; n < 3; n++) await Promise.all(both().map(({ services }) => tick.handle({}, services)));
  await campaign();
  const { rows } = await teams.services.campaigns.campaignsPage(1, 5);
  expect(rows.map(({ kind, number }) => [kind, number])).toEqual([
    ['window', 2],
    ['final', 1],
  ]);
});

test('of fifty who pause a campaign one does, the others see it paused', async () => {
  await aContract(teams);
  const id = await campaign();
  const answers = await pressTogether(both(), {
    person: diane,
    verb: 'evaluations.pause',
    data: { campaign: id, revision: 1 },
  });
  expect(answers.filter(({ card }) => card?.words.includes('a changé entre-temps'))).toHaveLength(49);
  expect(await traces(teams, 'campaign.pause')).toBe(1);
});

test('of fifty who move the end of a campaign one does, and who looks after its contracts is told once', async () => {
  await aContract(teams);
  const id = await campaign();
  const form = { campaign: id, revision: 1, closesOn: day(20), sure: 'yes' };
  const answers = await pressTogether(both(), { person: diane, verb: 'evaluations.extend', data: form });
  expect(answers.filter(({ card }) => card?.words.includes('finit maintenant'))).toHaveLength(1);
  expect(await traces(teams, 'campaign.shorten')).toBe(1);
  expect(await countOf(teams, sql`deliveries where kind = 'evaluations.moved'`)).toBe(1);
});

describe('an evaluation', () => {
  let contract: string;
  let id: string;
  beforeEach(async () => {
    contract = await aContract(teams);
    await campaign();
    id = await evaluation();
  });

  test('keeps a part once, and whoever sends it again goes on alike', async () => {
    await once('evaluations.answer', { evaluation: id, part: 1, revision: 0, ...scores(1) });
    expect(await countOf(teams, sql`evaluation_sections where revision = 1`)).toBe(3);
  });

  test('keeps the overall view once, and the reference that goes with it', async () => {
    const contact = { reference: 'true', contact: 'alex@ministere.example' };
    await once('evaluations.answer', {
      evaluation: id,
      part: 2,
      revision: 0,
      ...scores(2),
      ...OVERALL,
      ...contact,
    });
    expect(await countOf(teams, sql`contract_references`)).toBe(1);
    expect(await traces(teams, 'contract.consent')).toBe(1);
  });

  test('is taken over once', async () => {
    const { tenantId, objectId } = diane;
    await teams.db.execute(
      sql`update evaluations set responsible_tenant = ${tenantId}, responsible_id = ${objectId}`,
    );
    await once('evaluations.take', { evaluation: id });
    expect(await traces(teams, 'evaluation.take')).toBe(1);
  });

  test('is submitted once', async () => {
    await answer(id, 1);
    const whole = { evaluation: id, part: 2, revision: 0, seen: 0, ...scores(2), ...OVERALL };
    await once('evaluations.submit', whole);
    expect(await countOf(teams, sql`evaluation_submissions`)).toBe(1);
    expect(await traces(teams, 'evaluation.submit')).toBe(1);
  });

  test('is set apart once', async () => {
    await once('evaluations.exclude', { apart: id, why: 'Résilié' }, diane);
    expect(await traces(teams, 'evaluation.exclude')).toBe(1);
  });

  test('has an event of the year noted once', async () => {
    await once('evaluations.note', drawn({ contract, on: day(0), good: 'false', text: 'Panne' }));
    expect(await countOf(teams, sql`evaluation_events`)).toBe(1);
  });
});

test('a result sheet is released once, and each is answered with the link that holds; it is withdrawn once', async () => {
  const who = await ofBodies(teams, 3);
  for (const person of who) await aContract(teams, {}, person);
  await campaign();
  for (const person of who) {
    const { rows } = await teams.services.evaluations.evaluationsPage(person, 1, 5);
    await submit(rows[0]?.evaluation.id ?? '', '4', {}, person);
  }
  const card = await teams.mustPress(diane, 'evaluations.results', { supplier: 'airelle' });
  const { verb, data } = card.button('Préparer le lien');
  teams.posted.length = 0;
  await once(verb ?? '', data, diane);
  const links = new Set(
    teams.posted.map(({ content }) => (typeof content === 'object' ? content.view.url : content)),
  );
  expect(links.size).toBe(1);
  const standing = { supplier: 'airelle', year: 2026 };
  expect(await teams.services.results.findRelease(standing)).toMatchObject({ number: 1, active: true });
  await once('evaluations.withdraw', standing, diane);
  expect(await traces(teams, 'evaluation.release')).toBe(1);
  expect(await traces(teams, 'evaluation.withdraw')).toBe(1);
});
