import { expect, jest, test } from '@jest/globals';
import { eq, like, sql } from 'drizzle-orm';
import { DeliveryError } from '../../../src/core/errors.ts';
import type { Person } from '../../../src/core/turn.ts';
import { deliveries } from '../../../src/edges/delivery/tables.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { giveRole } from '../../support/organization.ts';
import {
  admin,
  alex,
  channel,
  diane,
  group,
  nadia,
  personalChat,
  samuel,
  silentTurn,
  staffRoom,
} from '../../support/people.ts';
import { type ShownCard, shown } from '../../support/shown-card.ts';

const teams = fakeTeams();
const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';
const ANSWER = 'Non : seules les offres du Catalogue sont visées. Écrivez-nous au besoin.';

/** A staff channel with two staff members. */
async function staffed(): Promise<void> {
  await teams.install(staffRoom);
  await teams.says(admin, 'désigner ce canal', staffRoom);
  for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
  await teams.runJobs();
}

async function handOver(
  person: Person,
  text = UNKNOWN,
  conversation = personalChat(person),
): Promise<ShownCard> {
  await teams.says(person, text, conversation);
  const { data } = teams.lastCard().buttons.find((button) => button.verb === 'knowledge.askPerson') ?? {};
  const { card, word } = await teams.press(person, conversation, 'knowledge.escalate', {
    question: data?.question,
    message: text,
  });
  if (!card) throw new Error(word);
  return card;
}

/** The next answer that is sent fails. */
function failing(failure: DeliveryError): void {
  const { send } = teams.messenger;
  let failed = false;
  jest.spyOn(teams.messenger, 'send').mockImplementation(async (to, content) => {
    if (!failed && typeof content === 'object' && content.template === 'knowledge/answered') {
      failed = true;
      throw failure;
    }
    return send(to, content);
  });
}

const answersTo = (person: Person): string[] =>
  teams
    .in(personalChat(person))
    .flatMap(({ content }) =>
      typeof content === 'object' && content.template === 'knowledge/answered' ? [shown(content).words] : [],
    );

/** Whether the only answer arrived, by asker. */
async function arrivals(): Promise<string[]> {
  const { rows } = await teams.services.knowledge.escalations.page('answered', 1);
  const askers = await teams.services.knowledge.escalations.askers(rows[0]?.id ?? '');
  return askers.map(({ delivery }) => delivery);
}

const staffCard = (): ShownCard => {
  const item = teams
    .in(staffRoom)
    .findLast(({ content }) => typeof content !== 'string' && content.template === 'knowledge/escalation');
  if (!item || typeof item.content === 'string') throw new Error('no card in the staff channel');
  return shown(item.content);
};

test('a question handed over gets a number and reaches the staff channel', async () => {
  await staffed();
  const card = await handOver(alex);
  expect(card.words).toContain('Question nº 1');
  await teams.runJobs();
  expect(staffCard().words).toContain('tante Zélie');
  expect(staffCard().words).toContain('Alex Gagnon');
});

test('no word of a person travels through the ledger', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  const { id, revision } = await teams.services.knowledge.escalations.open(silentTurn(alex), UNKNOWN);
  await teams.services.knowledge.escalations.answer(diane, id, revision, 'La grange de Zélie ? Non.');
  const rows = await teams.db.select().from(deliveries).where(eq(deliveries.state, 'pending'));
  expect(rows).toHaveLength(2);
  expect(JSON.stringify([rows, await teams.jobs.waiting()])).not.toMatch(/Zélie|Alex|grange/);
});

test('without a staff channel the question waits, and is posted as soon as a channel is designated', async () => {
  await handOver(alex);
  await teams.runJobs();
  expect(teams.in(staffRoom)).toHaveLength(0);
  await teams.install(staffRoom);
  await teams.says(admin, 'désigner ce canal', staffRoom);
  await teams.runJobs();
  expect(staffCard().words).toContain('tante Zélie');
});

test('a group chat that was designated receives the questions too', async () => {
  await teams.install(group);
  await teams.says(admin, 'désigner ce canal', group);
  await handOver(alex);
  await teams.runJobs();
  const templates = teams
    .in(group)
    .map(({ content }) => (typeof content === 'object' ? content.template : ''));
  expect(templates.filter((template) => template === 'knowledge/escalation')).toHaveLength(1);
});

test('several who asked in one channel are answered there once', async () => {
  await staffed();
  await teams.install(channel);
  await handOver(alex, UNKNOWN, channel);
  await handOver(nadia, UNKNOWN, channel);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  const answers = teams
    .in(channel)
    .filter(({ content }) => typeof content === 'object' && content.template === 'knowledge/answered');
  expect(answers).toHaveLength(1);
  expect(await arrivals()).toEqual(['sent', 'sent']);
});

