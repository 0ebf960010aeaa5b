import { expect, test } from '@jest/globals';
import { eq, sql, sum } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import type { Person } from '../../../src/core/turn.ts';
import { deliveries } from '../../../src/edges/delivery/tables.ts';
import { giveRole, staffed } from '../../support/organization.ts';
import { alex, diane, nadia, personalChat, samuel, silentTurn, strangers } from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import {
  onEveryDatabase,
  pressOnceFiftyTimes,
  pressTogether,
  sending,
  traces,
} from '../../support/together.ts';

const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';

onEveryDatabase({}, (teams, processes, at) => {
  const escalations = () => teams.services.knowledge.escalations;
  /** How often a question's card was to be drawn, and its answer sent. */
  const drawings = async (): Promise<number> => {
    const [row] = await teams.db
      .select({ n: sum(deliveries.redraws).mapWith(Number) })
      .from(deliveries)
      .where(eq(deliveries.kind, 'knowledge.card'));
    return row?.n ?? 0;
  };
  const answersSent = () => countOf(teams, sql`deliveries where kind = 'knowledge.answer'`);

  /** What somebody sends who hands their words to a person. */
  async function handingOver(person: Person, message = UNKNOWN) {
    const { data } = (await teams.asks(person, message)).buttonFor('knowledge.askPerson');
    const card = await teams.mustPress(person, 'knowledge.askPerson', data);
    return sending(person, card, 'Transmettre', { message });
  }

  /** A question that waits, and the card of it that Diane has before her. */
  async function waiting() {
    for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
    await pressTogether([teams], await handingOver(alex), 1);
    const [row] = (await escalations().escalationsPage('live', 1)).rows;
    if (!row) throw new Error('nothing waits');
    await teams.press(diane, 'knowledge.open', { escalation: row.id });
    return { id: row.id, card: teams.lastCard() };
  }

  test('a question that is delivered fifty times at once is written down once', async () => {
    const effect = newId();
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        at(n).says(alex, 'durée maximale d’un contrat', personalChat(alex), effect),
      ),
    );
    expect(await countOf(teams, sql`questions`)).toBe(1);
  });

  test('a related question pressed fifty times is one question, which keeps what was thought of it', async () => {
    await teams.says(alex, 'durée maximale d’un contrat');
    const before = await countOf(teams, sql`questions`);
    const sent = { person: alex, ...teams.lastCard().buttonFor('knowledge.show') };
    await pressOnceFiftyTimes(processes(), sent);
    expect(await countOf(teams, sql`questions`)).toBe(before + 1);
    const { verb, data } = teams.lastCard().buttonFor('knowledge.rate');
    await teams.mustPress(alex, verb, data);
    await pressTogether(processes(), sent, 2);
    expect(await countOf(teams, sql`questions where rating is not null`)).toBe(1);
  });

  test('words handed over fifty times at once are one question, one asker, one trace and one card', async () => {
    await staffed(teams);
    const { card } = await pressOnceFiftyTimes(processes(), await handingOver(alex));
    expect(card?.words).toContain('Question nº');
    expect(await countOf(teams, sql`escalations`)).toBe(1);
    expect(await countOf(teams, sql`escalation_askers`)).toBe(1);
    expect(await traces(teams, 'escalation.open')).toBe(1);
    expect(await drawings()).toBe(1);
  });

  test('the same form sent again after the answer is still the same question', async () => {
    await giveRole(teams, diane, 'staff');
    const sent = await handingOver(alex);
    await pressTogether([teams], sent, 1);
    const [row] = (await escalations().escalationsPage('live', 1)).rows;
    await escalations().answer(diane, row?.id ?? '', row?.revision ?? 0, 'Non, pas dans une grange.');
    await pressTogether(processes(), sent, 2);
    expect(await countOf(teams, sql`escalations`)).toBe(1);
  });

  test('other words in the same form are another question', async () => {
    const sent = await handingOver(alex);
    for (const message of ['La grange de tante Zélie ?', 'Le poulailler d’oncle Arthur ?'])
      await pressTogether([teams], { ...sent, data: { ...sent.data, message } }, 2);
    expect(await countOf(teams, sql`escalations`)).toBe(2);
  });

  test('fifty people who ask the same at once are fifty askers of one question, and no revision is lost', async () => {
    const opened = await Promise.all(
      strangers(50).map((person, n) =>
        at(n).services.knowledge.escalations.openEscalation(silentTurn(person), UNKNOWN),
      ),
    );
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const row = await escalations().getEscalation(opened[0]?.id ?? '');
    expect(row.revision).toBe(50);
    expect(await escalations().askers(row.id)).toHaveLength(50);
  });

  test('of fifty questions handed over at once by one person ten are taken', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        at(n).services.knowledge.escalations.openEscalation(
          silentTurn(alex),
          `Question toute particulière ${n} ?`,
        ),
      ),
    );
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(40);
    for (const outcome of refused)
      expect(String((outcome as PromiseRejectedResult).reason)).toContain('10 questions transmises');
    expect(await countOf(teams, sql`escalations`)).toBe(10);
  });

  test.each([
    ['Prendre en charge', {}, 'take'],
    ['Envoyer la réponse', { answer: 'Non, pas dans une grange.' }, 'answer'],
    ['Fermer', {}, 'close'],
  ])('« %s » pressed fifty times at once is one step', async (title, inputs, name) => {
    await staffed(teams);
    const { card } = await waiting();
    const drawn = await drawings();
    const answers = await pressTogether(processes(), sending(diane, card, title, inputs));
    expect(answers.filter((answer) => answer.card?.words.includes('vient d’agir'))).toHaveLength(49);
    expect(await traces(teams, `escalation.${name}`)).toBe(1);
    expect(await drawings()).toBe(drawn + 1);
    expect(await answersSent()).toBe(name === 'answer' ? 1 : 0);
  });

  test('two of the staff who answer at the same moment: one answer is sent', async () => {
    const { id, card } = await waiting();
    await Promise.all(
      [diane, samuel].map((person, n) =>
        pressTogether(
          [at(n)],
          sending(person, card, 'Envoyer la réponse', { answer: `De ${person.name}.` }),
          1,
        ),
      ),
    );
    const row = await escalations().getEscalation(id);
    expect(row.answer).toBe(`De ${row.takenByName}.`);
    expect(await answersSent()).toBe(1);
  });

  test('fifty presses of an asker whom the answer did not help open the question once', async () => {
    const { id, card } = await waiting();
    await pressTogether(
      [teams],
      sending(diane, card, 'Envoyer la réponse', { answer: 'Non, aucune grange.' }),
      1,
    );
    const data = { escalation: id };
    await pressOnceFiftyTimes(processes(), { person: alex, verb: 'knowledge.insist', data });
    expect(await traces(teams, 'escalation.reopen')).toBe(1);
    expect((await escalations().getEscalation(id)).status).toBe('open');
  });

  test('a question opened again while somebody asks the same anew: one of them is live', async () => {
    const { id, card } = await waiting();
    await pressTogether([teams], sending(diane, card, 'Fermer'), 1);
    await Promise.all([
      pressTogether([at(0)], { person: alex, verb: 'knowledge.insist', data: { escalation: id } }, 1),
      at(1).services.knowledge.escalations.openEscalation(silentTurn(nadia), UNKNOWN),
    ]);
    expect(await countOf(teams, sql`escalations where status in ('open', 'taken')`)).toBe(1);
    expect(teams.logged.filter((line) => line.includes('turn failed'))).toEqual([]);
  });

  test('an entry published many times at once from an answer is one entry, and retired once', async () => {
    const { id, card } = await waiting();
    await pressTogether(
      [teams],
      sending(diane, card, 'Envoyer la réponse', { answer: 'Non, aucune grange.' }),
      1,
    );
    await teams.press(diane, 'knowledge.open', { escalation: id });
    const sent = sending(diane, teams.lastCard(), 'Publier', {
      title: 'Une grange peut-elle héberger un serveur ?',
      entryAnswer: 'Non, aucune grange.',
      review: '2027-06-01',
    });
    // Each process learns its entries anew meanwhile, which keeps this one busy: no more than its connections.
    await pressTogether(processes(), sent, 10);
    expect(await countOf(teams, sql`knowledge_entries`)).toBe(1);
    expect(await traces(teams, 'entry.publish')).toBe(1);
    const [entry] = await teams.services.knowledge.liveEntries.listLiveEntries();
    const data = { entry: entry?.id };
    await pressOnceFiftyTimes(processes(), { person: diane, verb: 'knowledge.retire', data }, 10);
    expect(await traces(teams, 'entry.retire')).toBe(1);
  });
});
