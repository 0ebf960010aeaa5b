import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../src/core/id.ts';
import type { Person } from '../../../src/core/turn.ts';
import { EVERYTHING } from '../../../src/features/office/rules/filter.ts';
import { MOST_AT_ONCE } from '../../../src/features/office/store/acting.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { aFile, booked, people, requested } from '../../support/kickoff.ts';
import { giveRole } from '../../support/organization.ts';
import {
  admin,
  alex,
  diane,
  keyOf,
  nadia,
  personalChat,
  samuel,
  staffRoom,
  strangers,
} from '../../support/people.ts';
import { countOf } from '../../support/rows.ts';
import { traces } from '../../support/together.ts';
import { hands } from '../../support/walk/hands.ts';

// The broker's office: all that waits for the staff in one list, in somebody's hands or nobody's, concluded from what
// the features hold each time that it is read.

const teams = fakeTeams({ shortGuide: true, approval: true });
const QUESTION = 'Pouvez-vous me rappeler au sujet de notre projet ?';

/** Diane and Samuel are of the staff; Alex has sent a complaint. */
beforeEach(async () => {
  await people(teams);
  await giveRole(teams, samuel, 'staff');
});

const complains = async (text = 'Le soutien tarde.', who: Person = alex): Promise<string> => {
  const id = newId();
  teams.clock.advance({ seconds: 1 });
  await teams.services.comments.send(who, { kind: 'supplierComplaint', supplier: 'airelle', text }, id);
  return id;
};
const listed = (who: Person = diane, filter: Partial<typeof EVERYTHING> = {}) =>
  teams.services.office.list(who, { ...EVERYTHING, ...filter }, 1, 50);
const titles = async (...given: Parameters<typeof listed>) =>
  (await listed(...given)).items.map(({ title }) => title);
const opened = (who: Person, kind: string, id: string) =>
  teams.mustPress(who, 'office.item', { wait: `${kind}/${id}` });

test.each(['no-id', '42', "'; --", 'éèê'])(
  'what names nothing that waits, « %s », is told so, whatever its kind',
  async (id) => {
    for (const { kind } of teams.services.house.waits()) {
      const wait = `${kind}/${id}`;
      for (const verb of ['office.item', 'office.take', 'office.open']) {
        const { word, card } = await teams.press(diane, verb, { wait }, personalChat(diane));
        expect([verb, kind, `${word} ${card?.plain ?? ''}`]).toEqual([
          verb,
          kind,
          expect.not.stringContaining('pas pu terminer'),
        ]);
      }
    }
  },
);

