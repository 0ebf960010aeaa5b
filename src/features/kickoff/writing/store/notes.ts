import { and, asc, eq, inArray, ne, notInArray, sql } from 'drizzle-orm';
import { nearestPage } from '../../../../core/cards/paging.ts';
import { wrongField } from '../../../../core/cards/refused.ts';
import type { Id } from '../../../../core/id.ts';
import { isPerson } from '../../../../core/people/is-person.ts';
import type { Db, Tx } from '../../../../core/ports/db.ts';
import type { Wait } from '../../../../core/routes/waiting.ts';
import { GONE } from '../../../../core/rows/retention.ts';
import { brokerDate } from '../../../../core/time/business-days.ts';
import { byBroker } from '../../../../core/time/due.ts';
import type { Person } from '../../../../core/turn.ts';
import type { PersonKey } from '../../../people/index.ts';
import type { Basis } from '../../meeting/store/basis.ts';
import { ENDED } from '../../meeting/store/fates.ts';
import type { KickoffOutcome } from '../../meeting/store/records.ts';
import { type Kickoff, kickoffs, type MailNote, mailNotes } from '../../tables.ts';
import { MAIL_STATE_NAMES, standingDoubt, standingRefusal } from '../rules.ts';

/** Business days in which the broker means to find another address: a mark of its own. */
const ADDRESS_DAYS = 2;

/** What a form notes. */
export interface Noted {
  readonly kind: 'replied' | 'refused';
  readonly on: string;
  readonly words: string;
}

/** What became of a correction; where it was done, of what. */
interface Corrected extends KickoffOutcome {
  readonly changed?: 'address' | 'name' | 'nothing';
}

/** What was noted of the e-mails to suppliers, and which addresses wait for another. */
function buildNotesReading({ db, days }: Pick<Basis, 'db' | 'days'>) {
  const notesOf = (ids: readonly string[], from: Db = db): Promise<MailNote[]> =>
    from
      .select()
      .from(mailNotes)
      .where(inArray(mailNotes.kickoffId, [...ids]))
      .orderBy(asc(mailNotes.at), asc(mailNotes.id));

  return {
    /** A page of what was noted of a meeting, the latest first; the nearest one. */
    async mailNotesPage(kickoff: Kickoff, wanted: number, size: number) {
      const mine = eq(mailNotes.kickoffId, kickoff.id);
      const total = await db.$count(mailNotes, mine);
      const page = nearestPage(wanted, total, size);
      const rows = await db
        .select()
        .from(mailNotes)
        .where(mine)
        .orderBy(sql`${mailNotes.at} desc, ${mailNotes.id} desc`)
        .limit(size)
        .offset((page - 1) * size);
      return { rows, page, total };
    },

    /** The refusal of its address that stands. */
    async refusalOf(kickoff: Kickoff): Promise<MailNote | undefined> {
      return standingRefusal(kickoff, await notesOf([kickoff.id]));
    },

    /** The addresses that were refused, until they are corrected; or those of some meetings. */
    async refusedWaits(only?: readonly string[]): Promise<Wait[]> {
      const rows = await db
        .select()
        .from(kickoffs)
        .where(
          and(
            notInArray(kickoffs.state, ENDED),
            only && inArray(kickoffs.id, [...only]),
            sql`exists (select 1 from ${mailNotes} n where n.kickoff_id = ${kickoffs.id} and n.kind in ('refused', 'sent'))`,
          ),
        );
      if (rows.length === 0) return [];
      const notes = Map.groupBy(await notesOf(rows.map(({ id }) => id)), ({ kickoffId }) => kickoffId);
      return rows.flatMap((row) => {
        const noted = notes.get(row.id) ?? [];
        const refusal = standingRefusal(row, noted);
        const doubt = standingDoubt(row, noted);
        const about = refusal ?? doubt;
        if (!about) return [];
        const what = refusal || !doubt?.state ? 'Adresse refusée' : MAIL_STATE_NAMES[doubt.state];
        const { tenantId, objectId } = { tenantId: row.takenTenant, objectId: row.takenId };
        return [
          {
            id: row.id,
            title: `${what} · rencontre nº ${row.number} · ${row.supplierName}`,
            text: refusal
              ? `Corriger l’adresse ${refusal.address}`
              : `Voir ce qu’il en est de ${about.address}`,
            person: row.requesterName,
            since: about.at,
            due: {
              ...byBroker('ADDRESS_DAYS, dans le code'),
              on: days.office.add(brokerDate(about.at), ADDRESS_DAYS),
            },
            owner: tenantId !== null && objectId !== null ? { tenantId, objectId } : undefined,
          },
        ];
      });
    },
  };
}

