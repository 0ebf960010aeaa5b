import { beforeEach, expect, test } from '@jest/globals';
import type { Mail, Mailbox } from '../../../src/core/ports/mailbox.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, kickoffOf, people, requested } from '../../support/kickoff.ts';
import { MINISTRY } from '../../support/organization.ts';
import { alex, diane } from '../../support/people.ts';
import type { ShownCard } from '../../support/shown-card.ts';

const sent: Mail[] = [];
/** What the mailbox does with the next e-mails: takes them, refuses them, or does not say. */
const box = { does: 'sent' as 'sent' | 'refused' | 'silent' };
const mailbox: Mailbox = {
  async send(mail) {
    if (box.does !== 'refused') sent.push(mail);
    if (box.does === 'silent') throw new Error('Graph did not answer');
    return box.does;
  },
};
const teams = fakeTeams({ mailbox, shortGuide: true });
let kickoff: string;

beforeEach(async () => {
  sent.length = 0;
  box.does = 'sent';
  await people(teams);
  const file = await aFile(teams);
  await requested(teams, file);
  kickoff = (await kickoffOf(teams, file)).id;
});

async function link(): Promise<ShownCard> {
  await teams.press(diane, 'kickoff.supplierLink', { kickoff });
  return teams.lastCard();
}
const mails = () => teams.mustPress(diane, 'kickoff.mails', { kickoff, page: 1 });
const waiting = async () => (await teams.services.kickoffs.refusedWaits()).map(({ title }) => title);
async function send(card?: ShownCard): Promise<ShownCard> {
  await teams.mustClick(diane, card ?? (await link()), 'Envoyer de la boîte du Courtier');
  await teams.runJobs();
  return mails();
}

test('leaves with its reference and the link, and names neither the body nor its project', async () => {
  const card = await send();
  expect(card.plain).toContain('Courriel envoyé');
  expect(sent).toHaveLength(1);
  expect(sent[0]?.to).toEqual({ name: 'Camille Roy', email: 'camille@airelle.example' });
  const text = sent[0]?.body.join('\n') ?? '';
  expect(text).toContain('Référence : rencontre nº 1');
  expect(text).toMatch(/\/liens\//);
  for (const secret of [MINISTRY, 'Remplacer le courriel', alex.name]) expect(text).not.toContain(secret);
});

test('pressed twice, and worked on twice, leaves once', async () => {
  const { verb, data } = (await link()).button('Envoyer de la boîte du Courtier');
  await Promise.all([teams.press(diane, verb, data), teams.press(diane, verb, data)]);
  await teams.runJobs();
  const { rows } = await teams.services.kickoffs.mailNotesPage(
    await teams.services.kickoffs.findKickoff(kickoff),
    1,
    9,
  );
  for (const { id } of rows) expect(await teams.services.kickoffs.claimMail(id)).toBeUndefined();
  expect(sent).toHaveLength(1);
});

test('one that the mailbox does not confirm is listed, waits for the team, and is not sent again', async () => {
  box.does = 'silent';
  const card = await send();
  expect(card.plain).toContain('Courriel incertain');
  expect(await waiting()).toEqual([expect.stringContaining('Courriel incertain')]);
  await teams.runJobs();
  expect(sent).toHaveLength(1);
  // What is noted in one moment has no order.
  teams.clock.advance({ seconds: 1 });
  await teams.mustClick(diane, card, 'Noter la réponse', { on: '2026-11-23', words: 'Reçu.' });
  expect(await waiting()).toEqual([]);
});

test('one that a process began to send before it died is uncertain, and is not sent again', async () => {
  await teams.mustClick(diane, await link(), 'Envoyer de la boîte du Courtier');
  const row = await teams.services.kickoffs.findKickoff(kickoff);
  const { rows } = await teams.services.kickoffs.mailNotesPage(row, 1, 1);
  await teams.services.kickoffs.claimMail(rows[0]?.id ?? '');
  await teams.runJobs();
  expect(sent).toHaveLength(0);
  expect((await mails()).plain).toContain('Courriel incertain');
});

test('one that the mailbox refuses is told, and waits for the team', async () => {
  box.does = 'refused';
  expect((await send()).plain).toContain('Courriel non envoyé');
  expect(await waiting()).toHaveLength(1);
});

test('a card of before the address was corrected sends nothing', async () => {
  const before = await link();
  const { revision } = await teams.services.kickoffs.findKickoff(kickoff);
  await teams.mustPress(diane, 'kickoff.correctAddress', {
    kickoff,
    revision,
    contactName: '',
    contactEmail: 'lea@airelle.example',
  });
  const card = await teams.mustClick(diane, before, 'Envoyer de la boîte du Courtier');
  expect(card.plain).toContain('L’adresse a changé depuis');
  await teams.runJobs();
  expect(sent).toHaveLength(0);
});

test('is the staff’s', async () => {
  const { verb, data } = (await link()).button('Envoyer de la boîte du Courtier');
  await teams.refusedPress(alex, verb, data);
  await teams.runJobs();
  expect(sent).toHaveLength(0);
});
