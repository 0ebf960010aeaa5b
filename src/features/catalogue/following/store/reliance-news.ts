import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Clock } from '../../../../core/clock.ts';
import type { House } from '../../../../core/manifest.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { readRows } from '../../../../core/rows/raw.ts';
import type { PersonKey } from '../../../people/index.ts';
import { correctedChange } from '../../correcting/rules/news.ts';
import { madeOf } from '../../correcting/store/records.ts';
import { decidedOn } from '../../measuring/store/records.ts';
import { corrections, measures } from '../../tables.ts';
import { type DayChange, reliedOn } from '../rules/day-change.ts';
import { decidedChanges } from './day-changes.ts';

/** News of so many minutes are told together to those who rely on them. */
const WAVE_MINUTES = 10;
/** What joins a wave at its last moment is written before it is told. */
const TELL_AFTER_MINUTES = 11;

/** A change, with what of its reader's rests on it, in a sentence each. */
export interface ReliedChange {
  readonly change: DayChange;
  readonly rests: readonly string[];
}

/** What the broker did to a fiche, for those whose files and contracts rest on it: told once, whatever they follow. */
export function buildRelianceNews(
  db: Db,
  clock: Clock,
  deliveries: Deliveries,
  { relying }: Pick<House, 'relying'>,
) {
  const audiencesOf = (change: DayChange) => relying().map(({ audience }) => audience(reliedOn(change)));

  async function restsOf(change: DayChange, person: PersonKey): Promise<string[]> {
    const rests: string[] = [];
    for (const { of } of relying()) rests.push(...(await of(reliedOn(change), person)));
    return rests;
  }

  return {
    /** Whether something of a person's rests on a change: they are among those who are told. */
    async rests(change: DayChange, { tenantId, objectId }: PersonKey): Promise<boolean> {
      const audiences = audiencesOf(change);
      if (audiences.length === 0) return false;
      const [row] = await readRows(
        db,
        sql`select exists (
        select 1 from (${sql.join(audiences, sql` union all `)}) told
        where told.tenant_id = ${tenantId} and told.object_id = ${objectId}) as rests`,
        z.object({ rests: z.boolean() }),
      );
      return row?.rests ?? false;
    },

    /** The wave that news of this moment join: the latest one that is not past, or one of its own. */
    async wave(tx: Tx): Promise<string> {
      const since = clock.now().subtract({ minutes: WAVE_MINUTES }).toString();
      const [row] = await readRows(
        tx,
        sql`select max(wave) as wave from (
        select ${corrections.wave} as wave from ${corrections} where ${corrections.wave} > ${since}
        union all select ${measures.wave} from ${measures} where ${measures.wave} > ${since}
        union all select ${measures.endWave} from ${measures} where ${measures.endWave} > ${since}) told`,
        z.object({ wave: z.string().nullable() }),
      );
      return row?.wave ?? clock.now().toString();
    },

    /** Has those told, with the others of the wave, whose files and contracts rest on what changed. */
    async tell(tx: Tx, wave: string, change: DayChange): Promise<void> {
      const audiences = audiencesOf(change);
      if (audiences.length === 0) return;
      const key = `relied:${wave}`;
      const at = Temporal.Instant.from(wave).add({ minutes: TELL_AFTER_MINUTES });
      await deliveries.address(
        tx,
        { kind: 'catalogue.relied', key, about: key, subject: { wave }, at },
        sql.join(audiences, sql` union `),
      );
    },

    /** What of a wave concerns a person, as things stand when it is told. */
    async changesFor(wave: string, person: PersonKey): Promise<ReliedChange[]> {
      const found: ReliedChange[] = [];
      const changes = [
        ...(await decidedChanges(db, await decidedOn(db, { wave }))),
        ...(await madeOf(db, { wave })).map(correctedChange),
      ];
      for (const change of changes) {
        const rests = await restsOf(change, person);
        if (rests.length > 0) found.push({ change, rests });
      }
      return found;
    },
  };
}

export type RelianceNews = ReturnType<typeof buildRelianceNews>;
