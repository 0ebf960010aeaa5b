import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { requestFact } from '../../../src/features/acquisitions/index.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex } from '../../support/people.ts';

const teams = fakeTeams();
const SAVE = 'Enregistrer et revenir';
const LONGEST = 36;
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
  await save('requirements', { categories: 'courriel' });
  await save('duration', { months: LONGEST });
});

const question = (id: string) => teams.mustPress(alex, 'needs.question', { file, question: id });
const save = async (id: string, inputs: object) => teams.mustClick(alex, await question(id), SAVE, inputs);

/** So many lines of a form, the first from the second month on. */
const lines = (most: number): Record<string, string> => ({
  'courriel.units': '10',
  ...Object.fromEntries(
    Array.from({ length: most }, (_, n) => [
      [`courriel.steps.${n + 1}.month`, String(n + 2)],
      [`courriel.steps.${n + 1}.units`, String(n + 100)],
    ]).flat(),
  ),
});

const kept = async (): Promise<number> => {
  const { value } = await teams.services.files.readFact(teams.db, file, requestFact);
  return (value?.needs?.[0]?.quantities.length ?? 0) - 1;
};

test.each([12, 13, LONGEST - 1])('%i changes of a quantity are kept, and shown again', async (most) => {
  await save('quantities', lines(most));
  expect(await kept()).toBe(most);
  const card = await question('quantities');
  expect(card.valueOf(`courriel.steps.${most}.month`)).toBe(String(most + 1));
  const shown = Object.fromEntries(card.inputs.map(({ id, value }) => [id, value]));
  await teams.mustClick(alex, card, SAVE, shown);
  expect(await kept()).toBe(most);
});

test('the line that follows twelve changes is read', async () => {
  await save('quantities', lines(12));
  await save('quantities', lines(13));
  expect(await kept()).toBe(13);
});

test('no line is offered for a change that no month is left for', async () => {
  await save('quantities', lines(LONGEST - 1));
  const ids = (await question('quantities')).inputs.map(({ id }) => id);
  expect(ids).toContain(`courriel.steps.${LONGEST - 1}.month`);
  expect(ids).not.toContain(`courriel.steps.${LONGEST}.month`);
});

test('a change beyond the contract is refused aloud, and nothing is cut', async () => {
  await save('quantities', lines(12));
  const sentence = await teams.refusedClick(alex, await question('quantities'), SAVE, lines(LONGEST));
  expect(sentence).toContain('vont en montant, de 2 à 36');
  expect(await kept()).toBe(12);
});
