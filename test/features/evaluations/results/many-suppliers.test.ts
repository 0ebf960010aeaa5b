import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { download } from '../../../../src/app/doors.ts';
import { evaluating } from '../../../support/evaluations.ts';
import { fakeTeams } from '../../../support/fake-teams.ts';
import { people } from '../../../support/kickoff.ts';
import { admin, diane } from '../../../support/people.ts';
import { askedBy, countStatements } from '../../../support/statements.ts';
import { workbookOf } from '../../../support/workbook.ts';

// Hundreds of suppliers, years of evaluations: a card reads the scores of those that are on it.

const SUPPLIERS = 120;
const YEARS = 3;
const BODIES = 4;
const PAGE = 6;
/** Of the press itself, of who presses, and of the catalogue. */
const AROUND = 8;

const teams = fakeTeams({ database: 'postgres' });
const { campaign } = evaluating(teams);
let stop = () => {};
beforeAll(() => {
  stop = countStatements();
});
afterAll(() => stop());

/** Each body evaluated each supplier each year: with 1 to 4, the year before with 3. */
beforeEach(async () => {
  await people(teams);
  const id = await campaign();
  await teams.db.execute(sql`
    insert into evaluations (id, campaign_id, contract_id, supplier_id, organization_id, year, final, form, state, opens_on,
      closes_on, responsible_tenant, responsible_id, submitted_at, created_at)
    select gen_random_uuid(), ${id}::uuid, gen_random_uuid(), 'f-' || lpad(s::text, 3, '0'), md5(b::text)::uuid, 2026 - y, false,
      '1', 'submitted', '2026-11-23', '2026-12-23', 't', 'p-' || b, now() + b * interval '1 minute', now()
    from generate_series(1, ${SUPPLIERS}::int) s, generate_series(0, ${YEARS - 1}::int) y, generate_series(1, ${BODIES}::int) b`);
  await teams.db.execute(sql`
    insert into evaluation_scores (evaluation_id, criterion, supplier_id, year, score)
    select id, 'overall', supplier_id, year, case when year = 2026 then substr(responsible_id, 3)::int else 3 end
    from evaluations`);
});

test.each([
  [admin, '2026 · 2,5 sur 5 · 4 réponses · ▼ 0,5'],
  // Those of the fourth body are told with the answers of two more.
  [diane, '2026 · 2,0 sur 5 · 3 réponses · ▼ 1,0'],
])('« résultats » reads what is on its page', async (person, said) => {
  const { statements, rows } = await askedBy(async () => {
    const { plain } = await teams.mustPress(person, 'evaluations.suppliers', { page: 2 });
    expect(plain).toContain(`Page 2 de ${SUPPLIERS / PAGE} · ${SUPPLIERS} fournisseurs`);
    expect(plain.match(/f-\d+/g)).toEqual(['f-007', 'f-008', 'f-009', 'f-010', 'f-011', 'f-012']);
    expect(plain.split(said)).toHaveLength(PAGE + 1);
  });
  expect(statements).toBeLessThanOrEqual(2 + AROUND);
  expect(rows).toBeLessThanOrEqual(SUPPLIERS + PAGE * YEARS + AROUND);
});

test('« campagnes » asks as often for a page as for one campaign', async () => {
  const asked = () => askedBy(() => teams.mustPress(diane, 'evaluations.campaigns', { page: 1 }));
  const { statements } = await asked();
  for (let n = 2; n <= PAGE; n++) {
    teams.clock.advance({ days: 1 });
    await campaign();
  }
  expect((await asked()).statements).toBeLessThanOrEqual(statements);
});

test.each([true, false])(
  'many suppliers together have the results that each has alone; entitled: %s',
  async (all) => {
    // One of them was evaluated long ago, and before: each is shown over its own five years.
    await teams.db.execute(sql`update evaluation_scores set year = year - 7 where supplier_id = 'f-002'`);
    await teams.db.execute(sql`update evaluations set year = year - 7 where supplier_id = 'f-002'`);
    await teams.db.execute(sql`
    insert into evaluation_scores (evaluation_id, criterion, supplier_id, year, score)
    select id, 'delays', supplier_id, year, 4 from evaluations where responsible_id <> 'p-1'`);
    const { results } = teams.services;
    const some = ['f-001', 'f-002', 'f-120', 'nobody'];
    const together = await results.resultsOfSuppliers(some, all);
    for (const supplier of some) {
      const inOrder = (rows: readonly object[]) =>
        rows
          .map((row) =>
            JSON.stringify(
              row,
              Object.keys(row)
                .filter((key) => key !== 'supplier')
                .sort(),
            ),
          )
          .sort();
      const alone = await results.resultsOfSupplier(supplier, all);
      expect(inOrder(together.get(supplier) ?? [])).toEqual(inOrder(alone));
    }
    expect(together.get('f-002')).toHaveLength(2 * YEARS);
    expect(new Set(together.get('f-002')?.map(({ year }) => year))).toEqual(new Set([2017, 2018, 2019]));
    const last = together
      .get('f-001')
      ?.find(({ criterion, year }) => criterion === 'overall' && year === 2026);
    expect(last).toMatchObject(all ? { n: 4, mean: 2.5 } : { n: 3, mean: 2 });
  },
);

test('the workbook of the results is asked for many suppliers at a time, not for each', async () => {
  const asked = async () => {
    await teams.press(diane, 'evaluations.export', {});
    const token = teams.lastCard().token();
    let rows = 0;
    const { statements } = await askedBy(async () => {
      const { body } = await download(token, teams.services);
      rows = (await workbookOf(body)).getWorksheet('Résultats')?.actualRowCount ?? 0;
    });
    return { statements, rows };
  };
  // Whoever asks first reads the catalogue, too.
  await asked();
  const many = await asked();
  await teams.db.execute(sql`delete from evaluation_scores where supplier_id > 'f-001'`);
  const one = await asked();
  expect(many.rows - one.rows).toBe((SUPPLIERS - 1) * YEARS);
  // Twenty at a time.
  expect(many.statements - one.statements).toBeLessThanOrEqual(SUPPLIERS / 20 - 1);
});
