import { numberedRows } from '../../core/cards/numbered.ts';
import { feature } from '../../core/manifest.ts';
import { people } from '../people/index.ts';
import { buildKnowledgeBase } from './answering/rules.ts';
import * as handlers from './answering/screens/actions.ts';
import { topicsCard } from './answering/screens/topics-card.ts';
import { buildKnowledge } from './build.ts';
import { contentInForce } from './content/content.ts';
import { firstStep } from './escalating/first-step.ts';
import * as notices from './escalating/jobs.ts';
import * as staff from './escalating/screens/actions.ts';
import * as asking from './escalating/screens/asking.ts';
import * as requests from './escalating/screens/requests.ts';
import { askerTies } from './escalating/store/escalation-records.ts';
import { guidePages } from './guide-pages/page.ts';
import * as improving from './improving/screens/actions.ts';
import * as trying from './improving/screens/trying.ts';
import * as publishing from './publishing/screens/actions.ts';
import { retention } from './retention.ts';
import { indexInThread } from './search/indexing.ts';
import { escalations as escalationTable } from './tables.ts';

export { buildKnowledgeBase, type KnowledgeBase } from './answering/rules.ts';
export type { Knowledge } from './build.ts';
export { entriesFolder, KNOWLEDGE_FOLDER, type Problem, readContent } from './content/content.ts';
export { searchableOf } from './content/searchable.ts';
export { buildSearchIndex, type SearchEntry, smallTalk } from './search/index.ts';

/** Entries that the first cards offer as a start. */
const EXAMPLES = ['clientele-admissible', 'duree-contrat', 'preuve-de-concept'];

/** Buttons for everybody around too. What somebody asked of the staff is listed to them only. */
const OPEN = [
  handlers.show,
  handlers.pick,
  handlers.rate,
  handlers.explain,
  handlers.alternatives,
  handlers.none,
  handlers.apart,
  handlers.back,
  handlers.topics,
  asking.askPerson,
  asking.askAgain,
  asking.escalate,
  requests.cancel,
  requests.insist,
] as const;

const EVERYWHERE = ['personal', 'group', 'channel'] as const;

