import type { Card } from '../../../core/card.ts';
import { comesBack, forgiving } from '../../../core/cards/forgiving.ts';
import { noticeView } from '../../../core/cards/notice-view.ts';
import { wrongField } from '../../../core/cards/refused.ts';
import { frenchDate } from '../../../core/clock.ts';
import { notFound } from '../../../core/errors.ts';
import { personKeyOf } from '../../../core/people/person-key.ts';
import { action } from '../../../core/routes/turns.ts';
import { escapeMarkdown } from '../../../core/text/text.ts';
import type { MessageTurn, Person } from '../../../core/turn.ts';
import type { Absence } from '../store/absences.ts';
import * as schema from './schema.ts';
import type { OfficeServices } from './services.ts';

const MOST_DAYS = 366;

const between = (first: Temporal.PlainDate, last: Temporal.PlainDate): string =>
  `du ${frenchDate(first)} au ${frenchDate(last)}`;

/** For administrators: who is away, and of whom they may say it. */
async function teamRows(person: Person, { office, people }: OfficeServices) {
  if (!(await people.may(person, 'admin'))) return { colleagues: [], away: [] };
  const colleagues = await office.colleagues(person);
  const names = new Map(colleagues.map((each) => [personKeyOf(each), each.name]));
  const away = (await office.coming()).flatMap((row) => {
    const name = names.get(personKeyOf(row));
    const days = between(Temporal.PlainDate.from(row.firstDay), Temporal.PlainDate.from(row.lastDay));
    return name ? [{ line: escapeMarkdown(`${name} : ${days}`), person: personKeyOf(row), name }] : [];
  });
  return { colleagues: colleagues.map((each) => ({ title: each.name, value: personKeyOf(each) })), away };
}

async function absenceCard(person: Person, services: OfficeServices, notice = ''): Promise<Card> {
  const { office } = services;
  const absence = await office.absenceOf(person);
  const today = office.today();
  const away = absence && Temporal.PlainDate.compare(absence.first, today) <= 0;
  const days = absence && between(absence.first, absence.last);
  const state = days
    ? `${away ? 'Absence en cours' : 'Absence annoncée'}, ${days}. ${away ? 'Ce que vous suivez est offert' : 'Ce que vous suivez sera offert'} à vos collègues, et vous revient ensuite.`
    : 'Vous n’avez annoncé aucune absence.';
  const team = await teamRows(person, services);
  return {
    template: 'office/absence',
    summary: notice || state,
    view: {
      ...noticeView(notice),
      state,
      absent: absence !== undefined,
      first: (absence?.first ?? today).toString(),
      last: (absence?.last ?? today).toString(),
      ending: away ? 'Je suis de retour' : 'Annuler l’absence',
      administers: team.colleagues.length > 0,
      colleagues: team.colleagues,
      others: team.away,
      today: today.toString(),
    },
  };
}

/** `absence`: when one is away. */
export async function openAbsence(turn: MessageTurn, services: OfficeServices): Promise<void> {
  await turn.reply(await absenceCard(turn.person, services));
}

/** Two days between which somebody may be away; refused beside the field that is wrong. */
function absenceFrom(
  given: { readonly first: string; readonly last: string },
  today: Temporal.PlainDate,
  field = 'last',
): Absence {
  const [first, last] = [Temporal.PlainDate.from(given.first), Temporal.PlainDate.from(given.last)];
  if (Temporal.PlainDate.compare(last, first) < 0)
    throw wrongField(field, 'Le dernier jour vient après le premier, ou le même jour.');
  if (Temporal.PlainDate.compare(last, today) < 0)
    throw wrongField(field, 'Ces jours sont passés : choisissez un dernier jour à venir.');
  if (first.until(last, { largestUnit: 'days' }).days > MOST_DAYS)
    throw wrongField(field, 'Une absence dure au plus un an.');
  return { first, last };
}

const comes = comesBack(schema.Nothing, (turn, _input, services: OfficeServices) =>
  absenceCard(turn.person, services),
);

export const note = forgiving(
  comes,
  action(
    'office.absence',
    schema.Absence,
    async (turn, given, services: OfficeServices) => {
      await services.office.note(turn.person, turn.person, absenceFrom(given, services.office.today()));
      turn.update(await absenceCard(turn.person, services, 'C’est noté.'));
    },
    'staff',
  ),
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

/** A colleague of whom an administrator speaks; they are of the staff now. */
async function colleagueOf(turn: { readonly person: Person }, key: string, { office }: OfficeServices) {
  const found = (await office.colleagues(turn.person)).find((each) => personKeyOf(each) === key);
  if (!found) throw notFound();
  return found;
}

/** An administrator says that somebody is away: what they look after is offered to the others. */
export const noteFor = forgiving(
  comes,
  action(
    'office.absenceOf',
    schema.AbsenceOf,
    async (turn, { colleague, from, to }, services: OfficeServices) => {
      const found = await colleagueOf(turn, personKeyOf(colleague), services);
      const days = absenceFrom({ first: from, last: to }, services.office.today(), 'to');
      await services.office.note(turn.person, found, days);
      turn.update(
        await absenceCard(
          turn.person,
          services,
          `C’est noté : ce que suit ${found.name} est offert à l’équipe.`,
        ),
      );
    },
    'admin',
  ),
);

export const endFor = action(
  'office.endAbsenceOf',
  schema.AwayOne,
  async (turn, { away }, services: OfficeServices) => {
    const found = await colleagueOf(turn, personKeyOf(away), services);
    await services.office.end(turn.person, found);
    turn.update(await absenceCard(turn.person, services, `C’est noté : ${found.name} est de retour.`));
  },
  'admin',
);
