import { feature } from '../../core/manifest.ts';
import { acquisitions, SHOWN_ON_PURPOSE } from '../acquisitions/index.ts';
import { catalogue } from '../catalogue/index.ts';
import { people } from '../people/index.ts';
import { driftNotice, recheck } from './comparing/jobs.ts';
import * as handlers from './comparing/screens/actions.ts';
import { downloadJustification, downloadWorkbook, justify, workbook } from './comparing/screens/files.ts';
import { sealNow, seals, verify } from './comparing/screens/sealing.ts';
import { showTeam } from './comparing/screens/team.ts';
import { relyingCount, relyingMembers } from './comparing/store/relying.ts';
import { buildScenarios } from './comparing/store/scenarios.ts';
import { holds, retention } from './retention.ts';
import { formerReminders } from './supporting/jobs.ts';
import * as support from './supporting/screens/actions.ts';
import { recalls } from './supporting/screens/recalls.ts';
import { buildDossier } from './supporting/store/dossier.ts';

export { seal } from './comparing/rules/sealed-record.ts';
export type { ScenarioService } from './comparing/store/scenarios.ts';
export { checkSeals } from './comparing/store/seal-check.ts';
export { type Comparison, compare, type Scenario } from './pricing/rules/comparison.ts';
export { detailOf, totalOfDetail } from './pricing/rules/detail.ts';
export { PricingRequest, readRequest } from './pricing/rules/request.ts';
export { authorizationFact, lastSealFact, shortlistFact, supportFact, toldFact } from './rules/facts.ts';
export type { Dossier } from './supporting/store/dossier.ts';

/** From needs to a choice that can be defended: the shortlist, exact scenarios, the authorization (guide 3.3 and 3.4). */
export const scenarios = feature({
  id: 'scenarios',
  below: [people, acquisitions, catalogue],
  build: (ports, below) => ({
    scenarios: buildScenarios({ ...ports, ...below }),
    dossier: buildDossier({ ...ports, ...below }),
  }),
  messages: [
    {
      command: 'comparer',
      minor: true,
      aliases: ['comparaison', 'scénarios', 'comparer les scénarios'],
      description: 'Comparer les prix des scénarios de votre dossier',
      help: { group: 'buy' },
      role: 'client',
      scopes: ['personal'],
      team: 'scenarios.showTeam',
      handle: handlers.openComparison,
    },
  ],
  actions: [
    handlers.shortlist,
    handlers.confirmShortlist,
    handlers.compareAll,
    handlers.scenario,
    handlers.months,
    handlers.excluded,
    handlers.whatIf,
    handlers.tryOwn,
    handlers.choose,
    handlers.chooseAgain,
    handlers.choice,
    handlers.authorize,
    sealNow,
    seals,
    verify,
    workbook,
    justify,
    support.clarifications,
    support.clarify,
    support.clarified,
    support.dropClarification,
    support.trials,
    support.planTrial,
    support.concludeTrial,
    support.moveTrial,
    support.dropTrial,
    support.criteria,
    support.weigh,
    support.changeCriterion,
    support.dropCriterion,
    showTeam,
  ],
  anywhere: { 'scenarios.showTeam': SHOWN_ON_PURPOSE },
  jobs: [recheck],
  notices: [driftNotice, ...formerReminders],
  recalls,
  relying: {
    audience: relyingMembers,
    of: (on, person, { scenarios }) => scenarios.relyingOf(on, person),
    noun: ['dossier ouvert', 'dossiers ouverts'],
    count: (on, { db }) => relyingCount(db, on),
  },
  retention,
  holds,
  templates: [
    'scenarios/comparison',
    'scenarios/scenario',
    'scenarios/months',
    'scenarios/excluded',
    'scenarios/shortlist',
    'scenarios/what-if',
    'scenarios/choice',
    'scenarios/seals',
    'scenarios/link',
    'scenarios/clarifications',
    'scenarios/trials',
    'scenarios/criteria',
    'scenarios/drift',
  ],
  downloads: [
    { kind: 'scenarioWorkbook', handle: downloadWorkbook },
    { kind: 'scenarioJustification', handle: downloadJustification },
  ],
});
