import { numberedRows } from '../../core/cards/numbered.ts';
import { feature } from '../../core/manifest.ts';
import { acquisitions, SHOWN_ON_PURPOSE } from '../acquisitions/index.ts';
import { catalogue } from '../catalogue/index.ts';
import { contracts } from '../contracts/index.ts';
import { people } from '../people/index.ts';
import * as asking from './asking/screens.ts';
import * as jobs from './meeting/jobs.ts';
import { MEETINGS_FILE, readMeetingRules } from './meeting/rules/meeting-rules.ts';
import { agenda } from './meeting/screens/agenda.ts';
import * as list from './meeting/screens/list.ts';
import { recalls } from './meeting/screens/recalls.ts';
import * as request from './meeting/screens/request.ts';
import * as slots from './meeting/screens/slots.ts';
import * as staff from './meeting/screens/staff.ts';
import * as status from './meeting/screens/status.ts';
import { supplierLink } from './meeting/screens/supplier-link.ts';
import { showTeam } from './meeting/screens/team.ts';
import { buildKickoffs } from './meeting/store/kickoffs.ts';
import { kickoffTies } from './meeting/store/listing.ts';
import { buildNotices } from './meeting/store/telling.ts';
import { holds, retention } from './retention.ts';
import { agendaPage } from './supplier-page/agenda-page.ts';
import { supplierPage } from './supplier-page/page.ts';
import { kickoffs } from './tables.ts';
import * as undoing from './undoing/screens.ts';
import { sendMail } from './writing/jobs.ts';
import * as writing from './writing/screens.ts';

export { MEETINGS_FILE, readMeetingRules } from './meeting/rules/meeting-rules.ts';

/** From a choice to a signed contract: the mandatory meeting, and the eleven steps (guide 3.5). */
export const kickoff = feature({
  id: 'kickoff',
  below: [people, catalogue, acquisitions, contracts],
  read: () => readMeetingRules(MEETINGS_FILE),
  build(ports, below, rules) {
    const notices = buildNotices({ ...ports, ...below });
    return { kickoffs: buildKickoffs({ ...ports, ...below, notices, rules }) };
  },
  messages: [
    {
      command: 'rencontre',
      aliases: [
        'rencontre de démarrage',
        'conclure le contrat',
        'demander une rencontre',
        'demander la rencontre',
        'demander la rencontre de démarrage',
      ],
      description: 'Demander la rencontre de démarrage, suivre les étapes du contrat',
      help: { group: 'buy' },
      role: 'client',
      scopes: ['personal'],
      team: 'kickoff.showTeam',
      handle: request.openForClient,
    },
    {
      command: 'rencontres',
      aliases: ['rencontres de démarrage', 'contrats en préparation'],
      description: 'Suivre les demandes de rencontre et les étapes à relancer',
      role: 'staff',
      scopes: ['personal', 'channel', 'group'],
      handle: list.openList,
    },
  ],
  actions: [
    request.open,
    status.refresh,
    request.edit,
    request.request,
    slots.slots,
    slots.choose,
    slots.none,
    status.confirm,
    status.sign,
    undoing.askUndo,
    undoing.undo,
    undoing.unmiss,
    status.tookPlace,
    status.move,
    status.cancel,
    showTeam,
    agenda,
    list.showList,
    staff.look,
    staff.take,
    staff.ask,
    staff.propose,
    supplierLink,
    writing.showMails,
    writing.noteMail,
    writing.correctAddress,
    writing.sendMail,
    staff.confirmBroker,
    undoing.staffAskUndo,
    undoing.staffUndo,
    undoing.staffUnmiss,
    staff.staffTookPlace,
    staff.staffCancel,
  ],
  anywhere: { 'kickoff.showTeam': SHOWN_ON_PURPOSE },
  jobs: [jobs.enterCalendar, jobs.leaveCalendar, jobs.advance, jobs.expire, sendMail],
  notices: jobs.notices,
  recalls,
  freeText: asking.ask,
  agenda: asking.agenda,
  events: asking.events,
  requests: asking.requests,
  spoken: [
    { words: ['toutes les rencontres'], verb: 'kickoff.list', data: { page: 1, late: false } },
    { words: ['dates passées'], verb: 'kickoff.list', data: { page: 1, late: true } },
  ],
  trails: [
    {
      prefix: 'kickoff',
      title: 'Rencontres de démarrage',
      one: 'Rencontre',
      acts: {
        request: 'a demandé une rencontre',
        answer: 'a changé sa demande de rencontre',
        choose: 'a dit quels moments lui conviennent',
        take: 'a pris une rencontre en charge',
        assign: 'a confié une rencontre à un collègue',
        release: 'a rendu une rencontre à l’équipe',
        ask: 'a demandé des précisions',
        propose: 'a proposé des moments',
        move: 'a demandé un autre moment',
        held: 'a dit que la rencontre a eu lieu',
        missed: 'a dit que la rencontre n’a pas eu lieu',
        cancel: 'a annulé une rencontre',
        mail: 'a écrit à un fournisseur',
        replied: 'a noté la réponse d’un fournisseur',
        refused: 'a noté une adresse refusée',
        address: 'a corrigé l’adresse d’un fournisseur',
        hand: 'a remis une rencontre à un collègue en partant',
        step: 'a confirmé l’étape {n}',
        undo: 'a annulé l’étape {n}',
        unmissed: 'a annulé « la rencontre n’a pas eu lieu »',
      },
      ...numberedRows(kickoffs),
    },
  ],
  retention,
  holds,
  templates: [
    'kickoff/missing',
    'kickoff/request',
    'kickoff/status',
    'kickoff/slots',
    'kickoff/staff',
    'kickoff/undo',
    'kickoff/list',
    'kickoff/link',
    'kickoff/mails',
    'kickoff/agenda',
  ],
  pages: [supplierPage, agendaPage],
  ties: kickoffTies,
  waits: [
    {
      kind: 'meeting',
      noun: ['rencontre', 'rencontres'],
      list: ({ kickoffs }, only) => kickoffs.waits(only),
      open: async (id, services) => staff.staffCard(await services.kickoffs.findKickoff(id), services),
      assign: (tx, by, id, seen, owner, { kickoffs }) => kickoffs.assign(tx, by, id, seen, owner),
    },
    {
      kind: 'address',
      noun: ['adresse à corriger', 'adresses à corriger'],
      list: ({ kickoffs }, only) => kickoffs.refusedWaits(only),
      open: (id, services) => writing.mailsOf(id, services),
    },
  ],
  charges: [
    {
      noun: ['rencontre de démarrage suivie', 'rencontres de démarrage suivies'],
      command: 'rencontres',
      count: (person, { kickoffs }) => kickoffs.takenCount(person),
      hand: (tx, person, heir, { kickoffs }) => kickoffs.hand(tx, person, heir),
    },
  ],
  privacy: {
    title: 'Rencontres de démarrage',
    export: async (person, { kickoffs }) => ({
      demandees: await kickoffs.heldOf(person),
      ...(await kickoffs.doneBy(person)),
      courrielsNotes: await kickoffs.mailsNotedBy(person),
    }),
    fates: (person, { kickoffs }) => kickoffs.fates(person),
    async erase(tx, person, { kickoffs }) {
      await kickoffs.eraseMailNotes(tx, person);
      await kickoffs.erase(tx, person);
    },
  },
});
