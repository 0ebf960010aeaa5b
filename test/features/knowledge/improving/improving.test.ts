import { beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia, samuel } from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';
import type { ShownCard } from '../../../support/shown-card.ts';
import { onTwoProcesses, pressOnceFiftyTimes, sending, traces } from '../../../support/together.ts';

// What people asked without a sure answer is grouped for the staff, who make something of it in one gesture.

const { teams, both } = onTwoProcesses({ shortGuide: true });
const BARN = 'La grange de tante Zélie ferait-elle un bon poulailler ?';
const SAME = ['la grange de tante Zélie, un bon poulailler ?', 'poulailler dans la grange de tante Zélie'];

beforeEach(async () => {
  for (const person of [diane, samuel]) await giveRole(teams, person, 'staff');
});

async function asked(...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await teams.says(alex, text);
    teams.clock.advance({ seconds: 1 });
  }
}
const list = (): Promise<ShownCard> => teams.asks(diane, 'à améliorer');
const group = async (): Promise<ShownCard> => teams.mustClick(diane, await list(), 'Ouvrir');

/** The card of what a change would do, once it is known. */
async function tried(card: ShownCard, title: string, inputs: object): Promise<ShownCard> {
  let trial = await teams.mustClick(diane, card, title, inputs);
  while (!trial.offers('Publier')) trial = await teams.mustClick(diane, trial, 'Voir le résultat');
  return trial;
}
const refreshed = () => teams.other.services.knowledge.liveEntries.refresh();

test('questions that are alike are shown together, by size, in people’s words and without their names', async () => {
  await asked(BARN, 'Qui répare la cafetière ?', ...SAME);
  const card = await list();
  expect(card.plain).toMatch(/3\n« la grange[\s\S]*1\n« Qui répare la cafetière/);
  expect(card.plain).not.toContain('Alex');
  const opened = await teams.mustClick(diane, card, 'Ouvrir');
  expect(opened.plain).toContain('3 questions semblables');
  expect(opened.plain).not.toContain('Alex');
});

test('the dashboard leads there', async () => {
  await asked(BARN);
  const board = await teams.asks(diane, 'tableau de bord');
  expect((await teams.mustClick(diane, board, 'Questions à améliorer')).plain).toContain('tante Zélie');
});

test('an answer that did not help is there too, and one that did is not', async () => {
  const answer = await teams.asks(alex, 'durée maximale d’un contrat');
  expect((await list()).plain).toContain('Rien à améliorer');
  await teams.mustClick(alex, answer, '👎');
  const card = await list();
  expect(card.plain).toContain('durée maximale');
  expect(card.plain).toContain('1 avis défavorable');
});

test('a wording is attached to an entry of the guide: it is found at once, and after a refresh in the other process', async () => {
  await asked(BARN, ...SAME);
  const trial = await tried(await group(), 'Rattacher', { wording: BARN, target: 'duree-contrat' });
  expect(trial.plain).toMatch(/Sur \d+ questions connues/);
  const after = await teams.mustClick(diane, trial, 'Publier');
  expect(after.plain).toContain('La formulation est en vigueur');
  expect(after.plain).toContain('Rien à améliorer');
  expect((await teams.asks(nadia, BARN)).plain).toContain('durée maximale');
  await refreshed();
  expect((await teams.other.asks(nadia, BARN)).plain).toContain('durée maximale');
  expect(await traces(teams, 'improvement.wording')).toBe(1);
});

test('what is handled says who did it and when, and is taken back with all that it added', async () => {
  await asked(BARN);
  await teams.mustClick(
    diane,
    await tried(await group(), 'Rattacher', { wording: BARN, target: 'duree-contrat' }),
    'Publier',
  );
  const handled = await teams.mustClick(samuel, await list(), 'Traitées');
  expect(handled.plain).toContain('Diane Tremblay');
  expect(handled.plain).toContain('Rattachée à');
  const undone = await teams.mustClick(samuel, handled, 'Défaire');
  expect(undone.plain).toContain('C’est défait');
  expect((await list()).plain).toContain('tante Zélie');
  expect((await teams.asks(nadia, BARN)).template).not.toBe('knowledge/answer');
});

test('questions like one that was handled come back, counted', async () => {
  await asked(BARN);
  const trial = await tried(await group(), 'Hors sujet', { wording: BARN });
  await teams.mustClick(diane, trial, 'Publier');
  await asked(SAME[0] ?? '');
  expect((await list()).plain).toContain('1 semblable déjà traitée');
});

test('what was asked since somebody looked waits for another time', async () => {
  await asked(BARN);
  const before = await group();
  await asked(...SAME);
  await teams.mustClick(diane, await tried(before, 'Hors sujet', { wording: BARN }), 'Publier');
  expect((await list()).plain).toContain('améliorer, quatre-vingt-dix derniers jours · 2');
});

