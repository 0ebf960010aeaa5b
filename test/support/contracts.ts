import type { fakeTeams } from './fake-teams.ts';
import { alex } from './people.ts';

type Teams = ReturnType<typeof fakeTeams>;

/** What the form of a new contract sends: two years, signed the day before yesterday of the tests' clock. */
export const CONTRACT = {
  title: 'Courriel du ministère',
  supplier: 'airelle',
  offers: 'Courriel',
  signedOn: '2026-11-20',
  startsOn: '2026-12-01',
  endsOn: '2028-11-30',
  amount: '9 600,00 $',
  rcti: 'true',
};

/** Notes a contract, which is meant whatever others are noted; its id. */
export async function aContract(teams: Teams, changes: object = {}, person = alex): Promise<string> {
  await teams.mustPress(person, 'contracts.create', { ...CONTRACT, sure: 'yes', ...changes });
  const { rows } = await teams.services.contracts.page(person, 1, 100);
  const newest = rows.map(({ contract }) => contract).sort((a, b) => b.number - a.number)[0];
  if (!newest) throw new Error('no contract');
  return newest.id;
}

/** What the form of a termination sends: on the tests' clock, it takes effect in a week. */
export const TERMINATION = {
  noticeOn: '2026-11-23',
  effectiveOn: '2026-11-30',
  by: 'client',
  reason: 'Indisponibilité prolongée du service',
};
