import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { FORMS_FILE, modelNotice } from '../../../../src/features/evaluations/answering/rules/form.ts';
import { type Forms, readForms } from '../../../../src/features/evaluations/index.ts';
import { aContract } from '../../../support/contracts.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { alex } from '../../../support/people.ts';

const folder = mkdtempSync(join(tmpdir(), 'courtier-forms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scale = { 1: 'Un', 2: 'Deux', 3: 'Trois', 4: 'Quatre', 5: 'Cinq' };
const criterion = (id: string, title = id) => ({ id, title, help: 'Aide.' });
const group = (id: string, ...criteria: readonly object[]) => ({ id, title: `Groupe ${id}`, criteria });
const version = (id: string, ...groups: readonly object[]) => ({ id, scale, groups });

function read(content: unknown): Forms {
  const file = join(folder, 'grille.yaml');
  writeFileSync(file, typeof content === 'string' ? content : stringify(content));
  return readForms(file);
}
const of = (...versions: readonly object[]) => read({ versions });

const FIRST = version('2026-1', group('service', criterion('speed'), criterion('price')));
const SECOND = version(
  '2027-1',
  group('service', criterion('speed', 'Vitesse'), criterion('care')),
  group('exit', criterion('help')),
);

describe('the form', () => {
  test('that comes with the code says that it is a model, and the broker’s own does not', () => {
    expect(modelNotice(readForms(FORMS_FILE).latest)).toEqual([expect.stringContaining('est un modèle')]);
    expect(modelNotice(of(FIRST).latest)).toEqual([]);
  });

  test('of new evaluations is the last version', () => {
    expect(of(FIRST, SECOND).latest.id).toBe('2027-1');
    expect(of(FIRST, SECOND).version('2026-1').groups[0]?.criteria).toHaveLength(2);
  });

  test('groups the results by the latest words, with what only earlier versions asked', () => {
    expect(
      of(FIRST, SECOND).groups.map(({ title, criteria }) => [title, criteria.map((each) => each.title)]),
    ).toEqual([
      ['Groupe service', ['Vitesse', 'care', 'price']],
      ['Groupe exit', ['help']],
    ]);
  });

  test.each([
    ['a file that is not YAML', '{', 'ne peut pas être lu'],
    ['no version', { versions: [] }, "versions : cette valeur n'est pas permise (Trop petit"],
    ['an unknown key', { versions: [FIRST], more: 1 }, 'Clé non reconnue'],
    ['a version without a year', { versions: [{ ...FIRST, id: 'v1' }] }, 'une version comme 2026-1'],
    ['a scale of four', { versions: [{ ...FIRST, scale: { ...scale, 5: undefined } }] }, 'scale'],
    ['no group', { versions: [version('2026-1')] }, 'groups'],
    ['a group without criteria', { versions: [version('2026-1', group('service'))] }, 'criteria'],
    [
      'more criteria than a card holds',
      {
        versions: [
          version('2026-1', group('service', ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => criterion(id)))),
        ],
      },
      'criteria',
    ],
    [
      'an empty text',
      { versions: [version('2026-1', group('service', criterion('speed', '')))] },
      'un texte',
    ],
    [
      'a criterion twice',
      {
        versions: [
          version('2026-1', group('service', criterion('speed')), group('exit', criterion('speed'))),
        ],
      },
      '« speed » est deux fois dans la version 2026-1',
    ],
    [
      'the name of the overall view',
      { versions: [version('2026-1', group('service', criterion('overall')))] },
      '« overall » est deux fois',
    ],
    ['a version twice', { versions: [FIRST, FIRST] }, '« 2026-1 » est deux fois dans les versions'],
  ])('with %s is refused with a sentence', (_name, content, words) => {
    expect(() => read(content)).toThrow(expect.objectContaining({ message: expect.stringContaining(words) }));
  });
});

describe('when the form changes', () => {
  const forms: Forms = { ...of(FIRST) };
  const teams = fakeTeams({ reads: { evaluations: forms } });
  const { campaign, confirmed } = evaluating(teams);
  const section = (evaluation: string) =>
    teams.mustPress(alex, 'evaluations.section', { evaluation, part: 1 });
  beforeEach(async () => {
    Object.assign(forms, of(FIRST));
    await people(teams);
  });

  async function asked(): Promise<string> {
    await campaign();
    const { rows } = await teams.services.evaluations.evaluationsPage(alex, 1, 1);
    return rows[0]?.evaluation.id ?? '';
  }

  test('an evaluation keeps the version that it was asked with, and is submitted with it', async () => {
    await aContract(teams);
    const id = await asked();
    Object.assign(forms, of(FIRST, SECOND));
    expect((await section(id)).plain).toContain('price');
    const answers = { score1: '4', score2: '2', comment1: '', comment2: '' };
    await teams.mustPress(alex, 'evaluations.answer', {
      evaluation: id,
      part: 1,
      revision: 0,
      ...answers,
    });
    await teams.mustPress(alex, 'evaluations.answer', {
      evaluation: id,
      part: 2,
      revision: 0,
      overall: '3',
      again: 'yes',
    });
    await confirmed(id);
    const rows = await teams.services.results.resultsOfSupplier('airelle', true);
    expect(rows.map((row) => row.criterion).sort()).toEqual(['again', 'overall', 'price', 'speed']);
  });

  test('the next year is asked with the new one', async () => {
    await aContract(teams);
    Object.assign(forms, of(FIRST, SECOND));
    const { plain } = await section(await asked());
    expect(plain).toContain('Vitesse');
    expect(plain).not.toContain('price');
  });
});
