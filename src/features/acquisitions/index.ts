import { feature } from '../../core/manifest.ts';
import { people } from '../people/index.ts';
import { holds, retention } from './retention.ts';
import * as handlers from './screens/actions.ts';
import { showTeam } from './screens/team.ts';
import { openFilesTies } from './store/audience.ts';
import { buildFiles } from './store/files.ts';
import { moveFiles } from './store/merging.ts';

export {
  type Body,
  boundOf,
  boundText,
  entitlementOf,
  exclusionOf,
  KINDS,
  KINDS_OF_BODY,
  type Kind,
  SAID,
  type Said,
} from './rules/eligibility.ts';
export { type FactKind, fact } from './rules/fact.ts';
export {
  budgetFact,
  Choice,
  choiceFact,
  Eligibility,
  eligibilityFact,
  requestFact,
  Wanted,
} from './rules/shared-facts.ts';
export { progressOf, STEPS } from './rules/steps.ts';
export { fileCardOf } from './screens/actions.ts';
export { chooseCard, STEP_NAMES } from './screens/cards.ts';
export { fileMeant, opens } from './screens/current.ts';
export type { FileServices } from './screens/list.ts';
export { namesOfNeeds, quantitiesOfNeeds } from './screens/quantities.ts';
export { showsTeam } from './screens/team.ts';
export { aboutFile, CONCERN_FACTS, openFilesAudience } from './store/audience.ts';
export type { ChoiceConclusion, Conclusion, Next } from './store/conclusions.ts';
export type { Files } from './store/files.ts';
export { type DueOfFile, membersToRecall } from './store/recalling.ts';
export type { AcquisitionFile } from './store/records.ts';
export type { Member } from './store/sharing.ts';
export {
  acquisitionFacts as acquisitionFactTable,
  acquisitions as acquisitionTable,
  membersNow as acquisitionMemberTable,
} from './tables.ts';

/** Why what a file's people show to those around may be seen there. */
export const SHOWN_ON_PURPOSE =
  'Whoever takes part in a file shows on purpose its name, its step and its dates; nothing else of it is there.';

/** The acquisition file: one per project, its five steps, who holds it and what was done (guide 3, 4.12). */
export const acquisitions = feature({
  id: 'acquisitions',
  below: [people],
  build: ({ db, clock }, { belonging, quotas, forgetting }) => ({
    files: buildFiles({ db, clock, belonging, quotas, forgetting }),
  }),
  messages: [
    {
      command: 'mon dossier',
      aliases: ['dossier', "dossier d'acquisition", 'acquisition'],
      description: 'Suivre votre acquisition, étape par étape',
      help: { group: 'buy', first: { icon: 'FolderOpen', sign: '📁' } },
      role: 'client',
      scopes: ['personal'],
      team: 'acquisitions.showTeam',
      handle: handlers.openFiles,
    },
  ],
  actions: [
    handlers.files,
    handlers.create,
    handlers.open,
    handlers.rename,
    handlers.archive,
    handlers.reopen,
    handlers.askShare,
    handlers.share,
    handlers.unshare,
    handlers.history,
    showTeam,
  ],
  anywhere: { 'acquisitions.showTeam': SHOWN_ON_PURPOSE },
  jobs: [],
  freeText: handlers.ask,
  spoken: [
    {
      words: [
        'mes dossiers',
        'dossiers',
        'tous les dossiers',
        'dossiers ouverts',
        'tous mes dossiers',
        'voir mes dossiers',
        'commencer un dossier',
        'créer un dossier',
        'nouveau dossier',
      ],
      verb: 'acquisitions.list',
      data: { state: 'open', page: 1 },
    },
    {
      words: ['dossiers archivés', 'mes dossiers archivés'],
      verb: 'acquisitions.list',
      data: { state: 'archived', page: 1 },
    },
  ],
  agenda: handlers.agenda,
  retention,
  holds,
  templates: [
    'acquisitions/list',
    'acquisitions/file',
    'acquisitions/choose',
    'acquisitions/share',
    'acquisitions/history',
    'acquisitions/team',
  ],
  bodies: [
    {
      noun: ['dossier', 'dossiers'],
      command: 'mon dossier',
      count: (person, organization, { files }) => files.countOf(person, organization),
    },
  ],
  merge: moveFiles,
  ties: openFilesTies,
  underWay: {
    command: 'mon dossier',
    latest: (person, services) => handlers.latestUnderWay(person, services),
    find: (person, id, services) => handlers.findUnderWay(person, id, services),
  },
  privacy: {
    title: "Dossiers d'acquisition",
    export: (person, { files }) => files.heldOf(person),
    fates: (person, { files }) => files.fates(person),
    erase: async (tx, person, { files, people }) => files.erase(tx, person, await people.namesIn(tx, person)),
  },
});
