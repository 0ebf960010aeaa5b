import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Person } from '../../../../src/core/turn.ts';
import { askerTies } from '../../../../src/features/knowledge/escalating/store/escalation-records.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { colleagues, giveRole, MINISTRY, staffed } from '../../../support/organization.ts';
import {
  alex,
  channel,
  diane,
  foreigner,
  nadia,
  personalChat,
  samuel,
  silentTurn,
  staffRoom,
} from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';
import type { ShownCard } from '../../../support/shown-card.ts';
import { traces } from '../../../support/together.ts';

// What somebody asked of the staff, followed, said more of, cancelled and asked again by them.

const teams = fakeTeams({ shortGuide: true });
const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';
const ANSWER = 'Non : seules les offres du Catalogue sont visées.';

beforeEach(async () => {
  await staffed(teams, diane, samuel);
  for (const person of [alex, nadia]) await teams.install(person);
});

/** Somebody's question goes to the staff, who have its card; what they are shown. */
async function handOver(person: Person, text = UNKNOWN, where = personalChat(person)): Promise<ShownCard> {
  const { data } = (await teams.asks(person, text, where)).buttonFor('knowledge.askPerson');
  const card = await teams.mustPress(person, 'knowledge.escalate', { ...data, message: text }, where);
  await teams.runJobs();
  return card;
}

const staffCard = () => teams.newest(staffRoom, 'knowledge/escalation');
const cancel = (person: Person, card: ShownCard, where = personalChat(person)) =>
  teams.mustClick(person, card, 'Oui, annuler', {}, where);
const presses = (person: Person, title: string, typed = {}) =>
  teams.mustClick(person, staffCard(), title, typed, staffRoom);
const answersIn = (person: Person) => teams.received(person, 'knowledge/answered');
const escalations = () => teams.services.knowledge.escalations;
const waiting = async () => (await escalations().escalationsPage('live', 1)).total;

test('a request is listed with its number, its date and where it stands, as the staff go on with it', async () => {
  await handOver(alex);
  const waits = await teams.asks(alex, 'mes demandes');
  expect(waits.plain).toContain('Nº 1 · 23 novembre 2026');
  expect(waits.plain).toContain('En attente : l’équipe ne l’a pas encore prise en charge');
  expect(waits.plain).toContain('L’équipe répond les jours ouvrables.');
  await presses(diane, 'Prendre en charge');
  expect((await teams.asks(alex, 'mes questions')).plain).toContain(
    'Prise en charge par l’équipe le 23 novembre 2026',
  );
  await teams.runJobs();
  teams.clock.advance({ hours: 24 });
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  const answered = await teams.mustClick(alex, await teams.asks(alex, 'mes demandes'), 'Avec réponse');
  expect(answered.plain).toContain('Réponse donnée par l’équipe le 24 novembre 2026');
  expect(answered.plain).toContain(ANSWER);
  expect(answered.plain).not.toContain('Diane');
});

test('a request that is opened shows the whole answer, and that it does not answer reopens it', async () => {
  await handOver(alex);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  const list = await teams.mustClick(alex, await teams.asks(alex, 'mes demandes'), 'Avec réponse');
  const card = await teams.mustClick(alex, list, 'Voir');
  expect(card.plain).toContain(ANSWER);
  const again = await teams.mustClick(alex, card, 'Cela ne répond pas');
  expect(again.plain).toContain('Votre question est rouverte');
  expect(again.plain).toContain('En attente');
  expect(again.plain).toContain('Réponse précédente');
  expect(again.plain).toContain(ANSWER);
  await teams.runJobs();
  expect(staffCard().plain).toContain('À prendre');
});

test('an answer that does not help stays where it was read, and is beside the question until the next one', async () => {
  await handOver(alex);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  await teams.runJobs();
  const answer = teams.newest(alex, 'knowledge/answered');
  expect(await teams.click(alex, answer, 'Ma question reste entière')).toMatchObject({ card: undefined });
  await teams.runJobs();
  const request = teams.newest(alex, 'knowledge/escalated');
  expect(request.plain).toContain('Votre question est rouverte');
  expect(request.plain).toContain(`Réponse précédente\n${ANSWER}`);
  expect((await teams.asks(alex, 'mes demandes')).plain).toContain(`Réponse précédente : ${ANSWER}`);
  expect(staffCard().plain).toContain(`Réponse précédente\n${ANSWER}`);
  expect(staffCard().valueOf('answer')).toBe('');
});

