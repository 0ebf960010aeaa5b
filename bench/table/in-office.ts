import { systemClock } from '../../src/core/clock.ts';
import { newId } from '../../src/core/id.ts';
import { brokerDate } from '../../src/core/time/business-days.ts';
import { TENANT } from '../../test/support/delivery.ts';
import { alex } from '../../test/support/people.ts';
import { countStatements } from '../../test/support/statements.ts';
import { type Assembled, assembled } from '../assembled.ts';
import { office } from '../large-office.ts';
import { cost } from './asking.ts';

/** Measures something in a large office of its own, whose statements are counted; nothing of it is left behind. */
export async function inOffice<T>(work: (world: Assembled) => Promise<T>): Promise<T> {
  const end = countStatements();
  const { url, stop } = await office();
  const world = await assembled(url);
  try {
    return await work(world);
  } finally {
    await world.close();
    await stop();
    end();
  }
}

/** Everybody's contracts are to be evaluated from today on: the campaign begins, and its evaluations are opened. */
export async function openCampaign({ services, runs }: Assembled): Promise<void> {
  const today = brokerDate(systemClock.now());
  const window = { opensOn: today.toString(), closesOn: today.add({ days: 45 }).toString() };
  await services.campaigns.start(
    alex,
    { kind: 'window', name: 'Évaluations', ...window, scope: {} },
    newId(),
  );
  await runs('evaluations.tick');
}

/** What composing a notice costs for each of so many people, the first of them first: statements, milliseconds. */
export async function costOfEach(
  { composes }: Assembled,
  people: number,
  kind: string,
  subject: object,
): Promise<readonly { readonly statements: number; readonly ms: number; readonly worked: number }[]> {
  const costs: { statements: number; ms: number; worked: number }[] = [];
  for (let n = 1; n <= people; n++) {
    const person = { tenantId: TENANT, objectId: `person-${n}` };
    const start = performance.now();
    const before = process.threadCpuUsage();
    let told: unknown;
    const { first } = await cost(0, async () => {
      told = await composes(kind, subject, person);
    });
    if (told === undefined) throw new Error(`person-${n} is told nothing`);
    const { user, system } = process.threadCpuUsage(before);
    costs.push({
      statements: first.statements,
      ms: performance.now() - start,
      worked: (user + system) / 1_000,
    });
  }
  return costs;
}
