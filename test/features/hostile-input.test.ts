import { beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { QUESTIONS } from '../../src/features/needs/rules/questions.ts';
import { features } from '../../src/features/registry.ts';
import { preview } from '../support/broadcasts.ts';
import { aContract } from '../support/contracts.ts';
import { evaluating } from '../support/evaluations.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { aFile, people, proposed, visit } from '../support/kickoff.ts';
import { admin, alex } from '../support/people.ts';

/** What a client may send for a field, whatever the field is for. */
const HOSTILE: readonly unknown[] = [
  ...[null, true, false, -1, -0, 0, 1.5, 2_147_483_648, Number.MAX_SAFE_INTEGER, 1e21, Infinity, NaN],
  ...['', ' ', '-0', '1e9', '0x10', '٣', '１２', '9'.repeat(400), '99999999999999999999', '1,000', '-1'],
  ...[
    '2026-02-30',
    '0000-01-01',
    '9999-12-31',
    '10000-01-01',
    '24:00',
    '25:61',
    '14:30',
    '13:60, 25:80',
    ',',
    ',x,',
  ],
  ...[
    '\0',
    'a\0b',
    '\ud83d',
    '\u202e\u200b',
    '<at>x</at>',
    `'; drop table people; --`,
    '${x}',
    '/',
    'a/b',
    '{}',
    '[]',
  ],
  ...['x'.repeat(100_000), `1${'0'.repeat(400)}`, [], ['x'], [[[]]], {}, { a: 1 }],
];

const teams = fakeTeams({ shortGuide: true });
const { day, campaign } = evaluating(teams);
/** Real things, by the names under which cards send their ids. */
let known: Record<string, unknown>;
let token: string;

beforeEach(async () => {
  await people(teams);
  const file = await aFile(teams);
  const proposal = await proposed(teams, file);
  token = proposal.token;
  const contract = await aContract(teams);
  const answer = await teams.asks(alex, 'Quelle est la durée maximale d’un contrat ?');
  await preview(teams, admin);
  const { rows } = await teams.services.broadcasts.broadcastsPage(1, 1);
  known = {
    file,
    contract,
    kickoff: proposal.kickoff.id,
    round: proposal.kickoff.round,
    slots: proposal.slots.map(({ id }) => id).join(','),
    question: answer.buttonFor('knowledge.rate').data.question,
    broadcast: rows[0]?.id,
    campaign: await campaign(),
    entry: 'duree-contrat',
    supplier: 'airelle',
    offer: 'airelle-courriel',
    amount: '9 600,00 $',
    contactEmail: 'camille@airelle.example',
    criteria: '{}',
    topic: 'all',
    time: '14:30',
    command: 'aide',
  };
});

interface Field {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly anyOf?: readonly Field[];
}

/** The fields of a verb's input, from its schema. */
function fieldsOf(input: z.ZodType): [string, Field][] {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Field>;
    anyOf?: { properties?: Record<string, Field> }[];
  };
  return Object.entries(schema.properties ?? schema.anyOf?.at(-1)?.properties ?? {});
}

/** A value that a field takes. */
function fitting(name: string, field: Field): unknown {
  if (name in known) return known[name];
  if (field.enum) return field.enum[0];
  if (field.format === 'uuid') return crypto.randomUUID();
  if (field.format === 'date' || /(?:On|From|date|start|newEnd|review|version)$/.test(name)) return day(30);
  if (field.type === 'integer') return Math.max(field.minimum ?? 1, name === 'revision' ? 1 : 0);
  if (field.type === 'boolean') return true;
  if (field.anyOf?.[0]) return fitting('', field.anyOf[0]);
  return 'Assez de mots ?';
}

/** Presses, and gives what a person must never read or the log never hold; nothing when all is well. */
async function fault(verb: string, role: string, data: object): Promise<string | undefined> {
  const person = role === 'client' ? alex : admin;
  const before = teams.logged.length;
  const { word } = await teams.press(person, verb, data).catch((error: unknown) => ({
    word: `pu terminer: ${error}`,
  }));
  const failed = teams.logged.slice(before).find((line) => line.includes('turn failed'));
  return failed ?? (word.includes('pu terminer') ? word : undefined);
}

const short = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);

test.each(
  features.filter(({ actions }) => actions.length > 0).map(({ id, actions }) => [id, actions] as const),
)('whatever a client sends for a field of %s, a person reads a sentence that helps', async (_id, actions) => {
  const faults: string[] = [];
  for (const { verb, role, input } of actions) {
    const fields = fieldsOf(input);
    for (const [name] of fields)
      for (const value of HOSTILE) {
        const data = Object.fromEntries(fields.map(([each, field]) => [each, fitting(each, field)]));
        const found = await fault(verb, role, { ...data, [name]: value });
        if (found) faults.push(`${verb} ${name}=${short(value)}: ${found.slice(0, 300)}`);
      }
  }
  expect(faults).toEqual([]);
});

test('whatever is sent for the thirteen questions of the needs, a person reads a sentence that helps', async () => {
  const faults: string[] = [];
  for (const { id, fields } of QUESTIONS)
    for (const field of fields({ requirements: { categories: ['courriel'] } }))
      for (const value of HOSTILE) {
        const { revision } = await teams.services.needs.needsOf(String(known.file), alex);
        const data = { file: known.file, question: id, revision, [field.id]: value };
        const found = await fault('needs.answer', 'client', data);
        if (found) faults.push(`${id} ${field.id}=${short(value)}: ${found.slice(0, 300)}`);
      }
  expect(faults).toEqual([]);
});

test.each(['what', 'round', 'slots', 'remark', 'step', 'revision'])(
  'whatever a supplier’s page sends for « %s », it is answered',
  async (name) => {
    for (const what of ['choose', 'confirm', 'move'])
      for (const value of HOSTILE) {
        const form = { what, round: '1', remark: '', step: '4', revision: '1', [name]: String(value) };
        const { status, body } = await visit(teams, token, form);
        expect([200, 404, 409, 422]).toContain(status);
        expect(String(body)).not.toMatch(/\0|pu terminer/);
      }
  },
);
