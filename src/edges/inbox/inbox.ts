import { lt } from 'drizzle-orm';
import { asDate, type Clock } from '../../core/clock.ts';
import type { Db } from '../../core/ports/db.ts';
import type { Answer, Inbox, Lease } from '../../core/ports/inbox.ts';
import type { Log } from '../../core/ports/log.ts';
import { watchStandstill } from '../../core/process/standstill.ts';
import { databaseTrouble } from '../../core/rows/database-trouble.ts';
import { buildInboxAlone } from './alone.ts';
import { buildClaims, LEASE_MS } from './claims.ts';
import { KEPT_MINUTES } from './retention.ts';
import { inbox as table } from './tables.ts';

/** Before the end of a lease, by what an answer takes to reach Teams: from then on one asks whether it is still ours. */
const SURELY_OURS_MS = LEASE_MS - 5_000;
const LOOK_AGAIN_MS = 50;
const LOOK_AGAIN_AT_MOST_MS = 500;
/** A process that stood still so long did not hear its database in time. */
const STOOD_STILL_MS = 500;
const ATTEMPTS = 3;

type Work = (lease: Lease) => Promise<Answer>;
type Stands = (answer: Answer, ageMs: number) => boolean;

/** What becomes of an event: it is ours to work on, claimed after a moment; or others answered it. */
type Found = { readonly claimedAfter: Temporal.Instant } | { readonly answer: Answer };

/**
 * The events that arrived, in the database: of all the processes that receive one, one does its work and the others
 * give its answer. With the database away each process knows its own only, so that it can still answer.
 */
export function buildInbox(db: Db, clock: Clock, log: Log): Inbox {
  const claims = buildClaims(db, clock);
  const alone = buildInboxAlone(() => clock.now().epochMilliseconds);
  const underWay = new Map<string, Promise<Answer>>();
  const ageMs = (since: { readonly epochMilliseconds: number }) =>
    clock.now().epochMilliseconds - since.epochMilliseconds;

  /** Claims, once more when the database seems away to a process that itself stood still: others do not know that. */
  async function claimAwake(key: string): Promise<boolean> {
    const since = clock.now();
    for (let attempt = 1; ; attempt++) {
      const standstill = watchStandstill();
      try {
        return (await claims.claim(key)) || (attempt > 1 && (await claims.isClaimedSince(key, since)));
      } catch (error) {
        const stoodStill = standstill.end() > STOOD_STILL_MS && databaseTrouble(error) === 'away';
        if (!stoodStill || attempt === ATTEMPTS) throw error;
      } finally {
        standstill.end();
      }
    }
  }

  /** The lease of an event that was claimed after a moment. Asked for near its end, it lasts longer. */
  function leaseOf(key: string, claimedAfter: Temporal.Instant): Lease {
    let since = claimedAfter;
    return {
      async isOurs() {
        if (ageMs(since) < SURELY_OURS_MS) return true;
        const renewedAfter = clock.now();
        const ours = await claims.renew(key);
        if (ours) since = renewedAfter;
        return ours;
      },
    };
  }

  async function workOn(key: string, work: Work, claimedAfter: Temporal.Instant): Promise<Answer> {
    let answer: Answer;
    try {
      answer = await work(leaseOf(key, claimedAfter));
    } catch (error) {
      await claims.giveBack(key).catch((err: unknown) => log.warn({ err }, 'event not given back'));
      throw error;
    }
    await claims
      .keep({ key, answer: answer === undefined ? null : JSON.stringify(answer) })
      .catch((err: unknown) => log.warn({ err }, 'answer not kept'));
    return answer;
  }

  /** What has become of an event that another has; undefined while they work on it. */
  async function lookAt(key: string, stands: Stands): Promise<Found | undefined> {
    const claimedAfter = clock.now();
    const answered = await claims.findAnswered(key);
    if (answered && stands(answered.answer, ageMs({ epochMilliseconds: answered.answeredAt.getTime() })))
      return answered;
    const ours = await (answered ? claims.reclaim(key, answered) : claims.claim(key));
    return ours ? { claimedAfter } : undefined;
  }

  /**
   * Waits until something has become of it. Whoever has the event works on it whatever becomes of the database: that is asked until
   * they would have answered, or died.
   */
  async function whatBecomes(key: string, stands: Stands): Promise<Found> {
    const until = performance.now() + LEASE_MS;
    for (let waitMs = LOOK_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, LOOK_AGAIN_AT_MOST_MS)) {
      try {
        const found = await lookAt(key, stands);
        if (found) return found;
      } catch (error) {
        if (performance.now() > until) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  async function receive(key: string, work: Work, stands: Stands): Promise<Answer> {
    let found: Found;
    try {
      const claimedAfter = clock.now();
      found = (await claimAwake(key)) ? { claimedAfter } : await whatBecomes(key, stands);
    } catch (err) {
      log.warn({ err }, 'inbox away');
      return alone.once(key, work);
    }
    return 'answer' in found ? found.answer : workOn(key, work, found.claimedAfter);
  }

  return {
    once(key, work, stands = () => true) {
      const known = underWay.get(key);
      if (known) return known;
      const answer = receive(key, work, stands).finally(() => underWay.delete(key));
      underWay.set(key, answer);
      return answer;
    },
  };
}

/** Forgets what nobody delivers again. */
export const purgeInbox = (db: Db, clock: Clock): Promise<unknown> =>
  db.delete(table).where(lt(table.claimedAt, asDate(clock.now().subtract({ minutes: KEPT_MINUTES }))));
