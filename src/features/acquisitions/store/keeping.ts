import { and, count, eq } from 'drizzle-orm';
import { asDate } from '../../../core/clock.ts';
import { CourtierError, notFound } from '../../../core/errors.ts';
import type { Id } from '../../../core/id.ts';
import type { Tx } from '../../../core/ports/db.ts';
import { revisedRows } from '../../../core/rows/revised.ts';
import { serialize } from '../../../core/rows/serialize.ts';
import { uncapital } from '../../../core/text/text.ts';
import type { Person } from '../../../core/turn.ts';
import { END_NAMES, type End, type FileEvent, transition } from '../rules/steps.ts';
import { acquisitionMembers, acquisitions, membersNow } from '../tables.ts';
import { type AcquisitionFile, type FileParts, findFile, isMember, mustOwn, seenFile } from './records.ts';

/** How many open files a person has at most; those that are archived, or theirs no more, are not counted. */
const MOST_FILES = 100;

/** Files that a person opens at the same time are counted one after the other. */
const oneAtATime = (tx: Tx, { tenantId, objectId }: Person) =>
  serialize(tx, 'acquisitions.create', tenantId, objectId);

/** Refuses to open one more file to whoever has as many as they may. */
async function mustHoldFewer(tx: Tx, person: Person, wanted: string): Promise<void> {
  const [held] = await tx
    .select({ files: count() })
    .from(membersNow)
    .innerJoin(acquisitions, eq(acquisitions.id, membersNow.acquisitionId))
    .where(and(isMember(person), eq(acquisitions.state, 'open')));
  if ((held?.files ?? 0) >= MOST_FILES)
    throw new CourtierError(
      'refused',
      `Vous avez déjà ${MOST_FILES} dossiers ouverts. Archivez-en un, ou quittez un dossier partagé, pour ${wanted}.`,
    );
}

/** Creating, renaming and archiving files. */
export function buildKeeping({ db, clock, belonging, quotas, journal, locks }: FileParts) {
  const { heldBodyOf } = belonging;
  const { record } = journal;
  const { lockFile } = locks;
  const rows = revisedRows(acquisitions, clock);

  async function createIn(tx: Tx, person: Person, name: string, effect: Id): Promise<AcquisitionFile> {
    await oneAtATime(tx, person);
    const known = await seenFile(tx, effect, person);
    if (known) return known;
    await mustHoldFewer(tx, person, 'en créer un autre');
    const at = asDate(clock.now());
    const organizationId = (await heldBodyOf(tx, person))?.id ?? null;
    const made = await tx
      .insert(acquisitions)
      .values({ id: effect, name, organizationId, createdAt: at, updatedAt: at })
      .onConflictDoNothing()
      .returning({ id: acquisitions.id });
    // It was created before, and is theirs no more.
    if (made.length === 0) throw notFound();
    await quotas.spend(tx, person, 'acquisitions.create');
    await tx
      .insert(acquisitionMembers)
      .values({ acquisitionId: effect, ...person, role: 'owner', addedAt: at });
    await record(tx, effect, person, `Dossier créé : « ${name} ».`);
    return findFile(tx, effect, person);
  }

  return {
    /** A new file; the same one when it was created by this effect before. */
    create: (person: Person, name: string, effect: Id): Promise<AcquisitionFile> =>
      db.transaction((tx) => createIn(tx, person, name, effect)),

    /** False when somebody changed the file meanwhile. */
    rename: (person: Person, id: string, revision: number, name: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        const file = await lockFile(tx, id, person);
        if (file.revision !== revision) return false;
        await rows.write(tx, file, { name });
        await record(tx, id, person, `Dossier renommé : « ${name} ».`);
        return true;
      }),

    /**
     * Archives, for a reason, or reopens. False when the file is no longer as it was shown. `leaving` ends what is still
     * under way, or refuses, within the transaction.
     */
    move: (
      person: Person,
      id: string,
      revision: number,
      event: FileEvent,
      ended: End | null = null,
      leaving?: (tx: Tx) => Promise<void>,
    ): Promise<boolean> =>
      db.transaction(async (tx) => {
        // Before the file is held, as by whoever creates one.
        if (event === 'reopen') await oneAtATime(tx, person);
        const file = await lockFile(tx, id, person);
        mustOwn(file);
        const state = transition(file.state, event);
        if (!state || file.revision !== revision) return false;
        await leaving?.(tx);
        if (state === 'open') await mustHoldFewer(tx, person, 'rouvrir celui-ci');
        await rows.write(tx, file, { state, ended: state === 'archived' ? ended : null });
        const reason = ended ? ` : ${uncapital(END_NAMES[ended])}.` : '.';
        await record(tx, id, person, state === 'archived' ? `Dossier archivé${reason}` : 'Dossier rouvert.');
        return true;
      }),
  };
}
