import type { Card } from '../../../core/card.ts';
import { frenchDate } from '../../../core/clock.ts';
import { action } from '../../../core/feature.ts';
import { wrongField } from '../../../core/refused.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import * as schema from './schema.ts';
import type { OfficeServices } from './services.ts';

const MOST_DAYS = 366;

async function absenceCard(person: Person, { office }: OfficeServices, notice = ''): Promise<Card> {
  const absence = await office.absenceOf(person);
  const today = office.today();
  const away = absence && Temporal.PlainDate.compare(absence.first, today) <= 0;
  const between = absence && `du ${frenchDate(absence.first)} au ${frenchDate(absence.last)}`;
  const state = between
    ? `${away ? 'Absence en cours' : 'Absence annoncée'}, ${between}. ${away ? 'Ce que vous suivez est offert' : 'Ce que vous suivez sera offert'} à vos collègues, et vous revient ensuite.`
    : 'Vous n’avez annoncé aucune absence.';
  return {
    template: 'office/absence',
    summary: notice || state,
    view: {
      notice,
      noticed: notice !== '',
      state,
      absent: absence !== undefined,
      first: (absence?.first ?? today).toString(),
      last: (absence?.last ?? today).toString(),
      ending: away ? 'Je suis de retour' : 'Annuler l’absence',
    },
  };
}

/** `absence`: when one is away. */
export async function openAbsence(turn: MessageTurn, services: OfficeServices): Promise<void> {
  await turn.reply(await absenceCard(turn.person, services));
}

export const note = action(
  'office.absence',
  schema.Absence,
  async (turn, given, services: OfficeServices) => {
    const [first, last] = [Temporal.PlainDate.from(given.first), Temporal.PlainDate.from(given.last)];
    if (Temporal.PlainDate.compare(last, first) < 0)
      throw wrongField('last', 'Le dernier jour vient après le premier, ou le même jour.');
    if (Temporal.PlainDate.compare(last, services.office.today()) < 0)
      throw wrongField('last', 'Ces jours sont passés : choisissez un dernier jour à venir.');
    if (first.until(last, { largestUnit: 'days' }).days > MOST_DAYS)
      throw wrongField('last', 'Une absence dure au plus un an.');
    await services.office.note(turn.person, { first, last });
    turn.update(await absenceCard(turn.person, services, 'C’est noté.'));
  },
  'staff',
);

export const end = action(
  'office.endAbsence',
  schema.Nothing,
  async (turn, _input, services: OfficeServices) => {
    await services.office.end(turn.person);
    turn.update(
      await absenceCard(turn.person, services, 'C’est noté. Ce que vous suiviez est de nouveau à vous.'),
    );
  },
  'staff',
);
