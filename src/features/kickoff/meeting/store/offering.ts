import { CourtierError } from '../../../../core/errors.ts';
import type { Interval } from '../../../../core/ports/calendar.ts';
import type { Tx } from '../../../../core/ports/db.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Kickoff } from '../../tables.ts';
import { proposals } from '../rules/slots.ts';
import type { Basis } from './basis.ts';
import { freeOf, refusedFor } from './moments.ts';
import { type KickoffOutcome, NO_MEETING } from './records.ts';

const ATTEMPTS = 6;
/** Moments that overlap, or a second meeting of a file: what the database refuses. */
const TAKEN = ['23P01', '23505'];
/** Until when moments are kept, on their last day. */
const END_OF_DAY = Temporal.PlainTime.from('17:00');

const BUSY = 'D’autres réservent au même moment. Réessayez dans un instant.';
const NO_MOMENT =
  'Aucun moment n’est libre dans la période prévue. Changez les plages de l’équipe, ou attendez quelques jours.';

/** The database refused what somebody else took at the same time. */
export function isTaken(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return TAKEN.includes(code ?? '') || TAKEN.includes(cause?.code ?? '');
}

/** What is told of new moments, to everybody but whoever asked for them. */
interface News {
  readonly news: 'choose' | 'moved';
  readonly by?: PersonKey | undefined;
}

export type Offering = ReturnType<typeof buildOffering>;

/** Keeps the next moments that suit the broker and the client, and offers them. */
export function buildOffering(parts: Basis) {
  const { db, clock, queue, days, notices, rules, timeZone } = parts;
  const { today, find, write, freeExpired, takenFor, keep } = parts;

  async function offer(
    tx: Tx,
    row: Kickoff,
    taken: readonly Interval[],
    { news, by }: News,
  ): Promise<Kickoff> {
    const refused = await refusedFor(tx, row.id);
    await freeExpired(tx);
    await freeOf(tx, row.id);
    const found = proposals(clock.now(), taken, row.details.never, refused, parts);
    if (found.length === 0) throw new CourtierError('refused', NO_MOMENT);
    const round = row.round + 1;
    const lastDay = days.office.add(today(), rules.heldDays);
    const expires = lastDay.toZonedDateTime({ timeZone, plainTime: END_OF_DAY }).toInstant();
    await keep(tx, { id: row.id, round }, found, expires);
    const kickoff = await write(tx, row, 'propose', { round, ...NO_MEETING });
    await queue.enqueue(tx, 'kickoff.expire', { kickoff: row.id, round }, expires);
    await notices.client(tx, kickoff, news, `round:${round}`, by);
    return kickoff;
  }

  return {
    /**
     * Offers the next moments of a kickoff that `ready` locks; `stale` where it gives none. Somebody may take a moment at
     * the same time: then it looks again.
     */
    async offerNext(
      id: string,
      ready: (tx: Tx) => Promise<Kickoff | undefined>,
      news: News = { news: 'choose' },
    ): Promise<KickoffOutcome> {
      for (let attempt = 1; ; attempt++) {
        const taken = await takenFor(id);
        try {
          return await db.transaction<KickoffOutcome>(async (tx) => {
            const row = await ready(tx);
            return row
              ? { kind: 'done', kickoff: await offer(tx, row, taken, news) }
              : { kind: 'stale', kickoff: await find(tx, id) };
          });
        } catch (error) {
          if (!isTaken(error)) throw error;
          if (attempt === ATTEMPTS) throw new CourtierError('unavailable', BUSY, error);
        }
      }
    },
  };
}
