import { eq } from 'drizzle-orm';
import { asDate, type Clock } from '../../../../core/clock.ts';
import { CourtierError, notFound } from '../../../../core/errors.ts';
import { NOBODY } from '../../../../core/people/second-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Deliveries } from '../../../../core/ports/delivery.ts';
import { type BusinessDays, brokerDate } from '../../../../core/time/business-days.ts';
import type { Person } from '../../../../core/turn.ts';
import type { Audit, PersonKey, Quotas } from '../../../people/index.ts';
import { differenceOf } from '../../fiche/rules/difference.ts';
import { type Fiche, fingerprint } from '../../fiche/rules/fiche.ts';

import { claimOffers, insertVersions, standingVersions } from '../../fiche/store/publishing.ts';
import type { Digests } from '../../following/store/digests.ts';
import type { RelianceNews } from '../../following/store/reliance-news.ts';
import type { Announcements } from '../../publishing/store/announcements.ts';
import { contextOf } from '../../publishing/store/publication-context.ts';
import { corrections } from '../../tables.ts';
import { correctionProblems, isInForce, notInForce } from '../rules/correction.ts';
import { correctedChange } from '../rules/news.ts';
import { type Correction, type Edition, latestEdition } from './records.ts';

export interface CorrectingPorts {
  readonly db: Db;
  readonly clock: Clock;
  readonly days: BusinessDays;
  readonly deliveries: Deliveries;
  readonly audit: Audit;
  readonly quotas: Pick<Quotas, 'spend'>;
  readonly announcements: Announcements;
  readonly digests: Digests;
  readonly reliance: RelianceNews;
  /** Whether a second member of the staff approves what is told to many. */
  readonly approval: boolean;
  /** Tells the staff's channel what took effect on a day. */
  readonly tellStaffOfDay: (tx: Tx, day: string) => Promise<void>;
}

/** What became of a correction: done; or moved by somebody else, who changed it or the fiche first. */
export interface Corrected {
  readonly kind: 'done' | 'stale' | 'moved';
  readonly row: Correction;
}

export const MOVED =
  'La fiche a été corrigée entre-temps par une autre personne : regardez de nouveau ce qui change.';

/** How a correction is written: beside what was published, from now on, and told to those who relied on it. */
export function buildMaking(ports: CorrectingPorts) {
  const { clock, days, audit, announcements, digests, reliance } = ports;
  const now = () => asDate(clock.now());
  const today = () => brokerDate(clock.now()).toString();

  /** The edition in force that a correction is about. Throws a sentence for a version that is not in force. */
  async function inForce(
    from: Db,
    { supplierId, version }: Pick<Correction, 'supplierId' | 'version'>,
  ): Promise<Edition> {
    const standing = await standingVersions(from, now(), [supplierId]);
    const latest = await latestEdition(from, supplierId, version);
    if (!latest || !isInForce(standing, version, today()))
      throw new CourtierError('refused', notInForce(version));
    return latest;
  }

  async function write(tx: Tx, row: Correction, set: Partial<Correction>): Promise<Correction> {
    const [written] = await tx
      .update(corrections)
      .set({ ...set, revision: row.revision + 1 })
      .where(eq(corrections.id, row.id))
      .returning();
    if (!written) throw notFound();
    return written;
  }

  const record = (tx: Tx, person: PersonKey, act: string, { supplierId, version, id }: Correction) =>
    audit.record(tx, person, `fiche.${act}`, `${supplierId} ${version} ${id}`);

  /** Refuses what the catalogue does not allow any more. */
  async function mustFit(tx: Tx, current: Fiche, { content }: Correction): Promise<void> {
    if (fingerprint(current) === fingerprint(content))
      throw new CourtierError('refused', 'La fiche en vigueur dit déjà cela : il n’y a rien à corriger.');
    const ids = content.offers.map(({ id }) => id);
    const context = await contextOf(tx, clock, [content.supplier.id], ids);
    const [problem] = correctionProblems(current, content, context, days);
    if (problem)
      throw new CourtierError('refused', [problem.sentence, problem.correction].filter(Boolean).join(' '));
  }

  /** Writes the corrected edition beside the others, in force from now on, and tells it. */
  async function make(
    tx: Tx,
    row: Correction,
    wrong: Fiche,
    by: Person,
    set: Partial<Correction>,
  ): Promise<Correction> {
    const { content, supplierId, version } = row;
    const edition = row.basis + 1;
    // What took effect, and was not told yet, is told as what it was.
    await announcements.announce(tx);
    await claimOffers(
      tx,
      content.offers.map(({ id }) => ({ id, supplierId })),
    );
    const [at, on] = [now(), today()];
    const reason = set.reason ?? row.reason;
    const written = { supplierId, version, edition, content, fingerprint: fingerprint(content), reason };
    await insertVersions(tx, [
      { ...written, effectiveAt: at, publishedAt: at, announcedAt: at, origin: 'teams' },
    ]);
    const wave = await reliance.wave(tx);
    const made = await write(tx, row, { ...set, state: 'made', madeAt: at, madeOn: on, wave });
    await record(tx, by, 'correct', made);
    const change = correctedChange({ fiche: content, wrong, reason, edition });
    await digests.joinDay(tx, change);
    await reliance.tell(tx, wave, change);
    await ports.tellStaffOfDay(tx, on);
    await announcements.changed(tx, [{ supplier: supplierId, version, previous: version, edition }]);
    return made;
  }

  return {
    inForce,
    write,
    record,
    make,

    /** Does something on the fiche that a correction was written against: another edition of it is to be seen first. */
    onFiche:
      (act: (tx: Tx, row: Correction, wrong: Fiche) => Promise<Correction>) =>
      async (tx: Tx, row: Correction): Promise<Corrected> => {
        const { edition, fiche } = await inForce(tx, row);
        if (edition === row.basis) {
          await mustFit(tx, fiche, row);
          return { kind: 'done', row: await act(tx, row, fiche) };
        }
        const price = differenceOf(fiche, row.content).changesPrices;
        const again =
          row.state === 'proposed'
            ? { state: 'returned' as const, comment: MOVED, ...NOBODY }
            : { state: 'draft' as const };
        return { kind: 'moved', row: await write(tx, row, { ...again, basis: edition, price }) };
      },
  };
}
