import { expect } from '@jest/globals';
import type { Conversation, Person } from '../../../src/core/turn.ts';
import { DETAILS } from '../kickoff.ts';
import { admin, alex, channel, diane, group, nadia, personalChat, samuel, staffRoom } from '../people.ts';
import { CANARY } from '../samples.ts';
import { crawler, type Press, type Rules } from './crawl.ts';
import { WITH_WORDS, watchEffects } from './effects.ts';
import { newcomer, type Teams } from './hands.ts';
import { scenes } from './scenes.ts';

const GROUP = '44444444-4444-4444-8444-444444444444';

/** The verbs that show something, and change nothing; a link to a file is shown too. */
export const READS = new Set(
  `
  people.tenants acquisitions.list acquisitions.sharing acquisitions.history acquisitions.showTeam
  needs.eligibility needs.question needs.chooseColleague needs.summary needs.document
  scenarios.scenario scenarios.months scenarios.excluded scenarios.whatIf scenarios.tryOwn
  scenarios.seals scenarios.verify scenarios.workbook scenarios.justify
  scenarios.clarifications scenarios.trials scenarios.criteria scenarios.showTeam
  kickoff.status kickoff.edit kickoff.slots kickoff.list kickoff.look kickoff.showTeam kickoff.mails kickoff.askUndo kickoff.staffAskUndo
  contracts.list contracts.open contracts.new contracts.correction contracts.duty contracts.entry contracts.invoices contracts.amendments
  contracts.newAmendment contracts.termination
  contracts.retention contracts.references contracts.comments contracts.lookComment
  contracts.myComments contracts.myComment contracts.complaints
  contracts.register contracts.case contracts.late contracts.exportRegister contracts.quarter contracts.exportQuarter contracts.exportComplaints
  evaluations.list evaluations.open evaluations.section evaluations.document evaluations.choose
  evaluations.events evaluations.campaigns evaluations.campaign evaluations.prepare evaluations.suppliers
  evaluations.results evaluations.resultComments evaluations.openComment evaluations.export
  evaluations.sheets evaluations.prepareSheets evaluations.sheetOrder evaluations.sheetLinks
  catalogue.home catalogue.browse catalogue.filters catalogue.filter catalogue.search catalogue.compare catalogue.offer
  catalogue.supplier catalogue.suppliers catalogue.summary catalogue.export catalogue.history catalogue.difference
  catalogue.subscriptions catalogue.model catalogue.review catalogue.reviewFile catalogue.dropHelp catalogue.fiches
  catalogue.versions catalogue.askCancelVersion catalogue.measures catalogue.measureProposal catalogue.samples
  knowledge.alternatives knowledge.back knowledge.askPerson knowledge.topics knowledge.open knowledge.questionsPage
  knowledge.askRetire knowledge.keepEntries knowledge.requests knowledge.request knowledge.askAgain
  knowledge.entries knowledge.entry knowledge.editEntry knowledge.previewEntry
  knowledge.entryHistory knowledge.entryVersion knowledge.compareEntry
  knowledge.groups knowledge.handledGroups knowledge.group knowledge.draftEntry knowledge.previewNew
  knowledge.tryImprovement knowledge.trial knowledge.tryQuestion knowledge.bench
  broadcasts.list broadcasts.open broadcasts.compose broadcasts.duplicate broadcasts.edit broadcasts.aim broadcasts.try
  broadcasts.recipients broadcasts.askResend broadcasts.export broadcasts.health broadcasts.correction
  broadcasts.results broadcasts.templates broadcasts.template broadcasts.askTemplate broadcasts.fromTemplate
  broadcasts.peopleList broadcasts.forList broadcasts.choosing
  reminders.open reminders.page reminders.day reminders.look
  office.list office.many office.item office.open office.starting
  welcome.help welcome.run
  people.membershipsPage people.bodies people.openBody people.askErase people.keepData people.journal people.closedDays people.stay people.team people.stillHere
  people.links people.askRevokeLink people.members people.askTogether people.askMerge people.register people.registers people.registerHelp
  `
    .trim()
    .split(/\s+/),
);

