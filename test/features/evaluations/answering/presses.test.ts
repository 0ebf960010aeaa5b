import { beforeEach, describe, expect, test } from '@jest/globals';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { alex, diane } from '../../../support/people.ts';
import type { ShownCard } from '../../../support/shown-card.ts';

// How often a person presses to answer an evaluation: each note is one press, and so is each button.

const MOST_PRESSES = 15;
const teams = fakeTeams();
const { campaign, day } = evaluating(teams);

beforeEach(() => people(teams));

/** A person in front of cards: what they press is counted. */
function hands() {
  let presses = 0;
  const chosen = new Map<string, string>();
  return {
    presses: () => presses,
    /** Chooses on the card at hand: one press, where something else stood. */
    choose(input: string, value: string) {
      presses++;
      chosen.set(input, value);
    },
    async press(card: ShownCard, title: string): Promise<ShownCard> {
      presses++;
      const standing = Object.fromEntries(card.inputs.map(({ id, value }) => [String(id), value]));
      const { verb = '', data } = card.button(title);
      const answer = await teams.mustPress(alex, verb, {
        ...standing,
        ...Object.fromEntries(chosen),
        ...data,
      });
      chosen.clear();
      return answer;
    },
  };
}

/** The criteria of a card that stand without a note. */
function unscored(card: ShownCard): string[] {
  const none = new Set(String(card.valueOf('none')).split(','));
  return card.inputs.flatMap(({ id, value }) => {
    const place = /^score(\d+)$/.exec(String(id))?.[1];
    return place !== undefined && value === '' && !none.has(place) ? [String(id)] : [];
  });
}

/** Answers everything by hand, from the list: the presses, and the card at the end. */
async function byHand() {
  const { choose, press, presses } = hands();
  let card = await press(await teams.mustPress(alex, 'evaluations.list', { page: 1 }), 'Évaluer : ');
  for (const input of unscored(card)) choose(input, '4');
  card = await press(card, 'Continuer');
  for (const input of unscored(card)) choose(input, '3');
  choose('again', 'yes');
  return { card: await press(card, 'Soumettre'), presses: presses() };
}

describe('an evaluation', () => {
  test(`each criterion noted by hand, from the open list to the end, takes ${MOST_PRESSES} presses and two cards in its second year`, async () => {
    await aContract(teams, { signedOn: '2025-06-20', startsOn: '2025-07-01', endsOn: '2028-06-18' });
    await campaign();
    const { card, presses } = await byHand();
    expect(card.plain).toContain('Merci. Votre évaluation est soumise.');
    expect(presses).toBe(15);
    expect(presses).toBeLessThanOrEqual(MOST_PRESSES);
  });

  test('as last year but for two answers, takes seven presses from the list', async () => {
    await aContract(teams, { signedOn: '2025-06-20', startsOn: '2025-07-01', endsOn: '2028-06-18' });
    await campaign();
    await byHand();
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    await teams.mustPress(diane, 'evaluations.close', { campaign: rows[0]?.id, revision: rows[0]?.revision });
    teams.clock.advance({ days: 365 });
    await campaign();
    const { choose, press, presses } = hands();
    let card = await press(await teams.mustPress(alex, 'evaluations.list', { page: 1 }), 'Évaluer : ');
    expect(card.plain).toContain('En 2026 : 4 · Satisfaisant. Reprendre');
    card = await press(card, 'Le reste comme en 2026');
    expect(unscored(card)).toEqual([]);
    choose('score1', '2');
    card = await press(card, 'Continuer');
    card = await press(card, 'Le reste comme en 2026');
    choose('again', 'maybe');
    card = await press(card, 'Soumettre');
    expect(card.plain).toContain('Merci. Votre évaluation est soumise.');
    expect(presses()).toBe(7);
  });

  test('takes from the time before one note at a time, too, and keeps what was typed meanwhile', async () => {
    await aContract(teams);
    await campaign();
    await byHand();
    const { rows } = await teams.services.campaigns.campaignsPage(1, 1);
    await teams.mustPress(diane, 'evaluations.close', { campaign: rows[0]?.id, revision: rows[0]?.revision });
    teams.clock.advance({ days: 365 });
    await campaign();
    const { choose, press } = hands();
    let card = await press(await teams.mustPress(alex, 'evaluations.list', { page: 1 }), 'Évaluer : ');
    choose('comment2', 'Mieux\nque l’an dernier');
    card = await press(card, 'Reprendre cette note');
    expect(['score1', 'score2', 'comment2'].map((input) => card.valueOf(input))).toEqual([
      '4',
      '',
      'Mieux\nque l’an dernier',
    ]);
  });
});

test('nine contracts are one list, each with its state, and each evaluation leads to the next', async () => {
  for (let n = 1; n <= 9; n++)
    await aContract(teams, {
      title: `Contrat ${n}`,
      signedOn: '2025-06-20',
      startsOn: '2025-07-01',
      endsOn: '2028-06-18',
    });
  await campaign();
  const list = await teams.mustPress(alex, 'evaluations.list', { page: 1 });
  expect(list.plain.match(/À remplir\./g)).toHaveLength(9);
  expect(list.plain).not.toContain('Page');
  const { choose, press, presses } = hands();
  let card = await press(list, 'Évaluer : ');
  for (let n = 1; n <= 9; n++) {
    for (const input of unscored(card)) choose(input, '4');
    card = await press(card, 'Continuer');
    for (const input of unscored(card)) choose(input, '4');
    choose('again', 'yes');
    card = await press(card, 'Soumettre');
    if (n < 9) card = await press(card, 'Suivante');
  }
  expect(card.offers('Suivante')).toBe(false);
  expect(presses()).toBe(9 * 15);
  expect(
    (await teams.mustPress(alex, 'evaluations.list', { page: 1 })).plain.match(/Soumise le/g),
  ).toHaveLength(9);
  expect(day(0)).toBe('2026-11-23');
});
