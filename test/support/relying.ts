import { newId } from '../../src/core/id.ts';
import { requestFact } from '../../src/features/acquisitions/index.ts';
import type { fakeTeams } from './fake-teams.ts';
import { priced } from './fiches.ts';
import { colleagues, met, staffed } from './organization.ts';
import { alex, diane, nadia, samuel } from './people.ts';
import { need } from './pricing.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** So long that what was done together is told. */
export async function soon(teams: Teams, minutes = 13): Promise<void> {
  await teams.runJobs();
  teams.clock.advance({ minutes });
  await teams.runJobs();
}

/**
 * Two suppliers in force, « airelle » at 4.00 and « bleuet » at 5.00, the broker's office with Diane, and a file of Alex
 * that may choose either; its id.
 */
export async function fileOnFiches(teams: Teams): Promise<string> {
  await colleagues(teams, [alex, nadia]);
  await met(teams, alex, nadia, samuel, diane);
  await staffed(teams, diane);
  await teams.services.catalogue.publication.publish(
    [priced('airelle', '4.00'), priced('bleuet', '5.00')],
    'command',
  );
  await teams.services.catalogue.announcements.announceDue();
  const { files, needs } = teams.services;
  const { id } = await files.create(alex, 'Courriel du ministère', newId());
  await needs.setEligibility(alex, id, { kind: 'lcop4', bound: 'yes' });
  const request = { durationMonths: 12, needs: [need('courriel', 100)] };
  await teams.db.transaction((tx) => files.writeFact(tx, id, requestFact, request));
  await soon(teams);
  return id;
}
