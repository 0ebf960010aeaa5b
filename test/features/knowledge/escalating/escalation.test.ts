import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { eq, like, sql } from 'drizzle-orm';
import { DeliveryError } from '../../../../src/core/errors.ts';
import type { Person } from '../../../../src/core/turn.ts';
import { deliveries } from '../../../../src/edges/delivery/tables.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { staffed } from '../../../support/organization.ts';
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
  strangers,
} from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';
import type { Place } from '../../../support/vocabulary.ts';

const teams = fakeTeams({ shortGuide: true });
const UNKNOWN = 'Notre tante Zélie peut-elle héberger le serveur dans sa grange ?';
const ANSWER = 'Non : seules les offres du Catalogue sont visées. Écrivez-nous au besoin.';

/** A staff channel with two staff members. */
const withStaff = () => staffed(teams, diane, samuel);

async function handOver(person: Person, text = UNKNOWN, where = personalChat(person)): Promise<ShownCard> {
  const { data } = (await teams.asks(person, text, where)).buttonFor('knowledge.askPerson');
  return teams.mustPress(person, 'knowledge.escalate', { ...data, message: text }, where);
}

/** The card of the question that waits, once Diane answered it. */
const answeredCard = (): Promise<ShownCard> =>
  teams.mustClick(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);

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

const answersIn = (place: Place) => teams.received(place, 'knowledge/answered').map(({ words }) => words);

/** Whether the only answer arrived, by asker. */
async function arrivals(): Promise<string[]> {
  const { rows } = await teams.services.knowledge.escalations.escalationsPage('answered', 1);
  const askers = await teams.services.knowledge.escalations.askers(rows[0]?.id ?? '');
  return askers.map(({ delivery }) => delivery);
}

const staffCard = () => teams.newest(staffRoom, 'knowledge/escalation');

test('a question handed over gets a number and reaches the staff channel', async () => {
  await withStaff();
  const card = await handOver(alex);
  expect(card.words).toContain('Question nº 1');
  await teams.runJobs();
  expect(staffCard().words).toContain('tante Zélie');
  expect(staffCard().words).toContain('Alex Gagnon');
});

test('no word of a person travels through the ledger', async () => {
  await withStaff();
  await teams.install(alex);
  const { id, revision } = await teams.services.knowledge.escalations.openEscalation(
    silentTurn(alex),
    UNKNOWN,
  );
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
  expect(teams.received(group, 'knowledge/escalation')).toHaveLength(1);
});

test('several who asked in one channel are answered there once', async () => {
  await withStaff();
  await teams.install(channel);
  await handOver(alex, UNKNOWN, channel);
  await handOver(nadia, UNKNOWN, channel);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  expect(answersIn(channel)).toHaveLength(1);
  expect(await arrivals()).toEqual(['sent', 'sent']);
});

