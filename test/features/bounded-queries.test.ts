import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { download } from '../../src/app/doors.ts';
import type { Content } from '../../src/core/card.ts';
import { newId } from '../../src/core/id.ts';
import type { Conversation, Person } from '../../src/core/turn.ts';
import { requestFact } from '../../src/features/acquisitions/index.ts';
import { features } from '../../src/features/registry.ts';
import { aContract } from '../support/contracts.ts';
import { evaluating } from '../support/evaluations.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aSupplier } from '../support/fiches.ts';
import { aFile, people, requested } from '../support/kickoff.ts';
import { admin, alex, diane, personalChat, silentTurn, staffRoom, strangers } from '../support/people.ts';
import { need } from '../support/pricing.ts';
import type { ShownCard } from '../support/shown-card.ts';
import { type Asked, askedBy, countStatements } from '../support/statements.ts';
import { hands } from '../support/walk/hands.ts';
import { filled } from '../support/walk/typed.ts';
import { READS } from '../support/walk/walk.ts';

// Every command, every button on what it shows, those that write too, and every file behind a link asks the database as
// often, and reads as much, whatever there is: with twelve of everything each list is longer than its page; with
// thirty-six nothing more is asked. What no command leads to is pressed in each-verb-once.

const FEW = 12;
const MANY = 36;
/** What pages and their neighbours may add. */
const SLACK = { statements: 2, rows: 12 };

/** Pressed after the rest: who presses them is somebody else then, or nobody. */
const LAST = /^people\.(?:declare|eraseData|merge|revoke|changeRole|withdrawRole)$/;

/** A link to a file, and what its cost is listed under, after the verb that gave it. */
const DOWNLOAD = /\/telechargements\/([\w.-]+)/;
const FILE = ' (file)';

/** What reads more rows when there is more, and why it may; in no more statements. */
const MAY_READ_MORE: Readonly<Record<string, string>> = {
  'catalogue.subscribe': 'what one follows, sixty topics at most, is read before another joins it',
  'catalogue.chooseFollowed': 'the same',
  'knowledge.saveEntry':
    'a process searches the entries of the team in memory: it reads them anew when one changed',
  'reminders.later': 'the agenda is drawn again',
  'reminders.stop': 'the same',
  'reminders.prefer': 'the same',
  'people.askTogether': 'At most sixty, each of whom is read by name before they are confirmed together.',
  '« à faire »': 'each open file, meeting and contract of a person is looked at for what waits',
  '« mes demandes »': 'what a person sent, of four features, is put in one order',
  'knowledge.requests': 'the same',
  '« rappels »':
    'an agenda has the duties of all contracts of a person in the order of their days, 200 contracts at most',
  'reminders.open': 'the same',
  'reminders.page': 'the same',
  'scenarios.verify': 'every fiche that was compared is read as it was then',
  'people.askErase': 'all that somebody has is told before it is erased, once',
  'people.eraseData':
    'the same; each meeting that goes on with a colleague, or is ended, is held and told of',
  'people.confirmTogether': 'each of those who are confirmed, sixty at most, is told by their id',
  'knowledge.groups': 'the questions of ninety days, five thousand at most, are compared with each other',
  'knowledge.group': 'the same',
  'knowledge.draftEntry': 'the same',
  '« à améliorer »': 'the same',
  '« à traiter »':
    'all that waits is put in the order of business days, of all kinds together: as many statements, a line for each',
  'office.list': 'the same',
  'office.item': 'the same',
  'office.many': 'the same; thirty are listed to be ticked',
};

const teams = fakeTeams({ database: 'postgres', shortGuide: true, quotaPercent: 10_000, approval: true });
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());
jest.setTimeout(600_000);

const numbers = (n: number): readonly number[] => Array.from({ length: n }, (_, at) => at + 1);
const publish = (n: number) =>
  teams.services.catalogue.publication.publish(
    numbers(n).map((at) => aSupplier(`fournisseur-${at}`)),
    'command',
  );

/** A file of Alex's whose comparison, of all suppliers, is sealed; its id. */
async function sealedFile(): Promise<string> {
  const { files, needs, scenarios } = teams.services;
  const { id } = await files.create(alex, 'Courriel de tous', newId());
  await needs.setEligibility(alex, id, { kind: 'lcop4', bound: 'yes' });
  const request = { durationMonths: 12, needs: [need('courriel', 100)] };
  await teams.db.transaction((tx) => files.writeFact(tx, id, requestFact, request));
  await scenarios.seal(alex, id);
  return id;
}

/** What is shown of a comparison of all suppliers. */
const COMPARED = ['scenarios.compare', 'scenarios.shortlist', 'scenarios.seals'];

