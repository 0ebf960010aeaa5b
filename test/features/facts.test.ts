import { readdirSync } from 'node:fs';
import { beforeEach, expect, jest, test } from '@jest/globals';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { newId } from '../../src/core/id.ts';
import { choiceFact, eligibilityFact, type FactKind, fact } from '../../src/features/acquisitions/index.ts';
import { acquisitionFacts } from '../../src/features/acquisitions/tables.ts';
import { fakeTeams } from '../support/fake-teams.ts';
import { alex } from '../support/people.ts';

const isFact = (value: unknown): value is FactKind<object> =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  typeof value.key === 'string' &&
  'schema' in value &&
  value.schema instanceof z.ZodType;

/** Every fact that a feature's index exports, alone or in a group. */
async function declaredFacts(): Promise<FactKind<object>[]> {
  const folder = new URL('../../src/features/', import.meta.url);
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? each.name : [],
  );
  const indexes = await Promise.all(
    names.map((name): Promise<object> => import(`${folder.href}${name}/index.ts`)),
  );
  return indexes.flatMap((index) =>
    Object.values(index).flatMap((exported: unknown) =>
      [exported, ...(typeof exported === 'object' && exported ? Object.values(exported) : [])].filter(isFact),
    ),
  );
}
const facts = await declaredFacts();

const topics = { topics: ['courriel'] };

/** A full value of each fact, under its key. */
const EXAMPLES: Record<string, object> = {
  'concern:categories': topics,
  'concern:suppliers': topics,
  alert: { sentence: 'Le prix a changé.' },
  eligibility: { kind: 'lcop4', bound: 'yes', condition: 'unknown', rcti: true },
  budget: { dollars: 150_000 },
  request: {
    durationMonths: 24,
    needs: [{ category: 'courriel', quantities: [{ fromMonth: 1, units: 10 }] }],
    requirements: { hosting: 'QC', minAvailability: '99.9', trainingLanguages: ['fr'], features: ['x'] },
  },
  choice: {
    supplier: 'airelle',
    name: 'airelle inc.',
    seal: newId(),
    priceCents: '100',
    gapCents: '0',
    lowest: true,
    on: '2026-11-20',
    kind: 'lcop4',
    bound: 'yes',
  },
  shortlist: { offers: ['airelle-courriel'] },
  needs: {
    answers: {
      duration: { months: 24 },
      requirements: { categories: ['courriel'], hosting: 'QC' },
      quantities: { 'courriel.units': 10, 'courriel.steps': [{ fromMonth: 13, units: 20 }] },
    },
    review: ['risks'],
  },
  authorization: {
    reference: 'D-1',
    date: '2026-11-20',
    supplier: 'airelle',
    priceCents: '100',
    seal: newId(),
  },
  lastSeal: { supplier: 'airelle', priceCents: '100' },
  support: {
    clarifications: [
      {
        id: newId(),
        supplier: 'airelle',
        question: 'Combien ?',
        askedOn: '2026-11-20',
        dueOn: '2026-11-25',
        answer: 'Dix.',
        answeredOn: '2026-11-23',
      },
    ],
    trials: [
      {
        id: newId(),
        offer: 'airelle-courriel',
        units: 5,
        start: '2026-11-20',
        end: '2026-12-20',
        result: 'Bon.',
      },
    ],
    criteria: [{ id: newId(), name: 'Soutien', weight: 3, note: 'Le jour.' }],
  },
};

const teams = fakeTeams();
let file: string;
beforeEach(async () => {
  file = (await teams.services.files.create(alex, 'Courriel', newId())).id;
});
const { writeFact, readFact, readFacts } = {
  writeFact: <T extends object>(kind: FactKind<T>, value: T) =>
    teams.db.transaction((tx) => teams.services.files.writeFact(tx, file, kind, value)),
  readFact: <T extends object>(kind: FactKind<T>) => teams.services.files.readFact(teams.db, file, kind),
  readFacts: () =>
    teams.services.files.readFacts(teams.db, file, { choice: choiceFact, eligibility: eligibilityFact }),
};

test('each fact has a key of its own, and an example here', () => {
  expect(facts.map(({ key }) => key).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

test.each(facts.map((kind) => [kind.key, kind] as const))(
  '« %s » comes back as it was written',
  async (key, kind) => {
    const told = EXAMPLES[key] ?? {};
    expect(await writeFact(kind, told)).toBe(true);
    expect(await readFact(kind)).toEqual({ value: told, revision: 1 });
  },
);

test('what nobody told is not known', async () => {
  expect(await readFact(choiceFact)).toEqual({ value: undefined, revision: 0 });
});

test('a fact that is told again as it was keeps its revision; a changed one has the next', async () => {
  await writeFact(eligibilityFact, { kind: 'lcop4', rcti: true });
  expect(await writeFact(eligibilityFact, { rcti: true, kind: 'lcop4' })).toBe(false);
  expect((await readFact(eligibilityFact)).revision).toBe(1);
  expect(await writeFact(eligibilityFact, { kind: 'municipal', rcti: false })).toBe(true);
  expect(await readFact(eligibilityFact)).toEqual({ value: { kind: 'municipal', rcti: false }, revision: 2 });
});

test('several facts are one query, each with its own type', async () => {
  await writeFact(eligibilityFact, { kind: 'lcop4', rcti: true });
  const select = jest.spyOn(teams.db, 'select');
  const { choice, eligibility } = await readFacts();
  expect(select).toHaveBeenCalledTimes(1);
  select.mockRestore();
  const [name, bound]: [string | undefined, boolean | undefined] = [
    choice.value?.name,
    eligibility.value?.rcti,
  ];
  expect([name, bound]).toEqual([undefined, true]);
});

test('a bare key, or another value than the declared one, does not compile, and is refused', async () => {
  // @ts-expect-error a key is no fact
  await expect(writeFact('eligibility', { kind: 'lcop4', rcti: true })).rejects.toThrow();
  // @ts-expect-error the body's right to buy is missing
  await expect(writeFact(eligibilityFact, { kind: 'lcop4' })).rejects.toThrow(z.ZodError);
  expect((await readFact(eligibilityFact)).value).toBeUndefined();
});

test('what an older version kept in another form is told, without what it holds', async () => {
  await writeFact(fact('choice', z.object({ supplier: z.string() })), { supplier: 'airelle' });
  const read = readFact(choiceFact);
  await expect(read).rejects.toThrow('Une partie de ce dossier ne peut pas être lue.');
  await expect(read).rejects.toMatchObject({ cause: { message: expect.stringContaining('« choice »') } });
  await expect(read).rejects.toMatchObject({ cause: { message: expect.not.stringContaining('airelle') } });
});

test('what a later version adds to a fact does not keep this one from reading it', async () => {
  const later = { kind: 'lcop4', rcti: true, since: '2027-01-01' };
  await writeFact(fact('eligibility', z.looseObject({})), later);
  expect((await readFact(eligibilityFact)).value).toEqual({ kind: 'lcop4', rcti: true });
  expect(
    await teams.db
      .select({ value: acquisitionFacts.value })
      .from(acquisitionFacts)
      .where(and(eq(acquisitionFacts.acquisitionId, file), eq(acquisitionFacts.key, 'eligibility'))),
  ).toEqual([{ value: later }]);
});