/** Those that open something, which is looked at each time that it changed. */
const OPENS = new Set(
  `
  acquisitions.open scenarios.shortlist scenarios.compare scenarios.choice scenarios.seals scenarios.trials
  kickoff.open kickoff.status kickoff.look kickoff.slots kickoff.askUndo kickoff.staffAskUndo contracts.open contracts.lookComment contracts.amendments
  contracts.newAmendment contracts.correction contracts.termination evaluations.open evaluations.campaign evaluations.sheetOrder broadcasts.open broadcasts.recipients knowledge.open knowledge.request knowledge.entry people.openBody people.askErase
  people.askRevokeLink office.item catalogue.versions catalogue.measures catalogue.measureProposal
  `
    .trim()
    .split(/\s+/),
);

/** What takes away, after the rest; what a person does last. */
const TAKES_AWAY =
  /\.(undoImprovement|orderSheets|removeFromBench|archive|reopen|unshare|drop\w*|removeAlias|unmap|changeRole|removeTemplate|unsubscribe|discard|discardRegister|removeContact|removeChosen|openChoosing|openDay|confirmTogether|schedule|cancel|withdraw|staffCancel|undo|staffUndo|unmiss|staffUnmiss|move|release|cancelVersion|measure|liftMeasure|removeSamples|close|retire|revoke|terminate|correctTermination|undoTermination|correctAmendment|unsignAmendment|unfollow|stopChannel|refuse|exclude|renewFeed|revokeLink|replaceLink|endLink|pause|withdrawRole|handBack(Many)?|putOff(Many)?|endAbsence|endAbsenceOf|closeComment)$|^scenarios.chooseAgain$/;
/** Pressed with the rest: what takes many away leaves nothing to it. */
const ONE_OF_MANY = 'evaluations.withdraw';
const LEAVES = /^people\.(declare|eraseData|merge|revoke)$|^evaluations\.reopen$/;

const AMOUNT = '9 600,00 $';
const TYPED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // The day of the choice: an earlier one is asked about.
  'scenarios.authorize': { date: '2026-11-23' },
  'contracts.commentDue': { due: '2027-06-01' },
  'office.absenceOf': { from: '2027-06-01', to: '2027-06-04' },
  'needs.answer': {
    'courriel.units': '100',
    'courriel.steps.1.month': '13',
    'courriel.steps.1.units': '60',
    'courriel.steps.2.month': '',
    'courriel.steps.2.units': '',
    'courriel.steps.3.month': '',
    'courriel.steps.3.units': '',
    months: '24 mois',
    dollars: AMOUNT,
    signature: 'juin 2027',
    inUse: '1er août 2027',
  },
  'kickoff.request': DETAILS,
  // Another than the one that is chosen by then.
  'scenarios.chooseAgain': { another: 'bleuet' },
  'scenarios.tryOwn': { months: '24', percent: '110' },
  'scenarios.moveTrial': { days: '2' },
  'scenarios.changeCriterion': { name: 'Un autre nom' },
  'contracts.create': { amount: AMOUNT },
  'contracts.correct': { amount: AMOUNT, offers: 'Courriel et agenda' },
  'contracts.addInvoice': { amount: AMOUNT },
  'contracts.amend': { newEnd: '', newAmount: AMOUNT },
  'contracts.correctAmendment': { newEnd: '', newAmount: '9 700,00 $' },
  'contracts.terminate': { effectiveOn: '2027-06-30' },
  'contracts.correctTermination': { reason: 'Une autre raison.' },
  // All contracts: what is narrowed has tests of its own.
  'evaluations.prepare': { suppliers: '', bodies: '', endsFrom: '', endsTo: '' },
  'evaluations.prepareSheets': { allRelease: 'true', allWithdraw: 'true' },
  'evaluations.extend': { closesOn: '2027-03-15' },
  'catalogue.measure': { offer: 'all', kind: 'suspended', from: '' },
  // A supplier and a list are left to follow one by one.
  'catalogue.chooseFollowed': { everything: 'false', categories: 'courriel', suppliers: '' },
  'broadcasts.save': { link: '', image: '', imageAlt: '' },
  'broadcasts.findGroup': { groups: 'subscribers,acquisitions', groupName: 'Directions' },
  // Others than those that were kept while something was looked for.
  'broadcasts.choose': { groups: 'contracts' },
  'broadcasts.openChoosing': { groups: 'subscribers,installed,contracts' },
  'broadcasts.addNamed': { names: 'Ville de Gaspé' },
  'people.closeDay': { day: '2027-11-24', label: 'Inventaire' },
  'kickoff.correctAddress': { contactEmail: 'zelie@fournisseur.example' },
  'broadcasts.renameTemplate': { name: 'Modèle de Zélie' },
  'broadcasts.keepTemplate': { name: 'Autre modèle' },
  'broadcasts.correctText': { link: '', image: '', imageAlt: '', text: 'Le guide est à jour, enfin.' },
  'broadcasts.schedule': { date: '2027-11-20', time: '10:00' },
  'broadcasts.installTeam': {
    link: `https://teams.microsoft.com/l/team/x/conversations?groupId=${GROUP}&tenantId=${alex.tenantId}`,
  },
  'knowledge.saveEntry': { title: 'Qui prête une charrette, au juste ?', review: '2027-11-20' },
  'knowledge.tryImprovement': { review: '2027-11-20' },
  'office.putOff': { until: '2027-06-01' },
  'office.putOffMany': { until: '2027-06-01' },
  'office.absence': { first: '2027-06-01', last: '2027-06-04' },
  'people.renameBody': { name: 'Ville de Gaspé' },
  'people.askMerge': { other: 'Ville de Percé' },
  'people.changeRole': { member: newcomer(0).objectId, role: 'staff' },
};