test('an answer that was given before somebody asked the same is not shown to them', async () => {
  await handOver(alex);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  await teams.runJobs();
  await presses(diane, 'Rouvrir la question');
  teams.clock.advance({ minutes: 1 });
  expect((await handOver(nadia)).plain).not.toContain(ANSWER);
});

test('the staff who open a question again correct the answer that they gave', async () => {
  await handOver(alex);
  const answered = await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  const again = await teams.mustClick(samuel, answered, 'Rouvrir la question', {}, staffRoom);
  await teams.runJobs();
  for (const card of [again, staffCard()]) {
    expect(card.plain).toContain(`Réponse précédente\n${ANSWER}`);
    expect(card.valueOf('answer')).toBe(ANSWER);
    expect(card.plain).not.toContain('n’est pas partie');
  }
});

test('a question asked in a channel is followed in the personal chat', async () => {
  await teams.install(channel);
  await handOver(alex, UNKNOWN, channel);
  expect((await teams.asks(alex, 'mes demandes')).plain).toContain('tante Zélie');
});

test('the list is not shown where others read', async () => {
  await handOver(alex);
  expect((await teams.asks(alex, 'mes demandes', channel)).plain).toContain('personnelle');
  for (const [verb, data] of [
    ['knowledge.requests', { show: 'waiting', page: 1 }],
    ['knowledge.request', { escalation: (await onlyRow()).id }],
    ['knowledge.complement', { escalation: (await onlyRow()).id, complement: 'Une précision.' }],
  ] as const)
    expect(await teams.refusedPress(alex, verb, data, channel)).toContain('personnelle');
});

/** The only question that there is. */
async function onlyRow() {
  for (const status of ['live', 'answered', 'closed'] as const) {
    const [row] = (await escalations().escalationsPage(status, 1)).rows;
    if (row) return row;
  }
  throw new Error('no question');
}

test('the list is paged, and each state has its own', async () => {
  for (const n of [1, 2, 3, 4, 5]) await handOver(alex, `Question tout à fait particulière zyx${n} ?`);
  await handOver(nadia, 'Une question de Nadia, tout à fait particulière ?');
  const first = await teams.asks(alex, 'mes demandes');
  expect(first.plain).toContain('Vos demandes en attente · 5');
  expect(first.plain).toContain('Page 1 de 2');
  expect(first.plain).not.toContain('Nadia');
  const second = await teams.mustClick(alex, first, 'Suivante');
  expect(second.plain).toContain('zyx1');
  await cancel(alex, await teams.mustClick(alex, second, 'Voir'));
  const ended = await teams.mustClick(alex, await teams.asks(alex, 'mes demandes'), 'Annulées ou fermées');
  expect(ended.plain).toContain('Vos demandes annulées ou fermées · 1');
  expect(ended.plain).toContain('Annulée par vous le 23 novembre 2026');
});

test('a page that is there no more shows the last one', async () => {
  await handOver(alex);
  const card = await teams.mustPress(alex, 'knowledge.requests', { show: 'waiting', page: 9 });
  expect(card.plain).toContain('tante Zélie');
});

test('whoever asked nothing is told how to', async () => {
  expect((await teams.asks(alex, 'mes demandes')).plain).toContain('Posez-moi une question');
});

test('the last one who cancels closes the question, and whoever had taken it sees why on their card', async () => {
  const card = await handOver(alex);
  await presses(diane, 'Prendre en charge');
  const cancelled = await cancel(alex, card);
  expect(cancelled.plain).toContain('Annulée par vous le 23 novembre 2026');
  await teams.runJobs();
  expect(staffCard().plain).toContain('Annulée par la personne');
  expect(staffCard().plain).toContain(
    'Prise en charge par Diane Tremblay. Plus personne n’attend de réponse',
  );
  expect(staffCard().buttons.map(({ title }) => title)).toEqual([]);
  expect(await teams.services.knowledge.escalations.takenCount(diane)).toBe(0);
  const closed = await teams.mustClick(
    diane,
    await teams.asks(diane, 'questions', staffRoom),
    'Fermées',
    {},
    staffRoom,
  );
  expect(closed.plain).toContain('Nº 1 · Annulée par la personne');
});