describe('the list of what waits', () => {
  test('gathers what each feature says that it waits for, the first date first', async () => {
    await complains();
    await hands(teams).handedOver(QUESTION);
    await hands(teams).awaiting('Panne du soir');
    await requested(teams, await aFile(teams));
    await teams.services.organizations.requestMembership(samuel, 'Ville de Matane', newId());
    const { items } = await listed();
    expect(items.map(({ kind }) => kind).sort()).toEqual([
      'approval',
      'comment',
      'meeting',
      'membership',
      'question',
      'secret',
    ]);
    const days = items.map(({ due }) => due.on.toString());
    expect(days).toEqual([...days].sort());
  });

  test('says the body, the person, since when, by when and in whose hands', async () => {
    const id = await complains();
    const card = await opened(diane, 'comment', id);
    for (const words of [
      'Plainte nº 1',
      'Le soutien tarde.',
      'Alex Gagnon',
      'Ministère de l’Énergie',
      'À personne',
    ])
      expect(card.plain).toContain(words);
    expect(card.plain).toContain('Repère : 26 novembre 2026');
  });

  test('is oldest first when that is asked', async () => {
    await complains('La première.');
    teams.clock.advance({ hours: 1 });
    await hands(teams).handedOver(QUESTION);
    expect((await titles(diane, { order: 'age' })).slice(-2)).toEqual(['Plainte nº 1', 'Question nº 1']);
    expect((await titles(diane, { order: 'due' })).slice(0, 2)).toEqual(['Question nº 1', 'Plainte nº 1']);
  });

  test('shows mine, nobody’s, what is late, and one kind alone', async () => {
    const first = await complains('La première.');
    await complains('La deuxième.');
    await teams.mustPress(diane, 'office.take', { wait: `comment/${first}` });
    expect(await titles(diane, { whose: 'mine' })).toEqual(['Plainte nº 1']);
    expect(await titles(diane, { whose: 'nobody', genre: 'comment' })).toEqual(['Plainte nº 2']);
    expect(await titles(diane, { late: true })).toEqual([]);
    teams.clock.advance({ days: 7 });
    expect(await titles(diane, { late: true })).toEqual(['Plainte nº 1', 'Plainte nº 2']);
    expect((await listed(samuel)).counts).toEqual({ all: 3, mine: 0, nobody: 2, late: 2, later: 0 });
  });

  test('is asked for by a command, filtered, and opens what waits in the feature’s own card', async () => {
    await complains();
    const list = await teams.asks(diane, 'à traiter', staffRoom);
    expect(list.plain).toContain('Plainte nº 1');
    const filtered = await teams.mustClick(diane, list, 'Voir', { genre: 'comment', lateOnly: 'true' });
    expect(filtered.plain).toContain('Rien n’attend ici.');
    expect(filtered.plain).toContain('Commentaires et plaintes');
    const { data } = list.buttonFor('office.item');
    const item = await teams.mustPress(diane, 'office.item', data);
    await teams.click(diane, item, 'Ouvrir');
    expect(teams.newest(diane).template).toBe('contracts/comment-staff');
  });

  test('loses what was done, whoever had it', async () => {
    const id = await complains();
    await teams.mustPress(diane, 'office.take', { wait: `comment/${id}` });
    const card = await opened(samuel, 'comment', id);
    await teams.mustPress(diane, 'contracts.closeComment', { comment: id, revision: 1, closing: 'settled' });
    expect(await titles()).toEqual(['Secret de l’application']);
    expect((await teams.mustClick(samuel, card, 'Prendre')).plain).toContain('Cela n’attend plus');
  });

  test('has a line in `à faire` of the staff, and none in a client’s', async () => {
    await complains();
    expect((await teams.asks(diane, 'à faire')).plain).toContain('Ce qui attend l’équipe du Courtier');
    expect((await teams.asks(alex, 'à faire')).plain).not.toContain('équipe du Courtier');
  });
});

describe('a step of the broker’s own', () => {
  test('is late once a meeting took place and nobody said so', async () => {
    const { kickoff } = await booked(teams, await aFile(teams));
    expect((await listed()).items.filter(({ kind }) => kind === 'meeting')).toEqual([]);
    teams.clock.advance({ weeks: 4 });
    const [meeting] = (await listed(diane, { genre: 'meeting', late: true })).items;
    expect(meeting).toMatchObject({ id: kickoff.id, text: 'Dire si la rencontre a eu lieu' });
    expect((await teams.asks(diane, 'à traiter')).plain).toContain('Repère passé :');
  });

  test('is the broker’s part of a step, by the mark of that step', async () => {
    const { kickoff } = await hands(teams).held('Courriel');
    expect(await titles(diane, { genre: 'meeting' })).toEqual([]);
    await teams.services.kickoffs.confirm('client', alex, kickoff, 4);
    await teams.services.kickoffs.confirm('client', alex, kickoff, 5);
    const [meeting] = (await listed(diane, { genre: 'meeting' })).items;
    expect(meeting?.text).toMatch(/^Étape 6/);
    const expected = (
      await teams.services.kickoffs.standing(await teams.services.kickoffs.findKickoff(kickoff))
    ).find(({ state }) => state === 'current');
    expect(meeting?.due.on.toString()).toBe(expected?.due?.on.toString());
  });
});