/** So many of everything, most of them Alex's; the id of the file that has a comparison. */
async function world(n: number): Promise<string> {
  const { services } = teams;
  const { each, awaiting, handedOver } = hands(teams);
  const { campaign, tick } = evaluating(teams);
  await people(teams);
  await publish(n);
  await each(numbers(n), (at) =>
    services.catalogue.subscriptions.subscribe(silentTurn(alex), {
      kind: 'supplier',
      id: `fournisseur-${at}`,
    }),
  );
  await each(numbers(n), async (at) => requested(teams, await aFile(teams, { name: `Dossier ${at}` })));
  await each(numbers(n), (at) => aContract(teams, { title: `Contrat ${at}` }));
  await campaign();
  await tick();
  await each(numbers(n), (at) => teams.says(alex, `Qui prête le traîneau nº ${at} de Zélie ?`));
  await each(numbers(n), (at) => handedOver(`Qui prête une ${at === 1 ? 'chèvre' : `brouette ${at}`} ?`));
  await each(numbers(n), (at) => awaiting(`Avis ${at}`));
  await each(strangers(n), async (person) => {
    await teams.install(person);
    await services.organizations.requestMembership(person, `Ville ${person.objectId.slice(0, 8)}`, newId());
  });
  await each(numbers(n), async (at) => {
    const entry = { title: `Réponse ${at}`, alternates: [], answer: 'Voilà.', review: '2027-11-20' };
    await teams.db.transaction((tx) =>
      services.knowledge.liveEntries.writeEntry(tx, diane, `courtier-${newId()}`, null, entry),
    );
  });
  await teams.runJobs();
  return sealedFile();
}

/** A card that somebody has before them. */
interface Seen {
  readonly who: Person;
  readonly where: Conversation;
  readonly card: ShownCard;
}

/** Presses each button that writes, on these cards, and what it leaves to the jobs; what each press asked, by its verb. */
async function askedByWriting(cards: readonly Seen[], found: Map<string, Asked>): Promise<void> {
  const buttons = cards.flatMap(({ card, ...seen }) =>
    card.buttons.map((button) => ({ ...seen, card, ...button })),
  );
  for (const last of [false, true])
    for (const { who, where, card, verb, data } of buttons) {
      if (!verb || READS.has(verb) || found.has(verb) || LAST.test(verb) !== last) continue;
      teams.clock.advance({ seconds: 1 });
      const inputs = filled(card, {});
      found.set(verb, await askedBy(() => teams.press(who, verb, { ...inputs, ...data }, where)));
      await teams.runJobs();
    }
}

/** What each command asks, each button on what it shows, and on what those show; by its name. */
async function asked(file: string): Promise<ReadonlyMap<string, Asked>> {
  const found = new Map<string, Asked>();
  const cards: Seen[] = [];
  const press = async (who: Person, where: Conversation, verb: string, data: object, depth: number) => {
    let shown: ShownCard | undefined;
    const before = teams.posted.length;
    const cost = await askedBy(async () => {
      shown = (await teams.press(who, verb, data, where)).card;
    });
    found.set(verb, cost);
    for (const { content } of teams.posted.slice(before)) await fetched(verb, content);
    if (shown && depth > 1) await look(who, where, shown, depth - 1);
  };
  /** A file behind a link has all there is: its rows are asked for many at a time. */
  const fetched = async (verb: string, content: Content) => {
    const link = typeof content === 'object' && DOWNLOAD.exec(JSON.stringify(content.view))?.[1];
    if (link) found.set(`${verb}${FILE}`, await askedBy(() => download(link, teams.services)));
  };
  const look = async (who: Person, where: Conversation, card: ShownCard, depth: number): Promise<void> => {
    cards.push({ who, where, card });
    for (const { verb, data } of card.buttons)
      if (verb && READS.has(verb) && !found.has(verb)) await press(who, where, verb, data, depth);
  };
  for (const verb of COMPARED) await press(alex, personalChat(alex), verb, { file, page: 1 }, 3);
  for (const { command, role, scopes } of features.flatMap(({ messages }) => messages)) {
    const who = role === 'client' ? alex : role === 'staff' ? diane : admin;
    const where = scopes.includes('personal') ? personalChat(who) : staffRoom;
    const before = teams.posted.length;
    found.set(`« ${command} »`, await askedBy(() => teams.says(who, command, where)));
    const content = teams.posted.slice(before).at(-1)?.content;
    if (typeof content === 'object') await look(who, where, teams.shown(content), 3);
  }
  await askedByWriting(cards, found);
  return found;
}

let few: ReadonlyMap<string, Asked>;

test('every command is typed, and what it shows is opened', async () => {
  few = await asked(await world(FEW));
  expect(few.size).toBeGreaterThan(150);
  const files = ['contracts.exportRegister', 'contracts.exportComplaints', 'evaluations.export'];
  expect([...few.keys()]).toEqual(expect.arrayContaining(files.map((verb) => `${verb}${FILE}`)));
});

test('none asks more of the database, or reads more of it, when there is more', async () => {
  const grown = [...(await asked(await world(MANY)))].flatMap(([name, after]) => {
    const before = few.get(name);
    if (!before) return [];
    const more = (key: keyof Asked) => after[key] > before[key] + SLACK[key];
    const mayRead = name in MAY_READ_MORE || name.endsWith(FILE);
    return more('statements') || (more('rows') && !mayRead)
      ? [
          `${name}: ${before.statements} → ${after.statements} statements, ${before.rows} → ${after.rows} rows`,
        ]
      : [];
  });
  expect(grown).toEqual([]);
});
