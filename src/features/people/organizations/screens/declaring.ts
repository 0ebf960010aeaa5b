import type { Roster } from '../../../../core/ports/conversations.ts';
import type { Log } from '../../../../core/ports/log.ts';
import { action, creating } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { Declaration, Nothing } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import * as cards from './cards.ts';
import { leavingCard } from './departure-cards.ts';

export const declare = creating(
  'people.declare',
  {
    noun: ['demande d’adhésion', 'demandes d’adhésion'],
    person: 20,
    body: 3_000,
    tenant: 30_000,
    why: 'One in a career. On the first day everybody of three hundred bodies, a hundred each, declares.',
    told: { apart: 3, command: 'adhésions' },
  },
  Declaration,
  async (turn, { name, sure, leave }, { organizations, leaving, roster, log, settings }: PeopleServices) => {
    if (!sure && !(await organizations.isNamed(name))) {
      const near = await organizations.near(name);
      if (near.length > 0) return turn.update(cards.whichOrganizationCard(name, near));
    }
    const left = leave ? undefined : await leaving.leftFor(turn.person, name);
    if (left) return turn.update(leavingCard(left, name));
    const domain = settings.domains ? await domainOf(turn, roster, log) : undefined;
    const membership = await organizations.requestMembership(turn.person, name, turn.effect, domain);
    turn.update(cards.organizationCard(membership, await organizations.names()));
  },
);

/** The domain of a person's address; the request goes without it when Teams does not say. */
async function domainOf({ conversation, person }: ActionTurn, roster: Roster, log: Log) {
  try {
    const { people } = await roster.page(conversation.id);
    return people.find(({ objectId }) => objectId === person.objectId)?.domain;
  } catch (err) {
    log.warn({ err }, 'the domain of an address is not known');
    return undefined;
  }
}

/** Stays where one is: nothing was asked yet. */
export const stay = action('people.stay', Nothing, async (turn, _input, { organizations }: PeopleServices) =>
  turn.update(
    cards.organizationCard(await organizations.findMembership(turn.person), await organizations.names()),
  ),
);
