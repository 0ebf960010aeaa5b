import { draws, redraws } from '../../../../core/cards/redraw.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { personKeyOf } from '../../../../core/people/person-key.ts';
import { action } from '../../../../core/routes/turns.ts';
import { withdrawalCard } from '../../organizations/screens/departure-cards.ts';
import { Nothing, RoleChange, Withdrawal } from '../../screens/schema.ts';
import type { PeopleServices } from '../../services.ts';
import { rosterOf, teamIn } from './team.ts';

export const changeRole = action(
  'people.changeRole',
  RoleChange,
  async (turn, { member, role }, services: PeopleServices) => {
    const { people, audit, db, withdrawing } = services;
    const roster = await rosterOf(turn.conversation, services);
    const found = [...roster, ...(await people.team())].find(
      (person) => person.objectId === member && person.tenantId === turn.person.tenantId,
    );
    if (!found)
      throw new CourtierError(
        'refused',
        "Cette personne n'est pas membre de cette conversation. Ajoutez-la d'abord dans Teams.",
      );
    if (people.isBootstrapAdmin(found))
      throw new CourtierError(
        'refused',
        'Ce rôle vient de la configuration (BROKER_ADMINS) et ne se change pas ici.',
      );
    const things = role === 'client' ? await withdrawing.underWay(found) : [];
    if (things.length > 0) return turn.update(withdrawalCard(found, await people.team(), things));
    if (role === 'client') await withdrawing.withdraw(turn.person, found, undefined, turn.effect);
    else
      await db.transaction(async (tx) => {
        if (await people.setRole(tx, found, role))
          await audit.record(tx, turn.person, `role.${role}`, found.objectId);
      });
    turn.update(await teamIn(turn.conversation, services, 'Le rôle est changé.'));
  },
  'admin',
);

/** The role is withdrawn, and what was under way has somebody. */
export const withdrawRole = action(
  'people.withdrawRole',
  Withdrawal,
  redraws(
    async (turn, { leaver, heir }, { people, withdrawing }: PeopleServices) => {
      const team = await people.team();
      const found = team.find(
        (person) => person.objectId === leaver && person.tenantId === turn.person.tenantId,
      );
      if (!found || people.isBootstrapAdmin(found)) return 'gone' as const;
      const next = team.find((person) => personKeyOf(person) === heir && person.objectId !== leaver);
      if (heir !== '' && !next)
        throw new CourtierError(
          'refused',
          'Cette personne n’est plus de l’équipe : choisissez-en une autre.',
        );
      await withdrawing.withdraw(turn.person, found, next, turn.effect);
      return 'done' as const;
    },
    ({ conversation }, _input, services: PeopleServices, word) => teamIn(conversation, services, word),
    (outcome) =>
      outcome === 'done'
        ? 'Le rôle est retiré. L’équipe est avisée de ce qui est repris.'
        : 'Cette personne n’est déjà plus de l’équipe.',
  ),
  'admin',
);

/** The team as it is: nothing is changed. */
export const showTeam = action(
  'people.team',
  Nothing,
  draws(({ conversation }, _input, services: PeopleServices) => teamIn(conversation, services)),
  'admin',
);
