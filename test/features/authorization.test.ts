import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { notFound } from '../../src/core/errors.ts';
import type { Installer } from '../../src/core/ports/directory.ts';
import { ROOT } from '../../src/core/root.ts';
import type { Role } from '../../src/core/routes/turns.ts';
import { typeset } from '../../src/core/text/text.ts';
import type { Person } from '../../src/core/turn.ts';
import { features } from '../../src/features/registry.ts';
import { openDirectory } from '../support/broadcasts.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { openMailbox } from '../support/kickoff.ts';
import { admin, alex, diane, foreigner, nadia, samuel, strangers } from '../support/people.ts';
import type { Press } from '../support/walk/crawl.ts';
import { effectsSince, effectsSoFar } from '../support/walk/effects.ts';
import { type Data, mutated, namesObject, type Pool } from '../support/walk/mutated.ts';
import { walk } from '../support/walk/walk.ts';

// Who may press what. Whatever somebody has before them is pressed by everybody else first, with the very data of the
// button, then with data that are changed. The table of what each may is docs/autorisations.md; AUTORISATIONS=write writes it anew.

const TABLE = join(ROOT, 'docs/autorisations.md');

const installer: Installer = {
  catalogues: new Map([[alex.tenantId, alex.tenantId]]),
  forPerson: async () => 'installed',
  forTeam: async () => 'installed',
  consent: async () => 'given',
};
const teams = fakeTeams({
  approval: true,
  installer,
  directory: openDirectory,
  mailbox: openMailbox,
  shortGuide: true,
});
// Some hundreds of presses: far from what they take on a slow machine.
jest.setTimeout(900_000);

const ACTIONS = features.flatMap(({ actions }) => actions);
const roleOf = new Map(ACTIONS.map(({ verb, role }) => [verb, role]));
const [nobody = alex] = strangers(1);

/** Those to whom nothing of what they press belongs, by the roles whose buttons they try. */
const OTHERS: readonly { readonly column: Column; readonly person: Person; readonly of: readonly Role[] }[] =
  [
    { column: 'Autre organisme', person: samuel, of: ['client', 'staff', 'admin'] },
    { column: 'Sans organisme', person: nobody, of: ['client', 'staff', 'admin'] },
    { column: 'Autre locataire', person: foreigner, of: ['client', 'staff', 'admin'] },
    { column: 'Client', person: alex, of: ['staff', 'admin'] },
    { column: 'Équipe', person: diane, of: ['client', 'admin'] },
  ];
/** Who has the same rights as whoever has a button before them: a colleague of their body, or of the team. */
const COLLEAGUES: Readonly<Record<Role, readonly Person[]>> = {
  client: [alex, nadia],
  staff: [diane, admin],
  admin: [],
};

const COLUMNS = [
  'Son titulaire',
  'Collègue',
  'Autre organisme',
  'Sans organisme',
  'Autre locataire',
  'Client',
  'Équipe',
] as const;
type Column = (typeof COLUMNS)[number];
type Outcome = 'fait' | 'voit' | 'refusé';
const STRENGTH: readonly Outcome[] = ['refusé', 'voit', 'fait'];

/** What the owner of a file does alone. */
const OWNED = new Set(['acquisitions.archive', 'acquisitions.reopen']);

/** What is one's own, whoever works beside one. */
const PERSONAL = [
  // Who made a file puts it away.
  ...['acquisitions.archive', 'acquisitions.reopen'],
  // Who was told says that they read it.
  ...[
    'broadcasts.acknowledge',
    // Whoever wrote to the broker goes on.
    'contracts.addWord',
    'contracts.myComment',
    // What another of the staff has in hand is asked about first.
    'knowledge.close',
    // Whoever proposed a correction does not approve it, and here the colleague is who proposed it.
    'broadcasts.acceptCorrection',
    // Whoever dropped a fiche that puts an error right says why.
    'catalogue.correct',
  ],
  // Whoever asked for sheets asks again; another one approves them, and here the colleague is who asked.
  ...['evaluations.approveSheets', 'evaluations.askSheetsAgain'],
  // Who dropped a register of bodies reads what it would do, and confirms it.
  ...['people.register', 'people.confirmRegister', 'people.discardRegister'],
  // Who answers for a contract submits what is said of it.
  'evaluations.confirm',
  // A calendar link is given to one person; what one stops being reminded of, here in a file of one's own, is one's own.
  ...['contracts.renewFeed', 'people.endLink', 'reminders.takeAgain', 'welcome.renewFeed'],
  // Who was asked answers.
  'needs.answerFor',
  // A question, and the request that is made of it, are between the assistant, the staff and whoever asked.
  ...'alternatives apart askAgain askPerson back cancel complement escalate explain insist none pick rate request'
    .split(' ')
    .map((verb) => `knowledge.${verb}`),
];

/** What came of the presses of a verb, the most that was reached. */
const reached = new Map<string, Map<Column, Outcome>>();
/** What was said to those who were refused. */
const refusals = new Set<string>();
/** What others reach all the same. */
const exceptions = new Set<string>();

function note(verb: string, column: Column, outcome: Outcome): void {
  const row = reached.get(verb) ?? new Map<Column, Outcome>();
  const before = row.get(column) ?? 'refusé';
  row.set(column, STRENGTH.indexOf(outcome) > STRENGTH.indexOf(before) ? outcome : before);
  reached.set(verb, row);
}

