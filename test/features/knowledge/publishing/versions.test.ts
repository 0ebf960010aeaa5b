import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../../src/core/id.ts';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel, silentTurn } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';
import { onTwoProcesses, pressTogether, sending, traces } from '../../../support/together.ts';

// What the staff published has versions: changed, compared, taken up again, withdrawn, on two processes.

const { teams, both } = onTwoProcesses({ shortGuide: true });
const ASKED = 'Une grange peut-elle héberger un serveur ?';
const WORDS = {
  title: ASKED,
  entryAnswer: 'Non, aucune grange ne convient.',
  alternates: 'serveur dans une grange',
  review: '2027-11-23',
};
const BETTER = { ...WORDS, entryAnswer: 'Oui, depuis que la grange est chauffée.' };

let entry: string;
beforeEach(async () => {
  for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
  const { escalations, liveEntries } = teams.services.knowledge;
  const { id } = await escalations.openEscalation(silentTurn(alex), ASKED);
  await escalations.answer(diane, id, 1, WORDS.entryAnswer);
  const { escalation } = await liveEntries.publishEntry(diane, id, 2, {
    title: WORDS.title,
    answer: WORDS.entryAnswer,
    alternates: [WORDS.alternates],
    review: WORDS.review,
  });
  entry = escalation.entryId ?? '';
  await teams.other.services.knowledge.liveEntries.refresh();
});

const opened = (): Promise<ShownCard> => teams.mustPress(diane, 'knowledge.entry', { entry });
const form = async (): Promise<ShownCard> => teams.mustClick(diane, await opened(), 'Modifier');
const change = async (words: object): Promise<ShownCard> =>
  teams.mustClick(diane, await form(), 'Publier', { ...WORDS, ...words });
const retire = async (): Promise<ShownCard> =>
  teams.mustClick(diane, await teams.mustClick(diane, await opened(), 'Retirer'), 'Retirer');

test('the form comes with the words in force', async () => {
  const card = await form();
  expect(['title', 'entryAnswer', 'alternates', 'review'].map((input) => card.valueOf(input))).toEqual(
    Object.values(WORDS),
  );
});

test('what is changed is in force at once, and within one refresh in the other process', async () => {
  const card = await change(BETTER);
  expect(card.plain).toContain('La version 2 est en vigueur');
  expect((await teams.asks(nadia, ASKED)).plain).toContain('la grange est chauffée');
  await teams.other.services.knowledge.liveEntries.refresh();
  expect((await teams.other.asks(nadia, ASKED)).plain).toContain('la grange est chauffée');
  expect(await traces(teams, 'entry.edit')).toBe(1);
});

test('a preview is the client’s card, on which nothing can be pressed, and the form keeps what was typed', async () => {
  const before = await form();
  const after = await teams.mustClick(diane, before, 'Aperçu', BETTER);
  const preview = teams.newest(diane, 'knowledge/answer');
  expect(preview.plain).toContain('la grange est chauffée');
  expect(preview.plain).toContain('Diane Tremblay');
  expect(preview.buttons).toEqual([]);
  expect(after.valueOf('entryAnswer')).toBe(BETTER.entryAnswer);
  expect((await opened()).plain).toContain('version 1');
});

test('a form that a colleague was faster with comes back with what was typed, and may be sent over theirs', async () => {
  const mine = await form();
  await teams.mustPress(samuel, 'knowledge.saveEntry', { ...BETTER, entry, version: 1 });
  const back = await teams.mustClick(diane, mine, 'Publier', { ...WORDS, entryAnswer: 'Ça dépend.' });
  expect(back.plain).toContain('Samuel Roy a changé cette réponse pendant ce temps');
  expect(back.valueOf('entryAnswer')).toBe('Ça dépend.');
  const done = await teams.mustClick(diane, back, 'Publier', { ...WORDS, entryAnswer: 'Ça dépend.' });
  expect(done.plain).toContain('La version 3 est en vigueur');
});

test('a review date that is past is refused, and nothing is changed', async () => {
  const word = await teams.refusedClick(diane, await form(), 'Publier', { ...BETTER, review: '2026-01-05' });
  expect(word).toContain('à venir');
  expect((await opened()).plain).toContain('version 1');
});

