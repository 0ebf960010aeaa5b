import { beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/core/id.ts';
import type { Person } from '../../src/core/turn.ts';
import { aContract, TERMINATION } from '../support/contracts.ts';
import { evaluating } from '../support/evaluations.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, booked, people, proposed } from '../support/kickoff.ts';
import { alex, channel, foreigner, group, nadia, personalChat, samuel } from '../support/people.ts';

// What people ask of their own things, in words: theirs alone, in their own chat alone.

const teams = fakeTeams();
const { campaign, evaluation, submit, tick } = evaluating(teams);

/** One question of each sort of things, and the card that it gets. */
const QUESTIONS = [
  ['où en est mon dossier', 'acquisitions/file'],
  ['quand est ma rencontre', 'kickoff/status'],
  ['quand finit mon contrat', 'contracts/contract'],
  ["est-ce que j'ai des évaluations à faire", 'evaluations/list'],
  ["qu'est-ce que je dois faire cette semaine", 'welcome/agenda'],
  ['qui est dans mon organisation', 'people/colleagues'],
] as const;
const CANARY = 'zibeline';

beforeEach(() => people(teams));

/** Everything of Alex's body that the questions are about. */
async function things() {
  const file = await aFile(teams, { name: `Dossier ${CANARY}` });
  const meeting = await booked(teams, file);
  const contract = await aContract(teams, { title: `Contrat ${CANARY}` });
  await campaign();
  await tick();
  return { file, meeting, contract };
}

async function leaves(person: Person): Promise<void> {
  const asked = await teams.mustPress(person, 'people.declare', { other: 'Ville de Rimouski' });
  if (asked.template === 'people/leaving') await teams.mustClick(person, asked, 'Quitter et demander');
}

test.each(QUESTIONS)('« %s » is answered by the card of what there is', async (text, template) => {
  await things();
  const card = await teams.asks(alex, text);
  expect(card.template).toBe(template);
});

describe('elsewhere than in the personal chat', () => {
  test.each([
    ['a channel', channel],
    ['a group', group],
  ])('in %s, it is said where to ask, and nothing else', async (_name, place) => {
    await things();
    for (const [text] of QUESTIONS) {
      const said = await teams.hears(alex, text, place);
      expect([text, said]).toEqual([text, expect.stringContaining('conversation personnelle')]);
    }
    expect(JSON.stringify(teams.in(place))).not.toContain(CANARY);
  });
});

describe('others', () => {
  test.each([
    ['somebody of no body', samuel],
    ['the same object id in another tenant', foreigner],
  ])('%s is told nothing of it', async (_name, person) => {
    await things();
    const { number } = (await teams.services.files.filesOf(alex, 'open'))[0] ?? {};
    const numbered = [`mon dossier nº ${number}`, 'mon contrat nº 1', 'ma rencontre nº 1'];
    for (const text of [...QUESTIONS.map(([text]) => text), ...numbered]) {
      const card = await teams.asks(person, text);
      expect([text, card.words.includes(CANARY)]).toEqual([text, false]);
      expect([text, card.words.includes(alex.name)]).toEqual([text, false]);
    }
  });

  test('a colleague sees the contracts of the body, and not a file that is not shared with them', async () => {
    await things();
    expect((await teams.asks(nadia, 'mes contrats')).plain).toContain(CANARY);
    expect((await teams.asks(nadia, 'où en est mon dossier')).plain).not.toContain(CANARY);
    expect((await teams.asks(nadia, "qu'est-ce qui presse")).plain).not.toContain(
      `Dossier « Dossier ${CANARY}`,
    );
  });

  test('who left the body is told nothing of it any more', async () => {
    await things();
    await leaves(alex);
    for (const [text] of QUESTIONS) {
      const { words } = await teams.asks(alex, text);
      expect([text, words.includes(`Contrat ${CANARY}`)]).toEqual([text, false]);
      expect([text, words.includes(nadia.name)]).toEqual([text, false]);
    }
  });
});

describe('with nothing there yet', () => {
  test.each([
    ['où en est mon dossier', 'acquisitions/list', 'Créez le premier'],
    ['quand est ma rencontre', 'acquisitions/list', 'Créez le premier'],
    ['quand finit mon contrat', 'contracts/list', 'Aucun contrat encore'],
    ["est-ce que j'ai des évaluations à faire", 'evaluations/list', 'Aucune évaluation'],
    ["qu'est-ce qui presse", 'welcome/agenda', 'Rien ne presse'],
    ['qui est dans mon organisation', 'people/organization', 'organisation'],
  ])('« %s » says what it is, and how to begin', async (text, template, words) => {
    const card = await teams.asks(samuel, text);
    expect(card.template).toBe(template);
    expect(card.plain).toContain(words);
    expect(card.buttons.length).toBeGreaterThan(0);
  });

  test('somebody without a body has the way to join one', async () => {
    for (const text of ['mes contrats', 'mes évaluations', 'où en est mon dossier', "qu'est-ce qui presse"]) {
      const card = await teams.asks(samuel, text);
      await teams.click(samuel, card, 'Dire mon organisation');
      expect(teams.newest(samuel).template).toBe('people/organization');
    }
    expect((await teams.asks(alex, 'mes contrats')).offers('Dire mon organisation')).toBe(false);
  });
});

describe('a contract', () => {
  test('says when it ends, and how long it lasts still', async () => {
    await aContract(teams);
    expect((await teams.asks(alex, 'quand finit mon contrat')).plain).toContain(
      'Il finit le 30 novembre 2028 ; il reste 2 ans',
    );
  });

  test('that was terminated says its real end', async () => {
    const contract = await aContract(teams);
    await teams.mustPress(alex, 'contracts.terminate', { contract, ...TERMINATION });
    const { plain } = await teams.asks(alex, 'combien de temps il reste à mon contrat');
    expect(plain).toContain('Résilié : il finit le 30 novembre 2026 ; il reste 7 jours');
  });

  test('says whether it is signed', async () => {
    await aContract(teams);
    expect((await teams.asks(alex, 'est-ce que mon contrat est signé')).plain).toContain(
      'Il est signé depuis le 20 novembre 2026',
    );
  });

  test('that is being made is where its steps are', async () => {
    await proposed(teams, await aFile(teams));
    const card = await teams.asks(alex, 'est-ce que mon contrat est signé');
    expect(card.template).toBe('kickoff/status');
  });

  test('is told from others by its supplier, or by its number', async () => {
    await aContract(teams, { title: 'Le premier' });
    await aContract(teams, { title: 'Le second', supplier: 'bleuet' });
    expect((await teams.asks(alex, 'quand finit mon contrat avec Bleuet')).plain).toContain('Le second');
    expect((await teams.asks(alex, 'quand finit mon contrat avec Airele')).plain).toContain('Le premier');
    const { rows } = await teams.services.contracts.page(alex, 1, 10);
    const { number, title } = rows[0]?.contract ?? { number: 0, title: '' };
    expect((await teams.asks(alex, `mon contrat nº ${number}`)).plain).toContain(title);
    expect((await teams.asks(alex, 'quand finit mon contrat')).template).toBe('contracts/list');
  });

  test('with a supplier with whom there is none is said not to be', async () => {
    await aContract(teams);
    const card = await teams.asks(alex, 'quand finit mon contrat avec Nordet');
    expect(card.plain).toContain('Vous n’avez pas de contrat avec « nordet »');
  });
});

test('a file that nobody has by that number is said not to be', async () => {
  const card = await teams.asks(alex, 'mon dossier nº 4242');
  expect(card.plain).toContain('Vous n’avez pas de dossier nº 4242');
});

test('several meetings are told apart by where they are', async () => {
  await booked(teams, await aFile(teams, { name: 'Un' }));
  await proposed(teams, await aFile(teams, { name: 'Deux' }));
  const card = await teams.asks(alex, 'quand est ma rencontre');
  expect(card.template).toBe('acquisitions/choose');
  expect(card.plain).toMatch(/Rencontre fixée : .*2026/);
  expect(card.plain).toContain('Choix du moment');
});

describe('what is to do', () => {
  test('comes in order of date, of all features, and each opens what it is about', async () => {
    const { contract } = await things();
    const card = await teams.asks(alex, "qu'est-ce que je dois faire cette semaine");
    expect(card.plain).toContain('Rencontre de démarrage avec');
    expect(card.plain).toContain('Transmettre au Courtier une copie du contrat signé');
    const dates = (await teams.services.agenda(alex)).flatMap(({ on }) => on?.toString() ?? []);
    expect(dates).toEqual(dates.toSorted());
    const { rows } = await teams.services.contracts.page(alex, 1, 1);
    expect(rows[0]?.contract.id).toBe(contract);
    const copy = card.buttons.find(({ title }) => title.includes('copie du contrat signé'));
    await teams.press(alex, copy?.verb, copy?.data);
    expect(teams.newest(alex).template).toBe('contracts/contract');
  });

  test('shows seven, and counts the rest', async () => {
    for (let n = 0; n < 9; n++) await teams.services.files.create(alex, `Projet ${n}`, newId());
    const card = await teams.asks(alex, 'à faire');
    expect(card.buttons.filter(({ verb }) => verb === 'welcome.run')).toHaveLength(7);
    expect(card.plain).toContain('Et 2 autres choses');
  });

  test('an evaluation waits until it is answered', async () => {
    await aContract(teams);
    await campaign();
    await tick();
    expect((await teams.asks(alex, 'à faire')).plain).toContain('Évaluer airelle');
    await submit(await evaluation(), '4');
    expect((await teams.asks(alex, 'à faire')).plain).not.toContain('Évaluer airelle');
  });
});

test('one’s colleagues are named, and nobody else', async () => {
  const card = await teams.asks(alex, 'qui est dans mon organisation');
  expect(card.plain).toContain(nadia.name);
  expect(card.plain).not.toContain(samuel.name);
  expect(teams.in(personalChat(samuel))).toEqual([]);
});
