import { sql } from 'drizzle-orm';
import { newId } from '../../src/core/id.ts';
import { requestFact } from '../../src/features/acquisitions/index.ts';
import { alex } from '../../test/support/people.ts';
import { need } from '../../test/support/pricing.ts';
import type { Assembled } from '../assembled.ts';
import { historyOf } from '../catalogue.ts';
import { answerAll } from '../evaluations.ts';
import { row } from '../figures.ts';
import { SUPPLIERS } from '../large-office.ts';
import { cost } from './asking.ts';
import { inOffice, openCampaign } from './in-office.ts';
import { type Finding, type Findings, french, type Line } from './line.ts';

const FILES = 60;
const VERSIONS = 12;
const REPEATS = 15;
const GOALS = { statements: 6, ms: 20 } as const;
const SCREENS = [
  ['mon dossier', `« mon dossier », ${FILES} dossiers`, '62 requêtes'],
  ['résultats', '« résultats », cinq années', '204 requêtes'],
  ['fiches', `« fiches », ${SUPPLIERS * VERSIONS} versions`, '2 421 versions lues'],
  ['campagnes', '« campagnes »', '439 ms'],
  ['santé', '« santé »', '154 ms'],
  ['tableau de bord', '« tableau de bord »', '147 ms'],
] as const;

/** A person's files, a catalogue of two hundred suppliers, and five years of evaluations of every contract. */
async function prepared(world: Assembled): Promise<void> {
  const { db, services } = world;
  await services.catalogue.publication.publish(historyOf(SUPPLIERS, VERSIONS), 'command');
  for (let n = 1; n <= FILES; n++) {
    const { id } = await services.files.create(alex, `Dossier ${n}`, newId());
    await services.needs.setEligibility(alex, id, { kind: 'lcop4', bound: 'yes' });
    const request = { durationMonths: 24, needs: [need('courriel', 100)] };
    await db.transaction((tx) => services.files.writeFact(tx, id, requestFact, request));
  }
  await openCampaign(world);
  await answerAll(db);
  await db.execute(sql`vacuum analyze`);
}

/** What each card of those that grew with the office asks and takes, as somebody has it in their chat. */
const measure = (): Promise<Findings> =>
  inOffice(async (world) => {
    await prepared(world);
    await Promise.all([world.services.catalogue.current(), world.says(alex, 'aide')]);
    const found: Record<string, Finding> = {};
    row('', 'statements', 'rows', 'ms', 'of our CPU');
    for (const [command] of SCREENS) {
      const { statements, rows, ms, worked } = await cost(REPEATS, async () => {
        if ((await world.says(alex, command)).length === 0)
          throw new Error(`« ${command} »: nothing was said`);
      });
      row(`« ${command} »`, statements, rows, ms, worked);
      found[command] = {
        now: `${statements} requêtes, ${rows} lignes lues, ${french(ms)} ms (dont ${french(worked)} de notre processeur)`,
        kept: statements <= GOALS.statements && ms <= GOALS.ms,
      };
    }
    return found;
  });

export const screens: Line = {
  id: 'screens',
  minutes: 6,
  office: true,
  rows: SCREENS.map(([id, what, before]) => ({
    id,
    what,
    before,
    goal: '≤ 6 requêtes, ≤ 20 ms',
    peer: 'rien : la base et la carte dessinée, dans un même processus',
  })),
  measure,
};
