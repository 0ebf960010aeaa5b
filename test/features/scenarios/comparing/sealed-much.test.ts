import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../../../src/core/id.ts';
import { requestFact } from '../../../../src/features/acquisitions/index.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { anOffer, aSupplier, flat } from '../../../support/fiches.ts';
import { colleagues, giveRole } from '../../../support/organization.ts';
import { alex, diane, nadia } from '../../../support/people.ts';
import { need } from '../../../support/pricing.ts';
import { askedBy, countStatements } from '../../../support/statements.ts';

const SUPPLIERS = 120;
const MOST = 20;

const teams = fakeTeams({ database: 'postgres' });
let stop = () => {};
let file: string;
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());

const nameOf = (n: number) => `fournisseur-${n}`;
const suppliers = Array.from({ length: SUPPLIERS }, (_, n) =>
  aSupplier(nameOf(n), {
    offers: [anOffer({ id: `${nameOf(n)}-courriel`, tiers: flat((4 + n / 100).toFixed(2)) })],
  }),
);

beforeEach(async () => {
  await colleagues(teams, [alex, nadia]);
  await giveRole(teams, diane, 'staff');
  await teams.services.catalogue.publication.publish(suppliers, 'command');
  file = (await teams.services.files.create(alex, 'Courriel', newId())).id;
  await teams.services.needs.setEligibility(alex, file, { kind: 'lcop4', bound: 'yes' });
  await teams.db.transaction((tx) =>
    teams.services.files.writeFact(tx, file, requestFact, {
      durationMonths: 12,
      needs: [need('courriel', 100)],
    }),
  );
});

test('a sealed comparison of many suppliers, one of them suspended then, is calculated again in a few statements', async () => {
  const measures = await teams.mustPress(diane, 'catalogue.measures', { supplier: nameOf(3), page: 1 });
  const suspended = { offer: 'all', kind: 'suspended', reason: 'Pannes répétées.' };
  await teams.mustClick(diane, measures, 'Décider', suspended);
  const card = await teams.mustPress(alex, 'scenarios.seal', { file });
  let plain = '';
  const { statements } = await askedBy(async () => {
    ({ plain } = await teams.mustClick(alex, card, 'Recalculer'));
  });
  expect(plain).toContain('l’empreinte est identique');
  expect(statements).toBeLessThanOrEqual(MOST);
});