describe('who has something', () => {
  test('is one of the staff who takes it, in one list with what the features keep themselves', async () => {
    await hands(teams).handedOver(QUESTION);
    const [{ id = '' } = {}] = (await listed(diane, { genre: 'question' })).items;
    const taken = await teams.mustClick(diane, await opened(diane, 'question', id), 'Prendre');
    expect(taken.plain).toContain('À vous');
    expect((await teams.services.knowledge.escalations.getEscalation(id)).takenByName).toBe(diane.name);
    expect(await traces(teams, 'escalation.take')).toBe(1);
    const back = await teams.mustClick(diane, taken, 'Rendre à l’équipe');
    expect(back.plain).toContain('À personne');
    expect((await teams.services.knowledge.escalations.getEscalation(id)).status).toBe('open');
  });

  test('is also whoever took it on the feature’s own card', async () => {
    await requested(teams, await aFile(teams));
    const [{ id = '' } = {}] = (await listed(diane, { genre: 'meeting' })).items;
    await teams.mustPress(diane, 'kickoff.take', { kickoff: id });
    expect(await titles(diane, { whose: 'mine' })).toEqual(['Rencontre nº 1 · airelle inc.']);
  });

  test('is asked first: a colleague acts on it only after a warning that says who', async () => {
    const id = await complains();
    await teams.mustPress(diane, 'office.take', { wait: `comment/${id}` });
    const warned = await teams.mustClick(samuel, await opened(samuel, 'comment', id), 'Prendre');
    expect(warned.plain).toContain('Diane Tremblay s’en occupe : rien n’est changé.');
    expect(await titles(diane, { whose: 'mine' })).toEqual(['Plainte nº 1']);
    expect((await teams.mustClick(samuel, warned, 'Prendre')).plain).toContain('C’est à vous.');
    expect(await titles(samuel, { whose: 'mine' })).toEqual(['Plainte nº 1']);
  });

  test('keeps what was chosen through the warning', async () => {
    const id = await complains();
    await teams.mustPress(diane, 'office.take', { wait: `comment/${id}` });
    const card = await opened(samuel, 'comment', id);
    const warned = await teams.mustClick(samuel, card, 'Remettre à ce jour', { until: '2026-12-04' });
    expect(warned.inputs.find((input) => input.id === 'until')?.value).toBe('2026-12-04');
  });

  test('may be a colleague, who is told', async () => {
    const id = await complains();
    const card = await opened(diane, 'comment', id);
    await teams.mustClick(diane, card, 'Confier à cette personne', { colleague: keyOf(samuel) });
    await teams.runJobs();
    expect(teams.newest(samuel, 'office/item').plain).toContain('Un collègue vous a confié ceci.');
    expect(await titles(samuel, { whose: 'mine' })).toEqual(['Plainte nº 1']);
  });

  test('stays with the colleague who has it when they are given it again, and nothing is asked', async () => {
    const id = await complains();
    const card = await opened(diane, 'comment', id);
    for (let time = 0; time < 2; time++) {
      const given = await teams.mustClick(diane, card, 'Confier à cette personne', {
        colleague: keyOf(samuel),
      });
      expect(given.plain).not.toContain('rien n’est changé');
    }
    expect(await titles(samuel, { whose: 'mine' })).toEqual(['Plainte nº 1']);
    expect(await countOf(teams, sql`office_acts`)).toBe(1);
  });

  test('is nobody who is not of the staff', async () => {
    const id = await complains();
    const refused = await teams.refusedPress(diane, 'office.assign', {
      wait: `comment/${id}`,
      colleague: keyOf(nadia),
    });
    expect(refused).toContain('introuvable');
    expect(await countOf(teams, sql`office_acts`)).toBe(0);
  });

  test('is nobody once they are of the staff no more, and it is their heir’s where there is one', async () => {
    const id = await complains();
    await teams.mustPress(samuel, 'office.take', { wait: `comment/${id}` });
    await giveRole(teams, samuel, 'client');
    expect(await titles(diane, { whose: 'nobody', genre: 'comment' })).toEqual(['Plainte nº 1']);
    await giveRole(teams, samuel, 'staff');
    await teams.services.withdrawing.withdraw(admin, samuel, diane, newId());
    expect(await titles(diane, { whose: 'mine' })).toEqual(['Plainte nº 1']);
  });

  test('is told before a role is withdrawn', async () => {
    await teams.mustPress(samuel, 'office.take', { wait: `comment/${await complains()}` });
    const asked = await teams.press(admin, 'people.changeRole', { member: samuel.objectId, role: 'client' });
    expect(asked.card?.plain).toContain('1 autre chose suivie');
  });

  test('is written down, with who did what', async () => {
    const id = await complains();
    await teams.mustPress(diane, 'office.take', { wait: `comment/${id}` });
    const card = await teams.mustPress(diane, 'office.handBack', { wait: `comment/${id}` });
    expect(card.plain).toContain('Diane Tremblay l’a pris');
    expect(card.plain).toContain('Diane Tremblay l’a rendu à l’équipe');
    expect([await traces(teams, 'office.take'), await traces(teams, 'office.handBack')]).toEqual([1, 1]);
  });
});