test('the same form sent many times to two processes is one version', async () => {
  await pressTogether(both(), sending(diane, await form(), 'Publier', BETTER), 20);
  expect((await opened()).plain).toContain('version 2');
  expect(await traces(teams, 'entry.edit')).toBe(1);
});

test('two of the staff who change it at once: one does, and the other has their words back', async () => {
  const card = await form();
  const answers = await Promise.all(
    [diane, samuel].map((person, n) =>
      both()[n]?.press(person, 'knowledge.saveEntry', {
        ...card.button('Publier').data,
        ...WORDS,
        entryAnswer: `De ${person.name}.`,
      }),
    ),
  );
  const templates = answers.map((answer) => answer?.card?.template).sort();
  expect(templates).toEqual(['knowledge/entry', 'knowledge/entry-form']);
});

test('two versions are compared field by field, and what did not change is not shown', async () => {
  await change(BETTER);
  const history = await teams.mustClick(diane, await opened(), 'Versions');
  expect(history.plain).toContain('Version 2** · Modifiée par Diane Tremblay');
  const card = await teams.mustClick(diane, history, 'Comparer');
  expect(card.plain).toContain(WORDS.entryAnswer);
  expect(card.plain).toContain(BETTER.entryAnswer);
  expect(card.plain).not.toContain('À réviser le');
});

test('any two versions may be chosen', async () => {
  await change(BETTER);
  await change({ ...BETTER, title: 'Que vaut une grange ?' });
  const history = await teams.mustClick(diane, await opened(), 'Versions');
  const card = await teams.mustClick(diane, history, 'Comparer ces versions', { older: '2', newer: '3' });
  expect(card.plain).toContain('De la version 2 à la version 3');
  expect(card.plain).toContain('Que vaut une grange ?');
});

test('an earlier version is taken up again as a new one', async () => {
  await change(BETTER);
  const history = await teams.mustClick(diane, await opened(), 'Versions');
  const card = await teams.mustClick(
    diane,
    await teams.mustClick(diane, history, 'Comparer'),
    'Rétablir la version 1',
  );
  expect(card.plain).toContain('version 3');
  expect((await teams.asks(nadia, ASKED)).plain).toContain(WORDS.entryAnswer);
});

describe('an entry that was withdrawn', () => {
  test('is told beforehand what goes with it', async () => {
    await teams.asks(nadia, ASKED);
    const card = await teams.mustClick(diane, await opened(), 'Retirer');
    expect(card.plain).toContain('1 formulation ne mènera plus à rien');
    expect(card.plain).toContain('Elle a répondu à 1 question gardée');
  });

  test('is in force nowhere: search, an earlier card, the list', async () => {
    const shown = await teams.asks(nadia, ASKED);
    await retire();
    const again = await teams.mustClick(nadia, shown, '👍');
    expect(again.plain).toContain("Cette réponse n'est plus en vigueur".replace("'", '’'));
    expect(again.plain).not.toContain(WORDS.entryAnswer);
    expect((await teams.asks(nadia, ASKED)).plain).not.toContain(WORDS.entryAnswer);
    expect((await teams.asks(diane, 'réponses publiées')).plain).not.toContain(ASKED);
    expect(await teams.refusedPress(nadia, 'knowledge.show', { entry })).toContain('a retiré cette réponse');
  });

  test('is in force no more in the other process, after one refresh', async () => {
    await retire();
    await teams.other.services.knowledge.liveEntries.refresh();
    expect((await teams.other.asks(nadia, ASKED)).plain).not.toContain(WORDS.entryAnswer);
  });

  test('is read among those withdrawn, and is published again with the words of its form', async () => {
    await retire();
    const list = await teams.mustClick(diane, await teams.asks(diane, 'réponses publiées'), 'Retirées');
    expect(list.plain).toContain(ASKED);
    const again = await teams.mustClick(
      diane,
      await teams.mustClick(diane, list, 'Ouvrir'),
      'Publier de nouveau',
    );
    const card = await teams.mustClick(diane, again, 'Publier de nouveau', WORDS);
    expect(card.plain).toContain('En vigueur · version 3');
    expect((await teams.asks(nadia, ASKED)).plain).toContain(WORDS.entryAnswer);
    expect(await traces(teams, 'entry.republish')).toBe(1);
  });

  test('is not withdrawn twice, and a colleague’s change is not withdrawn unseen', async () => {
    const confirm = await teams.mustClick(diane, await opened(), 'Retirer');
    await teams.mustPress(samuel, 'knowledge.saveEntry', { ...BETTER, entry, version: 1 });
    expect((await teams.mustClick(diane, confirm, 'Retirer')).plain).toContain('Rien n’a été fait');
    await pressTogether(both(), { person: diane, verb: 'knowledge.retire', data: { entry } }, 10);
    expect(await traces(teams, 'entry.retire')).toBe(1);
  });
});

