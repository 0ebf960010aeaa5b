import type { BusinessDays } from '../../../../core/business-days.ts';
import type { Card } from '../../../../core/card.ts';
import { keyOf } from '../../../../core/chosen-person.ts';
import type { Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { comesBack, forgiving } from '../../../../core/forgiving.ts';
import type { House, Settings } from '../../../../core/manifest.ts';
import type { Conversations, Roster } from '../../../../core/ports/conversations.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import type { Log } from '../../../../core/ports/log.ts';
import type { Queue } from '../../../../core/ports/queue.ts';
import { draws, redraws } from '../../../../core/redraw.ts';
import { action, creating, type MessageRoute } from '../../../../core/routes/turns.ts';
import type { ActionTurn } from '../../../../core/turn.ts';
import { warnsFirst } from '../../../../core/warning-first.ts';
import type { Audit } from '../../audit/store/audit.ts';
import type { ClosedDays } from '../../closing/store/closed-days.ts';
import type { Forgetting } from '../../forgetting/store/forgetting.ts';
import type { Links } from '../../links/store/downloads.ts';
import type { PageLinks } from '../../links/store/page-links.ts';
import { myDataCard } from '../../privacy/screens/cards.ts';
import type { Privacy } from '../../privacy/store/own-data.ts';
import type { Quotas } from '../../quotas/store/quotas.ts';
import { rosterOf, teamIn } from '../../roster/screens/team.ts';
import type { People } from '../../roster/store/people.ts';
import type { StaffChannel } from '../../roster/store/staff-channel.ts';
import type { Withdrawing } from '../../roster/store/withdrawing.ts';
import {
  AliasAdding,
  AliasRemoval,
  BodyChoice,
  BodySearch,
  DecisionInput,
  Declaration,
  InsteadInput,
  Nothing,
  Page,
  Renaming,
  Request,
  RoleChange,
  Withdrawal,
} from '../../screens/schema.ts';
import type { Silence } from '../../silence/store/silence.ts';
import type { Leaving } from '../store/leaving.ts';
import type { Organizations } from '../store/organizations.ts';
import * as cards from './cards.ts';

export interface PeopleServices {
  readonly closedDays: ClosedDays;
  readonly house: Pick<House, 'holdersOf'>;
  readonly db: Db;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly timeZone: string;
  readonly queue: Queue;
  readonly roster: Roster;
  readonly conversations: Conversations;
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly audit: Audit;
  readonly organizations: Organizations;
  readonly leaving: Leaving;
  readonly staffChannel: StaffChannel;
  readonly links: Links;
  readonly forgetting: Forgetting;
  readonly pageLinks: PageLinks;
  readonly privacy: Privacy;
  readonly quotas: Quotas;
  readonly silence: Silence;
  readonly withdrawing: Withdrawing;
  readonly log: Log;
  readonly settings: Settings;
}

const EVERYWHERE = ['personal', 'group', 'channel'] as const;

export const messages: MessageRoute<PeopleServices>[] = [
  {
    command: 'mon organisation',
    minor: true,
    aliases: ['organisation', 'mon ministère', 'mon organisme'],
    description: 'Dire pour quel organisme public vous travaillez',
    help: { group: 'settings' },
    role: 'client',
    scopes: ['personal'],
    async handle(turn, { organizations }) {
      await turn.reply(
        cards.organizationCard(await organizations.findMembership(turn.person), await organizations.names()),
      );
    },
  },
  {
    command: 'mes données',
    aliases: ['mes renseignements', 'mes renseignements personnels'],
    description: 'Télécharger ou supprimer ce que je sais de vous',
    help: { group: 'settings' },
    role: 'client',
    scopes: ['personal'],
    async handle(turn, { privacy }) {
      await turn.reply(myDataCard(await privacy.named(turn.person)));
    },
  },
  {
    command: 'adhésions',
    description: 'Confirmer qui travaille pour quelle organisation',
    role: 'staff',
    scopes: EVERYWHERE,
    async handle(turn, { organizations, timeZone }) {
      await turn.reply(await membershipsPageOf(1, { organizations, timeZone }));
    },
  },
  {
    command: 'organismes',
    description: 'Trouver un organisme, corriger son nom, lui en donner un autre',
    role: 'staff',
    scopes: EVERYWHERE,
    minor: true,
    async handle(turn, { organizations }) {
      await turn.reply(cards.bodiesCard(await organizations.bodiesPage('', 1), ''));
    },
  },
  {
    command: 'équipe',
    description: "Voir et changer les rôles de l'équipe du Courtier",
    role: 'admin',
    scopes: EVERYWHERE,
    async handle(turn, services) {
      await turn.reply(await teamIn(turn.conversation, services));
    },
  },
  {
    command: 'désigner ce canal',
    aliases: ['designer le canal'],
    description: "Faire de ce canal celui où l'équipe reçoit les questions",
    role: 'admin',
    scopes: ['channel', 'group'],
    async handle(turn, { staffChannel }) {
      await staffChannel.designate(turn.person, turn.conversation);
      await turn.reply(
        "C'est fait : les questions transmises au Courtier arriveront ici. Pour changer, désignez un autre canal.",
      );
    },
  },
];

/** A page of the requests that wait, with the known bodies that each may mean. */
export async function membershipsPageOf(
  page: number,
  { organizations, timeZone }: Pick<PeopleServices, 'organizations' | 'timeZone'>,
  notice = '',
): Promise<Card> {
  const list = await organizations.pendingMemberships(page);
  const near = await Promise.all(list.requests.map(({ organization }) => organizations.near(organization)));
  return cards.membershipsCard(list, near, await organizations.requestGroups(), page, timeZone, notice);
}

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
    if (left) return turn.update(cards.leavingCard(left, name));
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

export const membershipsPage = action(
  'people.membershipsPage',
  Page,
  draws((_turn, { page }, services: PeopleServices) => membershipsPageOf(page, services)),
  'staff',
);

const decided = (outcome: unknown): string =>
  outcome === 'stale'
    ? 'Cette demande a déjà été traitée. Voici les demandes qui restent.'
    : "C'est noté. La personne en est informée.";

/** A request that a colleague has in hand is asked about first. */
const warned = warnsFirst(
  Request,
  ({ membership }) => ({ kind: 'membership', id: membership }),
  (_turn, { page }, services: PeopleServices) => membershipsPageOf(page, services),
);

export const decide = warned(
  action(
    'people.decide',
    DecisionInput,
    redraws(
      (turn, { membership, revision, decision }, { organizations }: PeopleServices) =>
        organizations.decideMembership(turn.person, membership, revision, decision),
      (_turn, { page }, services, word) => membershipsPageOf(page, services, word),
      decided,
    ),
    'staff',
  ),
);

export const decideInstead = warned(
  action(
    'people.decideInstead',
    InsteadInput,
    redraws(
      (turn, { membership, revision, instead }, { organizations }: PeopleServices) =>
        organizations.decideMembership(turn.person, membership, revision, 'confirm', instead),
      (_turn, { page }, services, word) => membershipsPageOf(page, services, word),
      decided,
    ),
    'staff',
  ),
);

export const bodies = action(
  'people.bodies',
  BodySearch,
  draws(async (_turn, { search, searched = search, page }, { organizations }: PeopleServices) =>
    cards.bodiesCard(await organizations.bodiesPage(searched, page), searched),
  ),
  'staff',
);

const bodyDrawn = async (
  _turn: ActionTurn,
  { body }: { readonly body: string },
  { organizations }: PeopleServices,
  word: string,
): Promise<Card> => cards.bodyCard(await organizations.body(body), word);

export const openBody = action('people.openBody', BodyChoice, draws(bodyDrawn), 'staff');

export const renameBody = forgiving(
  comesBack(BodyChoice, (turn, input, services: PeopleServices) => bodyDrawn(turn, input, services, '')),
  action(
    'people.renameBody',
    Renaming,
    redraws(
      async (turn, { body, revision, name }, { organizations }: PeopleServices) => {
        if ((await organizations.rename(turn.person, body, revision, name)) === 'stale')
          throw new CourtierError('refused', "Quelqu'un vient de changer ce nom. Le voici.");
      },
      bodyDrawn,
      "C'est noté. L'ancien nom mène encore à cet organisme.",
    ),
    'staff',
  ),
);

export const addAlias = action(
  'people.addAlias',
  AliasAdding,
  redraws(
    (turn, { body, alias }, { organizations }: PeopleServices) =>
      organizations.alias(turn.person, body, alias),
    bodyDrawn,
    "C'est noté : ce nom mène à cet organisme.",
  ),
  'staff',
);

export const removeAlias = action(
  'people.removeAlias',
  AliasRemoval,
  redraws(
    (turn, { body, removed }, { organizations }: PeopleServices) =>
      organizations.unalias(turn.person, body, removed),
    bodyDrawn,
    'Ce nom ne mène plus à cet organisme.',
  ),
  'staff',
);

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
    if (things.length > 0) return turn.update(cards.withdrawalCard(found, await people.team(), things));
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
      const next = team.find((person) => keyOf(person) === heir && person.objectId !== leaver);
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