describe('what is put off', () => {
  test('is in no list until its day, but in that of what is put off', async () => {
    const id = await complains();
    await teams.mustClick(diane, await opened(diane, 'comment', id), 'Remettre à ce jour', {
      until: '2026-12-04',
    });
    expect(await titles(diane, { genre: 'comment' })).toEqual([]);
    expect(await titles(diane, { whose: 'later' })).toEqual(['Plainte nº 1']);
    teams.clock.advance({ days: 11 });
    expect(await titles(diane, { genre: 'comment' })).toEqual(['Plainte nº 1']);
  });

  test.each(['2026-11-23', '2026-11-20'])('is not put off to %s, which has come', async (until) => {
    const { form, card } = await teams.press(diane, 'office.putOff', {
      wait: `comment/${await complains()}`,
      until,
    });
    expect(card).toBeUndefined();
    expect(form).toBeUndefined();
    expect(await countOf(teams, sql`office_acts`)).toBe(0);
  });
});

describe('many at once', () => {
  test('each has its own outcome', async () => {
    const [one, two] = [await complains('Une.'), await complains('Deux.')];
    await teams.mustPress(samuel, 'office.take', { wait: `comment/${two}` });
    const outcomes = await teams.services.office.act(diane, { what: 'take' }, [
      { kind: 'comment', id: two },
      { kind: 'comment', id: one },
      { kind: 'comment', id: newId() },
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['owned', 'done', 'gone']);
  });

  test('are at most so many', async () => {
    const many = Array.from({ length: MOST_AT_ONCE + 1 }, () => ({ kind: 'comment', id: newId() }));
    await expect(teams.services.office.act(diane, { what: 'take' }, many)).rejects.toThrow('au plus 200');
  });
});

describe('who is away', () => {
  const away = (first: string, last: string, who = diane) =>
    teams.mustPress(who, 'office.absence', { first, last });

  test('has what they look after offered to the others, and has it again afterwards', async () => {
    await teams.mustPress(diane, 'office.take', { wait: `comment/${await complains()}` });
    expect((await away('2026-11-24', '2026-11-27')).plain).toContain('Absence annoncée, du');
    expect(await titles(samuel, { whose: 'nobody', genre: 'comment' })).toEqual([]);
    teams.clock.advance({ days: 1 });
    expect(await titles(samuel, { whose: 'nobody', genre: 'comment' })).toEqual(['Plainte nº 1']);
    expect((await teams.asks(samuel, 'à traiter')).plain).toContain('de retour après le 27 novembre 2026');
    teams.clock.advance({ days: 6 });
    expect(await titles(samuel, { whose: 'nobody', genre: 'comment' })).toEqual([]);
    expect(await titles(diane, { whose: 'mine' })).toEqual(['Plainte nº 1']);
  });

  test('may be relieved by a colleague, who is not warned', async () => {
    const id = await complains();
    await teams.mustPress(diane, 'office.take', { wait: `comment/${id}` });
    await away('2026-11-23', '2026-11-27');
    const taken = await teams.mustClick(samuel, await opened(samuel, 'comment', id), 'Prendre');
    expect(taken.plain).toContain('C’est à vous.');
  });

  test('says so, and is back', async () => {
    await away('2026-11-23', '2026-11-27');
    const card = await teams.asks(diane, 'absence');
    expect(card.plain).toContain('Absence en cours, du 23 novembre 2026 au 27 novembre 2026.');
    expect((await teams.mustClick(diane, card, 'Je suis de retour')).plain).toContain('aucune absence');
    expect(await traces(teams, 'absence.end')).toBe(1);
  });

  test.each([
    ['2026-11-27', '2026-11-24', 'vient après le premier'],
    ['2026-11-16', '2026-11-20', 'sont passés'],
    ['2026-11-24', '2028-11-24', 'au plus un an'],
  ])('is not from %s to %s', async (first, last, sentence) => {
    const { card, word } = await teams.press(diane, 'office.absence', { first, last });
    expect([card, word.includes(sentence)]).toEqual([undefined, true]);
    expect(await countOf(teams, sql`office_absences`)).toBe(0);
  });
});

describe('who is not of the staff', () => {
  test('sees nothing of the office, and does nothing there', async () => {
    const wait = `comment/${await complains()}`;
    expect(
      await teams.reaches(alex, [
        ['office.list', { page: 1 }],
        ['office.item', { wait }],
        ['office.open', { wait }],
        ['office.take', { wait }],
        ['office.handBack', { wait }],
        ['office.assign', { wait, colleague: keyOf(diane) }],
        ['office.putOff', { wait, until: '2026-12-04' }],
        ['office.absence', { first: '2026-12-01', last: '2026-12-04' }],
        ['office.endAbsence', {}],
      ]),
    ).toEqual([]);
  });

  test('is not shown what does not exist, of the staff or not', async () => {
    expect(await teams.refusedPress(diane, 'office.open', { wait: `rien/${newId()}` })).toContain(
      'introuvable',
    );
    expect(await teams.refusedPress(diane, 'office.item', { wait: `rien/${newId()}` })).toContain(
      'introuvable',
    );
  });
});

describe('an administrator', () => {
  test('says that a colleague is away, and that they are back', async () => {
    const id = await complains();
    await teams.mustPress(samuel, 'office.take', { wait: `comment/${id}` });
    await teams.mustPress(admin, 'office.absenceOf', {
      colleague: `${samuel.tenantId}/${samuel.objectId}`,
      from: '2026-11-23',
      to: '2026-11-27',
    });
    expect(await titles(diane, { whose: 'nobody', genre: 'comment' })).toEqual(['Plainte nº 1']);
    const card = await teams.asks(admin, 'absence');
    expect(card.plain).toContain('du 23 novembre 2026 au 27 novembre 2026');
    await teams.mustClick(admin, card, 'De retour');
    expect(await titles(diane, { whose: 'nobody', genre: 'comment' })).toEqual([]);
  });

  test('alone may: nobody else of the staff says it of another', async () => {
    const colleague = `${samuel.tenantId}/${samuel.objectId}`;
    const days = { colleague, from: '2026-11-23', to: '2026-11-27' };
    expect(await teams.refusedPress(diane, 'office.absenceOf', days)).toContain('introuvable');
    expect((await teams.asks(diane, 'absence')).offers('Absence d’un collègue')).toBe(false);
  });
});

test('whoever could not be answered waits to be written to otherwise', async () => {
  const id = await complains();
  await teams.services.conversations.block(personalChat(alex).id, 'suspended');
  await teams.mustPress(diane, 'contracts.answerComment', { comment: id, revision: 1, answer: 'Réglé.' });
  await teams.runJobs();
  const [item] = await teams.services.office.standing(new Set(['reach']));
  expect(item).toMatchObject({ title: 'Personne à joindre autrement', person: alex.name });
  expect(item?.text).toContain('1 message n’a pu lui être remis');
});

describe('the case around what waits', () => {
  test('says the body, what it has, what the person asked before, and how to write to them', async () => {
    await complains('Une première fois.');
    const id = await complains('Une autre fois.');
    teams.setRoster([{ ...alex, address: 'alex.gagnon@energie.example' }]);
    const card = await opened(diane, 'comment', id);
    expect(card.plain).toContain('Organisation Ministère de l’Énergie');
    expect(card.plain).toContain('Plainte nº 1 : Transmis au Courtier');
    expect(card.plain).toContain('Attend aussi pour elle 1 autre chose');
    expect(card.button('Écrire dans Teams').url).toBe(
      'https://teams.microsoft.com/l/chat/0/0?users=alex.gagnon%40energie.example',
    );
  });

  test('has no way to write where Teams does not say how', async () => {
    const card = await opened(diane, 'comment', await complains());
    expect(card.offers('Écrire dans Teams')).toBe(false);
  });
});

describe('the list from which something was opened', () => {
  const AGE = { whose: 'all', late: 'false', genre: 'comment', order: 'age', page: 1 };

  test('comes back as it was narrowed, on its page, whatever was done of it meanwhile', async () => {
    for (let n = 1; n <= 6; n++) await complains(`Plainte ${n}.`);
    const first = await teams.mustPress(diane, 'office.list', AGE);
    const second = await teams.mustClick(diane, first, 'Suivante');
    const where = { seen: 'all..comment.age', page: 2 };
    const item = await teams.mustPress(diane, 'office.item', second.buttonFor('office.item').data);
    const taken = await teams.mustClick(diane, item, 'Prendre');
    expect(taken.plain).toContain('C’est à vous.');
    expect(taken.buttonFor('office.list').data).toMatchObject(where);
    const back = await teams.mustClick(diane, taken, 'Voir la liste');
    expect(back.plain).toContain('Page 2 de 2');
    expect(back.buttonFor('office.item').data).toMatchObject(where);
  });

  test('comes back when it waits no more', async () => {
    const [id] = [await complains('Une.'), await complains('Deux.')];
    const list = await teams.mustPress(diane, 'office.list', AGE);
    const { data } = list.buttonFor('office.item');
    await teams.mustPress(diane, 'contracts.closeComment', { comment: id, revision: 1, closing: 'settled' });
    const card = await teams.mustPress(diane, 'office.item', { ...data, wait: `comment/${id}` });
    expect(card.plain).toContain('Cela n’attend plus');
    expect(card.buttonFor('office.item').data).toMatchObject({ seen: 'all..comment.age', page: 1 });
  });
});

test('« Ouvrir », of a request to act for a body, shows that request alone, and leads to the others', async () => {
  const asking = strangers(7);
  const ids: string[] = [];
  for (const person of asking) {
    teams.clock.advance({ seconds: 1 });
    await teams.services.people.see(person);
    ids.push((await teams.services.organizations.requestMembership(person, 'Ville de Gaspé', newId())).id);
  }
  const last = { wait: `membership/${ids[6]}` };
  await teams.mustPress(diane, 'office.item', last);
  await teams.press(diane, 'office.open', last);
  const card = teams.newest(diane, 'people/memberships');
  expect(card.plain).toContain('7 adhésions en attente');
  expect(
    card.buttons.filter(({ title }) => title === 'Confirmer').map(({ data }) => data.membership),
  ).toEqual([ids[6]]);
  expect((await teams.mustClick(diane, card, 'Voir la liste')).plain).toContain('Page 1 de 2');
  expect((await teams.mustClick(diane, card, 'Confirmer')).plain).toContain('6 adhésions en attente');
  await teams.press(diane, 'office.open', last);
  expect(teams.newest(diane, 'people/memberships').plain).toContain('a déjà été traitée');
});
