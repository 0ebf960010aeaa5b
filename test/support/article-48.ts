import { requestFact } from '../../src/features/acquisitions/index.ts';
import type { fakeTeams } from './fake-teams.ts';
import { anOffer, aSupplier } from './fiches.ts';
import { alex, diane } from './people.ts';
import { need } from './pricing.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** A supplier's prices from 1 December 2026, their day; a week passes, beyond it. */
export async function republished(teams: Teams, supplier: string, price: string): Promise<void> {
  await teams.services.catalogue.publication.publish(
    [
      aSupplier(supplier, {
        version: '2026-12-01',
        offers: [
          anOffer({ id: `${supplier}-courriel`, tiers: [{ fromUnits: 1, unitPricePerMonth: price }] }),
        ],
      }),
    ],
    'command',
  );
  teams.clock.advance({ days: 8 });
  await teams.services.catalogue.announcements.announceDue();
  await teams.runJobs();
}

/** The needs of a file become other ones, as an answer of somebody would make them. */
export const wanting = (teams: Teams, file: string, units: number, person = alex): Promise<unknown> =>
  teams.db.transaction(async (tx) => {
    await teams.services.files.holdFile(tx, file);
    await teams.services.files.record(tx, file, person, 'Réponse à la question 7.', { about: 'needs' });
    return teams.services.files.writeFact(tx, file, requestFact, {
      durationMonths: 24,
      needs: [need('courriel', units)],
    });
  });

/** The steps before the contract is noted, or up to an earlier one, each confirmed by its own side. */
export async function readyToSign(
  teams: Teams,
  { kickoff, file }: { kickoff: string; file: string },
  last = 10,
) {
  const { kickoffs } = teams.services;
  const row = await kickoffs.findKickoff(kickoff);
  teams.clock.advance({ days: 7, hours: 2 });
  await teams.press(alex, 'kickoff.tookPlace', { kickoff, slot: row.slotId, yes: true });
  for (const [step, party] of [
    [4, 'client'],
    [5, 'client'],
    [6, 'broker'],
    [6, 'supplier'],
    [7, 'broker'],
    [8, 'client'],
    [8, 'broker'],
    [9, 'client'],
    [10, 'supplier'],
  ] as const)
    if (step <= last)
      await kickoffs.confirm(
        party,
        party === 'client' ? alex : party === 'broker' ? diane : 'airelle inc.',
        kickoff,
        step,
      );
  return { kickoff, file };
}

/** Notes the contract of a file, signed on a day. */
export const signing = (kickoff: string, signedOn: string) => ({
  kickoff,
  signedOn,
  startsOn: signedOn,
  endsOn: Temporal.PlainDate.from(signedOn).add({ years: 2 }).subtract({ days: 1 }).toString(),
  amount: '9 600,00',
});

/** The staff's card of a kickoff, as it is now. */
export const lookedAt = async (teams: Teams, kickoff: string): Promise<string> => {
  const { plain } = await teams.mustPress(diane, 'kickoff.look', { kickoff });
  return plain;
};
