import { beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { newId } from '../../../../src/core/id.ts';
import { eligibilityFact } from '../../../../src/features/acquisitions/index.ts';
import { Details } from '../../../../src/features/kickoff/meeting/screens/schema.ts';
import { readyToSign, signing } from '../../../support/article-48.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { aFile, booked, DETAILS, people } from '../../../support/kickoff.ts';
import { alex, nadia } from '../../../support/people.ts';
import { countOf } from '../../../support/rows.ts';
import { pressPatiently } from '../../../support/together.ts';

// Two processes on one PostgreSQL: what a gate waits for changes in one while it is passed in the other.

const teams = fakeTeams({ processes: 2 });
beforeEach(() => people(teams));

const waits = () => countOf(teams, sql`pg_locks where not granted`);
const patience = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Somebody says that article 48 binds the body, and has not finished when `meanwhile` begins in the other process. */
async function boundWhile<T>(file: string, meanwhile: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  await teams.db.transaction(async (tx) => {
    await teams.services.files.holdFile(tx, file);
    await teams.services.files.writeFact(tx, file, eligibilityFact, {
      kind: 'lcop4',
      bound: 'yes',
      rcti: true,
    });
    begun = meanwhile();
    for (let left = 100; left > 0 && (await waits()) === 0; left--) await patience(50);
  });
  if (!begun) throw new Error('nothing begun');
  return begun;
}

/** A file of a body that article 48 does not bind, above the lowest. */
async function above(): Promise<string> {
  const file = await aFile(teams, { chosen: '' });
  await teams.services.needs.setEligibility(alex, file, { kind: 'lcop7', bound: 'no', condition: 'yes' });
  await teams.services.scenarios.choose(alex, file, 'bleuet');
  return file;
}

test('a meeting asked for while the body says that article 48 binds it waits, and is refused', async () => {
  const file = await above();
  const { word } = await boundWhile(file, () =>
    pressPatiently(teams.other, alex, 'kickoff.request', { file, ...DETAILS }),
  );
  expect(word).toContain('Votre choix est à confirmer');
  expect(await countOf(teams, sql`kickoffs`)).toBe(0);
});

test('a contract noted while the body says that article 48 binds it waits, and is refused', async () => {
  const file = await above();
  const { kickoff } = await booked(teams, file);
  await readyToSign(teams, { kickoff: kickoff.id, file });
  const sign = signing(kickoff.id, '2026-11-30');
  const { word } = await boundWhile(file, () => pressPatiently(teams.other, alex, 'kickoff.sign', sign));
  expect(word).toContain('l’autorisation du dirigeant s’obtient avant la signature');
  expect(await countOf(teams, sql`contracts`)).toBe(0);
});

test('of a request and of an answer at the same moment, in two processes, the request never comes second', async () => {
  const files: string[] = [];
  for (let n = 0; n < 6; n++) files.push(await above());
  await Promise.all(
    files.flatMap((file) => [
      teams.services.needs.setEligibility(alex, file, { kind: 'lcop4', bound: 'yes' }).catch(() => undefined),
      teams.other.services.kickoffs
        .request(alex, file, Details.parse(DETAILS), newId())
        .catch(() => undefined),
    ]),
  );
  for (const file of files) {
    const lines = (await teams.services.files.history(file)).map(({ sentence }) => sentence).reverse();
    const asked = lines.findIndex((line) => line.startsWith('Rencontre de démarrage demandée'));
    const said = lines.findLastIndex((line) => line.startsWith('Admissibilité'));
    expect(asked === -1 || asked < said).toBe(true);
    expect((await teams.services.kickoffs.ofFile(file)) !== undefined).toBe(asked !== -1);
  }
});

test('trials of one offer, planned at once by two people of a body in two files, stay within thirty units', async () => {
  const { files, dossier } = teams.services;
  const mine = (await files.create(alex, 'Courriel', newId())).id;
  const hers = (await files.create(nadia, 'Courriel', newId())).id;
  const trial = {
    offer: 'airelle-courriel',
    units: 10,
    days: 20,
    start: '2026-12-01',
    withoutPersonalData: true,
  };
  const planned = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) =>
      n % 2 === 0
        ? dossier.planTrial(alex, mine, trial, newId())
        : teams.other.services.dossier.planTrial(nadia, hers, trial, newId()),
    ),
  );
  expect(planned.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  const kept = [await dossier.supportOf(mine, alex), await dossier.supportOf(hers, nadia)].flatMap(
    ({ trials }) => trials,
  );
  expect(kept).toHaveLength(3);
});
