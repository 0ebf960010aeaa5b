import type { Role } from '../../src/core/feature.ts';
import { newId } from '../../src/core/id.ts';
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
    const { id, state } = await organizations.request(person, name, newId());
    if (state === 'pending') await organizations.decide(admin, id, 1, 'confirm');
  }
}

/** Gives somebody a role, as an administrator would. */
export const giveRole = (
  { db, services }: Pick<ReturnType<typeof fakeTeams>, 'db' | 'services'>,
  person: Person,
  role: Role,
): Promise<boolean> => db.transaction((tx) => services.people.setRole(tx, person, role));