test('the release before publishes and withdraws without versions: they are written with the next step', async () => {
  const id = 'courtier-900';
  await teams.db.execute(sql`insert into knowledge_entries (id, title, alternates, answer, owner, review, created_at)
    values (${id}, 'Que faire d’une brouette ?', '{}', 'La pousser.', 'Samuel Roy', '2027-11-23', now())`);
  const { liveEntries } = teams.services.knowledge;
  expect(await liveEntries.getEntry(id)).toMatchObject({ number: 1, owner: 'Samuel Roy', retired: null });
  await teams.db.execute(sql`update knowledge_entries set retired_at = now() where id = ${id}`);
  const text = {
    title: 'Que faire d’une brouette ?',
    alternates: [],
    answer: 'La tirer.',
    review: '2027-11-23',
  };
  expect((await liveEntries.rewriteEntry(diane, id, 1, text)).kind).toBe('stale');
  expect((await liveEntries.rewriteEntry(diane, id, 2, text)).entry).toMatchObject({
    number: 3,
    retired: null,
  });
  const { items } = await liveEntries.historyPage(id, 1);
  expect(items.map(({ act }) => act)).toEqual(['republish', 'retire', 'publish']);
});

test('the list is by title, five a page, and says which are to be looked at again', async () => {
  const { knowledge } = teams.services;
  for (const title of [
    'Élan ou cerf ?',
    'Brouette ou chariot ?',
    'Zèbre ou cheval ?',
    'Ami ou voisin ?',
    'Eau ou lait ?',
  ])
    await teams.db.transaction((tx) =>
      knowledge.liveEntries.writeEntry(tx, diane, `courtier-${newId()}`, null, {
        ...{ title, alternates: [], answer: 'Les deux.', review: '2026-12-01' },
      }),
    );
  const first = await teams.asks(diane, 'réponses publiées');
  expect(first.plain).toMatch(/Ami[\s\S]*Brouette[\s\S]*Eau[\s\S]*Élan[\s\S]*Une grange/);
  expect(first.plain).toContain('Page 1 de 2 · 6 réponses');
  expect((await teams.mustClick(diane, first, 'Suivante')).plain).toContain('Zèbre');
  teams.clock.advance({ days: 30 });
  expect((await teams.mustClick(diane, first, 'À réviser')).plain).toContain('Réponses à réviser · 5');
});

test('whoever leaves is named in no version, and their words stay', async () => {
  await change(BETTER);
  await teams.db.transaction((tx) => teams.services.knowledge.liveEntries.unsign(tx, diane));
  const history = await teams.mustPress(samuel, 'knowledge.entryHistory', { entry, page: 1 });
  expect(history.plain).not.toContain('Diane');
  expect((await teams.services.knowledge.liveEntries.getEntry(entry)).owner).toBe('Une personne partie');
});

test('a client reaches none of it', async () => {
  const words = { ...BETTER, entry, version: 1 };
  expect(
    await teams.reaches(nadia, [
      ['knowledge.entries', { filter: 'live', page: 1 }],
      ['knowledge.entry', { entry }],
      ['knowledge.editEntry', { entry }],
      ['knowledge.previewEntry', words],
      ['knowledge.saveEntry', words],
      ['knowledge.entryHistory', { entry, page: 1 }],
      ['knowledge.entryVersion', { entry, version: 1, number: 1 }],
      ['knowledge.compareEntry', { entry, older: '1', newer: '1' }],
      ['knowledge.restoreEntry', { entry, version: 1, number: 1 }],
    ]),
  ).toEqual([]);
});