test('the answer reaches the person in the personal chat, and everyone who asked the same', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  await teams.install(personalChat(nadia), nadia);
  await handOver(alex);
  await handOver(nadia, 'notre tante zelie peut elle heberger le serveur dans sa grange');
  await teams.runJobs();
  expect(staffCard().words).toContain('Nadia Benali');
  const { card } = await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  expect(card?.words).toContain('Répondue');
  await teams.runJobs();
  for (const person of [alex, nadia]) {
    const last = teams.in(personalChat(person)).at(-1)?.content;
    expect(typeof last === 'object' && shown(last).words).toContain('seules les offres du Catalogue');
  }
});

test('an asker without a personal chat is answered where they asked', async () => {
  await staffed();
  await teams.install(channel);
  await handOver(alex, UNKNOWN, channel);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  const last = teams.in(channel).at(-1)?.content;
  expect(typeof last === 'object' && last.template).toBe('knowledge/answered');
});

test('pressing « Transmettre » twice is one question with one asker', async () => {
  await staffed();
  const first = await handOver(alex);
  const second = await handOver(alex);
  expect(second.words).toBe(first.words);
  expect((await teams.services.knowledge.escalations.page('live', 1)).total).toBe(1);
});

test('ten people who ask the same at the same moment share one question', async () => {
  await staffed();
  const people = Array.from(
    { length: 10 },
    (_, n): Person => ({
      ...alex,
      objectId: `bbbbbbbb-0000-4000-8000-00000000000${n}`,
      name: `Personne ${n}`,
    }),
  );
  const opened = await Promise.all(
    people.map((person) => teams.services.knowledge.escalations.open(silentTurn(person), UNKNOWN)),
  );
  expect(new Set(opened.map((escalation) => escalation.id)).size).toBe(1);
  expect(await teams.services.knowledge.escalations.askers(opened[0]?.id ?? '')).toHaveLength(10);
});

test('of two staff members who act on the same card at the same moment one wins, and the other sees where it stands', async () => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const card = staffCard();
  const [first, second] = await Promise.all([
    teams.click(diane, card, 'Prendre en charge', {}, staffRoom),
    teams.click(samuel, card, 'Prendre en charge', {}, staffRoom),
  ]);
  const words = [first.card?.words ?? '', second.card?.words ?? ''];
  expect(words.filter((text) => text.includes('vient d’agir'))).toHaveLength(1);
  const winner = words[0]?.includes('vient d’agir') ? samuel : diane;
  for (const text of words) expect(text).toContain(`Prise en charge par ${winner.name}`);
});

test('the card in the staff channel is updated in place at each step', async () => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const posts = teams.in(staffRoom).length;
  await teams.click(diane, staffCard(), 'Prendre en charge', {}, staffRoom);
  await teams.runJobs();
  expect(staffCard().words).toContain('Prise en charge par Diane Tremblay');
  expect(teams.in(staffRoom)).toHaveLength(posts);
});

test('a closed question can be reopened, and taken again', async () => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const closed = await teams.click(diane, staffCard(), 'Fermer la question', {}, staffRoom);
  expect(closed.card?.words).toContain('Fermée');
  const reopened = await teams.click(samuel, closed.card as ShownCard, 'Rouvrir la question', {}, staffRoom);
  expect(reopened.card?.words).toContain('À prendre');
});

test('an asker whom the answer does not help reopens the question; a stranger cannot', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  const received = teams.in(personalChat(alex)).at(-1)?.content;
  const card = shown(received as never);
  const stranger = await teams.press(
    nadia,
    personalChat(nadia),
    'knowledge.insist',
    card.button('Ma question reste entière').data,
  );
  expect(stranger.word).toContain('introuvable');
  await teams.click(alex, card, 'Ma question reste entière');
  await teams.runJobs();
  expect(staffCard().words).toContain('À prendre');
});

test('an answered question becomes an entry that is found at once', async () => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const answered = await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  const published = await teams.click(
    diane,
    answered.card as ShownCard,
    'Publier maintenant',
    {
      title: 'Peut-on héberger le serveur dans une grange ?',
      entryAnswer: ANSWER,
      alternates: 'serveur dans une grange\nhébergement chez tante Zélie',
      review: '2027-11-23',
    },
    staffRoom,
  );
  expect(published.card?.words).toContain('base de connaissances');
  await teams.says(nadia, 'un serveur dans la grange de ma tante Zélie, ça se peut ?');
  expect(teams.lastCard().words).toContain('Réponse de l’équipe du Courtier (Diane Tremblay)');
});