/** Presses, and says what came of it. */
async function tries(...[who, verb, ...press]: Parameters<typeof teams.press>) {
  const before = (await effectsSoFar(teams.db)).length;
  const answer = await teams.press(who, verb, ...press);
  const changed = (await effectsSoFar(teams.db)).length > before;
  const outcome: Outcome = changed ? 'fait' : answer.card || isBelow(answer.word) ? 'voit' : 'refusé';
  return { answer, outcome };
}
/** What is shown in a message of its own. */
const isBelow = (word: string): boolean => word.includes('ci-dessous');

/** Those of whom one presses what is the other’s too. */
const rights = (who: Person): string =>
  [alex, nadia].includes(who) ? 'body' : who === diane ? 'team' : who.objectId;

/** Often enough with a button's own data: from then on, with data that are changed. */
const AS_THEY_ARE = 2;
const tried = new Map<string, number>();
/** The ids that each has seen in their buttons. */
const seen = new Map<string, Map<string, string[]>>();

function remember(who: Person, data: Data): Pool {
  const pool = seen.get(rights(who)) ?? new Map<string, string[]>();
  seen.set(rights(who), pool);
  for (const [key, value] of Object.entries(data))
    if (namesObject({ [key]: value })) pool.set(key, [...new Set([...(pool.get(key) ?? []), String(value)])]);
  return pool;
}

/** The data of a button, the first times; then as somebody changes them who tries what is behind it. */
function attempt(verb: string, column: Column, data: Data, pool: Pool): { sent: Data; asItIs: boolean } {
  const key = `${verb} ${column}`;
  const seed = (tried.get(key) ?? 0) + 1;
  tried.set(key, seed);
  const input = ACTIONS.find((each) => each.verb === verb)?.input;
  if (seed <= AS_THEY_ARE || !input) return { sent: data, asItIs: true };
  const [sent = data] = fc.sample(mutated(data, input, pool), { numRuns: 1, seed });
  return { sent, asItIs: false };
}

/** Pressed by all to whom it does not belong: they reach nothing. */
async function triedByOthers(who: Person, verb: string, data: Data): Promise<void> {
  const role = roleOf.get(verb) ?? 'client';
  const pool = remember(who, data);
  for (const { column, person, of } of OTHERS) {
    const concerns = of.includes(role) && (role !== 'client' || namesObject(data));
    if (!concerns || rights(person) === rights(who)) continue;
    const { sent, asItIs } = attempt(verb, column, data, pool);
    const { answer, outcome } = await tries(person, verb, sent);
    if (asItIs) note(verb, column, outcome);
    if (asItIs && outcome === 'refusé') refusals.add(answer.word);
    if (outcome !== 'refusé') exceptions.add(`${verb}: ${column} ${outcome}`);
  }
}

const shared = new Set<string>();
/** A colleague sees a file once it is shared with them. */
async function shareFiles(): Promise<void> {
  const { files } = teams.services;
  for (const { id } of await files.filesOf(alex, 'open')) {
    if (shared.has(id)) continue;
    shared.add(id);
    await files.share(alex, id, nadia).catch(() => {});
  }
  await effectsSince(teams.db);
}

/** By the others; then by somebody who has the same rights; and by whoever has it before them, where that is refused. */
const byEverybody: Press = async (who, verb, data, where) => {
  await triedByOthers(who, verb, data as Data);
  const colleague = COLLEAGUES[roleOf.get(verb) ?? 'client'].find((each) => each !== who);
  if (who === alex) await shareFiles();
  // A card that its owner opened for a colleague here has the owner's buttons: the colleague presses those alone.
  const owned = OWNED.has(verb) && who !== alex;
  const first = colleague && namesObject(data) && !owned ? await tries(colleague, verb, data) : undefined;
  if (first && first.outcome !== 'refusé') {
    note(verb, 'Collègue', first.outcome);
    note(verb, 'Son titulaire', first.outcome);
    return [first.answer];
  }
  const then = await tries(who, verb, data, where);
  note(verb, 'Son titulaire', then.outcome);
  // What is refused to both, nobody can do any more.
  if (first && then.outcome !== 'refusé') note(verb, 'Collègue', 'refusé');
  return [then.answer];
};

/** The table, as docs/autorisations.md has it. */
function table(): string {
  const rows = ACTIONS.map(({ verb, role }) => [
    `\`${verb}\``,
    ROLES[role],
    ...COLUMNS.map((column) => reached.get(verb)?.get(column) ?? '·'),
  ]).sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const head = ['Bouton', 'Rôle', ...COLUMNS];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
const ROLES: Readonly<Record<Role, string>> = { client: 'client', staff: 'équipe', admin: 'administration' };
const START = '<!-- La table commence ici -->';

describe('what somebody has before them', () => {
  test('is refused to all to whom it does not belong, who see nothing of it and change nothing', async () => {
    await walk(teams, byEverybody);
    expect([...exceptions].sort()).toEqual(
      // They show whoever presses them what is their own: what they follow.
      OTHERS.filter(({ of }) => of.includes('client'))
        .map(({ column }) => `catalogue.unsubscribe: ${column} voit`)
        .sort(),
    );
  });

  test('is said not to exist, in the same words whether it does or not', () => {
    expect([...refusals]).toEqual([typeset(notFound().message)]);
  });

  test('is a colleague’s too when it is their body’s, or shared with them', () => {
    const refused = [...reached].filter(([, row]) => row.get('Collègue') === 'refusé');
    expect(refused.map(([verb]) => verb).sort()).toEqual([...PERSONAL].sort());
  });

  test('the table in docs/autorisations.md says so, for each button of the registry', () => {
    const written = readFileSync(TABLE, 'utf8');
    const [text = ''] = written.split(START);
    const expected = `${text}${START}\n\n${table()}\n`;
    if (process.env.AUTORISATIONS === 'write') writeFileSync(TABLE, expected);
    else expect(written).toBe(expected);
  });
});
