import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { CONTRACT } from '../../support/contracts.ts';
import { audited, drawn } from '../../support/drawn.ts';
import {
  aFile,
  booked,
  clientChooses,
  DETAILS,
  kickoffOf,
  people,
  proposed,
  requested,
  supplierChooses,
  visit,
} from '../../support/kickoff.ts';
import { diane } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { onTwoProcesses, pressTogether, traces } from '../../support/together.ts';

// Two processes on one PostgreSQL: what is sent fifty times happens once.

const { teams, both, once } = onTwoProcesses();
const told = (what: string) =>
  countOf(teams, sql`deliveries where kind = 'kickoff.staff' and subject ->> 'what' = ${what}`);

beforeEach(() => people(teams));

test('a meeting is asked for once, and the staff are told once', async () => {
  const file = await aFile(teams);
  const { card } = await once('kickoff.request', drawn({ file, ...DETAILS }));
  expect(card?.words).toContain('Votre demande est envoyée au Courtier');
  expect(await countOf(teams, sql`kickoffs`)).toBe(1);
  expect(await countOf(teams, sql`kickoff_confirmations`)).toBe(1);
  expect(await told('requested')).toBe(1);
  const history = await teams.services.files.history(file);
  expect(history.filter(({ sentence }) => sentence.startsWith('Rencontre'))).toHaveLength(1);
});

test('an answer to what the staff asked is told them once', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  const { id, revision } = await kickoffOf(teams, file);
  await teams.press(diane, 'kickoff.ask', {
    kickoff: id,
    revision,
    question: 'Combien ?',
  });
  await once('kickoff.request', drawn({ file, ...DETAILS, quantities: '120 boîtes' }));
  expect(await told('answered')).toBe(1);
});

test('moments are proposed once: those who press too late see them', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  const { id, revision } = await kickoffOf(teams, file);
  const answers = await pressTogether(both(), {
    person: diane,
    verb: 'kickoff.propose',
    data: { kickoff: id, revision },
  });
  expect(answers.filter(({ card }) => card?.words.includes('a changé entre-temps'))).toHaveLength(49);
  expect((await kickoffOf(teams, file)).round).toBe(1);
  expect(await traces(teams, 'kickoff.propose')).toBe(1);
});

test('a follower of the meeting takes it once', async () => {
  const file = await aFile(teams);
  await requested(teams, file);
  const { id } = await kickoffOf(teams, file);
  await once('kickoff.take', { kickoff: id }, diane);
  expect(await traces(teams, 'kickoff.take')).toBe(1);
});

test('the supplier’s page, sent twice, has one effect and one answer', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  const { revision } = await kickoffOf(teams, file);
  const first = await supplierChooses(teams, all, all.slots.slice(0, 1));
  const second = await supplierChooses(teams, all, all.slots.slice(0, 1));
  expect(second).toEqual(first);
  expect((await kickoffOf(teams, file)).revision).toBe(revision + 1);
});

test('the supplier’s page, sent twenty times at once, books once', async () => {
  const file = await aFile(teams);
  const all = await proposed(teams, file);
  await clientChooses(teams, all, all.slots.slice(0, 1));
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => supplierChooses(teams, all, all.slots.slice(0, 1))),
  );
  expect(
    new Set(answers.map(({ status, body }) => `${status} ${/Merci[^<]*/.exec(String(body))}`)).size,
  ).toBe(1);
  expect(await kickoffOf(teams, file)).toMatchObject({ state: 'booked' });
  expect(await countOf(teams, sql`kickoff_slots where state = 'booked'`)).toBe(1);
  expect(await teams.jobs.waiting('kickoff.enterCalendar')).toHaveLength(1);
});

test('a meeting that took place, then its steps, are noted once, and so is the contract', async () => {
  const file = await aFile(teams);
  const { kickoff, token } = await booked(teams, file);
  const { id } = kickoff;
  teams.clock.advance({ days: 30 });
  await teams.press(diane, 'kickoff.staffTookPlace', {
    kickoff: id,
    slot: kickoff.slotId,
    yes: true,
  });
  const byBroker = (step: number) => once('kickoff.confirmBroker', { kickoff: id, step }, diane);
  const byClient = (step: number) => once('kickoff.confirm', { kickoff: id, step });
  const bySupplier = async (step: number) => {
    const form = { what: 'confirm', step: String(step) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => visit(teams, token, form)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  };
  await byClient(4);
  await byClient(5);
  await byBroker(6);
  await bySupplier(6);
  await byBroker(7);
  await byClient(8);
  await byBroker(8);
  await byClient(9);
  await bySupplier(10);
  const { signedOn, startsOn, endsOn, amount } = CONTRACT;
  await once('kickoff.sign', drawn({ kickoff: id, signedOn, startsOn, endsOn, amount }));
  expect(await countOf(teams, sql`contracts`)).toBe(1);
  await byClient(11);
  expect(await kickoffOf(teams, file)).toMatchObject({ state: 'signed' });
  expect(await audited(teams, 'contract.%')).toEqual(['contract.create', 'contract.done.copy']);
  expect(await audited(teams, 'kickoff.step%')).toHaveLength(8);
  expect(await told('signed')).toBe(1);
});
