import type { Card } from '../../../../core/card.ts';
import { type Clock, frenchDate } from '../../../../core/clock.ts';
import type { Settings } from '../../../../core/manifest.ts';
import type { Roster } from '../../../../core/ports/conversations.ts';
import type { Role } from '../../../../core/routes/turns.ts';
import { count, escapeMarkdown } from '../../../../core/text/text.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import type { Conversation, Person } from '../../../../core/turn.ts';
import type { ClosedDays } from '../../closing/store/closed-days.ts';
import type { People } from '../store/people.ts';
import type { StaffChannel } from '../store/staff-channel.ts';

export interface TeamServices {
  readonly people: Pick<People, 'team' | 'adminsNow' | 'isBootstrapAdmin'>;
  readonly staffChannel: Pick<StaffChannel, 'findStaffChannel'>;
  readonly closedDays: Pick<ClosedDays, 'refresh'>;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly settings: Pick<Settings, 'admins' | 'approval' | 'quotaPercent' | 'linkDays'>;
}

const ROLES: Readonly<Record<Role, string>> = {
  client: 'client',
  staff: 'équipe du Courtier',
  admin: 'administration',
};
/** So many closed days are named. */
const CLOSED_DAYS = 4;
/** Where the journal shows the changes of the team: what it calls their kind. */
const ROLE_KIND = 'role';

/** The members of a conversation, of the staff's channel in a personal one; at most two hundred, the first page. */
export async function rosterOf(
  { kind, id: here }: Conversation,
  { roster, staffChannel }: Pick<TeamServices, 'roster' | 'staffChannel'>,
): Promise<readonly Person[]> {
  const id = kind === 'personal' ? await staffChannel.findStaffChannel() : here;
  if (!id) return [];
  return (await roster.page(id)).people;
}

/** Everybody of the team by name, with where their role comes from. */
async function membersOf({ people }: Pick<TeamServices, 'people'>) {
  const [team, admins] = [await people.team(), await people.adminsNow()];
  const configured = admins.filter((each) => people.isBootstrapAdmin(each));
  const others = team.filter((each) => !people.isBootstrapAdmin(each));
  return {
    team,
    met: configured.length,
    members: [
      ...configured.map(({ name }) => ({ name, role: `${ROLES.admin}, par la configuration` })),
      ...others.map(({ name, role }) => ({ name, role: ROLES[role] })),
    ].map(({ name, role }) => ({ name: escapeMarkdown(name), role })),
  };
}

/** The next weekdays on which the office is closed. */
function closedDays(today: Temporal.PlainDate, days: BusinessDays): string[] {
  const found: string[] = [];
  for (let day = today; found.length < CLOSED_DAYS && today.until(day).days < 366; day = day.add({ days: 1 }))
    if (day.dayOfWeek <= 5 && !days.office.isBusinessDay(day)) found.push(frenchDate(day));
  return found;
}

/** What is in force in this office, and what sets it: for whoever wonders why something waits. */
function rulesOf({ clock, days, settings }: Pick<TeamServices, 'clock' | 'days' | 'settings'>): string[] {
  const today = brokerDate(clock.now());
  return [
    `Jours ouvrables : du lundi au vendredi, sauf les jours fériés et ceux où le bureau est fermé. Les prochains : ${closedDays(today, days).join(', ')}.`,
    `Prix : le prochain jour où ils peuvent changer est le ${frenchDate(days.nextPriceDate(today))} (guide, section 3.2).`,
    'Rappels : les jours ouvrables, de 8 h à 18 h.',
    settings.approval
      ? 'Ce qui est dit à plusieurs attend l’accord d’une deuxième personne (BROADCAST_APPROVAL).'
      : 'Ce qui est dit à plusieurs part sans l’accord d’une deuxième personne (BROADCAST_APPROVAL).',
    `Lien d’un fournisseur : bon ${count(settings.linkDays, 'jour', 'jours')} (LINK_DAYS).`,
    `Limites du jour : à ${settings.quotaPercent} % de celles d’origine (QUOTA_PERCENT).`,
  ];
}

/** The team, the form that changes it, and what is in force in the office. */
export async function teamIn(place: Conversation, services: TeamServices, notice = ''): Promise<Card> {
  await services.closedDays.refresh();
  const { team, members, met } = await membersOf(services);
  const roster = await rosterOf(place, services);
  const unmet = services.settings.admins.length - met;
  return {
    template: 'people/team',
    summary: `L'équipe du Courtier compte ${count(members.length, 'personne')}.`,
    view: {
      notice: escapeMarkdown(notice),
      hasNotice: notice !== '',
      empty: members.length === 0,
      members,
      unmet: unmet > 0,
      unmetText: `La configuration nomme aussi ${count(unmet, 'personne', 'personnes')} à qui je n’ai pas encore parlé.`,
      rules: rulesOf(services).map((text) => ({ text })),
      personal: place.kind === 'personal',
      kind: ROLE_KIND,
      roster: [...new Map([...team, ...roster].map((each) => [each.objectId, each])).values()].map(
        ({ name, objectId }) => ({ title: name || objectId, value: objectId }),
      ),
    },
  };
}
