import { z } from 'zod';
import type { Card } from '../../core/card.ts';
import { action } from '../../core/feature.ts';
import { editionText } from '../../core/guide/index.ts';
import { feature, type House } from '../../core/manifest.ts';
import type { Conversations } from '../../core/ports.ts';
import type { ConversationKind, Turn } from '../../core/turn.ts';
import { type People, people } from '../people/index.ts';
import * as agenda from './agenda/screens.ts';

interface WelcomeServices {
  readonly conversations: Conversations;
  readonly people: People;
  /** The commands of every feature. */
  readonly commands: House['commands'];
  readonly isAnsweredIn: House['isAnsweredIn'];
  /** Runs a command as if the person had typed it, with the same rights. */
  readonly runCommand: House['run'];
  /** Questions that show what can be asked: ids and titles of entries. */
  readonly examples: House['examples'];
}

const TEMPLATES: Record<ConversationKind, string> = {
  personal: 'welcome/personal',
  group: 'welcome/group',
  channel: 'welcome/team',
};

const welcomeCard = (kind: ConversationKind, { examples }: WelcomeServices): Card => ({
  template: TEMPLATES[kind],
  summary: "Bonjour, je suis Courtier. Je réponds à vos questions sur le Catalogue d'offres infonuagiques.",
  view: { examples: examples() },
});

/** What this person can do here: commands above their role are not shown. */
async function help(turn: Turn, services: WelcomeServices): Promise<Card> {
  const role = await services.people.roleOf(turn.person);
  const rank = { client: 0, staff: 1, admin: 2 };
  const usable = services
    .commands()
    .filter((route) => route.command !== 'aide' && rank[route.role] <= rank[role]);
  return {
    template: 'welcome/help',
    summary: `Je réponds à vos questions. Commandes : ${usable.map((route) => route.command).join(', ')}.`,
    view: {
      edition: editionText(),
      commands: await Promise.all(
        usable.map(async (route) => ({
          command: route.command,
          description: route.description,
          runnable: await services.isAnsweredIn(route, turn.conversation),
        })),
      ),
      examples: services.examples(),
    },
  };
}

const Nothing = z.object({});
const Run = z.object({ command: z.string().min(1).max(60) });

/** The first words in a conversation, and `aide`. */
export const welcome = feature({
  id: 'welcome',
  below: [people],
  build: ({ house }) => ({
    commands: house.commands,
    runCommand: house.run,
    isAnsweredIn: house.isAnsweredIn,
    examples: house.examples,
    agenda: house.agenda,
  }),
  messages: [
    {
      command: 'aide',
      aliases: ['help', 'commandes', 'menu', 'que sais tu faire', 'que peux tu faire'],
      description: 'Voir ce que je sais faire',
      role: 'client',
      scopes: ['personal', 'group', 'channel'],
      handle: async (turn, services) => void (await turn.reply(await help(turn, services))),
    },
    {
      command: 'à faire',
      minor: true,
      aliases: ['mes échéances', 'mes tâches', 'quoi faire'],
      description: 'Voir ce qui vous attend, dans l’ordre des dates',
      role: 'client',
      scopes: ['personal'],
      handle: agenda.openAgenda,
    },
  ],
  anywhere: 'What can be asked is no secret; a command that it runs has places of its own.',
  actions: [
    action('welcome.help', Nothing, async (turn, _input, services: WelcomeServices) => {
      await turn.reply(await help(turn, services));
      turn.notify('La liste est ci-dessous.');
    }),
    action('welcome.run', Run, async (turn, { command }, services: WelcomeServices) => {
      await services.runCommand({ ...turn, text: command, argument: '', files: [] });
      turn.notify('Voir ci-dessous.');
    }),
  ],
  jobs: [],
  freeText: agenda.ask,
  spoken: [{ words: ['voir tout ce que je sais faire', 'voir ce que je sais faire'], verb: 'welcome.help' }],
  templates: ['welcome/personal', 'welcome/team', 'welcome/group', 'welcome/help', 'welcome/agenda'],
  async installed(turn, services) {
    if (await services.conversations.claimWelcome(turn.conversation.id))
      await turn.reply(welcomeCard(turn.conversation.kind, services));
  },
});
