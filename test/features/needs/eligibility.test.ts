import { beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../src/core/id.ts';
import { fakeTeams } from '../../support/fake-teams.ts';
import { colleagues } from '../../support/organization.ts';
import { alex, nadia } from '../../support/people.ts';

const teams = fakeTeams();
let file: string;
beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  file = (await teams.services.files.create(alex, 'Courriel du ministère', newId())).id;
});

const form = (person = alex, of = file) => teams.mustPress(person, 'needs.eligibility', { file: of });

test('what an organization does not know yet of article 48 is no answer of its own', async () => {
  for (const bound of ['no', 'unknown']) {
    await teams.mustClick(alex, await form(), 'Enregistrer', { kind: 'municipal', bound });
    const body = await teams.services.belonging.bodyOf(alex);
    expect(body).toMatchObject({ kind: 'municipal', rcti: bound === 'no' ? false : null });
  }
});
