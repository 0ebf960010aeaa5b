import { beforeEach, describe, expect, test } from '@jest/globals';
import { fakeTeams } from '../../support/fake-teams.ts';
import { people } from '../../support/kickoff.ts';
import { alex, diane, nadia, staffRoom } from '../../support/people.ts';
import { traces } from '../../support/together.ts';

// What is sent to the broker gets a receipt in place of its form: its number, a copy, how long an answer takes usually,
// and what happens next.

const teams = fakeTeams();

beforeEach(async () => people(teams));

const send = (changes: object = {}, person = alex) =>
  teams.mustPress(person, 'contracts.comment', {
    kind: 'documents',
    supplier: '',
    text: 'Le guide a une coquille.',
    ...changes,
  });

/** So many comments, each answered so many days of business later, from a Monday. */
async function answered(n: number, days: number): Promise<void> {
  for (let at = 0; at < n; at++) await send({ text: `Remarque ${at}` }, nadia);
  teams.clock.advance({ days });
  const { rows } = await teams.services.comments.page(true, 1, n);
  for (const { id: comment, revision } of rows)
    await teams.mustPress(
      diane,
      'contracts.answerComment',
      { comment, revision, answer: 'Merci.' },
      staffRoom,
    );
}

describe('the receipt of a comment', () => {
  test('has its number, and a copy of what was written', async () => {
    await send();
    const card = await send({ supplier: 'airelle', text: 'La fiche a *une* coquille.' });
    expect(card.template).toBe('contracts/comment-sent');
    expect(card.plain).toContain('votre message nº 2 est transmis au Courtier');
    expect(card.plain).toContain('À propos d’airelle');
    expect(card.plain).toContain('La fiche a *une* coquille.');
  });

  test('promises no delay while too few were answered to tell', async () => {
    expect((await send()).plain).toContain('L’équipe répond les jours ouvrables.');
  });

  test('tells the delay that is usual', async () => {
    await answered(5, 2);
    expect((await send()).plain).toContain('D’habitude, l’équipe répond en deux jours ouvrables.');
  });

  test('says what happens next, and where to look', async () => {
    const card = await send();
    expect(card.plain).toContain('La réponse vous parviendra ici');
    expect(card.plain).toContain('« mes demandes » dit où en est ce message');
    expect((await teams.asks(alex, 'mes demandes')).plain).toContain('Commentaire nº 1');
  });

  test('stands in place of the form: nothing of it is sent again', async () => {
    expect((await send()).inputs).toEqual([]);
  });

  test('is the same for the same form sent twice', async () => {
    const form = await teams.asks(alex, 'commenter');
    const typed = { kind: 'documents', supplier: '', text: 'Une seule fois.' };
    const [one, two] = [
      await teams.mustClick(alex, form, 'Envoyer', typed),
      await teams.mustClick(alex, form, 'Envoyer', typed),
    ];
    expect(two.plain).toBe(one.plain);
    expect((await teams.services.comments.page(true, 1, 10)).total).toBe(1);
  });
});

test('a comment that is sent leaves a trace, with nothing of what it says', async () => {
  await send({ text: 'Un mot rare : zibelinotte.' });
  expect(await traces(teams, 'comment.send')).toBe(1);
  expect(await traces(teams, 'comment.answer')).toBe(0);
});
