import { expect, test } from '@jest/globals';
import { typeaheadAnswer } from '../../../src/edges/teams/typeahead.ts';

const all = Array.from({ length: 20 }, (_, at) => ({ title: `L'offre ${at}`, value: `offre-${at}` }));
const asked: string[] = [];
const choices = async (dataset: string, text: string) => {
  asked.push(`${dataset}: ${text}`);
  return all;
};
const resultsOf = async (value: unknown) => JSON.parse(JSON.stringify(await typeaheadAnswer(value, choices)));

test('what somebody types gets at most fifteen choices, in French typography', async () => {
  const answer = await resultsOf({ queryText: ' nordet ', dataset: 'catalogue.names', kind: 'search' });
  expect(answer).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse' });
  expect(answer.value.results).toHaveLength(15);
  expect(answer.value.results[0]).toEqual({ title: 'L’offre 0', value: 'offre-0' });
  expect(asked).toEqual(['catalogue.names: nordet']);
});

test.each([
  ['nothing', undefined],
  ['no list', { queryText: 'nordet' }],
  ['a text that is none', { queryText: 12, dataset: 'catalogue.names' }],
])('%s finds nothing, and fails nothing', async (_what, value) => {
  expect((await resultsOf(value)).value.results).toEqual([]);
});
