import type { Feature } from '../../core/feature.ts';
import * as handlers from './handlers.ts';
import * as notices from './notices.ts';

export type { NeedsServices } from './handlers.ts';
export { buildNeeds, type NeedsService } from './service.ts';

/** Who may buy, and what is needed: eligibility and the thirteen questions (guide 2.4 and 3.1). */
export const needs: Feature<handlers.NeedsServices> = {
  id: 'needs',
  messages: [
    {
      command: 'besoins',
      minor: true,
      aliases: ['mes besoins', 'définir mes besoins'],
      description: 'Répondre aux treize questions sur vos besoins',
      role: 'client',
      scopes: ['personal'],
      handle: handlers.openNeeds,
    },
  ],
  actions: [
    handlers.open,
    handlers.openEligibility,
    handlers.setEligibility,
    handlers.openQuestion,
    handlers.answer,
    handlers.chooseColleague,
    handlers.ask,
    handlers.answerFor,
    handlers.summary,
    handlers.exportDocument,
  ],
  jobs: [handlers.putQuestion, handlers.tellAnswer],
  notices: [notices.asked, notices.answered],
  templates: [
    'needs/overview',
    'needs/eligibility',
    'needs/question',
    'needs/ask',
    'needs/asked',
    'needs/thanks',
    'needs/answered',
    'needs/summary',
    'needs/document',
  ],
  privacy: {
    title: 'Questions reçues de collègues',
    export: (person, { needs }) => needs.heldOf(person),
    erase: (tx, person, { needs }) => needs.erase(tx, person),
  },
  downloads: [{ kind: 'needsDocument', handle: handlers.downloadDocument }],
};
