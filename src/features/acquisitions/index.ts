import { feature } from '../../core/manifest.ts';
import { people } from '../people/index.ts';
import { buildFiles } from './files.ts';
import * as handlers from './handlers.ts';

export { aboutFile, CONCERN_FACTS, openFilesAudience } from './audience.ts';
export { keyOf, STEP_NAMES } from './cards.ts';
export type { ChoiceConclusion, Conclusion } from './conclusions.ts';
export {
  type Body,
  boundOf,
  boundText,
  entitlementOf,
  KINDS,
  KINDS_OF_BODY,
  type Kind,
  SAID,
  type Said,
} from './eligibility.ts';
export { type FactKind, fact } from './fact.ts';
export type { AcquisitionFile, Files, Member } from './files.ts';
export { fileCardOf } from './handlers.ts';
export { ChosenPerson } from './schema.ts';
export { Choice, choiceFact, Eligibility, eligibilityFact, requestFact, Wanted } from './shared-facts.ts';
export { progressOf, STEPS } from './steps.ts';
export { acquisitions as acquisitionTable } from './tables.ts';

/** The acquisition file: one per project, its five steps, who holds it and what was done (guide 3, 4.12). */
export const acquisitions = feature({
  id: 'acquisitions',
  below: [people],
  build: ({ db, clock }, { belonging }) => ({ files: buildFiles(db, clock, belonging) }),
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
  templates: ['acquisitions/list', 'acquisitions/file', 'acquisitions/share', 'acquisitions/history'],
  privacy: {
    title: "Dossiers d'acquisition",
    export: (person, { files }) => files.heldOf(person),
    erase: (tx, person, { files }) => files.erase(tx, person),
  },
});