test('the answer reaches the person in the personal chat, and everyone who asked the same', async () => {
  await withStaff();
  await teams.install(alex);
  await teams.install(nadia);
  await handOver(alex);
  await handOver(nadia, 'notre tante zelie peut elle heberger le serveur dans sa grange');
  await teams.runJobs();
  expect(staffCard().words).toContain('Nadia Benali');
  const card = await teams.mustClick(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  expect(card.words).toContain('Réponse donnée');
  await teams.runJobs();
  for (const person of [alex, nadia]) {
    expect(teams.newest(person).words).toContain('seules les offres du Catalogue');
  }
});

test('an asker without a personal chat is answered where they asked', async () => {
  await withStaff();
  await teams.install(channel);
  await handOver(alex, UNKNOWN, channel);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  expect(teams.newest(channel).template).toBe('knowledge/answered');
});

test('pressing « Transmettre » twice is one question with one asker', async () => {
  await withStaff();
  const first = await handOver(alex);
  const second = await handOver(alex);
  expect(second.words).toBe(first.words);
  expect((await teams.services.knowledge.escalations.escalationsPage('live', 1)).total).toBe(1);
});

test('ten people who ask the same at the same moment share one question', async () => {
  await withStaff();
  const opened = await Promise.all(
    strangers(10).map((person) =>
      teams.services.knowledge.escalations.openEscalation(silentTurn(person), UNKNOWN),
    ),
  );
  expect(new Set(opened.map((escalation) => escalation.id)).size).toBe(1);
  expect(await teams.services.knowledge.escalations.askers(opened[0]?.id ?? '')).toHaveLength(10);
});

test('of two staff members who act on the same card at the same moment one wins, and the other sees where it stands', async () => {
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const card = staffCard();
  const cards = await Promise.all(
    [diane, samuel].map((person) => teams.mustClick(person, card, 'Prendre en charge', {}, staffRoom)),
  );
  const words = cards.map((each) => each.words);
  expect(words.filter((text) => text.includes('vient d’agir'))).toHaveLength(1);
  const winner = words[0]?.includes('vient d’agir') ? samuel : diane;
  for (const text of words) expect(text).toContain(`Prise en charge par ${winner.name}`);
});

test('the card in the staff channel is updated in place at each step', async () => {
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const posts = teams.in(staffRoom).length;
  await teams.click(diane, staffCard(), 'Prendre en charge', {}, staffRoom);
  await teams.runJobs();
  expect(staffCard().words).toContain('Prise en charge par Diane Tremblay');
  expect(teams.in(staffRoom)).toHaveLength(posts);
});

test('a closed question can be reopened, and taken again', async () => {
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const closed = await teams.mustClick(diane, staffCard(), 'Fermer la question', {}, staffRoom);
  expect(closed.words).toContain('Fermée');
  const reopened = await teams.mustClick(samuel, closed, 'Rouvrir la question', {}, staffRoom);
  expect(reopened.words).toContain('À prendre');
});

test('an asker whom the answer does not help reopens the question; a stranger cannot', async () => {
  await withStaff();
  await teams.install(alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  const card = teams.newest(alex);
  expect(await teams.refusedClick(nadia, card, 'Ma question reste entière')).toContain('introuvable');
  await teams.click(alex, card, 'Ma question reste entière');
  await teams.runJobs();
  expect(staffCard().words).toContain('À prendre');
});

test('an answered question becomes an entry that is found at once', async () => {
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const answered = await answeredCard();
  const published = await teams.mustClick(
    diane,
    answered,
    'Publier maintenant',
    {
      title: 'Peut-on héberger le serveur dans une grange ?',
      entryAnswer: ANSWER,
      alternates: 'serveur dans une grange\nhébergement chez tante Zélie',
      review: '2027-11-23',
    },
    staffRoom,
  );
  expect(published.words).toContain('base de connaissances');
  expect(
    (await teams.asks(nadia, 'un serveur dans la grange de ma tante Zélie, ça se peut ?')).plain,
  ).toContain('Réponse de l’équipe du Courtier (Diane Tremblay)');
});

describe('an entry that a colleague was faster than', () => {
  const entry = { title: UNKNOWN, entryAnswer: 'Non, la grange n’a pas de serrure.', review: '2027-11-23' };
  let answered: ShownCard;
  beforeEach(async () => {
    await withStaff();
    await handOver(alex);
    await teams.runJobs();
    answered = await answeredCard();
  });

  test('since the question is open again comes back as it was written', async () => {
    await teams.mustClick(samuel, answered, 'Rouvrir la question', {}, staffRoom);
    const back = await teams.formBack(diane, answered, 'Publier maintenant', entry, staffRoom);
    expect(back.plain).toContain('Quelqu’un vient d’agir sur cette question.');
    expect(back.plain).toContain('Ce que vous aviez écrit');
    expect(back.plain).toContain(entry.entryAnswer);
  });

  test('since another was published comes back as it was written', async () => {
    const theirs = { ...entry, entryAnswer: 'Non, jamais.' };
    await teams.mustClick(samuel, answered, 'Publier maintenant', theirs, staffRoom);
    const back = await teams.formBack(diane, answered, 'Publier maintenant', entry, staffRoom);
    expect(back.plain).toContain(entry.entryAnswer);
  });

  test('since the very same was published is shown published', async () => {
    await teams.mustClick(samuel, answered, 'Publier maintenant', entry, staffRoom);
    const card = await teams.mustClick(diane, answered, 'Publier maintenant', entry, staffRoom);
    expect(card.words).toContain('base de connaissances');
  });
});

test('a published entry can be withdrawn after a confirmation, and is not found any more', async () => {
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const answered = await answeredCard();
  await teams.click(
    diane,
    answered,
    'Publier maintenant',
    { title: UNKNOWN, entryAnswer: ANSWER, review: '2027-11-23' },
    staffRoom,
  );
  const entry = await teams.mustClick(
    diane,
    await teams.asks(diane, 'réponses publiées', staffRoom),
    'Ouvrir',
    {},
    staffRoom,
  );
  const confirm = await teams.mustClick(diane, entry, 'Retirer', {}, staffRoom);
  const list = await teams.mustClick(diane, confirm, 'Retirer', {}, staffRoom);
  expect(list.words).toContain('La réponse est retirée');
  expect((await teams.asks(nadia, UNKNOWN)).words).not.toContain('Réponse de l’équipe du Courtier');
});

test.each([
  ['past', '2026-11-22', 'à venir'],
  ['impossible', '2027-02-31', 'n’existe pas'],
  ['absent', undefined, 'date de révision'],
])('a review date that is %s is refused', async (_what, review, sentence) => {
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const answered = await answeredCard();
  const word = await teams.refusedClick(
    diane,
    answered,
    'Publier maintenant',
    { title: UNKNOWN, entryAnswer: ANSWER, ...(review ? { review } : {}) },
    staffRoom,
  );
  expect(word).toContain(sentence);
});

test.each(['knowledge.take', 'knowledge.release', 'knowledge.close', 'knowledge.reopen'])(
  'a client cannot press %s, even with the right identifiers',
  async (verb) => {
    await withStaff();
    await handOver(alex);
    const { rows } = await teams.services.knowledge.escalations.escalationsPage('live', 1);
    expect(
      await teams.reaches(alex, [
        [
          verb,
          {
            escalation: rows[0]?.id,
            revision: 1,
          },
        ],
      ]),
    ).toEqual([]);
  },
);

test('a page of questions that is no more is the nearest one', async () => {
  await withStaff();
  await handOver(alex);
  const card = await teams.mustPress(diane, 'knowledge.questionsPage', { status: 'live', page: 4 });
  expect(card.plain).toContain('tante Zélie');
});

test('a client can neither answer, nor open, nor publish, nor see the lists of the staff', async () => {
  await withStaff();
  await handOver(alex);
  const { rows } = await teams.services.knowledge.escalations.escalationsPage('live', 1);
  const escalation = rows[0]?.id;
  expect(
    await teams.reaches(alex, [
      ['knowledge.answer', { escalation, revision: 1, answer: ANSWER }],
      ['knowledge.open', { escalation }],
      [
        'knowledge.publish',
        { escalation, revision: 1, title: UNKNOWN, entryAnswer: ANSWER, review: '2027-11-23' },
      ],
      ['knowledge.questionsPage', { status: 'live', page: 1 }],
      ['knowledge.askRetire', { entry: 'courtier-1' }],
      ['knowledge.retire', { entry: 'courtier-1' }],
    ]),
  ).toEqual([]);

  expect((await teams.asks(alex, 'tableau de bord')).template).not.toBe('knowledge/dashboard');
});

test('a sending that may be tried again is tried again, and reaches the asker once', async () => {
  await withStaff();
  await teams.install(alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  failing(new DeliveryError('retry', 'unavailable'));
  await teams.runJobs();
  expect(await arrivals()).toEqual(['pending']);
  teams.clock.advance({ minutes: 1 });
  await teams.runJobs();
  await teams.runJobs();
  expect(answersIn(alex)).toHaveLength(1);
});

test('one asker who cannot be reached keeps nobody else waiting, and the staff see it', async () => {
  await withStaff();
  await teams.install(nadia);
  await handOver(alex);
  teams.clock.advance({ seconds: 1 });
  await handOver(nadia);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  await teams.runJobs();
  expect(await arrivals()).toEqual(['unreachable', 'sent']);
  const { rows } = await teams.services.knowledge.escalations.escalationsPage('answered', 1);
  await teams.press(diane, 'knowledge.open', { escalation: rows[0]?.id }, staffRoom);
  expect(teams.lastCard().words).toContain('réponse non remise');
  expect(teams.lastCard().words).toContain('réponse reçue');
});

test('an answer reaches a thousand who asked, each once and with their own words', async () => {
  await withStaff();
  await handOver(alex);
  const [question] = (await teams.services.knowledge.escalations.escalationsPage('live', 1)).rows;
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
  await withStaff();
  await teams.install(alex);
  await handOver(alex);
  await teams.runJobs();
  await teams.click(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  failing(new DeliveryError('unknown', 'noAnswer'));
  await teams.runJobs();
  teams.clock.advance({ minutes: 5 });
  await teams.runJobs();
  expect(await arrivals()).toEqual(['unknown']);
  expect(answersIn(alex)).toEqual([]);
});

test('a question that is opened again before its answer left is not answered; answered anew, it is', async () => {
  await withStaff();
  await teams.install(alex);
  await handOver(alex);
  await teams.runJobs();
  const card = await teams.mustClick(diane, staffCard(), 'Envoyer la réponse', { answer: ANSWER }, staffRoom);
  const again = await teams.mustClick(diane, card, 'Rouvrir la question', {}, staffRoom);
  await teams.runJobs();
  expect(answersIn(alex)).toEqual([]);
  await teams.click(diane, again, 'Envoyer la réponse', { answer: 'Oui, finalement.' }, staffRoom);
  await teams.runJobs();
  expect(answersIn(alex)).toEqual([expect.stringContaining('Oui, finalement.')]);
});

test('an answer goes before what goes to many', async () => {
  await withStaff();
  await teams.install(alex);
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
  await withStaff();
  await handOver(alex);
  await teams.runJobs();
  const card = staffCard();
  jest.spyOn(teams.messenger, 'update').mockRejectedValueOnce(new DeliveryError('unreachable', 'gone'));
  await teams.click(diane, card, 'Prendre en charge', {}, staffRoom);
  await handOver(nadia, 'Comment colorier la fiche de l’oncle Arthur ?');
  await teams.runJobs();
  expect(staffCard().words).toContain('oncle Arthur');
});

test('the eleventh question of a day is refused kindly', async () => {
  for (let n = 0; n < 10; n++) await handOver(alex, `Comment colorier la fiche de Zélie numéro ${n} ?`);
  await expect(handOver(alex, 'Comment colorier la fiche de Zélie numéro dix ?')).rejects.toThrow(
    '10 questions transmises',
  );
});

test('the list of questions is paged, five a page, oldest first', async () => {
  await withStaff();
  for (const [n, person] of [alex, nadia, samuel, diane, admin, alex].entries())
    await handOver(person, `Question tout à fait particulière zyx${n} ?`);
  const first = await teams.asks(diane, 'questions', staffRoom);
  expect(first.words).toContain('Nº 1');
  expect(first.words).toContain('Page 1 de 2');
  const card = await teams.mustClick(diane, first, 'Suivante', {}, staffRoom);
  expect(card.words).toContain('Nº 6');
});

test('the dashboard shows what is asked, what waits and what disappoints', async () => {
  await withStaff();
  const card = await teams.mustClick(
    alex,
    await teams.asks(alex, 'Quels documents faut-il conserver pendant le contrat ?'),
    '👎',
  );
  await teams.click(alex, card, 'Envoyer', { reason: 'outdated' });
  await handOver(alex);
  const dashboard = await teams.asks(diane, 'tableau de bord', staffRoom);
  expect(dashboard.words).toContain('Les plus demandées');
  expect(dashboard.words).toContain('dépassée');
  expect(dashboard.words).toContain('attendent une personne');
});

test('questions are forgotten after ninety days, handed-over ones after a year', async () => {
  await handOver(alex);
  teams.clock.advance({ days: 91 });
  await teams.services.forgetting.forget();
  expect(await teams.services.knowledge.questions.heldOf(alex)).toEqual([]);
  expect(await teams.services.knowledge.escalations.heldOf(alex)).toHaveLength(1);
  teams.clock.advance({ days: 275 });
  await teams.services.forgetting.forget();
  expect(await teams.services.knowledge.escalations.heldOf(alex)).toEqual([]);
});