test('when others asked it too, only the one who cancels leaves', async () => {
  const card = await handOver(alex);
  await handOver(nadia);
  await cancel(alex, card);
  await teams.runJobs();
  expect(staffCard().plain).toContain('À prendre');
  expect(staffCard().plain).toContain('1 personne attend encore');
  expect(staffCard().plain).toMatch(/Alex Gagnon.*· a annulé, n’attend plus de réponse/);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  await teams.runJobs();
  expect(answersIn(nadia)).toHaveLength(1);
  expect(answersIn(alex)).toHaveLength(0);
  expect(await escalations().heldOf(alex)).toMatchObject([{ answer: null, annuleeLe: expect.any(Date) }]);
});

test('an answer that is being written to several is sent though one of them cancels', async () => {
  const card = await handOver(alex);
  await handOver(nadia);
  const before = staffCard();
  await cancel(alex, card);
  const after = await teams.mustClick(diane, before, 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  expect(after.plain).toContain('Réponse donnée');
});

test('an answer that comes after the last one cancelled is not sent, and is not lost', async () => {
  const card = await handOver(alex);
  const before = staffCard();
  await cancel(alex, card);
  const after = await teams.mustClick(diane, before, 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  expect(after.plain).toContain('Annulée par la personne');
  expect(after.plain).toContain(`Votre réponse n’est pas partie : « ${ANSWER} »`);
  await teams.runJobs();
  expect(answersIn(alex)).toHaveLength(0);
});

test('cancelling twice is cancelling once', async () => {
  const card = await handOver(alex);
  const first = await cancel(alex, card);
  const second = await cancel(alex, card);
  expect(second.words).toBe(first.words);
  expect(await traces(teams, 'escalation.cancel')).toBe(1);
});

test('what is answered, or closed by the staff, is cancelled no more, and the person is told where it stands', async () => {
  const card = await handOver(alex);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  const late = await cancel(alex, card);
  expect(late.plain).toContain('ne peut plus être annulée');
  expect(late.plain).toContain(ANSWER);
  await teams.runJobs();
  expect(answersIn(alex)).toHaveLength(1);
});

test('a question that the staff closed is told so, and asked again', async () => {
  await handOver(alex);
  await presses(diane, 'Fermer la question');
  const list = await teams.mustClick(alex, await teams.asks(alex, 'mes demandes'), 'Annulées ou fermées');
  expect(list.plain).toContain('Fermée par l’équipe le 23 novembre 2026, sans réponse');
  expect((await teams.mustClick(alex, list, 'Voir')).offers('Demander de nouveau')).toBe(true);
});

test('whoever waits is told once that their question was closed, and may ask again from there', async () => {
  await handOver(alex);
  await cancel(nadia, await handOver(nadia));
  await teams.runJobs();
  await presses(diane, 'Fermer la question');
  await teams.runJobs();
  const told = teams.newest(alex, 'knowledge/escalated');
  expect(told.plain).toContain('L’équipe a fermé votre question sans y répondre.');
  expect(told.plain).toContain('Fermée par l’équipe le 23 novembre 2026, sans réponse');
  expect((await teams.mustClick(alex, told, 'Demander de nouveau')).valueOf('message')).toBe(UNKNOWN);
  expect(teams.received(alex, 'knowledge/escalated')).toHaveLength(1);
  expect(teams.received(nadia, 'knowledge/escalated')).toHaveLength(0);
});

test('a question that is opened again before its closing was told tells nobody that it is closed', async () => {
  await handOver(alex);
  await teams.runJobs();
  const closed = await presses(diane, 'Fermer la question');
  const again = await teams.mustClick(diane, closed, 'Rouvrir la question', {}, staffRoom);
  const pending = () => countOf(teams, sql`deliveries where kind = 'knowledge.closed' and state = 'pending'`);
  expect(await pending()).toBe(0);
  await teams.runJobs();
  expect(teams.received(alex, 'knowledge/escalated')).toHaveLength(0);
  await teams.mustClick(diane, again, 'Fermer la question', {}, staffRoom);
  await teams.runJobs();
  expect(teams.received(alex, 'knowledge/escalated')).toHaveLength(1);
});

test('whoever asked in a channel and has no chat is told there that their question was closed', async () => {
  await teams.install(channel);
  await handOver(foreigner, UNKNOWN, channel);
  await teams.runJobs();
  await presses(diane, 'Fermer la question');
  await teams.runJobs();
  expect(teams.received(channel, 'knowledge/escalated')).toHaveLength(1);
});

test.each([
  ['another person', nadia],
  ['the same identifier in another tenant', foreigner],
  ['a member of the staff', diane],
])('for %s, the request of somebody does not exist', async (_who, other) => {
  await handOver(alex);
  const { id: escalation } = await onlyRow();
  expect(
    await teams.reaches(other, [
      ['knowledge.cancel', { escalation }],
      ['knowledge.request', { escalation }],
      ['knowledge.complement', { escalation, complement: 'Une précision.' }],
      ['knowledge.askAgain', { escalation }],
      ['knowledge.insist', { escalation }],
      ['knowledge.escalate', { again: escalation, told: 'yes', message: 'Avec son contexte' }],
    ]),
  ).toEqual([]);
  expect(await waiting()).toBe(1);
});

test('cancelling is undone by asking again, with the same words and a number of its own', async () => {
  const cancelled = await cancel(alex, await handOver(alex));
  const form = await teams.mustClick(alex, cancelled, 'Demander de nouveau');
  expect(form.valueOf('message')).toBe(UNKNOWN);
  expect((await teams.mustClick(alex, form, 'Annuler')).plain).toContain('Annulée par vous');
  const again = await teams.mustClick(alex, form, 'Transmettre', { message: UNKNOWN });
  expect(again.plain).toContain('Question nº 2');
  expect(again.plain).toContain('En attente');
});

test('whoever cancelled a question that others wait for joins it again, and is answered', async () => {
  const card = await handOver(alex);
  await handOver(nadia);
  const form = await teams.mustClick(alex, await cancel(alex, card), 'Demander de nouveau');
  const again = await teams.mustClick(alex, form, 'Transmettre', { message: UNKNOWN });
  expect(again.plain).toContain('Question nº 1');
  await teams.runJobs();
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  await teams.runJobs();
  expect(answersIn(alex)).toHaveLength(1);
});

test('the form of a cancelled request, sent once more, opens nothing', async () => {
  const { data } = (await teams.asks(alex, UNKNOWN)).buttonFor('knowledge.askPerson');
  const form = {
    ...(await teams.mustPress(alex, 'knowledge.askPerson', data)).button('Transmettre').data,
    message: UNKNOWN,
  };
  await cancel(alex, await teams.mustPress(alex, 'knowledge.escalate', form));
  expect((await teams.mustPress(alex, 'knowledge.escalate', form)).plain).toContain('Annulée par vous');
  expect(await waiting()).toBe(0);
});

test('the staff cannot reopen what nobody waits for', async () => {
  const card = await handOver(alex);
  await cancel(alex, card);
  const { id, revision } = await onlyRow();
  for (const verb of ['knowledge.reopen', 'knowledge.take', 'knowledge.close'])
    expect((await teams.mustPress(diane, verb, { escalation: id, revision })).plain).toContain(
      'Annulée par la personne',
    );
  expect(await waiting()).toBe(0);
});

test('in a channel, a request is cancelled where it was made, and shows no answer there', async () => {
  await teams.install(channel);
  const card = await handOver(alex, UNKNOWN, channel);
  expect(card.offers('Ajouter')).toBe(false);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  const late = await cancel(alex, card, channel);
  expect(late.plain).not.toContain(ANSWER);
  expect(late.plain).toContain('mes demandes');
});

test('where others read, a request that was made elsewhere does not exist, even for whoever made it', async () => {
  await handOver(alex);
  const { id: escalation } = await onlyRow();
  expect(
    await teams.reaches(
      alex,
      [
        ['knowledge.cancel', { escalation }],
        ['knowledge.askAgain', { escalation }],
        ['knowledge.insist', { escalation }],
      ],
      channel,
    ),
  ).toEqual([]);
  expect(await waiting()).toBe(1);
});

test('the same question asked in a second place is the same request, and is confirmed there too', async () => {
  await handOver(alex);
  expect((await handOver(alex, UNKNOWN, channel)).plain).toContain('Question nº 1');
});

test('what somebody adds is shown to the staff with its date, and to them', async () => {
  const card = await handOver(alex);
  teams.clock.advance({ hours: 24 });
  const added = await teams.mustClick(alex, card, 'Ajouter', { complement: 'La grange a l’électricité.' });
  expect(added.plain).toContain('l’équipe la voit avec votre question');
  expect(added.plain).toContain('Précision du 24 novembre 2026 : « La grange a l’électricité. »');
  await teams.runJobs();
  expect(staffCard().plain).toMatch(
    /Précision d’Alex Gagnon\*\*, 24 novembre 2026 à 10 h : La grange a l’électricité\./,
  );
});

test('an answer written before a complement came is kept, and sent once it was read', async () => {
  const card = await handOver(alex);
  const before = staffCard();
  await teams.mustClick(alex, card, 'Ajouter', { complement: 'La grange a l’électricité.' });
  const stale = await teams.mustClick(diane, before, 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  expect(stale.plain).toContain('La grange a l’électricité.');
  expect(stale.plain).toContain('elle est gardée sous « Répondre »');
  expect(stale.valueOf('answer')).toBe(ANSWER);
  expect(
    (await teams.mustClick(diane, stale, 'Envoyer la réponse', { answer: ANSWER }, staffRoom)).plain,
  ).toContain('Réponse donnée');
});

test('a complement that comes after the answer is given back', async () => {
  const card = await handOver(alex);
  await presses(diane, 'Envoyer la réponse', { answer: ANSWER });
  const late = await teams.mustClick(alex, card, 'Ajouter', { complement: 'La grange a l’électricité.' });
  expect(late.plain).toContain(
    'n’est pas ajoutée. La voici, pour ne pas la perdre : « La grange a l’électricité. »',
  );
  expect(await countOf(teams, sql`escalation_complements`)).toBe(0);
});

test.each([
  ['too short', 'ab'],
  ['too long', 'a'.repeat(1_001)],
])('a complement that is %s is refused beside its field', async (_what, complement) => {
  const card = await handOver(alex);
  expect(await teams.refusedClick(alex, card, 'Ajouter', { complement })).toContain('3 à 1 000 caractères');
});

test('the twenty-first complement of a day is refused kindly', async () => {
  const card = await handOver(alex);
  for (let n = 0; n < 20; n++) await teams.mustClick(alex, card, 'Ajouter', { complement: `Précision ${n}` });
  expect(await teams.refusedClick(alex, card, 'Ajouter', { complement: 'Encore une' })).toContain(
    '20 précisions ajoutées',
  );
  expect((await teams.mustPress(alex, 'knowledge.request', card.button('Ajouter').data)).plain).not.toContain(
    'Précision 14',
  );
  await teams.runJobs();
  expect(staffCard().plain).toContain('15 précisions plus anciennes');
});

test('whoever left their body still follows and cancels what they asked', async () => {
  await colleagues(teams, [alex], MINISTRY);
  await handOver(alex);
  await colleagues(teams, [alex], 'Ville de Rimouski');
  const list = await teams.asks(alex, 'mes demandes');
  expect((await cancel(alex, await teams.mustClick(alex, list, 'Voir'))).plain).toContain('Annulée par vous');
});

test('whoever was erased has no requests, their complements are gone, and their cards do nothing', async () => {
  const card = await handOver(alex);
  await handOver(nadia);
  await teams.mustClick(alex, card, 'Ajouter', { complement: 'La grange de Zélie.' });
  await teams.db.transaction((tx) => escalations().erase(tx, alex));
  expect(await countOf(teams, sql`escalation_complements`)).toBe(0);
  const { id: escalation } = await onlyRow();
  expect(await teams.reaches(alex, [['knowledge.cancel', { escalation }]])).toEqual([]);
  expect((await teams.asks(alex, 'mes demandes')).plain).toContain('Vos demandes en attente · 0');
});

test('when the last one who waits is erased, what others had cancelled stays cancelled', async () => {
  const card = await handOver(alex, 'Notre tante Zélie peut-elle héberger le serveur, dans sa grange ?');
  await handOver(nadia);
  await cancel(alex, card);
  await teams.db.transaction((tx) => escalations().erase(tx, nadia));
  expect(await onlyRow()).toMatchObject({ status: 'closed', cancelledAt: expect.any(Date) });
});

test('of three hundred who asked the same, all leave, one by one, and the last one closes it', async () => {
  await handOver(alex);
  const { id } = await onlyRow();
  await teams.db.execute(sql`
    insert into escalation_askers (escalation_id, tenant_id, object_id, name, conversation_id, text, asked_at)
    select ${id}, ${alex.tenantId}, 'person-' || n, 'Personne ' || n, 'chat-' || n, 'Question ' || n,
      ${new Date(teams.clock.now().epochMilliseconds)}
    from generate_series(1, 299) n`);
  for (let n = 1; n <= 299; n++)
    await escalations().cancelAs({ person: { ...alex, objectId: `person-${n}` } }, id);
  expect(await onlyRow()).toMatchObject({ status: 'open', cancelledAt: null });
  expect(await escalations().cancelAs(silentTurn(alex), id)).toBe('done');
  expect(await onlyRow()).toMatchObject({ status: 'closed' });
  await teams.runJobs();
  expect(staffCard().plain).toContain('Annulée par la personne');
});

test('somebody who waits is owed something; who cancelled is not', async () => {
  const card = await handOver(alex);
  const tied = () => countOf(teams, sql`(${askerTies()}) as tied`);
  expect(await tied()).toBe(1);
  await cancel(alex, card);
  expect(await tied()).toBe(0);
});

test('of the staff whose role is withdrawn, a cancelled question goes to nobody', async () => {
  await giveRole(teams, samuel, 'staff');
  const card = await handOver(alex);
  await presses(diane, 'Prendre en charge');
  await cancel(alex, card);
  await teams.db.transaction((tx) => escalations().hand(tx, diane, samuel));
  expect(await onlyRow()).toMatchObject({ status: 'closed', takenById: null });
});

describe('with what was sent otherwise than by a question', () => {
  const comments = async (...texts: readonly string[]) => {
    for (const text of texts) {
      await teams.mustPress(alex, 'contracts.comment', { kind: 'documents', supplier: '', text });
      teams.clock.advance({ minutes: 1 });
    }
  };
  const titles = (card: ShownCard) => card.plain.match(/Commentaire nº \d+/g) ?? [];

  test('many rows are on pages, the latest first, none of them twice and none missing', async () => {
    await handOver(alex);
    await comments(...Array.from({ length: 9 }, (_, n) => `Remarque ${n + 1}`));
    const first = await teams.asks(alex, 'mes demandes');
    expect(first.plain).toContain('Vos demandes en attente · 10');
    expect(first.plain).toContain('Page 1 de 3');
    expect(first.plain).toContain('tante Zélie');
    const second = await teams.mustClick(alex, first, 'Suivante');
    expect(second.plain).not.toContain('tante Zélie');
    const third = await teams.mustClick(alex, second, 'Suivante');
    expect([first, second, third].flatMap(titles)).toEqual(
      Array.from({ length: 9 }, (_, n) => `Commentaire nº ${9 - n}`),
    );
    expect(third.offers('Suivante')).toBe(false);
  });

  test('more questions than comments: the comments are on the first page only', async () => {
    for (const n of [1, 2, 3, 4, 5]) await handOver(alex, `Question tout à fait particulière zyx${n} ?`);
    await comments('Remarque');
    const first = await teams.asks(alex, 'mes demandes');
    expect(titles(first)).toEqual(['Commentaire nº 1']);
    const second = await teams.mustClick(alex, first, 'Suivante');
    expect(second.plain).toContain('zyx1');
    expect(titles(second)).toEqual([]);
  });

  test('what was answered is among those with an answer', async () => {
    await comments('Remarque');
    const row = await teams.services.comments.page(true, 1, 1);
    const { id: comment, revision } = row.rows[0] ?? { id: '', revision: 0 };
    await teams.mustPress(
      diane,
      'contracts.answerComment',
      { comment, revision, answer: 'C’est corrigé.' },
      staffRoom,
    );
    const waits = await teams.asks(alex, 'mes demandes');
    expect(titles(waits)).toEqual([]);
    const answered = await teams.mustClick(alex, waits, 'Avec réponse');
    expect(titles(answered)).toEqual(['Commentaire nº 1']);
    expect(answered.plain).toContain('C’est corrigé.');
  });

  test('what somebody else sent is never listed', async () => {
    await comments('Remarque de zibeline');
    for (const person of [nadia, foreigner])
      expect((await teams.asks(person, 'mes demandes')).plain).not.toContain('zibeline');
  });
});
