import { newId } from '../../src/core/id.ts';
import type { Role } from '../../src/core/routes/turns.ts';
import type { Person } from '../../src/core/turn.ts';
import type { fakeTeams } from './fake-teams.ts';
import { admin, staffRoom } from './people.ts';

type Teams = ReturnType<typeof fakeTeams>;

export const MINISTRY = "Ministère de l'Énergie";

/** People whom the broker's staff confirmed as members of one body. */
export async function colleagues(teams: Teams, people: readonly Person[], name = MINISTRY): Promise<void> {
  const { organizations } = teams.services;
  for (const person of people) {
    await teams.services.people.see(person);
    const { id, state } = await organizations.requestMembership(person, name, newId());
    if (state === 'pending') await organizations.decideMembership(admin, id, 1, 'confirm');
  }
}

/** People whom the assistant has met, in the personal chat with each. */
export async function met({ services, install }: Teams, ...people: readonly Person[]): Promise<void> {
  for (const person of people) {
    await services.people.see(person);
    await install(person);
  }
}

/** The staff's channel, which an administrator designated, and who is of the staff. */
export async function staffed(teams: Teams, ...staff: readonly Person[]): Promise<void> {
  await teams.install(staffRoom);
  await teams.says(admin, 'désigner ce canal', staffRoom);
  for (const person of staff) await giveRole(teams, person, 'staff');
  await teams.runJobs();
}

/** Gives somebody a role, as an administrator would. */
export const giveRole = (
  { db, services }: Pick<Teams, 'db' | 'services'>,
  person: Person,
  role: Role,
): Promise<boolean> => db.transaction((tx) => services.people.setRole(tx, person, role));
