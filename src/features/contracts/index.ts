import { feature } from '../../core/manifest.ts';
import { numberedRows } from '../../core/numbered.ts';
import { catalogue } from '../catalogue/index.ts';
import { people } from '../people/index.ts';
import * as comment from './commenting/screens.ts';
import { buildComments } from './commenting/store.ts';
import { CONTRACTS_FILE, readContractRules } from './duties/rules/contract-rules.ts';
import { feedPage } from './duties/screens/feed.ts';
import * as jobs from './jobs.ts';
import { buildContracts } from './recording/store/contracts.ts';
import * as handlers from './screens/actions.ts';
import { comments, contracts as contractTable } from './tables.ts';

export { COMMENT_NAMES } from './commenting/rules.ts';
export type { Comment, Comments } from './commenting/store.ts';
export { CONTRACTS_FILE, readContractRules } from './duties/rules/contract-rules.ts';
export { copyDue } from './duties/rules/duties.ts';
export { contractsAudience } from './recording/store/audience.ts';
export type { Contracts } from './recording/store/contracts.ts';
export { Signed } from './screens/schema.ts';
export { contracts as contractTable, followers as followerTable } from './tables.ts';

/** A signed contract and all that it asks of a client; what clients tell the broker (guide 4). */
export const contracts = feature({
  id: 'contracts',
  below: [people, catalogue],
  read: () => readContractRules(CONTRACTS_FILE),
  build: (ports, below, rules) => ({
    comments: buildComments({ ...ports, ...below }),
    contracts: buildContracts({ ...ports, ...below, rules }),
  }),
  messages: [
    {
      command: 'contrats',
      aliases: ['mes contrats', 'contrat', 'mon contrat', 'obligations'],
      description: 'Suivre vos contrats et leurs obligations',
      role: 'client',
      scopes: ['personal'],
      handle: handlers.openList,
    },
    {
      command: 'commenter',
      aliases: ['commentaire', 'plainte', 'faire une plainte', 'suggestion'],
      description: 'Écrire au Courtier : suggestion, erreur, plainte',
      role: 'client',
      scopes: ['personal'],
      handle: comment.openComment,
    },
    {
      command: 'références',
      minor: true,
      aliases: ['personnes à joindre', 'expérience'],
      description: 'Joindre une organisation qui a accepté de partager son expérience',
      role: 'client',
      scopes: ['personal'],
      handle: handlers.openReferences,
    },
    {
      command: 'commentaires',
      aliases: ['plaintes'],
      description: 'Lire les commentaires des clients et y répondre',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: comment.openComments,
    },
  ],
  actions: [
    handlers.showList,
    handlers.open,
    handlers.note,
    handlers.create,
    handlers.duty,
    handlers.done,
    handlers.reopen,
    handlers.follow,
    handlers.unfollow,
    handlers.showInvoices,
    handlers.addInvoice,
    handlers.dropInvoice,
    handlers.showAmendments,
    handlers.amend,
    handlers.signAmendment,
    handlers.dropAmendment,
    handlers.retention,
    handlers.feed,
    handlers.renewFeed,
    handlers.consent,
    handlers.revoke,
    handlers.showReferences,
    comment.send,
    comment.showComments,
    comment.look,
    comment.answer,
  ],
  jobs: [jobs.remind, jobs.purge],
  notices: [jobs.dutyNotice, jobs.commentNotice, jobs.answerNotice],
  trails: [
    {
      prefix: 'contract',
      title: 'Contrats',
      one: 'Contrat',
      acts: {
        create: 'a noté un contrat',
        amend: 'a noté un avenant à demander',
        signAmendment: 'a noté la signature d’un avenant',
        dropAmendment: 'a retiré un avenant',
        invoice: 'a noté une facture',
        dropInvoice: 'a retiré une facture',
        consent: 'a accepté d’être une référence',
        revoke: 'a retiré son accord d’être une référence',
        done: 'a noté une obligation faite',
        reopenDuty: 'a rouvert une obligation',
      },
      ...numberedRows(contractTable),
    },
    {
      prefix: 'comment',
      title: 'Commentaires',
      one: 'Commentaire',
      acts: { answer: 'a répondu à un commentaire' },
      ...numberedRows(comments),
    },
  ],
  templates: [
    'contracts/list',
    'contracts/contract',
    'contracts/duty',
    'contracts/new',
    'contracts/invoices',
    'contracts/amendments',
    'contracts/retention',
    'contracts/feed',
    'contracts/comment',
    'contracts/comment-staff',
    'contracts/answer',
    'contracts/comments',
    'contracts/references',
  ],
  pages: [feedPage],
  privacy: {
    title: 'Contrats, références et commentaires',
    export: async (person, { contracts, comments }) => ({
      contrats: await contracts.heldOf(person),
      commentaires: await comments.heldOf(person),
    }),
    async erase(tx, person, { contracts, comments }) {
      await contracts.erase(tx, person);
      await comments.erase(tx, person);
    },
  },
});
