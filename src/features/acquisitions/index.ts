import { feature } from '../../core/manifest.ts';
import { people } from '../people/index.ts';
import { holds, retention } from './retention.ts';
import * as handlers from './screens/actions.ts';
import { openFilesTies } from './store/audience.ts';
import { buildFiles } from './store/files.ts';

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
  Choice,
  choiceFact,
  Eligibility,
  eligibilityFact,
  requestFact,
  Wanted,
} from './rules/shared-facts.ts';
export { progressOf, STEPS } from './rules/steps.ts';
export { fileCardOf } from './screens/actions.ts';
export { STEP_NAMES } from './screens/cards.ts';
export { aboutFile, CONCERN_FACTS, openFilesAudience } from './store/audience.ts';
export type { ChoiceConclusion, Conclusion } from './store/conclusions.ts';
export type { Files } from './store/files.ts';
export type { AcquisitionFile } from './store/records.ts';
export type { Member } from './store/sharing.ts';
export { acquisitionFacts as acquisitionFactTable, acquisitions as acquisitionTable } from './tables.ts';

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
      aliases: ['mes dossiers', 'dossier', 'dossiers', "dossier d'acquisition", 'acquisition'],
      description: 'Suivre votre acquisition, étape par étape',
      role: 'client',
      scopes: ['personal'],
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
  ],
  jobs: [],
  freeText: handlers.ask,
  spoken: [
    {
      words: [
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
  templates: ['acquisitions/list', 'acquisitions/file', 'acquisitions/share', 'acquisitions/history'],
  bodies: [
    {
      noun: ['dossier', 'dossiers'],
      command: 'mon dossier',
      count: (person, organization, { files }) => files.countOf(person, organization),
    },
  ],
  ties: openFilesTies,
  underWay: {
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
