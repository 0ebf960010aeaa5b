import { feature } from '../../core/manifest.ts';
import { acquisitions } from '../acquisitions/index.ts';
import { people } from '../people/index.ts';
import * as notices from './jobs.ts';
import { retention } from './retention.ts';
import * as handlers from './screens/actions.ts';
import { delegationTies } from './store/delegating.ts';
import { buildNeeds } from './store/needs.ts';

export { needsFact } from './rules/facts.ts';

/** Who may buy, and what is needed: eligibility and the thirteen questions (guide 2.4 and 3.1). */
export const needs = feature({
  id: 'needs',
  below: [people, acquisitions],
  build: (ports, below) => ({ needs: buildNeeds({ ...ports, ...below }) }),
  messages: [
    {
      command: 'besoins',
      minor: true,
      aliases: ['mes besoins', 'définir mes besoins'],
      description: 'Répondre aux treize questions sur vos besoins',
      help: { group: 'buy' },
      role: 'client',
      scopes: ['personal'],
      handle: handlers.openNeeds,
    },
  ],
  actions: [
    handlers.open,
    handlers.goOn,
    handlers.openEligibility,
    handlers.setEligibility,
    handlers.openQuestion,
    handlers.answer,
    handlers.chooseColleague,
    handlers.ask,
    handlers.takeBack,
    handlers.answerFor,
    handlers.summary,
    handlers.exportDocument,
  ],
  jobs: [handlers.putQuestion, handlers.tellAnswer],
  notices: [notices.asked, notices.answered],
  retention,
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
  ties: delegationTies,
  privacy: {
    title: 'Questions entre collègues',
    export: (person, { needs }) => needs.heldOf(person),
    erase: (tx, person, { needs }) => needs.erase(tx, person),
  },
  downloads: [{ kind: 'needsDocument', handle: handlers.downloadDocument }],
});
