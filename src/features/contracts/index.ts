import { numberedRows } from '../../core/cards/numbered.ts';
import { feature } from '../../core/manifest.ts';
import { acquisitions } from '../acquisitions/index.ts';
import { catalogue } from '../catalogue/index.ts';
import { people } from '../people/index.ts';
import * as amendments from './amending/screens/actions.ts';
import * as asking from './asking/screens.ts';
import * as comment from './commenting/screens/actions.ts';
import * as ownComments from './commenting/screens/own.ts';
import * as complaints from './commenting/screens/report.ts';
import { downloadComplaints, exportReport } from './commenting/screens/report-file.ts';
import { buildComments } from './commenting/store/comments.ts';
import { CONTRACTS_FILE, readContractRules } from './duties/rules/contract-rules.ts';
import * as duty from './duties/screens/duty.ts';
import * as entering from './duties/screens/entry.ts';
import { events, feedPage } from './duties/screens/feed.ts';
import * as link from './duties/screens/feed-link.ts';
import { recalls } from './duties/screens/recalls.ts';
import { retention } from './duties/screens/retention.ts';
import * as invoices from './invoicing/screens.ts';
import * as jobs from './jobs.ts';
import * as overseen from './overseeing/screens/case.ts';
import * as files from './overseeing/screens/files.ts';
import * as late from './overseeing/screens/late.ts';
import * as register from './overseeing/screens/list.ts';
import * as quarter from './overseeing/screens/quarter.ts';
import { downloadQuarter } from './overseeing/screens/quarter-file.ts';
import * as reports from './overseeing/screens/reconcile.ts';
import * as contract from './recording/screens/contract.ts';
import * as correction from './recording/screens/correction.ts';
import * as list from './recording/screens/list.ts';
import * as fresh from './recording/screens/new.ts';
import * as removing from './recording/screens/removing.ts';
import { contractTies } from './recording/store/audience.ts';
import { buildContracts } from './recording/store/contracts.ts';
import { moveContracts } from './recording/store/merging.ts';
import { relying } from './recording/store/relying.ts';
import * as references from './referring/screens.ts';
import * as kept from './retention.ts';
import { comments as commentTable, contracts as contractRows } from './tables.ts';
import * as termination from './terminating/screens.ts';

export { COMMENT_NAMES } from './commenting/rules.ts';
export type { Comments } from './commenting/store/comments.ts';
export type { Comment } from './commenting/store/records.ts';
export { CONTRACTS_FILE, readContractRules } from './duties/rules/contract-rules.ts';
export { copyDue } from './duties/rules/duties.ts';
export { contractsAudience } from './recording/store/audience.ts';
export type { Contracts } from './recording/store/contracts.ts';
export { END_MOVED } from './recording/store/records.ts';
export { Signed } from './screens/schema.ts';
/** Contracts as they stand now, with their real end; who follows them. */
/** The rows themselves, on which others rest. */
export {
  contracts as contractRows,
  contractsNow as contractTable,
  followersNow as followerTable,
} from './tables.ts';

/** Years from now: the holidays of that year are in no file, but known by a library, which takes a moment to load. */
const UNLISTED = 10;

