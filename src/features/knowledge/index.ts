import type { Feature } from '../../core/feature.ts';
import { topicsCard } from './cards.ts';
import * as handlers from './handlers.ts';
import * as notices from './notices.ts';
import * as staff from './staff-handlers.ts';

export { buildKnowledgeBase, type KnowledgeBase } from './base.ts';
export { type Problem, readContent } from './content.ts';
export type { KnowledgeServices } from './handlers.ts';
export { buildSearchIndex, type SearchEntry, smallTalk } from './search/index.ts';
export { buildKnowledge, type Knowledge } from './service.ts';

const EVERYWHERE = ['personal', 'group', 'channel'] as const;

/** The guide that answers: search, answer, feedback, and the way to a person. */
export const knowledge: Feature<handlers.KnowledgeServices> = {
  id: 'knowledge',
  messages: [
    {
      command: 'sommaire',
      aliases: ['sujets', 'guide', 'table des matières'],
      description: 'Parcourir le guide et la foire aux questions',
      role: 'client',
      scopes: EVERYWHERE,
      handle: async (turn, { knowledge }) => void (await turn.reply(topicsCard(knowledge.base, 0, 1))),
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
      description: "Voir ou retirer les réponses ajoutées par l'équipe",
      role: 'staff',
      scopes: EVERYWHERE,
      handle: staff.listLiveEntries,
    },
  ],
  actions: [
    handlers.show,
    handlers.pick,
    handlers.rate,
    handlers.explain,
    handlers.alternatives,
    handlers.none,
    handlers.back,
    handlers.askPerson,
    handlers.escalate,
    handlers.insist,
    handlers.topics,
    staff.take,
    staff.release,
    staff.answer,
    staff.close,
    staff.reopen,
    staff.publish,
    staff.open,
    staff.questionsPage,
    staff.askRetire,
    staff.retire,
    staff.keepEntries,
  ],
  jobs: [staff.post, staff.deliver, staff.postWaiting, staff.purge],
  templates: [
    'knowledge/answer',
    'knowledge/choice',
    'knowledge/declined',
    'knowledge/ask-person',
    'knowledge/escalated',
    'knowledge/answered',
    'knowledge/topics',
    'knowledge/escalation',
    'knowledge/questions',
    'knowledge/dashboard',
    'knowledge/live-entries',
    'knowledge/retire',
  ],
  freeText: handlers.ask,
  notices: [notices.card, notices.answer],
  privacy: {
    title: 'Questions posées et transmises',
    export: async (person, { knowledge }) => ({
      posees: await knowledge.questions.heldOf(person),
      transmises: await knowledge.escalations.heldOf(person),
    }),
    async erase(tx, person, { knowledge }) {
      await knowledge.questions.erase(tx, person);
      await knowledge.escalations.erase(tx, person);
    },
  },
};
