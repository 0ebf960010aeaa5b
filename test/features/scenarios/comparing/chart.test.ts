import { beforeEach, expect, test } from '@jest/globals';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, people } from '../../../support/kickoff.ts';
import { alex } from '../../../support/people.ts';

const teams = fakeTeams();

beforeEach(async () => people(teams));

test('the comparison has a chart for the clients that draw one, and words for the others', async () => {
  const file = await aFile(teams, { chosen: '' });
  const { json, plain } = await teams.mustPress(alex, 'scenarios.compare', { file, page: 1 });
  const text = JSON.stringify(json);
  const chart = JSON.parse(
    /\{"type":"Chart.HorizontalBar".*?"fallback":\{[^}]*\}/.exec(text)?.[0].concat('}') ?? '{}',
  );
  expect(chart.data).toEqual([
    { x: 'airelle inc.', y: 9600 },
    { x: 'bleuet inc.', y: 12_000 },
  ]);
  expect(chart.fallback.text).toContain('les barres ci-dessus disent la même chose');
  // The exact figures are in French beside the bars, chart or not.
  expect(plain).toContain('9 600,00 $');
});

test('a comparison without a scenario has no chart', async () => {
  const { id } = await teams.services.files.create(alex, 'Vide', crypto.randomUUID());
  const card = await teams.press(alex, 'scenarios.compare', { file: id, page: 1 });
  expect(JSON.stringify(card)).not.toContain('Chart.');
});
