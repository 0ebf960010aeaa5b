import type { MessageRoute } from '../../../core/routes/turns.ts';
import { bodiesCard } from '../organizations/screens/body-cards.ts';
import * as cards from '../organizations/screens/cards.ts';
import { membershipsPageOf } from '../organizations/screens/deciding.ts';
import { myDataCard } from '../privacy/screens/cards.ts';
import { teamIn } from '../roster/screens/team.ts';
import type { PeopleServices } from '../services.ts';

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
      await turn.reply(bodiesCard(await organizations.bodiesPage('', 1), ''));
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
