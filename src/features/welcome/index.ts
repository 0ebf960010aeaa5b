import { z } from 'zod';
import type { Card } from '../../core/card.ts';
import { feature, type House } from '../../core/manifest.ts';
import type { Conversations } from '../../core/ports/conversations.ts';
import { action } from '../../core/routes/turns.ts';
import type { Turn } from '../../core/turn.ts';
import { people } from '../people/index.ts';
import { feedPage, openFeed, renewFeed } from './agenda/feed.ts';
import * as agenda from './agenda/screens.ts';
import { elsewhereContent, greetingCard, helpCard, type TourServices } from './tour/screens.ts';

interface WelcomeServices extends TourServices {
  readonly conversations: Conversations;
  /** Runs a command as if the person had typed it, with the same rights. */
  readonly runCommand: House['run'];
}

/** The first words: in a shared place, how to speak to the assistant there. */
async function firstWords(turn: Turn, services: WelcomeServices): Promise<Card> {
  const { kind } = turn.conversation;
  if (kind === 'personal') return greetingCard(turn, services);
  return {
    template: kind === 'group' ? 'welcome/group' : 'welcome/team',
    summary: "Bonjour, je suis Courtier. Je réponds à vos questions sur le Catalogue d'offres infonuagiques.",
    view: { examples: services.house.examples() },
  };
}

const Nothing = z.object({});
const Run = z.object({ command: z.string().min(1).max(60) });

/** The first words in a conversation, and `aide`. */
export const welcome = feature({
  id: 'welcome',
  below: [people],
  build: ({ house }) => ({
    runCommand: house.run,
    agenda: house.agenda,
    events: house.events,
  }),
  messages: [
    {
      command: 'aide',
      aliases: ['help', 'commandes', 'menu', 'que sais tu faire', 'que peux tu faire'],
      description: 'Voir ce que je sais faire',
      role: 'client',
      scopes: ['personal', 'group', 'channel'],
      handle: async (turn, services) => void (await turn.reply(await helpCard(turn, services))),
    },
    {
      command: 'à faire',
      minor: true,
      aliases: ['mes échéances', 'mes tâches', 'quoi faire'],
      description: 'Voir ce qui vous attend, dans l’ordre des dates',
      help: { group: 'contracts', first: { icon: 'TaskListSquareLtr', sign: '✅' } },
      role: 'client',
      scopes: ['personal'],
      handle: agenda.openAgenda,
    },
  ],
  anywhere: {
    aide: 'What can be asked is no secret.',
    'welcome.help': 'What can be asked is no secret.',
    'welcome.run': 'A command that it runs has places of its own.',
  },
  actions: [
    action('welcome.help', Nothing, async (turn, _input, services: WelcomeServices) => {
      await turn.reply(await helpCard(turn, services));
      turn.notify('La liste est ci-dessous.');
    }),
    action('welcome.run', Run, async (turn, { command }, services: WelcomeServices) => {
      await services.runCommand({ ...turn, text: command, argument: '', files: [] });
      turn.notify('Voir ci-dessous.');
    }),
    openFeed,
    renewFeed,
  ],
  jobs: [],
  freeText: agenda.ask,
  spoken: [
    { words: ['voir tout ce que je sais faire', 'voir ce que je sais faire'], verb: 'welcome.help' },
    { words: ['ce qui vous attend'], verb: 'welcome.run', data: { command: 'à faire' } },
    { words: ['mon agenda', 'dans mon agenda', 'mon calendrier'], verb: 'welcome.feed' },
  ],
  elsewhere: (sentence, words, { house }, team) => elsewhereContent(sentence, house.chatLink(words), team),
  templates: [
    'welcome/elsewhere',
    'welcome/team',
    'welcome/group',
    'welcome/help',
    'welcome/agenda',
    'welcome/feed',
  ],
  pages: [feedPage],
  async installed(turn, services) {
    if (await services.conversations.claimWelcome(turn.conversation.id))
      await turn.reply(await firstWords(turn, services));
  },
});