/** The guide that answers: search, answer, feedback, and the way to a person. */
export const knowledge = feature({
  id: 'knowledge',
  below: [people],
  read: () => buildKnowledgeBase(contentInForce(), indexInThread),
  build: (ports, below, base) => ({ knowledge: buildKnowledge({ ...ports, ...below, base }) }),
  reading: guidePages,
  messages: [
    {
      command: 'sommaire',
      aliases: ['sujets', 'guide', 'table des matières'],
      description: 'Parcourir le guide et la foire aux questions',
      help: { group: 'ask' },
      role: 'client',
      scopes: EVERYWHERE,
      handle: async (turn, { knowledge }) => void (await turn.reply(topicsCard(knowledge.base, 0, 1))),
    },
    {
      command: 'mes demandes',
      aliases: ['mes questions', 'mes demandes à l’équipe', 'où en est ma demande', 'où en est ma question'],
      description: 'Suivre ce que vous avez demandé à l’équipe',
      help: { group: 'ask' },
      role: 'client',
      scopes: ['personal'],
      minor: true,
      handle: requests.listRequests,
    },
    {
      command: 'questions',
      aliases: ['questions sans réponse'],
      description: 'Voir les questions transmises par les clients',
      role: 'staff',
      scopes: EVERYWHERE,
      handle: staff.listQuestions,
    },
    {
      command: 'tableau de bord',
      description: 'Voir ce qui est demandé, ce qui manque et ce qui déçoit',
      role: 'staff',
      scopes: EVERYWHERE,
      handle: staff.dashboard,
    },
    {
      command: 'réponses publiées',
      description: "Voir, modifier ou retirer les réponses ajoutées par l'équipe",
      role: 'staff',
      scopes: EVERYWHERE,
      handle: publishing.listLiveEntries,
    },
    {
      command: 'à améliorer',
      aliases: ['questions à améliorer'],
      description: 'Voir ce qui n’a pas eu de réponse sûre ou a déçu, et y répondre',
      role: 'staff',
      scopes: EVERYWHERE,
      handle: improving.listGroups,
    },
    {
      command: 'essayer',
      description: 'Essayer une question, et voir pourquoi elle reçoit cette réponse',
      role: 'staff',
      scopes: EVERYWHERE,
      takesArgument: true,
      handle: trying.tryOne,
    },
    {
      command: 'banc de questions',
      aliases: ['banc'],
      description: 'Mesurer les réponses avec les questions de l’équipe',
      role: 'staff',
      scopes: EVERYWHERE,
      handle: trying.listBench,
    },
  ],
  anywhere: Object.fromEntries(
    ['sommaire', ...OPEN.map(({ verb }) => verb)].map((name) => [
      name,
      'A question, its answer and its request stay where it was asked: those of another place are not found, and what the staff answered, a body and a file are not shown.',
    ]),
  ),
  actions: [
    ...OPEN,
    requests.requests,
    requests.request,
    requests.complement,
    staff.take,
    staff.release,
    staff.answer,
    staff.close,
    staff.reopen,
    staff.publish,
    staff.open,
    staff.questionsPage,
    publishing.entriesPage,
    publishing.openEntry,
    publishing.editEntry,
    publishing.previewEntry,
    publishing.saveEntry,
    publishing.entryHistory,
    publishing.entryVersion,
    publishing.compareEntry,
    publishing.restoreEntry,
    publishing.askRetire,
    publishing.retire,
    publishing.keepEntries,
    improving.groups,
    improving.handledGroups,
    improving.group,
    improving.draftEntry,
    improving.previewNew,
    improving.tryImprovement,
    improving.trialPage,
    improving.improve,
    improving.undoImprovement,
    trying.tryQuestion,
    trying.addToBench,
    trying.benchPage,
    trying.removeFromBench,
    trying.runBench,
  ],
  jobs: [staff.post, staff.deliver, staff.postWaiting],
  trails: [
    {
      prefix: 'escalation',
      title: 'Questions transmises',
      one: 'Question',
      acts: {
        open: 'a transmis une question',
        take: 'a pris une question en charge',
        release: 'a laissé une question',
        assign: 'a confié une question à un collègue',
        answer: 'a répondu à une question',
        close: 'a fermé une question',
        reopen: 'a rouvert une question',
        cancel: 'a annulé sa question',
        complement: 'a précisé sa question',
      },
      ...numberedRows(escalationTable),
    },
    {
      prefix: 'entry',
      title: 'Réponses publiées',
      one: 'Réponse',
      acts: {
        publish: 'a publié une réponse',
        edit: 'a modifié une réponse',
        restore: 'a rétabli une version d’une réponse',
        retire: 'a retiré une réponse',
        republish: 'a publié de nouveau une réponse',
      },
    },
    {
      prefix: 'improvement',
      title: 'Questions à améliorer',
      one: 'Amélioration',
      acts: {
        wording: 'a ajouté une formulation à une réponse',
        entry: 'a écrit une réponse pour des questions',
        offTopic: 'a mis des questions hors sujet',
        undo: 'a défait une amélioration',
      },
    },
    {
      prefix: 'bench',
      title: 'Banc de questions',
      one: 'Question du banc',
      acts: {
        add: 'a ajouté une question au banc',
        remove: 'a retiré une question du banc',
        run: 'a lancé le banc de questions',
      },
    },
  ],
  retention,
  templates: [
    'knowledge/about',
    'knowledge/answer',
    'knowledge/choice',
    'knowledge/declined',
    'knowledge/ask-person',
    'knowledge/escalated',
    'knowledge/requests',
    'knowledge/answered',
    'knowledge/topics',
    'knowledge/escalation',
    'knowledge/questions',
    'knowledge/dashboard',
    'knowledge/live-entries',
    'knowledge/retire',
    'knowledge/entry',
    'knowledge/entry-form',
    'knowledge/entry-history',
    'knowledge/entry-compare',
    'knowledge/withdrawn',
    'knowledge/groups',
    'knowledge/handled-groups',
    'knowledge/group',
    'knowledge/group-entry',
    'knowledge/trial',
    'knowledge/try',
    'knowledge/bench',
  ],
  spoken: ['chapitre 2', 'chapitre 3', 'chapitre 4', 'foire aux questions', 'glossaire'].map(
    (title, group) => ({
      words: [title],
      verb: 'knowledge.topics',
      data: { group, page: 1 },
    }),
  ),
  freeText: handlers.ask,
  feedback: handlers.feedback,
  answers: {
    knows: (word, { knowledge }, written) => knowledge.base.knows(word, written),
    surely: (text, { knowledge }) => knowledge.base.search(text).outcome === 'answer',
    examples: ({ knowledge: { base } }) =>
      EXAMPLES.flatMap((id) => base.entry(id) ?? []).map(({ id, title }) => ({ entry: id, title })),
  },
  refresh: ({ knowledge }) => knowledge.liveEntries.refresh(),
  warm: ({ knowledge }) => knowledge.base.warm(),
  notices: [notices.card, notices.answer, notices.closed],
  ties: askerTies,
  firstSteps: [firstStep],
  waits: [
    {
      kind: 'question',
      noun: ['question', 'questions'],
      list: ({ knowledge }, only) => knowledge.escalations.waits(only),
      open: staff.cardOf,
      assign: (tx, by, id, seen, owner, { knowledge }) =>
        knowledge.escalations.assign(tx, by, id, seen, owner),
    },
  ],
  charges: [
    {
      noun: ['question prise en charge', 'questions prises en charge'],
      command: 'questions',
      count: (person, { knowledge }) => knowledge.escalations.takenCount(person),
      hand: (tx, person, heir, { knowledge }) => knowledge.escalations.hand(tx, person, heir),
    },
  ],
  privacy: {
    title: 'Questions posées et transmises',
    export: async (person, { knowledge }) => ({
      posees: await knowledge.questions.heldOf(person),
      transmises: await knowledge.escalations.heldOf(person),
      prises: await knowledge.escalations.takenBy(person),
      reponses: await knowledge.liveEntries.versionsOf(person),
      ameliorations: await knowledge.improvements.improvementsOf(person),
    }),
    async erase(tx, person, { knowledge }) {
      await knowledge.questions.erase(tx, person);
      await knowledge.escalations.erase(tx, person);
      await knowledge.liveEntries.unsign(tx, person);
      await knowledge.improvements.unsign(tx, person);
    },
    fates: async (person, { knowledge }) => [
      {
        kind: 'team',
        count: await knowledge.escalations.takenCount(person),
        noun: ['question prise en charge', 'questions prises en charge'],
        becomes: ['rendue à l’équipe', 'rendues à l’équipe'],
        command: 'questions',
      },
    ],
  },
});
