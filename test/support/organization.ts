import type { Person } from '../../src/core/turn.ts';
import type { fakeTeams } from './fake-teams.ts';
import { admin } from './people.ts';

export const MINISTRY = "Ministère de l'Énergie";

/** People whom the broker's staff confirmed as members of one body. */
export async function colleagues(
  teams: ReturnType<typeof fakeTeams>,
  people: readonly Person[],
  name = MINISTRY,
): Promise<void> {
  const { organizations } = teams.services;
  for (const person of people) {
    await teams.services.people.see(person);
    const { id, state } = await organizations.request(person, name);
    if (state === 'pending') await organizations.decide(admin, id, 1, 'confirm');
  }
}
