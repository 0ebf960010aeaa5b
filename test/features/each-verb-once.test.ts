import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Installer } from '../../src/core/ports.ts';
import type { Conversation, Person } from '../../src/core/turn.ts';
import { features } from '../../src/features/registry.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { DETAILS } from '../support/kickoff.ts';
import {
  admin,
  alex,
  channel,
  diane,
  group,
  nadia,
  personalChat,
  samuel,
  staffRoom,
} from '../support/people.ts';
import { crawler, type Press, type Rules, type Step } from '../support/walk/crawl.ts';
import { watchEffects } from '../support/walk/effects.ts';
import { newcomer } from '../support/walk/hands.ts';
import { scenes } from '../support/walk/scenes.ts';

// Everything that the assistant offers is pressed, on a real PostgreSQL: once; then twice at one process; then at both
// processes at once. Whatever a press writes, it writes once.

const installer: Installer = {
  tenantId: alex.tenantId,
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
};
const teams = fakeTeams({ processes: 2, approval: true, installer });

const GROUP = '44444444-4444-4444-8444-444444444444';

const VERBS = features.flatMap(({ actions }) => actions.map(({ verb }) => verb)).sort();

/** The verbs that show something, and change nothing; a link to a file is shown too. */
const READS = new Set(
  `
  acquisitions.list acquisitions.open acquisitions.sharing acquisitions.history
  needs.open needs.eligibility needs.question needs.chooseColleague needs.summary needs.document
  scenarios.shortlist scenarios.compare scenarios.scenario scenarios.months scenarios.excluded scenarios.whatIf
  scenarios.choice scenarios.seals scenarios.verify scenarios.workbook scenarios.justify
  scenarios.clarifications scenarios.trials scenarios.criteria
  kickoff.open kickoff.status kickoff.edit kickoff.slots kickoff.agenda kickoff.list kickoff.look kickoff.supplierLink
  contracts.list contracts.open contracts.new contracts.duty contracts.invoices contracts.amendments
  contracts.newAmendment contracts.termination
  contracts.retention contracts.feed contracts.references contracts.comments contracts.lookComment
  evaluations.list evaluations.open evaluations.section evaluations.review evaluations.document evaluations.choose
  evaluations.events evaluations.campaigns evaluations.campaign evaluations.prepare evaluations.suppliers
  evaluations.results evaluations.resultComments evaluations.export
  catalogue.home catalogue.browse catalogue.filters catalogue.filter catalogue.search catalogue.offer
  catalogue.supplier catalogue.suppliers catalogue.summary catalogue.export catalogue.history catalogue.difference
  catalogue.subscriptions catalogue.review catalogue.reviewFile catalogue.dropHelp catalogue.fiches
  knowledge.alternatives knowledge.back knowledge.askPerson knowledge.topics knowledge.open knowledge.questionsPage
  knowledge.askRetire knowledge.keepEntries
  broadcasts.list broadcasts.open broadcasts.compose broadcasts.edit broadcasts.aim broadcasts.try
  broadcasts.recipients broadcasts.askResend broadcasts.export broadcasts.health broadcasts.correction
  reminders.open
  welcome.help welcome.run
  people.membershipsPage people.bodies people.openBody people.askErase people.keepData people.journal people.stay
  `
    .trim()
    .split(/\s+/),
);

/** Those that open something, which is looked at each time that it changed. */
const OPENS = new Set(
  `
  acquisitions.open scenarios.shortlist scenarios.compare scenarios.choice scenarios.seals scenarios.trials
  kickoff.open kickoff.status kickoff.look kickoff.slots contracts.open contracts.lookComment contracts.amendments
  contracts.newAmendment contracts.termination evaluations.open evaluations.campaign broadcasts.open broadcasts.recipients knowledge.open people.openBody people.askErase
  `
    .trim()
    .split(/\s+/),
);

