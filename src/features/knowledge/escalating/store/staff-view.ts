import { and, asc, eq, inArray } from 'drizzle-orm';
import type { House } from '../../../../core/manifest.ts';
import { isSame } from '../../../../core/people/chosen-person.ts';
import type { Db } from '../../../../core/ports/db.ts';
import type { UnderWay } from '../../../../core/routes/waiting.ts';
import type { Audit, Belonging } from '../../../people/index.ts';
import { escalationAskers as askersTable, escalationComplements as complements } from '../../tables.ts';
import { isWaiting } from '../rules.ts';
import type { Asker, Escalation } from './escalation-records.ts';

/** Those of whom a card says what went along; of more, it says how many. */
const SHOWN_ASKERS = 5;

/** What somebody let the staff know of their question, as it stands now. */
export interface Told {
  readonly asker: Asker;
  /** The body for which they act; undefined for one that they were not told would be named. */
  readonly body: string | undefined;
  /** What they have under way, while it is theirs. */
  readonly underWay: UnderWay | undefined;
}

export interface Added {
  readonly name: string;
  readonly text: string;
  readonly writtenAt: Date;
}

/** All that the staff see of a question. */
export interface StaffView {
  readonly escalation: Escalation;
  readonly told: readonly Told[];
  /** How many asked, and how many of them wait no more. */
  readonly asked: number;
  readonly left: number;
  readonly added: readonly Added[];
  /** The staff opened it again after they had answered, and nobody who asked did: the answer is to be corrected. */
  readonly correcting: boolean;
}

interface Parts {
  readonly db: Db;
  readonly belonging: Pick<Belonging, 'bodyOf'>;
  readonly house: Pick<House, 'findUnderWay'>;
  readonly audit: Pick<Audit, 'doersOf'>;
  readonly askers: (id: string) => Promise<Asker[]>;
}

/** What the staff see of questions: nothing that whoever asked did not let them, drawn as it is now. */
export function buildStaffView({ db, belonging, house, audit, askers }: Parts) {
  async function told(asker: Asker): Promise<Told> {
    const body = asker.withBody ? await belonging.bodyOf(asker) : undefined;
    const underWay = asker.fileId ? await house.findUnderWay(asker, asker.fileId) : undefined;
    return { asker, body: body?.name, underWay };
  }

  async function isCorrecting({ id, status, answer }: Escalation, asked: readonly Asker[]): Promise<boolean> {
    if (answer === null || !isWaiting(status)) return false;
    const reopened = await audit.doersOf(db, id, ['escalation.reopen'], ['escalation.answer']);
    return reopened.length > 0 && !reopened.some((by) => asked.some((asker) => isSame(by, asker)));
  }

  return {
    async staffView(escalation: Escalation): Promise<StaffView> {
      const asked = await askers(escalation.id);
      const shown: Told[] = [];
      for (const asker of asked.slice(0, SHOWN_ASKERS)) shown.push(await told(asker));
      const added = await db
        .select({ name: askersTable.name, text: complements.text, writtenAt: complements.writtenAt })
        .from(complements)
        .innerJoin(
          askersTable,
          and(
            eq(askersTable.escalationId, complements.escalationId),
            eq(askersTable.tenantId, complements.tenantId),
            eq(askersTable.objectId, complements.objectId),
          ),
        )
        .where(eq(complements.escalationId, escalation.id))
        .orderBy(asc(complements.writtenAt), asc(complements.id));
      return {
        escalation,
        told: shown,
        asked: asked.length,
        left: asked.filter(({ leftAt }) => leftAt).length,
        added,
        correcting: await isCorrecting(escalation, asked),
      };
    },

    /** Of each question of a list: who still waits, what was shown to the first, and how much was added. */
    async listed(ids: readonly string[]): Promise<ReadonlyMap<string, Listed>> {
      if (ids.length === 0) return new Map();
      const people = await db
        .select({
          id: askersTable.escalationId,
          leftAt: askersTable.leftAt,
          outcome: askersTable.outcome,
        })
        .from(askersTable)
        .where(inArray(askersTable.escalationId, [...ids]))
        .orderBy(asc(askersTable.askedAt), asc(askersTable.objectId));
      const added = await db
        .select({ id: complements.escalationId })
        .from(complements)
        .where(inArray(complements.escalationId, [...ids]));
      return new Map(
        ids.map((id) => {
          const theirs = people.filter((each) => each.id === id);
          return [
            id,
            {
              waiting: theirs.filter(({ leftAt }) => !leftAt).length,
              outcome: theirs[0]?.outcome ?? null,
              added: added.filter((each) => each.id === id).length,
            },
          ];
        }),
      );
    },
  };
}

export interface Listed {
  readonly waiting: number;
  readonly outcome: Asker['outcome'];
  readonly added: number;
}
