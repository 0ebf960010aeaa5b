import { feature } from '../../core/manifest.ts';
import * as jobs from './jobs.ts';
import { retention } from './retention.ts';
import * as actions from './screens/actions.ts';
import { agendaCard } from './screens/agenda.ts';
import { buildGathering } from './store/gathering.ts';
import { buildTelling } from './store/telling.ts';
import { buildWishes } from './store/wishes.ts';

/** What a person is reminded of, one card a day; what they put off or stop, and when they do not want to be disturbed. */
export const reminders = feature({
  id: 'reminders',
  below: [],
  build: (ports) => ({
    gathering: buildGathering(ports),
    telling: buildTelling(ports.db, ports.clock),
    wishes: buildWishes(ports.db, ports.clock),
  }),
  messages: [
    {
      command: 'rappels',
      minor: true,
      aliases: ['mes rappels', 'pause', 'ne pas déranger'],
      description: 'Voir vos rappels, les remettre ou les arrêter, choisir leur heure',
      help: { group: 'settings' },
      role: 'client',
      scopes: ['personal'],
      handle: async (turn, services) => void (await turn.reply(await agendaCard(turn.person, 1, services))),
    },
  ],
  actions: [
    actions.open,
    actions.showPage,
    actions.showDay,
    actions.look,
    actions.later,
    actions.stop,
    actions.takeAgain,
    actions.prefer,
  ],
  spoken: [{ words: ['tous vos rappels', 'tous mes rappels'], verb: 'reminders.open' }],
  jobs: [jobs.gather, jobs.gatherAtOnce],
  notices: [jobs.dayNotice],
  retention,
  privacy: {
    title: 'Rappels',
    export: async (person, { wishes }) => wishes.heldOf(person),
    erase: (tx, person, { wishes }) => wishes.erase(tx, person),
  },
  templates: ['reminders/day', 'reminders/list'],
});