/** What takes away, after the rest; what a person does last. */
const TAKES_AWAY =
  /\.(archive|reopen|unshare|drop\w*|removeAlias|unmap|changeRole|unsubscribe|discard|schedule|cancel|withdraw|staffCancel|move|release|close|retire|revoke|terminate|correctTermination|undoTermination|unfollow|stopChannel|refuse|exclude|renewFeed|pause)$|^scenarios.choose$/;
const LEAVES = /^people\.(declare|eraseData)$/;

const AMOUNT = '9 600,00 $';
const TYPED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'needs.answer': { 'courriel.steps': '13:60' },
  'kickoff.request': DETAILS,
  'contracts.create': { amount: AMOUNT },
  'contracts.addInvoice': { amount: AMOUNT },
  'contracts.amend': { newAmount: AMOUNT },
  'contracts.terminate': { effectiveOn: '2027-06-30' },
  'contracts.correctTermination': { reason: 'Une autre raison.' },
  'evaluations.extend': { closesOn: '2027-03-15' },
  'broadcasts.save': { link: '' },
  'broadcasts.correctText': { link: '', text: 'Le guide est à jour, enfin.' },
  'broadcasts.schedule': { date: '2027-11-20', time: '10:00' },
  'broadcasts.installTeam': {
    link: `https://teams.microsoft.com/l/team/x/conversations?groupId=${GROUP}&tenantId=${alex.tenantId}`,
  },
  'people.renameBody': { name: 'Ville de Gaspé' },
  'people.changeRole': { member: newcomer(0).objectId, role: 'staff' },
};

const ways: Readonly<Record<string, Press>> = {
  once: async (...press) => [await teams.press(...press)],
  'twice at one process': (...press) => Promise.all([teams.press(...press), teams.press(...press)]),
  'at two processes at once': (...press) => Promise.all([teams.press(...press), teams.other.press(...press)]),
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

/** All that the assistant offers, pressed in some way: what each press changed. */
async function walk(press: Press) {
  await watchEffects(teams.db);
  const crawl = crawler(teams, {
    press,
    readers,
    reads: READS,
    opens: OPENS,
    rank: (verb) => (LEAVES.test(verb) ? 2 : TAKES_AWAY.test(verb) ? 1 : 0),
    typed: (verb) => TYPED[verb] ?? {},
  });
  const all = scenes(teams);
  for (const each of all) await crawl.play(each, each === all.at(-1) ? 2 : 1);
  expect(crawl.unexpected).toEqual([]);
  expect(teams.logged.filter((line) => /(turn|job) failed/.test(line))).toEqual([]);
  return crawl;
}

const changing = (steps: readonly Step[]) =>
  VERBS.filter((verb) => steps.some((step) => step.verb === verb && step.atOnce.length > 0));

// Some five hundred presses each: far from what they take on a slow machine.
jest.setTimeout(900_000);

describe('what the assistant offers', () => {
  let reference: readonly Step[];

  beforeAll(() => {
    expect(VERBS).toEqual(expect.arrayContaining([...READS]));
  });

  test('is found by whoever presses all that they see, and what does not only show changes something', async () => {
    const { steps, refused } = await walk(ways.once as Press);
    reference = steps;
    const pressed = new Set(steps.map(({ verb }) => verb));
    expect(
      VERBS.filter((verb) => !pressed.has(verb)).map(
        (verb) => `${verb}: no card of the walk shows it; add a scene to test/support/walk/scenes`,
      ),
    ).toEqual([]);
    const changed = new Set(changing(steps));
    expect(refused.filter(({ verb }) => !changed.has(verb))).toEqual([]);
    expect(
      VERBS.filter((verb) => changed.has(verb) === READS.has(verb)).map((verb) =>
        READS.has(verb)
          ? `${verb}: it changes something; take it out of READS`
          : `${verb}: it changed nothing; add it to READS if it only shows, what its form needs to TYPED if not`,
      ),
    ).toEqual([]);
  });

  test.each(Object.keys(ways).slice(1))('has its effect once when it is pressed %s', async (way) => {
    expect((await walk(ways[way] as Press)).steps).toEqual(reference);
  });
});
