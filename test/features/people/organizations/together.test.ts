import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { staffed } from '../../../support/organization.ts';
import { diane, samuel, strangers } from '../../../support/people.ts';
import { askedBy, countStatements } from '../../../support/statements.ts';

const teams = fakeTeams({ database: 'postgres', shortGuide: true });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());

/** What confirming so many requests asks, some of which a colleague has in hand; first refused, then meant. */
async function confirming(n: number, name: string) {
  const people = strangers(n);
  for (const person of people) await teams.services.organizations.requestMembership(person, name, newId());
  const first = await teams.services.organizations.findMembership(people[0] ?? samuel);
  await teams.mustPress(diane, 'office.take', { wait: `membership/${first?.id}` });
  const list = await teams.asks(samuel, 'adhésions');
  const together = await teams.mustClick(samuel, list, 'Les voir ensemble');
  let asked = together;
  const warning = await askedBy(async () => {
    asked = await teams.formBack(samuel, together, `Confirmer ces ${n} demandes`);
  });
  expect(asked.plain).toContain('s’occupe d’une de ces demandes');
  const meant = await askedBy(() => teams.mustClick(samuel, asked, 'Oui, c’est bien cela'));
  return { warning: warning.statements, meant: meant.statements };
}

test('confirming together asks no more statements of the database as those who are confirmed are more', async () => {
  await staffed(teams, diane, samuel);
  const few = await confirming(3, 'Ville de Matane');
  const many = await confirming(40, 'Ville de Rimouski');
  expect(many.warning).toBeLessThanOrEqual(few.warning);
  expect(many.meant).toBeLessThanOrEqual(few.meant);
});