test('a published entry can be withdrawn after a confirmation, and is not found any more', async () => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const answered = await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.click(
    diane,
    answered.card as ShownCard,
    'Publier maintenant',
    { title: UNKNOWN, entryAnswer: ANSWER, review: '2027-11-23' },
    staffRoom,
  );
  await teams.says(diane, 'réponses publiées', staffRoom);
  const confirm = await teams.click(diane, teams.lastCard(), 'Retirer', {}, staffRoom);
  const list = await teams.click(diane, confirm.card as ShownCard, 'Retirer', {}, staffRoom);
  expect(list.card?.words).toContain('La réponse est retirée');
  await teams.says(nadia, UNKNOWN);
  expect(teams.lastCard().words).not.toContain('Réponse de l’équipe du Courtier');
});

test.each([
  ['past', '2026-11-22', 'à venir'],
  ['impossible', '2027-02-31', 'n’existe pas'],
  ['absent', undefined, 'date de révision'],
])('a review date that is %s is refused', async (_what, review, sentence) => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const answered = await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  const { word } = await teams.click(
    diane,
    answered.card as ShownCard,
    'Publier maintenant',
    { title: UNKNOWN, entryAnswer: ANSWER, ...(review ? { review } : {}) },
    staffRoom,
  );
  expect(word).toContain(sentence);
});

test.each(['knowledge.take', 'knowledge.release', 'knowledge.close', 'knowledge.reopen'])(
  'a client cannot press %s, even with the right identifiers',
  async (verb) => {
    await staffed();
    await handOver(alex);
    const { rows } = await teams.services.knowledge.escalations.page('live', 1);
    const { card, word } = await teams.press(alex, personalChat(alex), verb, {
      escalation: rows[0]?.id,
      revision: 1,
    });
    expect(card).toBeUndefined();
    expect(word).toContain('introuvable');
  },
);

test('a client can neither answer, nor open, nor publish, nor see the lists of the staff', async () => {
  await staffed();
  await handOver(alex);
  const { rows } = await teams.services.knowledge.escalations.page('live', 1);
  const escalation = rows[0]?.id;
  for (const [verb, data] of [
    ['knowledge.answer', { escalation, revision: 1, answer: ANSWER }],
    ['knowledge.open', { escalation }],
    [
      'knowledge.publish',
      { escalation, revision: 1, title: UNKNOWN, entryAnswer: ANSWER, review: '2027-11-23' },
    ],
    ['knowledge.questionsPage', { status: 'live', page: 1 }],
    ['knowledge.askRetire', { entry: 'courtier-1' }],
    ['knowledge.retire', { entry: 'courtier-1' }],
  ] as const) {
    expect((await teams.press(alex, personalChat(alex), verb, data)).word).toContain('introuvable');
  }
  await teams.says(alex, 'tableau de bord');
  expect(teams.lastCard().template).not.toBe('knowledge/dashboard');
});

test('a sending that may be tried again is tried again, and reaches the asker once', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  failing(new DeliveryError('retry', 'unavailable'));
  await teams.runJobs();
  expect(await arrivals()).toEqual(['pending']);
  teams.clock.advance({ minutes: 1 });
  await teams.runJobs();
  await teams.runJobs();
  const received = teams
    .in(personalChat(alex))
    .filter(({ content }) => typeof content === 'object' && content.template === 'knowledge/answered');
  expect(received).toHaveLength(1);
});

test('one asker who cannot be reached keeps nobody else waiting, and the staff see it', async () => {
  await staffed();
  await teams.install(personalChat(nadia), nadia);
  await handOver(alex);
  teams.clock.advance({ seconds: 1 });
  await handOver(nadia);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  expect(await arrivals()).toEqual(['unreachable', 'sent']);
  const { rows } = await teams.services.knowledge.escalations.page('answered', 1);
  await teams.press(diane, staffRoom, 'knowledge.open', { escalation: rows[0]?.id });
  expect(teams.lastCard().words).toContain('réponse non remise');
  expect(teams.lastCard().words).toContain('réponse reçue');
});

test('an answer reaches a thousand who asked, each once and with their own words', async () => {
  await staffed();
  await handOver(alex);
  const [question] = (await teams.services.knowledge.escalations.page('live', 1)).rows;
  await teams.db.execute(sql`
    insert into conversations (id, kind, tenant_id, person_id, service_url, bot_id, bot_name, seen_at)
    select 'chat-' || n, 'personal', ${alex.tenantId}, 'person-' || n, 'https://example.org/', '28:bot', 'Courtier', now()
    from generate_series(1, 1000) n`);
  await teams.db.execute(sql`
    insert into escalation_askers (escalation_id, tenant_id, object_id, name, conversation_id, text, asked_at)
    select ${question?.id}, ${alex.tenantId}, 'person-' || n, 'Personne ' || n, 'chat-' || n, 'Question ' || n, now()
    from generate_series(1, 1000) n`);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  const received = teams.posted.flatMap(({ conversationId, content }) =>
    /^chat-\d+$/.test(conversationId) && typeof content === 'object'
      ? [`${conversationId} ${content.view.text}`]
      : [],
  );
  expect(received.sort()).toEqual(
    Array.from({ length: 1_000 }, (_, n) => `chat-${n + 1} Question ${n + 1}`).sort(),
  );
});