/** What became of the e-mails to the suppliers of meetings: noted by hand, since nobody reads them here. */
export function buildWriting({ db, audit, quotas, lock, now, today, write, days }: Basis) {
  /** Keeps a note, once however often its form is sent. */
  async function keep(
    tx: Tx,
    { tenantId, objectId, name }: Person,
    id: Id,
    note: Pick<MailNote, 'kickoffId' | 'kind' | 'address' | 'on' | 'words'>,
  ): Promise<boolean> {
    const [added] = await tx
      .insert(mailNotes)
      .values({ id, ...note, tenantId, objectId, name, at: now() })
      .onConflictDoNothing()
      .returning({ id: mailNotes.id });
    return added !== undefined;
  }

  return {
    ...buildNotesReading({ db, days }),

    /** Notes an answer, or that the address was refused, of the address as it is. */
    noteMail: (staff: Person, id: string, { kind, on, words }: Noted, effect: Id): Promise<Kickoff> =>
      db.transaction(async (tx) => {
        const row = await lock(tx, id);
        if (Temporal.PlainDate.compare(Temporal.PlainDate.from(on), today()) > 0)
          throw wrongField('on', 'Cette date n’est pas encore venue.');
        const note = { kickoffId: id, kind, on, words, address: row.details.contactEmail };
        if (await keep(tx, staff, effect, note)) {
          await quotas.spend(tx, staff, 'kickoff.noteMail');
          await audit.record(tx, staff, `kickoff.${kind}`, id);
        }
        return row;
      }),

    /** Gives the supplier of a meeting another address: what was refused of the former one is settled. */
    correctAddress: (
      staff: Person,
      id: string,
      revision: number,
      { contactName, contactEmail }: { readonly contactName: string; readonly contactEmail: string },
      effect: Id,
    ): Promise<Corrected> =>
      db.transaction<Corrected>(async (tx) => {
        const row = await lock(tx, id);
        const { details } = row;
        const same = details.contactEmail === contactEmail;
        if (same && details.contactName === contactName)
          return { kind: 'done', kickoff: row, changed: 'nothing' };
        if (row.revision !== revision || ENDED.includes(row.state)) return { kind: 'stale', kickoff: row };
        const note = {
          kickoffId: id,
          kind: 'corrected' as const,
          on: brokerDate(now()).toString(),
          words: `Avant : ${[details.contactName, details.contactEmail].filter(Boolean).join(', ')}`,
          address: contactEmail,
        };
        await keep(tx, staff, effect, note);
        await audit.record(tx, staff, 'kickoff.address', id);
        const changed = await write(tx, row, undefined, {
          details: { ...details, contactName, contactEmail },
        });
        return { kind: 'done', kickoff: changed, changed: same ? 'name' : 'address' };
      }),

    mailsNotedBy: (person: PersonKey) =>
      db
        .select({ rencontre: kickoffs.number, note: mailNotes.words, le: mailNotes.at })
        .from(mailNotes)
        .innerJoin(kickoffs, eq(kickoffs.id, mailNotes.kickoffId))
        .where(isPerson(mailNotes, person)),

    async eraseMailNotes(tx: Tx, person: PersonKey): Promise<void> {
      await tx
        .update(mailNotes)
        .set({ objectId: '', name: GONE })
        .where(and(isPerson(mailNotes, person), ne(mailNotes.objectId, '')));
    },
  };
}
