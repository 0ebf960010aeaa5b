import { and, count, eq } from 'drizzle-orm';
import { nearestPage, type Page, pageAt } from '../../../core/cards/paging.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Db } from '../../../core/ports/db.ts';
import type { Belonging, Forgetting, PersonKey, Quotas } from '../../people/index.ts';
import { acquisitions, membersNow } from '../tables.ts';
import { buildConclusions } from './conclusions.ts';
import { buildEndings } from './endings.ts';
import { buildFacts } from './facts.ts';
import { buildJournal } from './journal.ts';
import { buildKeeping } from './keeping.ts';
import { buildOpening } from './opening.ts';
import { buildOwnData } from './own-data.ts';
import { buildRecalling } from './recalling.ts';
import {
  type AcquisitionFile,
  buildLocks,
  findFile,
  holdFile,
  holdFiles,
  holdFreeFiles,
  isMember,
  ofPerson,
  seenFile,
} from './records.ts';
import { buildSharing } from './sharing.ts';

interface FileParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly belonging: Belonging;
  readonly quotas: Pick<Quotas, 'spend'>;
  readonly forgetting: Forgetting;
}

const inState = (person: PersonKey, state: AcquisitionFile['state']) =>
  and(isMember(person), eq(acquisitions.state, state));

/** Acquisition files: who holds them, what is known of them, what was done. For strangers they do not exist. */
export function buildFiles({ db, clock, belonging, quotas, forgetting }: FileParts) {
  const journal = buildJournal(db, clock);
  const locks = buildLocks(belonging);
  return {
    ...buildFacts(db, clock),
    ...buildConclusions(db),
    ...buildEndings(),
    ...journal,
    ...buildKeeping({ db, clock, belonging, quotas, journal, locks }),
    ...buildSharing({ db, clock, belonging, quotas, journal, locks }),
    ...buildOpening(db, clock),
    ...buildRecalling(db),
    ...buildOwnData(db, forgetting),

    holdFile,
    holdFiles,
    holdFreeFiles,
    /** The file of a person, held: what they write there is theirs to write until the transaction ends. */
    lock: locks.lockFile,
    lockOpen: locks.lockOpenFile,
    /** Within a transaction, pass it on: the embedded database has one connection. */
    findFile: (id: string, person: PersonKey, from: Db = db): Promise<AcquisitionFile> =>
      findFile(from, id, person),
    /** A file for work without a turn: undefined where the person has no such file. */
    seen: (id: string, person: PersonKey): Promise<AcquisitionFile | undefined> => seenFile(db, id, person),

    /** What a file is called, for those whom a feature lets know of it. */
    async nameOf(id: string, from: Db = db): Promise<string> {
      const [row] = await from
        .select({ name: acquisitions.name })
        .from(acquisitions)
        .where(eq(acquisitions.id, id));
      return row?.name ?? '';
    },

    /** The body whose file it is; undefined for a person's own. */
    async bodyOf(id: string, from: Db = db): Promise<string | undefined> {
      const [row] = await from
        .select({ body: acquisitions.organizationId })
        .from(acquisitions)
        .where(eq(acquisitions.id, id));
      return row?.body ?? undefined;
    },

    /** Whether a file is open: for work that is not its members' alone. */
    isOpen: async (id: string, from: Db = db): Promise<boolean> =>
      (await from.$count(acquisitions, and(eq(acquisitions.id, id), eq(acquisitions.state, 'open')))) > 0,

    /** A person's files in a state, the latest first. */
    async filesOf(
      person: PersonKey,
      state: AcquisitionFile['state'],
      most?: number,
    ): Promise<AcquisitionFile[]> {
      const all = ofPerson(db, person).where(inState(person, state));
      const rows = await (most === undefined ? all : all.limit(most));
      return rows.map(({ file, role }) => ({ ...file, role }));
    },

    /** A page of them, counted from 1; the nearest one when it is out of range. */
    async pageOfFiles(
      person: PersonKey,
      state: AcquisitionFile['state'],
      page: number,
      size: number,
    ): Promise<Page<AcquisitionFile>> {
      const [all] = await db
        .select({ files: count() })
        .from(acquisitions)
        .innerJoin(membersNow, eq(membersNow.acquisitionId, acquisitions.id))
        .where(inState(person, state));
      const total = all?.files ?? 0;
      const at = nearestPage(page, total, size);
      const rows = await ofPerson(db, person)
        .where(inState(person, state))
        .limit(size)
        .offset((at - 1) * size);
      return pageAt(
        rows.map(({ file, role }) => ({ ...file, role })),
        at,
        total,
        size,
      );
    },

    /** A person's file by its number, open or not. */
    async numbered(person: PersonKey, number: number): Promise<AcquisitionFile | undefined> {
      const [row] = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.number, number)));
      return row && { ...row.file, role: row.role };
    },
  };
}

export type Files = ReturnType<typeof buildFiles>;