test('an entry is written for a group: tried, previewed, published, and withdrawn when it is taken back', async () => {
  await asked(BARN, ...SAME);
  const form = await teams.mustClick(diane, await group(), 'Écrire une réponse');
  expect(form.valueOf('title')).toBe(SAME[0]);
  const words = {
    title: BARN,
    entryAnswer: 'Oui, les poules y sont bien.',
    alternates: SAME[1],
    review: '2027-11-23',
  };
  const shown = await teams.mustClick(diane, form, 'Aperçu', words);
  expect(teams.newest(diane, 'knowledge/answer').plain).toContain('les poules y sont bien');
  expect(shown.valueOf('entryAnswer')).toBe(words.entryAnswer);
  const trial = await tried(shown, 'Voir ce que cela change', words);
  const back = await teams.mustClick(diane, trial, 'Modifier');
  expect([back.valueOf('title'), back.valueOf('entryAnswer'), back.valueOf('alternates')]).toEqual([
    BARN,
    words.entryAnswer,
    SAME[1],
  ]);
  await teams.mustClick(diane, trial, 'Publier');
  expect((await teams.asks(nadia, BARN)).plain).toContain('les poules y sont bien');
  expect(await traces(teams, 'entry.publish')).toBe(1);
  await teams.mustClick(diane, await teams.mustClick(diane, await list(), 'Traitées'), 'Défaire');
  expect((await teams.asks(nadia, BARN)).plain).not.toContain('les poules y sont bien');
  expect((await teams.asks(diane, 'réponses publiées')).plain).toContain('Aucune pour l’instant');
});

test('an entry for a group that a colleague was faster with comes back as it was written', async () => {
  await asked(BARN);
  const card = await group();
  const form = await teams.mustClick(diane, card, 'Écrire une réponse');
  const answer = 'Oui, les poules y sont bien.';
  const trial = await tried(form, 'Voir ce que cela change', {
    title: BARN,
    entryAnswer: answer,
    alternates: '',
    review: '2027-11-23',
  });
  await teams.mustClick(samuel, await tried(card, 'Hors sujet', { wording: BARN }), 'Publier');
  const back = await teams.formBack(diane, trial, 'Publier');
  expect(back.plain).toContain('Ces questions n’attendent plus');
  expect(back.plain).toContain('Ce que vous aviez écrit');
  expect(back.plain).toContain(answer);
  expect(await traces(teams, 'entry.publish')).toBe(0);
});

test('a change that answers what should not be says so, the worst and the staff’s own first, before it is published', async () => {
  await asked(BARN);
  await teams.mustPress(diane, 'knowledge.addToBench', { asked: BARN, expected: '-' });
  const trial = await tried(await group(), 'Rattacher', { wording: BARN, target: 'duree-contrat' });
  expect(trial.plain).toMatch(
    /La grange de tante Zélie[^\n]*\nMoins bien · avant : aucune réponse · après : « Quelle est la durée/,
  );
});

describe('at once', () => {
  test('one press sent many times to both processes is one wording', async () => {
    await asked(BARN);
    const trial = await tried(await group(), 'Rattacher', { wording: BARN, target: 'duree-contrat' });
    await pressOnceFiftyTimes(both(), sending(diane, trial, 'Publier'), 10);
    expect(await countOf(teams, sql`knowledge_improvements`)).toBe(1);
    expect(await traces(teams, 'improvement.wording')).toBe(1);
  });

  test('of two of the staff who take the same group one has it, and the other is told', async () => {
    await asked(BARN);
    const trial = await tried(await group(), 'Hors sujet', { wording: BARN });
    const { data } = trial.button('Publier');
    const press = (world: Pick<typeof teams, 'press'>, who: typeof diane, formKey: string) =>
      world.press(who, 'knowledge.improve', { ...data, formKey });
    const answers = await Promise.all([press(teams, diane, 'one'), press(teams.other, samuel, 'two')]);
    const told = answers.map(({ card }) => card?.plain.includes('n’attendent plus'));
    expect(told.sort()).toEqual([false, true]);
    expect(await countOf(teams, sql`knowledge_improvements`)).toBe(1);
  });
});

test('a question whose author was forgotten is in no group any more', async () => {
  await asked(BARN);
  const before = await group();
  await teams.db.transaction((tx) => teams.services.knowledge.questions.erase(tx, alex));
  const trial = await tried(before, 'Hors sujet', { wording: BARN });
  expect((await teams.mustClick(diane, trial, 'Publier')).plain).toContain('n’attendent plus');
  expect(await countOf(teams, sql`knowledge_improvements`)).toBe(0);
});

test('a wording without an entry, or for one that was withdrawn, is refused', async () => {
  await asked(BARN);
  const card = await group();
  expect(await teams.refusedClick(diane, card, 'Rattacher', { wording: BARN, target: '' })).toContain(
    'Choisissez',
  );
  expect(
    await teams.refusedClick(diane, card, 'Rattacher', { wording: BARN, target: 'courtier-7' }),
  ).toContain('en vigueur');
});

test('whoever leaves is named in nothing that they made', async () => {
  await asked(BARN);
  await teams.mustClick(diane, await tried(await group(), 'Hors sujet', { wording: BARN }), 'Publier');
  await teams.db.transaction((tx) => teams.services.knowledge.improvements.unsign(tx, diane));
  expect((await teams.mustClick(samuel, await list(), 'Traitées')).plain).toContain('Une personne partie');
});

test('a client reaches none of it, and sees nobody’s words', async () => {
  await asked(BARN);
  const { data } = (await list()).button('Ouvrir');
  const words = { ...data, title: BARN, entryAnswer: 'Oui, certes.', alternates: '', review: '2027-11-23' };
  expect(
    await teams.reaches(nadia, [
      ['knowledge.groups', { page: 1 }],
      ['knowledge.handledGroups', { page: 1 }],
      ['knowledge.group', data],
      ['knowledge.draftEntry', data],
      ['knowledge.previewNew', words],
      ['knowledge.tryImprovement', { ...data, act: 'offTopic', wording: BARN }],
      ['knowledge.trial', { ...data, act: 'offTopic', said: BARN, page: 1 }],
      ['knowledge.improve', { ...data, act: 'offTopic', said: BARN }],
      ['knowledge.undoImprovement', { improvement: data.group }],
    ]),
  ).toEqual([]);
});