const readers: Rules['readers'] = new Map<string, readonly (readonly [Person, Conversation])[]>([
  ...[alex, nadia, samuel, diane, admin].map(
    (person) => [personalChat(person).id, [[person, personalChat(person)]]] as const,
  ),
  [
    staffRoom.id,
    [
      [diane, staffRoom],
      [admin, staffRoom],
    ],
  ],
  ...[channel, group].map((where) => [where.id, [[alex, where]]] as const),
]);

/** A trial is waited for until it is done, however slow the machine: what is pressed next depends on it. */
function waitForTrials({ services }: Pick<Teams, 'services'>): void {
  const { trials } = services.knowledge;
  const ask = trials.try;
  trials.try = async (...given) => {
    let report = await ask(...given);
    while (!report.changes) report = await ask(...given);
    return report;
  };
}

/** All that the assistant offers, pressed in some way: what each press changed. */
export async function walk(teams: Teams, press: Press) {
  const worlds = [teams, ...('other' in teams ? [teams.other] : [])];
  for (const world of worlds) waitForTrials(world);
  await watchEffects(teams.db);
  const crawl = crawler(teams, {
    press,
    refresh: () => Promise.all(worlds.map((world) => world.refresh())),
    readers,
    reads: READS,
    opens: OPENS,
    rank: (verb) => (LEAVES.test(verb) ? 2 : TAKES_AWAY.test(verb) && verb !== ONE_OF_MANY ? 1 : 0),
    typed: (verb) => TYPED[verb] ?? {},
  });
  const all = scenes(teams);
  for (const each of all) await crawl.play(each, each === all.at(-1) ? 2 : 1);
  expect(crawl.unexpected).toEqual([]);
  expect(teams.logged.filter((line) => /(turn|job) failed/.test(line))).toEqual([]);
  // What the forms were filled with is neither in the log, nor where only ids are.
  expect(teams.logged.filter((line) => line.includes(CANARY))).toEqual([]);
  const changes = crawl.steps.flatMap(({ verb, atOnce, then }) =>
    [...atOnce, ...then].map((what) => `${verb} ${what}`),
  );
  expect(changes.filter((what) => what.endsWith(WITH_WORDS))).toEqual([]);
  return crawl;
}