/** A signed contract and all that it asks of a client; what clients tell the broker (guide 4). */
export const contracts = feature({
  id: 'contracts',
  below: [people, catalogue, acquisitions],
  read: () => readContractRules(CONTRACTS_FILE),
  build: (ports, below, rules) => ({
    comments: buildComments({ ...ports, ...below }),
    contracts: buildContracts({ ...ports, ...below, rules }),
  }),
  messages: [
    {
      command: 'contrats',
      aliases: ['mes contrats', 'contrat', 'mon contrat', 'voir mes contrats', 'obligations'],
      description: 'Suivre vos contrats et leurs obligations',
      help: { group: 'contracts' },
      role: 'client',
      scopes: ['personal'],
      handle: list.openList,
    },
    {
      command: 'commenter',
      minor: true,
      aliases: ['commentaire', 'plainte', 'faire une plainte', 'suggestion'],
      description: 'Écrire au Courtier : suggestion, erreur, plainte',
      help: { group: 'ask' },
      role: 'client',
      scopes: ['personal'],
      handle: comment.openComment,
    },
    {
      command: 'références',
      minor: true,
      aliases: ['personnes à joindre', 'expérience'],
      description: 'Joindre une organisation qui a accepté de partager son expérience',
      help: { group: 'contracts' },
      role: 'client',
      scopes: ['personal'],
      handle: references.openReferences,
    },
    {
      command: 'commentaires',
      aliases: ['plaintes'],
      description: 'Lire les commentaires des clients et y répondre',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: comment.openComments,
    },
    {
      command: 'plaintes par fournisseur',
      minor: true,
      aliases: ['rapport des plaintes', 'plaintes des fournisseurs'],
      description: 'Compter les plaintes de l’année, par fournisseur',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: complaints.openReport,
    },
    {
      command: 'registre des contrats',
      aliases: ['contrats des organismes', 'tous les contrats des organismes'],
      description: 'Voir les contrats de tous les organismes, par état, fournisseur, période',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: register.openRegister,
    },
    {
      command: 'obligations en retard',
      minor: true,
      aliases: ['retards des organismes'],
      description: 'Voir ce qui est en retard de tous les contrats, et qui le suit',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: late.openLate,
    },
    {
      command: 'rapport du trimestre',
      minor: true,
      aliases: ['rapports trimestriels', 'rapports des fournisseurs'],
      description: 'Comparer ce qui a été payé dans un trimestre au rapport du fournisseur',
      role: 'staff',
      scopes: ['personal', 'group', 'channel'],
      handle: quarter.openQuarter,
    },
    {
      command: 'mes messages',
      minor: true,
      aliases: ['mes commentaires', 'mes plaintes'],
      description: 'Relire ce que vous avez écrit au Courtier, y ajouter un mot',
      help: { group: 'ask' },
      role: 'client',
      scopes: ['personal'],
      handle: ownComments.openMine,
    },
  ],
  actions: [
    list.showList,
    contract.open,
    correction.showCorrection,
    correction.correct,
    fresh.note,
    fresh.create,
    duty.duty,
    duty.done,
    duty.reopen,
    entering.entry,
    entering.sayEntry,
    contract.follow,
    contract.unfollow,
    invoices.showInvoices,
    invoices.addInvoice,
    invoices.dropInvoice,
    amendments.showAmendments,
    amendments.newAmendment,
    amendments.amend,
    amendments.askAmendment,
    amendments.validateAmendment,
    amendments.signAmendment,
    amendments.dropAmendment,
    amendments.correctAmendment,
    amendments.unsignAmendment,
    termination.showTermination,
    termination.terminate,
    termination.correctTermination,
    termination.undoTermination,
    retention,
    link.feed,
    link.renewFeed,
    contract.consent,
    contract.revoke,
    removing.dropContract,
    references.showReferences,
    comment.send,
    comment.showComments,
    comment.look,
    comment.answer,
    comment.close,
    comment.reopen,
    comment.setDue,
    complaints.showReport,
    exportReport,
    register.showRegister,
    overseen.showCase,
    late.showLate,
    files.exportRegister,
    quarter.showQuarter,
    quarter.exportQuarter,
    ownComments.showMine,
    ownComments.lookMine,
    ownComments.add,
  ],
  jobs: [jobs.formerRemind],
  freeText: asking.ask,
  agenda: asking.agenda,
  events,
  recalls,
  requests: ownComments.requests,
  spoken: [
    { words: ['tous les contrats', 'tous mes contrats'], verb: 'contracts.list', data: { page: 1 } },
    { words: ['noter un contrat signé', 'noter un contrat'], verb: 'contracts.new' },
    {
      words: ['tous les commentaires', 'commentaires à traiter'],
      verb: 'contracts.comments',
      data: { page: 1, open: true },
    },
    { words: ['tous vos messages', 'tous mes messages'], verb: 'contracts.myComments', data: { page: 1 } },
    { words: ['écrire un autre message'], verb: 'welcome.run', data: { command: 'commenter' } },
  ],
  notices: [jobs.formerDuty, jobs.commentNotice, jobs.answerNotice],
  trails: [
    {
      prefix: 'contract',
      title: 'Contrats',
      one: 'Contrat',
      acts: {
        create: 'a noté un contrat',
        correct: 'a corrigé ce qui était noté d’un contrat',
        drop: 'a retiré un contrat noté par erreur',
        untie: 'a détaché un contrat d’un dossier, qui n’était pas le sien',
        terminate: 'a noté une résiliation',
        correctTermination: 'a corrigé une résiliation',
        undoTermination: 'a retiré une résiliation notée par erreur',
        amend: 'a noté un avenant à demander',
        askAmendment: 'a noté la demande de validation d’un avenant',
        validateAmendment: 'a noté la validation d’un avenant par le Courtier',
        signAmendment: 'a noté la signature d’un avenant',
        dropAmendment: 'a retiré un avenant',
        correctAmendment: 'a corrigé ce qui était noté d’un avenant signé',
        unsignAmendment: 'a retiré la signature d’un avenant, notée par erreur',
        invoice: 'a noté une facture',
        dropInvoice: 'a retiré une facture',
        consent: 'a accepté d’être une référence',
        revoke: 'a retiré son accord d’être une référence',
        done: 'a noté une obligation faite',
        dropDuty: 'a noté qu’une obligation est sans objet',
        keepDuty: 'a noté qu’une obligation d’avant l’entrée est à faire',
        reopenDuty: 'a rouvert une obligation',
      },
      ...numberedRows(contractRows),
    },
    {
      prefix: 'comment',
      title: 'Commentaires',
      one: 'Commentaire',
      acts: {
        send: 'a écrit un commentaire',
        add: 'a ajouté à son commentaire',
        answer: 'a répondu à un commentaire',
        close: 'a fermé un commentaire',
        reopen: 'a rouvert un commentaire',
        due: 'a choisi pour quand répondre à un commentaire',
      },
      ...numberedRows(commentTable),
    },
  ],
  ...kept,
  templates: [
    'contracts/list',
    'contracts/contract',
    'contracts/duty',
    'contracts/entry',
    'contracts/new',
    'contracts/correction',
    'contracts/invoices',
    'contracts/amendment',
    'contracts/amendments',
    'contracts/termination',
    'contracts/retention',
    'contracts/feed',
    'contracts/comment',
    'contracts/comment-sent',
    'contracts/comment-staff',
    'contracts/answer',
    'contracts/comments',
    'contracts/my-comments',
    'contracts/complaints',
    'contracts/references',
    'contracts/register',
    'contracts/register-case',
    'contracts/late',
    'contracts/link',
    'contracts/quarter',
    'contracts/reconciled',
  ],
  pages: [feedPage],
  downloads: [
    { kind: 'contractRegister', handle: files.downloadRegister },
    { kind: 'contractQuarter', handle: downloadQuarter },
    { kind: 'contractComplaints', handle: downloadComplaints },
    { kind: 'contractReport', handle: reports.downloadReport },
  ],
  files: {
    role: 'staff',
    noun: 'le rapport d’un fournisseur',
    takes: reports.isReport,
    quota: {
      noun: ['rapport déposé', 'rapports déposés'],
      person: 500,
      body: 2_000,
      tenant: 4_000,
      why: 'Two hundred suppliers report in the same weeks of a quarter; some reports are dropped twice.',
    },
    handle: reports.reportDropped,
  },
  waits: [
    {
      kind: 'comment',
      noun: ['commentaire ou plainte', 'commentaires et plaintes'],
      list: ({ comments }, only) => comments.waits(only),
      open: comment.cardOf,
    },
  ],
  warm: ({ catalogue, contracts }) => void catalogue.days.holidays(contracts.today().year + UNLISTED),
  merge: moveContracts,
  bodies: [
    {
      noun: ['contrat', 'contrats'],
      command: 'contrats',
      count: (person, organization, { contracts }) => contracts.countOf(person, organization),
    },
  ],
  ties: contractTies,
  relying,
  privacy: {
    title: 'Contrats, références et commentaires',
    export: async (person, { contracts, comments }) => ({
      contrats: await contracts.heldOf(person),
      commentaires: await comments.heldOf(person),
      motsDesCommentaires: await comments.wordsHeldOf(person),
    }),
    async erase(tx, person, { contracts, comments, people }) {
      await contracts.erase(tx, person, await people.namesIn(tx, person));
      await comments.erase(tx, person);
    },
  },
});
