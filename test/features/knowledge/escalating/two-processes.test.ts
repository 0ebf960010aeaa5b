import { beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { DeliveryError } from '../../../../src/core/errors.ts';
import { staffed } from '../../../support/organization.ts';
import { alex, diane, nadia, personalChat, silentTurn, staffRoom } from '../../../support/people.ts';
import { until } from '../../../support/process.ts';
import { countOf } from '../../../support/rows.ts';
import { onTwoProcesses } from '../../../support/together.ts';

// Two processes on one PostgreSQL: one is in the middle of sending while the other starts, or ends before it sends.

const { teams } = onTwoProcesses({ shortGuide: true });
const escalations = () => teams.services.knowledge.escalations;
const posted = (template: string) =>
  teams.posted.filter(({ content }) => typeof content === 'object' && content.template === template);

beforeEach(async () => {
  jest.restoreAllMocks();
  for (const person of [alex, nadia]) await teams.install(person);
  await staffed(teams);
});

/** Holds up the next message of the first process to a conversation, until it is let go. */
function held(conversation: string) {
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const { send } = teams.messenger;
  jest.spyOn(teams.messenger, 'send').mockImplementation(async (to, content) => {
    if (to.id === conversation) {
      begun.resolve();
      await go.promise;
    }
    return send(to, content);
  });
  return { begun: begun.promise, go: go.resolve };
}

/** A question that waits. */
const asked = (person = alex) =>
  escalations().openEscalation(silentTurn(person), 'Une grange peut-elle héberger un serveur ?');

/** It was posted, and is answered: the answer is to be sent. */
async function answered(): Promise<string> {
  const { id } = await asked();
  await asked(nadia);
  await teams.runJobs();
  const { revision } = await escalations().getEscalation(id);
  await escalations().answer(diane, id, revision, 'Non.');
  return id;
}

const arrivals = async (id: string) => (await escalations().askers(id)).map(({ delivery }) => delivery);

/** The answer that nothing holds up has arrived. */
const oneArrived = (id: string): Promise<void> => until(async () => (await arrivals(id)).includes('sent'));

test('an answer that was given, and whose process ended before sending it, is sent once at the next start', async () => {
  const id = await answered();
  expect(posted('knowledge/answered')).toHaveLength(0);
  await Promise.all([teams.other.runJobs(), teams.other.runJobs()]);
  await teams.runJobs();
  // Who of the two is first depends on who sends: both are told, each once.
  expect(
    posted('knowledge/answered')
      .map(({ conversationId }) => conversationId)
      .sort(),
  ).toEqual([personalChat(alex).id, personalChat(nadia).id]);
  expect(await arrivals(id)).toEqual(['sent', 'sent']);
});

test('a process that starts while another sends an answer does not send it again', async () => {
  const id = await answered();
  const answer = held(personalChat(alex).id);
  const working = teams.runJobs();
  await answer.begun;
  await oneArrived(id);
  await teams.other.runJobs();
  teams.clock.advance({ seconds: 25 });
  await teams.other.runJobs();
  expect(await arrivals(id)).toEqual(['pending', 'sent']);
  answer.go();
  await working;
  teams.clock.advance({ minutes: 2 });
  await teams.other.runJobs();
  expect(posted('knowledge/answered')).toHaveLength(2);
  expect(await arrivals(id)).toEqual(['sent', 'sent']);
});

test('an answer whose process ended while it was sent may have arrived: it is not sent twice, and the staff see it', async () => {
  const id = await answered();
  const answer = held(personalChat(alex).id);
  const working = teams.runJobs();
  await answer.begun;
  await oneArrived(id);
  teams.clock.advance({ seconds: 61 });
  await Promise.all([teams.other.runJobs(), teams.other.runJobs()]);
  expect(await arrivals(id)).toEqual(['unknown', 'sent']);
  answer.go();
  await working;
  expect(posted('knowledge/answered')).toHaveLength(2);
});

test('a process that starts while another posts a question does not post it again', async () => {
  const card = held(staffRoom.id);
  await asked();
  const working = teams.runJobs();
  await card.begun;
  await teams.other.runJobs();
  expect(posted('knowledge/escalation')).toHaveLength(0);
  card.go();
  await working;
  teams.clock.advance({ minutes: 2 });
  await teams.other.runJobs();
  expect(posted('knowledge/escalation')).toHaveLength(1);
});

test('a question that changes while it is being posted is one card, redrawn when it is there', async () => {
  const card = held(staffRoom.id);
  const { id, revision } = await asked();
  const working = teams.runJobs();
  await card.begun;
  await teams.other.services.knowledge.escalations.take(diane, id, revision);
  await teams.other.runJobs();
  expect(posted('knowledge/escalation')).toHaveLength(0);
  card.go();
  await working;
  await teams.other.runJobs();
  expect(posted('knowledge/escalation')).toMatchObject([{ content: { view: { state: 'Prise en charge' } } }]);
});

test('a card that Teams did not take for the moment is posted at the next try, as the question then is', async () => {
  const { id, revision } = await asked();
  teams.failures.push(new DeliveryError('retry', 'unavailable'));
  await teams.runJobs();
  expect(posted('knowledge/escalation')).toHaveLength(0);
  await escalations().take(diane, id, revision);
  teams.clock.advance({ seconds: 5 });
  await teams.other.runJobs();
  expect(posted('knowledge/escalation')).toMatchObject([{ content: { view: { state: 'Prise en charge' } } }]);
});

// Beside the release before, and after it.

test('an answer that the release before gave and has not sent is sent once; what it sent stays sent', async () => {
  const { id } = await asked();
  await asked(nadia);
  await teams.runJobs();
  await teams.db.execute(
    sql`update escalations set status = 'answered', answer = 'Non.', revision = revision + 1`,
  );
  await teams.db.execute(sql`
    update escalation_askers set delivery = case when object_id = ${alex.objectId} then 'sent' else 'pending' end`);
  for (let n = 0; n < 2; n++)
    await teams.jobs.put({ name: 'knowledge.deliver', payload: { escalation: id } });
  await Promise.all([teams.runJobs(), teams.other.runJobs()]);
  expect(posted('knowledge/answered').map(({ conversationId }) => conversationId)).toEqual([
    personalChat(nadia).id,
  ]);
  expect(await arrivals(id)).toEqual(['sent', 'sent']);
});

test('an answer that the release before is sending is waited for; left behind, it may have arrived', async () => {
  const { id } = await asked();
  await teams.db.execute(
    sql`update escalations set status = 'answered', answer = 'Non.', revision = revision + 1`,
  );
  await teams.db.execute(sql`
    update escalation_askers set delivery = 'sending', claimed_at = ${teams.clock.now().toString()}::timestamptz`);
  await teams.jobs.put({ name: 'knowledge.deliver', payload: { escalation: id } });
  await teams.runJobs();
  expect(await arrivals(id)).toEqual(['pending']);
  teams.clock.advance({ seconds: 61 });
  await teams.runJobs();
  expect(await arrivals(id)).toEqual(['unknown']);
  expect(posted('knowledge/answered')).toHaveLength(0);
});

test('a card that the release before posted is redrawn in its place', async () => {
  const { id, revision } = await asked();
  await teams.runJobs();
  const [card] = posted('knowledge/escalation');
  await teams.db.execute(sql`delete from deliveries`);
  await teams.db.execute(sql`
    update escalations set post_conversation_id = ${staffRoom.id}, post_activity_id = ${card?.activityId}`);
  await teams.jobs.put({ name: 'knowledge.post', payload: { escalation: id } });
  await escalations().take(diane, id, revision);
  await teams.runJobs();
  expect(posted('knowledge/escalation')).toMatchObject([
    { activityId: card?.activityId, content: { view: { state: 'Prise en charge' } } },
  ]);
  expect(await countOf(teams, sql`deliveries where kind = 'knowledge.card'`)).toBe(1);
});
