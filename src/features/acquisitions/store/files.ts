import { and, eq } from 'drizzle-orm';
import type { Clock } from '../../../core/clock.ts';
import type { Db } from '../../../core/ports.ts';
import type { Belonging, Forgetting, PersonKey, Quotas } from '../../people/index.ts';
import { acquisitions } from '../tables.ts';
import { buildConclusions } from './conclusions.ts';
import { buildFacts } from './facts.ts';
import { buildJournal } from './journal.ts';
import { buildKeeping } from './keeping.ts';
import { buildOwnData } from './own-data.ts';
import {
  type AcquisitionFile,
  buildLocks,
  findFile,
  holdFile,
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

/** Acquisition files: who holds them, what is known of them, what was done. For strangers they do not exist. */
export function buildFiles({ db, clock, belonging, quotas, forgetting }: FileParts) {
  const journal = buildJournal(db, clock);
  const locks = buildLocks(belonging);
  return {
    ...buildFacts(db, clock),
    ...buildConclusions(db),
    ...journal,
    ...buildKeeping({ db, clock, belonging, quotas, journal, locks }),
    ...buildSharing({ db, clock, belonging, quotas, journal, locks }),
    ...buildOwnData(db, forgetting),

    holdFile,
    /** The file of a person, held: what they write there is theirs to write until the transaction ends. */
    lock: locks.lockFile,
    lockOpen: locks.lockOpenFile,
    /** Within a transaction, pass it on: the embedded database has one connection. */
    findFile: (id: string, person: PersonKey, from: Db = db): Promise<AcquisitionFile> =>
      findFile(from, id, person),
    /** The same for work without a turn: undefined where the person has no such file. */
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

    /** A person's files in a state, the latest first. */
    async filesOf(person: PersonKey, state: AcquisitionFile['state']): Promise<AcquisitionFile[]> {
      const rows = await ofPerson(db, person).where(and(isMember(person), eq(acquisitions.state, state)));
      return rows.map(({ file, role }) => ({ ...file, role }));
    },
  };
}

export type Files = ReturnType<typeof buildFiles>;