test('an uncertain sending is not repeated', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  failing(new DeliveryError('unknown', 'noAnswer'));
  await teams.runJobs();
  teams.clock.advance({ minutes: 5 });
  await teams.runJobs();
  expect(await arrivals()).toEqual(['unknown']);
  expect(
    teams
      .in(personalChat(alex))
      .some(({ content }) => typeof content === 'object' && content.template === 'knowledge/answered'),
  ).toBe(false);
});

test('a question that is opened again before its answer left is not answered; answered anew, it is', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  await handOver(alex);
  await teams.runJobs();
  const { card } = await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  const again = await teams.click(diane, card as ShownCard, 'Rouvrir la question', {}, staffRoom);
  await teams.runJobs();
  expect(answersTo(alex)).toEqual([]);
  await teams.click(
    diane,
    again.card as ShownCard,
    'Envoyer la réponse',
    { answer: 'Oui, finalement.' },
    staffRoom,
  );
  await teams.runJobs();
  expect(answersTo(alex)).toEqual([expect.stringContaining('Oui, finalement.')]);
});

test('an answer goes before what goes to many', async () => {
  await staffed();
  await teams.install(personalChat(alex), alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  const rows = await teams.db
    .select({ kind: deliveries.kind, priority: deliveries.priority })
    .from(deliveries)
    .where(like(deliveries.kind, 'knowledge.%'));
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['knowledge.card', 'knowledge.answer']));
  expect(new Set(rows.map(({ priority }) => priority))).toEqual(new Set([0]));
});

test('a card that is gone, or a channel that is closed, keeps no question from the others', async () => {
  await staffed();
  await handOver(alex);
  await teams.runJobs();
  const card = staffCard();
  jest.spyOn(teams.messenger, 'update').mockRejectedValueOnce(new DeliveryError('unreachable', 'gone'));
  await teams.click(diane, card, 'Prendre en charge', {}, staffRoom);
  await handOver(nadia, 'Et notre oncle Arthur, dans son poulailler ?');
  await teams.runJobs();
  expect(staffCard().words).toContain('oncle Arthur');
});

test('the eleventh question of a day is refused kindly', async () => {
  for (let n = 0; n < 10; n++) await handOver(alex, `Zélie numéro ${n} peut-elle héberger quelque chose ?`);
  await expect(handOver(alex, 'Et Zélie numéro dix, elle ?')).rejects.toThrow('dix questions');
});

test('the list of questions is paged, five a page, oldest first', async () => {
  await staffed();
  for (const [n, person] of [alex, nadia, samuel, diane, admin, alex].entries())
    await handOver(person, `Question tout à fait particulière zyx${n} ?`);
  await teams.says(diane, 'questions', staffRoom);
  const first = teams.lastCard();
  expect(first.words).toContain('Nº 1');
  expect(first.words).toContain('Page 1 de 2');
  const { card } = await teams.click(diane, first, 'Suivante', {}, staffRoom);
  expect(card?.words).toContain('Nº 6');
});

test('the dashboard shows what is asked, what waits and what disappoints', async () => {
  await staffed();
  await teams.says(alex, 'Quels documents faut-il conserver pendant le contrat ?');
  const { card } = await teams.click(alex, teams.lastCard(), '👎');
  await teams.click(alex, card as ShownCard, 'Envoyer', { reason: 'outdated' });
  await handOver(alex);
  await teams.says(diane, 'tableau de bord', staffRoom);
  const dashboard = teams.lastCard();
  expect(dashboard.words).toContain('Les plus demandées');
  expect(dashboard.words).toContain('dépassée');
  expect(dashboard.words).toContain('attendent une personne');
});

test('questions are forgotten after ninety days, handed-over ones after a year', async () => {
  await handOver(alex);
  teams.clock.advance({ days: 91 });
  await teams.services.knowledge.questions.purge();
  await teams.services.knowledge.escalations.purge();
  expect(await teams.services.knowledge.questions.heldOf(alex)).toEqual([]);
  expect(await teams.services.knowledge.escalations.heldOf(alex)).toHaveLength(1);
  teams.clock.advance({ days: 275 });
  await teams.services.knowledge.escalations.purge();
  expect(await teams.services.knowledge.escalations.heldOf(alex)).toEqual([]);
});
