import type { Clock } from '../../../../core/clock.ts';
import { CourtierError } from '../../../../core/errors.ts';
import { action, creating, type MessageRoute } from '../../../../core/feature.ts';
import type { Conversations, Db, Deliveries, Queue, Roster } from '../../../../core/ports.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit } from '../../audit/store/audit.ts';
import type { Links } from '../../links/store/downloads.ts';
import type { Privacy } from '../../privacy/store/own-data.ts';
import type { People } from '../../roster/store/people.ts';
import type { StaffChannel } from '../../roster/store/staff-channel.ts';
import { DecisionInput, Declaration, Page, RoleChange, Unmapping } from '../../screens/schema.ts';
import type { Organizations } from '../store/organizations.ts';
import * as cards from './cards.ts';

export interface PeopleServices {
  readonly db: Db;
  readonly clock: Clock;
  readonly timeZone: string;
  readonly queue: Queue;
  readonly roster: Roster;
  readonly conversations: Conversations;
  readonly deliveries: Deliveries;
  readonly people: People;
  readonly audit: Audit;
  readonly organizations: Organizations;
  readonly staffChannel: StaffChannel;
  readonly links: Links;
  readonly privacy: Privacy;
}

const EVERYWHERE = ['personal', 'group', 'channel'] as const;

export const messages: MessageRoute<PeopleServices>[] = [
  {
    command: 'mon organisation',
    aliases: ['organisation', 'mon ministère', 'mon organisme'],
    description: 'Dire pour quel organisme public vous travaillez',
    role: 'client',
    scopes: ['personal'],
    async handle(turn, { organizations }) {
      await turn.reply(
        cards.organizationCard(await organizations.of(turn.person), await organizations.names()),
      );
    },
  },
  {
    command: 'mes données',
    aliases: ['mes renseignements', 'mes renseignements personnels'],
    description: 'Télécharger ou supprimer ce que je sais de vous',
    role: 'client',
    scopes: ['personal'],
    async handle(turn, { privacy }) {
      await turn.reply(cards.myDataCard(privacy.titles()));
    },
  },
  {
    command: 'adhésions',
    description: 'Confirmer qui travaille pour quelle organisation',
    role: 'staff',
    scopes: EVERYWHERE,
    async handle(turn, { organizations, timeZone }) {
      await turn.reply(cards.membershipsCard(await organizations.pending(1), 1, timeZone));
    },
  },
  {
    command: 'locataires',
    description: 'Voir les locataires associés à une organisation',
    role: 'admin',
    scopes: EVERYWHERE,
    async handle(turn, { organizations }) {
      await turn.reply(cards.mappingsCard(await organizations.mappings()));
    },
  },
  {
    command: 'équipe',
    description: "Voir et changer les rôles de l'équipe du Courtier",
    role: 'admin',
    scopes: EVERYWHERE,
    async handle(turn, services) {
      const roster = await rosterOf(
        turn.conversation.kind === 'personal' ? undefined : turn.conversation.id,
        services,
      );
      await turn.reply(cards.teamCard(await services.people.team(), roster));
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

export const declare = creating(
  'people.declare',
  Declaration,
  async (turn, name, { organizations }: PeopleServices) => {
    const membership = await organizations.request(turn.person, name, turn.effect);
    turn.update(cards.organizationCard(membership, await organizations.names()));
  },
);

export const membershipsPage = action(
  'people.membershipsPage',
  Page,
  async (turn, { page }, { organizations, timeZone }: PeopleServices) => {
    turn.update(cards.membershipsCard(await organizations.pending(page), page, timeZone));
  },
  'staff',
);

export const decide = action(
  'people.decide',
  DecisionInput,
  async (turn, { membership, revision, decision, page }, { organizations, timeZone }: PeopleServices) => {
    const outcome = await organizations.decide(turn.person, membership, revision, decision);
    const notice =
      outcome === 'stale'
        ? 'Cette demande a déjà été traitée. Voici les demandes qui restent.'
        : "C'est noté. La personne en est informée.";
    turn.update(cards.membershipsCard(await organizations.pending(page), page, timeZone, notice));
  },
  'staff',
);

export const unmap = action(
  'people.unmap',
  Unmapping,
  async (turn, { tenant }, { organizations }: PeopleServices) => {
    await organizations.unmap(turn.person, tenant);
    turn.update(cards.mappingsCard(await organizations.mappings()));
  },
  'admin',
);

export const changeRole = action(
  'people.changeRole',
  RoleChange,
  async (turn, { member, role }, services: PeopleServices) => {
    const { people, audit, db } = services;
    const roster = await rosterOf(
      turn.conversation.kind === 'personal' ? undefined : turn.conversation.id,
      services,
    );
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
    await db.transaction(async (tx) => {
      if (await people.setRole(tx, found, role))
        await audit.record(tx, turn.person, `role.${role}`, found.objectId);
    });
    turn.update(cards.teamCard(await people.team(), roster, 'Le rôle est changé.'));
  },
  'admin',
);

/** The members of a conversation, or of the staff channel; at most two hundred, the first page. */
async function rosterOf(
  conversationId: string | undefined,
  { roster, staffChannel }: PeopleServices,
): Promise<readonly Person[]> {
  const id = conversationId ?? (await staffChannel.find());
  if (!id) return [];
  return (await roster.page(id)).people;
}
